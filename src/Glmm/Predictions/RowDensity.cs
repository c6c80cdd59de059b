using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Predictions;

/// <summary>
/// The log-density of some successive rows of a frame and its derivatives
/// in their linear predictors, through padded buffers of whole vectors.
/// </summary>
internal sealed class RowDensity
{
    private readonly ConditionalDensity density;
    private readonly double dispersion;
    private readonly double[] response;
    private readonly double[] weight;
    private readonly double[] predictor;
    private readonly double[] first;
    private readonly double[] second;

    /// <summary>Copies the rows' responses and weights.</summary>
    /// <param name="fit">The fit they belong to.</param>
    /// <param name="start">The first row.</param>
    /// <param name="rows">How many.</param>
    public RowDensity(GlmmFit fit, int start, int rows)
    {
        density = fit.Model.Density;
        dispersion = fit.Dispersion;
        Rows = rows;
        var length = VectorPadding.Length(rows);
        (response, weight, predictor) = (new double[length], new double[length], new double[length]);
        (first, second) = (new double[length], new double[length]);
        for (var i = 0; i < rows; i++)
        {
            (response[i], weight[i]) = ClusterDataBuilder.Outcome(fit.Frame, density, start + i);
            if (density.IsInflated)
            {
                var probability = fit.InflationOf(start + i);
                response[i] = ExcessZeros.Code(response[i], probability / (1 - probability));
            }
        }

        response.AsSpan(rows).Fill(rows > 0 ? response[0] : 0);
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>∂ℓ/∂η of each row where it was evaluated last, times its weight.</summary>
    public ReadOnlySpan<double> First => first.AsSpan(0, Rows);

    /// <summary>∂²ℓ/∂η² likewise.</summary>
    public ReadOnlySpan<double> Second => second.AsSpan(0, Rows);

    /// <summary>Σ ℓ, leaving the derivatives.</summary>
    /// <param name="eta">The linear predictors, one a row.</param>
    public double Evaluate(ReadOnlySpan<double> eta)
    {
        eta.CopyTo(predictor);
        return density.AlongRows(Vectors(response), Vectors(weight), dispersion, Vectors(predictor), Vectors(first), Vectors(second));
    }

    /// <summary>Writes the derivative of <see cref="First"/> in log φ where it was evaluated last.</summary>
    /// <param name="slopes">Receives one number a row.</param>
    public void DispersionSlopes(Span<double> slopes) => Slopes(density.DispersionAlongRows, slopes);

    /// <summary>Writes the derivative of <see cref="First"/> in the log odds of excess zeros where it was evaluated last.</summary>
    /// <param name="slopes">Receives one number a row.</param>
    public void InflationSlopes(Span<double> slopes) => Slopes(density.InflationAlongRows, slopes);

    private delegate void AlongRows(
        ReadOnlySpan<Vector256<double>> response,
        ReadOnlySpan<Vector256<double>> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> log,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second);

    private void Slopes(AlongRows derivative, Span<double> slopes)
    {
        var length = response.Length;
        var (log, slope, bend) = (new double[length], new double[length], new double[length]);
        derivative(
            Vectors(response), Vectors(weight), dispersion, Vectors(predictor), Vectors(log), Vectors(slope), Vectors(bend));
        slope.AsSpan(0, Rows).CopyTo(slopes);
    }

    private static Span<Vector256<double>> Vectors(double[] values) => MemoryMarshal.Cast<double, Vector256<double>>(values.AsSpan());
}
