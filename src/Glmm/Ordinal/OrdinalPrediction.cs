using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>The probabilities of the categories of one row: at the modes of its groups, and averaged over all random effects.</summary>
public sealed class OrdinalPrediction
{
    private readonly double[] conditional;
    private readonly double[] marginal;
    private readonly double[] errors;

    private OrdinalPrediction(double[] conditional, double[] marginal, double[] errors)
    {
        this.conditional = conditional;
        this.marginal = marginal;
        this.errors = errors;
    }

    /// <summary>P(Y = k | b̂) at the modes of the row's groups, those that were not fitted at 0; they add up to 1.</summary>
    public ReadOnlySpan<double> Conditional => conditional;

    /// <summary>E P(Y = k | b) over all random effects; they add up to 1.</summary>
    public ReadOnlySpan<double> Marginal => marginal;

    /// <summary>The standard errors of <see cref="Marginal"/> by the delta method; not numbers when the fit has no covariance.</summary>
    public ReadOnlySpan<double> MarginalErrors => errors;

    /// <summary>The mean place of the category, from 1, over all random effects.</summary>
    public double MarginalScore
    {
        get
        {
            var sum = 0.0;
            for (var k = 0; k < marginal.Length; k++)
            {
                sum += (k + 1) * marginal[k];
            }

            return sum;
        }
    }

    /// <summary>Predictions for the rows of the fit, in the frame's order.</summary>
    /// <param name="fit">A fit.</param>
    /// <param name="covariance">The covariance of ψ, m×m, row-major; empty for that of the fit.</param>
    public static IReadOnlyList<OrdinalPrediction> Of(OrdinalGlmmFit fit, ReadOnlySpan<double> covariance = default)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Of(fit, [.. Enumerable.Range(0, fit.Frame.Rows).Select(row => NewRow.Of(fit.Frame, row))], covariance);
    }

    /// <summary>Predictions for new rows.</summary>
    /// <param name="fit">A fit.</param>
    /// <param name="rows">The rows; those without a mean get numbers that are none.</param>
    /// <param name="covariance">The covariance of ψ, m×m, row-major; empty for that of the fit.</param>
    public static IReadOnlyList<OrdinalPrediction> Of(
        OrdinalGlmmFit fit, IReadOnlyList<NewRow> rows, ReadOnlySpan<double> covariance = default)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(rows);
        var all = covariance.IsEmpty ? fit.JointCovariance : covariance;
        var predictions = new OrdinalPrediction[rows.Count];
        for (var i = 0; i < predictions.Length; i++)
        {
            predictions[i] = rows[i].HasMean && !fit.HasInfiniteEstimates ? One(fit, rows[i], all) : None(fit.Layout.Thresholds + 1);
        }

        return predictions;
    }

    private static OrdinalPrediction None(int categories)
    {
        var nothing = new double[categories];
        Array.Fill(nothing, double.NaN);
        return new OrdinalPrediction(nothing, nothing, nothing);
    }

    private static OrdinalPrediction One(OrdinalGlmmFit fit, NewRow row, ReadOnlySpan<double> covariance)
    {
        var (layout, thresholds) = (fit.Layout, fit.Layout.Thresholds);
        var (conditional, marginal, errors) = (new double[thresholds + 1], new double[thresholds + 1], new double[thresholds + 1]);
        var shift = ShiftOf(fit, row);
        var average = new CumulativeProbability(fit);
        double[] slope = new double[fit.ParameterCount], before = new double[fit.ParameterCount];
        var (below, lower) = (0.0, double.NegativeInfinity);
        for (var k = 0; k <= thresholds; k++)
        {
            var (above, upper) = (1.0, double.PositiveInfinity);
            slope.AsSpan().Clear();
            if (k < thresholds)
            {
                upper = layout.Point(fit.Parameters, row.Fixed, k) - row.Offset - shift;
                above = average.Average(row.Fixed, row.Offset, row.Effects, k, slope);
            }

            conditional[k] = Math.Exp(fit.Link.LogInterval(lower, upper));
            marginal[k] = above - below;
            Dense.AddScaled(-1, slope, before);
            errors[k] = covariance.IsEmpty ? double.NaN : Math.Sqrt(Math.Max(0, Dense.QuadraticForm(covariance, before)));
            slope.CopyTo(before, 0);
            (below, lower) = (above, upper);
        }

        return new OrdinalPrediction(conditional, marginal, errors);
    }

    /// <summary>zᵀb̂ over the row's groups that were fitted.</summary>
    private static double ShiftOf(OrdinalGlmmFit fit, NewRow row)
    {
        var shift = 0.0;
        for (var t = 0; t < row.Effects.Count; t++)
        {
            var q = row.Effects[t].Length;
            shift += row.Groups[t] < 0 ? 0 : Dense.Dot(row.Effects[t], fit.RandomEffects[t].Modes.Slice(row.Groups[t] * q, q));
        }

        return shift;
    }
}
