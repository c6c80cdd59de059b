using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>The loops over nodes and rows around one kernel; the kernel is inlined into each.</summary>
/// <typeparam name="TKernel">The family and link.</typeparam>
internal sealed class KernelDensity<TKernel> : ConditionalDensity
    where TKernel : struct, IDensityKernel
{
    public override void AlongNodes(double response, double weight, double dispersion, ReadOnlySpan<Vector<double>> eta, Span<Vector<double>> log, Span<Vector<double>> first)
    {
        log = log[..eta.Length];
        first = first[..eta.Length];
        var y = new Vector<double>(response);
        var m = new Vector<double>(weight);
        var phi = new Vector<double>(dispersion);
        for (var k = 0; k < eta.Length; k++)
        {
            TKernel.First(eta[k], y, phi, out var value, out var slope);
            log[k] += m * value;
            first[k] = m * slope;
        }
    }

    public override void AlongNodes(double response, double weight, double dispersion, ReadOnlySpan<Vector<double>> eta, Span<Vector<double>> log, Span<Vector<double>> first, Span<Vector<double>> second)
    {
        log = log[..eta.Length];
        first = first[..eta.Length];
        second = second[..eta.Length];
        var y = new Vector<double>(response);
        var m = new Vector<double>(weight);
        var phi = new Vector<double>(dispersion);
        for (var k = 0; k < eta.Length; k++)
        {
            TKernel.Second(eta[k], y, phi, out var value, out var slope, out var curvature);
            log[k] += m * value;
            first[k] = m * slope;
            second[k] = m * curvature;
        }
    }

    public override void DispersionAlongNodes(double response, double weight, double dispersion, ReadOnlySpan<Vector<double>> eta, Span<Vector<double>> sum)
    {
        sum = sum[..eta.Length];
        var y = new Vector<double>(response);
        var m = new Vector<double>(weight);
        var phi = new Vector<double>(dispersion);
        for (var k = 0; k < eta.Length; k++)
        {
            TKernel.Dispersion(eta[k], y, phi, out var value, out _, out _);
            sum[k] += m * value;
        }
    }

    public override double AlongRows(ReadOnlySpan<Vector<double>> response, ReadOnlySpan<Vector<double>> weight, double dispersion, ReadOnlySpan<Vector<double>> eta, Span<Vector<double>> first, Span<Vector<double>> second) =>
        Vector.Sum(AlongLanes(response, weight, dispersion, eta, first, second));

    public override double AlongRows(ReadOnlySpan<Vector<double>> response, ReadOnlySpan<Vector<double>> weight, double dispersion, ReadOnlySpan<Vector<double>> eta, Span<Vector<double>> first, Span<Vector<double>> second, Span<Vector<double>> third) =>
        Vector.Sum(AlongLanes(response, weight, dispersion, eta, first, second, third));

    public override Vector<double> AlongLanes(ReadOnlySpan<Vector<double>> response, ReadOnlySpan<Vector<double>> weight, double dispersion, ReadOnlySpan<Vector<double>> eta, Span<Vector<double>> first)
    {
        response = response[..eta.Length];
        weight = weight[..eta.Length];
        first = first[..eta.Length];
        var phi = new Vector<double>(dispersion);
        var sum = Vector<double>.Zero;
        for (var i = 0; i < eta.Length; i++)
        {
            TKernel.First(eta[i], response[i], phi, out var value, out var slope);
            sum += weight[i] * value;
            first[i] = weight[i] * slope;
        }

        return sum;
    }

    public override Vector<double> AlongLanes(ReadOnlySpan<Vector<double>> response, ReadOnlySpan<Vector<double>> weight, double dispersion, ReadOnlySpan<Vector<double>> eta, Span<Vector<double>> first, Span<Vector<double>> second)
    {
        response = response[..eta.Length];
        weight = weight[..eta.Length];
        first = first[..eta.Length];
        second = second[..eta.Length];
        var phi = new Vector<double>(dispersion);
        var sum = Vector<double>.Zero;
        for (var i = 0; i < eta.Length; i++)
        {
            TKernel.Second(eta[i], response[i], phi, out var value, out var slope, out var curvature);
            sum += weight[i] * value;
            first[i] = weight[i] * slope;
            second[i] = weight[i] * curvature;
        }

        return sum;
    }

    public override Vector<double> AlongLanes(ReadOnlySpan<Vector<double>> response, ReadOnlySpan<Vector<double>> weight, double dispersion, ReadOnlySpan<Vector<double>> eta, Span<Vector<double>> first, Span<Vector<double>> second, Span<Vector<double>> third)
    {
        response = response[..eta.Length];
        weight = weight[..eta.Length];
        first = first[..eta.Length];
        second = second[..eta.Length];
        third = third[..eta.Length];
        var phi = new Vector<double>(dispersion);
        var sum = Vector<double>.Zero;
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

    public override Vector<double> DispersionAlongLanes(ReadOnlySpan<Vector<double>> response, ReadOnlySpan<Vector<double>> weight, double dispersion, ReadOnlySpan<Vector<double>> eta)
    {
        response = response[..eta.Length];
        weight = weight[..eta.Length];
        var phi = new Vector<double>(dispersion);
        var sum = Vector<double>.Zero;
        for (var i = 0; i < eta.Length; i++)
        {
            TKernel.Dispersion(eta[i], response[i], phi, out var value, out _, out _);
            sum += weight[i] * value;
        }

        return sum;
    }

    public override void DispersionAlongRows(ReadOnlySpan<Vector<double>> response, ReadOnlySpan<Vector<double>> weight, double dispersion, ReadOnlySpan<Vector<double>> eta, Span<Vector<double>> log, Span<Vector<double>> first, Span<Vector<double>> second)
    {
        var phi = new Vector<double>(dispersion);
        for (var i = 0; i < eta.Length; i++)
        {
            TKernel.Dispersion(eta[i], response[i], phi, out var value, out var slope, out var curvature);
            log[i] = weight[i] * value;
            first[i] = weight[i] * slope;
            second[i] = weight[i] * curvature;
        }
    }

    public override double Constant(double response, double dispersion, out double derivative) => TKernel.Constant(response, dispersion, out derivative);
}
