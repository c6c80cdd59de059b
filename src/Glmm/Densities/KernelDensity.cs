using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>The loops over nodes and rows around one kernel; the kernel is inlined into each.</summary>
/// <typeparam name="TKernel">The family and link.</typeparam>
internal sealed class KernelDensity<TKernel> : ConditionalDensity
    where TKernel : struct, IDensityKernel
{
    public override void AlongNodes(
        Vector256<double> response,
        Vector256<double> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> log,
        Span<Vector256<double>> first)
    {
        log = log[..eta.Length];
        first = first[..eta.Length];
        var phi = Vector256.Create(dispersion);
        for (var k = 0; k < eta.Length; k++)
        {
            TKernel.First(eta[k], response, phi, out var value, out var slope);
            log[k] += weight * value;
            first[k] = weight * slope;
        }
    }

    public override void AlongNodes(
        Vector256<double> response,
        Vector256<double> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> log,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second)
    {
        log = log[..eta.Length];
        first = first[..eta.Length];
        second = second[..eta.Length];
        var phi = Vector256.Create(dispersion);
        for (var k = 0; k < eta.Length; k++)
        {
            TKernel.Second(eta[k], response, phi, out var value, out var slope, out var curvature);
            log[k] += weight * value;
            first[k] = weight * slope;
            second[k] = weight * curvature;
        }
    }

    public override void DispersionAlongNodes(
        Vector256<double> response,
        Vector256<double> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> sum)
    {
        sum = sum[..eta.Length];
        var phi = Vector256.Create(dispersion);
        for (var k = 0; k < eta.Length; k++)
        {
            TKernel.Dispersion(eta[k], response, phi, out var value, out _, out _);
            sum[k] += weight * value;
        }
    }

    public override double AlongRows(
        ReadOnlySpan<Vector256<double>> response,
        ReadOnlySpan<Vector256<double>> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second) =>
        Vector256.Sum(AlongLanes(response, weight, dispersion, eta, first, second));

    public override double AlongRows(
        ReadOnlySpan<Vector256<double>> response,
        ReadOnlySpan<Vector256<double>> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second,
        Span<Vector256<double>> third) =>
        Vector256.Sum(AlongLanes(response, weight, dispersion, eta, first, second, third));

    public override Vector256<double> AlongLanes(
        ReadOnlySpan<Vector256<double>> response,
        ReadOnlySpan<Vector256<double>> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second)
    {
        response = response[..eta.Length];
        weight = weight[..eta.Length];
        first = first[..eta.Length];
        second = second[..eta.Length];
        var phi = Vector256.Create(dispersion);
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < eta.Length; i++)
        {
            TKernel.Second(eta[i], response[i], phi, out var value, out var slope, out var curvature);
            sum += weight[i] * value;
            first[i] = weight[i] * slope;
            second[i] = weight[i] * curvature;
        }

        return sum;
    }

    public override Vector256<double> AlongLanes(
        ReadOnlySpan<Vector256<double>> response,
        ReadOnlySpan<Vector256<double>> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second,
        Span<Vector256<double>> third)
    {
        response = response[..eta.Length];
        weight = weight[..eta.Length];
        first = first[..eta.Length];
        second = second[..eta.Length];
        third = third[..eta.Length];
        var phi = Vector256.Create(dispersion);
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < eta.Length; i++)
        {
            TKernel.Third(eta[i], response[i], phi, out var value, out var slope, out var curvature, out var jerk);
            sum += weight[i] * value;
            first[i] = weight[i] * slope;
            second[i] = weight[i] * curvature;
            third[i] = weight[i] * jerk;
        }

        return sum;
    }

    public override void DispersionAlongRows(
        ReadOnlySpan<Vector256<double>> response,
        ReadOnlySpan<Vector256<double>> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> log,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second)
    {
        var phi = Vector256.Create(dispersion);
        for (var i = 0; i < eta.Length; i++)
        {
            TKernel.Dispersion(eta[i], response[i], phi, out var value, out var slope, out var curvature);
            log[i] = weight[i] * value;
            first[i] = weight[i] * slope;
            second[i] = weight[i] * curvature;
        }
    }

    public override void InflationAlongNodes(
        Vector256<double> response,
        Vector256<double> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> slopes)
    {
        var phi = Vector256.Create(dispersion);
        for (var k = 0; k < eta.Length; k++)
        {
            TKernel.Inflation(eta[k], response, phi, out var value, out _, out _);
            slopes[k] = weight * value;
        }
    }

    public override void InflationAlongRows(
        ReadOnlySpan<Vector256<double>> response,
        ReadOnlySpan<Vector256<double>> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> log,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second)
    {
        var phi = Vector256.Create(dispersion);
        for (var i = 0; i < eta.Length; i++)
        {
            TKernel.Inflation(eta[i], response[i], phi, out var value, out var slope, out var curvature);
            log[i] = weight[i] * value;
            first[i] = weight[i] * slope;
            second[i] = weight[i] * curvature;
        }
    }

    public override double Constant(double response, double dispersion, out double derivative) =>
        TKernel.Constant(response, dispersion, out derivative);
}
