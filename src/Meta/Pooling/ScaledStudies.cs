using MarginalConditional.Data;
using MarginalConditional.Meta.Effects;

namespace MarginalConditional.Meta.Pooling;

/// <summary>The studies in canonical order, in units of a power of two near the typical standard error.</summary>
/// <remarks>
/// Dividing by a power of two is exact, and keeps squares of weights away from overflow whatever the units of the effects.
/// </remarks>
internal sealed class ScaledStudies
{
    // Beyond this many standard errors (or times the typical variance) squares of weighted effects overflow.
    private const double Widest = 1e70;

    private readonly double[] estimates;
    private readonly double[] variances;

    private ScaledStudies(double[] estimates, double[] variances, double unit)
    {
        this.estimates = estimates;
        this.variances = variances;
        Unit = unit;
    }

    /// <summary>What one unit of the scaled effects is worth.</summary>
    public double Unit { get; }

    /// <summary>y / Unit.</summary>
    public ReadOnlySpan<double> Estimates => estimates;

    /// <summary>v / Unit².</summary>
    public ReadOnlySpan<double> Variances => variances;

    /// <summary>Sorts by variance, then estimate, and scales.</summary>
    /// <exception cref="InputException">The magnitudes differ by more than arithmetic can bear.</exception>
    public static ScaledStudies From(StudyEffects studies)
    {
        double[] y = [.. studies.Estimates], v = [.. studies.Variances];
        var order = Enumerable.Range(0, y.Length).OrderBy(i => v[i]).ThenBy(i => y[i]).ToArray();
        var median = v[order[order.Length / 2]];
        var unit = Math.ScaleB(1, Math.ILogB(median) / 2);
        double[] scaledEstimates = [.. order.Select(i => y[i] / unit)], scaledVariances = [.. order.Select(i => v[i] / unit / unit)];
        if (scaledEstimates.Any(effect => !(Math.Abs(effect) < Widest))
            || scaledVariances.Any(variance => variance is not (> 1 / Widest and < Widest)))
        {
            throw new InputException(
                "The effects and variances of the studies are of such different magnitude that they cannot be combined.")
            {
                Hint = FormattableString.Invariant($"Variances reach from {v[order[0]]:g3} to {v[order[^1]]:g3}, effects from ")
                    + FormattableString.Invariant($"{y.Min():g3} to {y.Max():g3}; check the columns."),
            };
        }

        return new ScaledStudies(scaledEstimates, scaledVariances, unit);
    }
}
