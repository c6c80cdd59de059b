using MarginalConditional.Data.Frames;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Glmm.Predictions;

/// <summary>The linear predictor of rows that are not of the data, at the modes of their groups, and what is unknown of it.</summary>
/// <remarks>Each cluster that rows belong to is opened once. Scratch of one thread.</remarks>
internal sealed class NewRowPredictor
{
    private readonly GlmmFit fit;
    private readonly KnownGroups known;
    private readonly double[] fixedPart;
    private readonly Dictionary<int, ClusterSystem> clusters = [];
    private readonly CrossedPredictor? crossed;

    public NewRowPredictor(GlmmFit fit)
    {
        this.fit = fit;
        known = new KnownGroups(fit.Frame.RandomTerms);
        fixedPart = LinearPredictor.Of(fit.Frame, fit.Coefficients);
        crossed = fit.Model.Crossed is null ? null : CrossedPredictor.Of(fit);
    }

    /// <summary>A row's numbers.</summary>
    /// <param name="row">A row that has a mean.</param>
    public Point Of(NewRow row)
    {
        var eta = Dense.Dot(row.Fixed, fit.Coefficients) + row.Offset;
        var (mode, variance, gradient) = Random(row);
        var own = PredictorPoint.Of(fit, eta + mode, variance, gradient, row.Inflation);
        var (marginal, marginalError) = (double.NaN, double.NaN);
        if (MarginalMean.Exists(fit.Link))
        {
            var slope = new double[fit.ParameterCount];
            marginal = PredictedMeans.Marginal(
                fit, eta, row.Fixed, (term, effect) => row.Effects[known.IndexOf(term)][effect], row.Inflation, slope);
            marginalError = fit.JointCovariance.IsEmpty ? double.NaN : Math.Sqrt(Dense.QuadraticForm(fit.JointCovariance, slope));
        }

        var unknown = Enumerable.Range(0, fit.RandomEffects.Count)
            .Where(t => row.Groups[t] < 0)
            .Sum(t => fit.RandomEffects[t].Variance(row.Effects[t]));
        return new Point(own, marginal, marginalError, unknown);
    }

    private (double Mode, double Variance, double[] Gradient) Random(NewRow row)
    {
        if (crossed is not null)
        {
            return crossed.Predict(row, known);
        }

        var levels = fit.Model.Levels;
        var (deepest, home) = (-1, 0);
        for (var level = 0; level < levels.Count; level++)
        {
            var term = known.IndexOf(levels[level].Terms[0]);
            if (row.Groups[term] < 0)
            {
                continue;
            }

            if (level > 0)
            {
                known.RequireWithin(row, term, known.IndexOf(levels[level - 1].Terms[0]));
            }

            (deepest, home) = (level, known.FirstRow(term, row.Groups[term]));
        }

        if (deepest < 0)
        {
            return (0, 0, [.. row.Fixed, .. new double[fit.ParameterCount - row.Fixed.Length]]);
        }

        var cluster = levels[0].Groups[home];
        if (!clusters.TryGetValue(cluster, out var system))
        {
            system = new ClusterSystem(fit, cluster, fixedPart);
            clusters.Add(cluster, system);
        }

        return system.Predict(row, home, deepest, known);
    }

    /// <summary>What is known of a row.</summary>
    /// <param name="Own">The predictor at the modes.</param>
    /// <param name="Marginal">The mean over all random effects.</param>
    /// <param name="MarginalError">Its standard error.</param>
    /// <param name="Unknown">The variance that groups that were not fitted add to η.</param>
    public readonly record struct Point(PredictorPoint Own, double Marginal, double MarginalError, double Unknown);
}
