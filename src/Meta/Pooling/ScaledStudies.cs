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

    private readonly int[] order;

    private ScaledStudies(double[] estimates, double[] variances, double unit, int[] order, ModeratorBasis? basis)
    {
        this.estimates = estimates;
        this.variances = variances;
        this.order = order;
        Unit = unit;
        Basis = basis;
    }

    /// <summary>k.</summary>
    public int Count => estimates.Length;

    /// <summary>p, the number of coefficients; 1 without moderators.</summary>
    public int Columns => Basis?.Columns ?? 1;

    /// <summary>The columns of the moderators; null for a mean alone.</summary>
    public ModeratorBasis? Basis { get; }

    /// <summary>For each study of the canonical order its place in the order given.</summary>
    public ReadOnlySpan<int> Order => order;

    /// <summary>What one unit of the scaled effects is worth.</summary>
    public double Unit { get; }

    /// <summary>y / Unit.</summary>
    public ReadOnlySpan<double> Estimates => estimates;

    /// <summary>v / Unit².</summary>
    public ReadOnlySpan<double> Variances => variances;

    /// <summary>Sorts by variance, then estimate, and scales.</summary>
    /// <exception cref="InputException">The magnitudes differ by more than arithmetic can bear.</exception>
    public static ScaledStudies From(StudyEffects studies) => From(studies, [], 0);

    /// <summary>The same with the columns of moderators.</summary>
    /// <param name="studies">k studies.</param>
    /// <param name="design">k×p, column-major, in the order of the studies, of full rank; empty for a mean alone.</param>
    /// <param name="columns">p.</param>
    /// <exception cref="InputException">The magnitudes differ by more than arithmetic can bear.</exception>
    public static ScaledStudies From(StudyEffects studies, double[] design, int columns)
    {
        double[] y = [.. studies.Estimates], v = [.. studies.Variances];
        var sorted = Enumerable.Range(0, y.Length).OrderBy(i => v[i]).ThenBy(i => y[i]);
        for (var j = 0; j < columns; j++)
        {
            var start = j * y.Length;
            sorted = sorted.ThenBy(i => design[start + i]);
        }

        var order = sorted.ToArray();
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

        return new ScaledStudies(
            scaledEstimates,
            scaledVariances,
            unit,
            order,
            columns == 0 ? null : ModeratorBasis.Of(Enumerable.Range(0, columns)
                .Select(j => order.Select(i => design[(j * y.Length) + i]).ToArray()).ToArray(), scaledEstimates));
    }

    /// <summary>The sums at a value of τ², which is in units of <see cref="Unit"/>².</summary>
    public PooledMoments At(double tau2) =>
        Basis is null ? PooledMoments.At(tau2, estimates, variances) : Basis.MomentsAt(tau2, variances);

    /// <summary>Σ(y − ŷ)² of unweighted least squares, and Σv(1 − h) that sampling contributes to it.</summary>
    public (double Squares, double Sampling) Unweighted()
    {
        if (Basis is not null)
        {
            return Basis.Unweighted(variances);
        }

        var mean = estimates.Average();
        return (estimates.Sum(y => (y - mean) * (y - mean)), variances.Sum() * (Count - 1) / Count);
    }
}
