using System.Globalization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>Whether counts or proportions vary more than their distribution allows, given the random effects.</summary>
/// <remarks>
/// Pearson's statistic at the conditional modes over n less the number of parameters (Bolker and others 2009). Modes fit the data better
/// than effects do, so that the ratio errs towards 1.
/// </remarks>
internal static class Overdispersion
{
    /// <summary>One sentence with the ratio and the remedies; null when there is nothing to say.</summary>
    /// <param name="model">The model.</param>
    /// <param name="coefficients">β.</param>
    /// <param name="effects">The random effects, in the order of the terms.</param>
    public static string? Describe(PreparedModel model, ReadOnlySpan<double> coefficients, IReadOnlyList<RandomEffectEstimate> effects)
    {
        var frame = model.Frame;
        var counts = model.Options.Family == Family.Poisson;
        var proportions = model.Options.Family == Family.Binomial && !frame.Trials.IsEmpty && frame.Trials.ContainsAnyExcept(1);
        if ((!counts && !proportions) || model.Levels.Any(level => level.GroupCount == frame.Rows))
        {
            return null;
        }

        var degrees = frame.Rows - model.Map.ParameterCount;
        var statistic = Pearson(model, coefficients, effects);
        var tolerances = model.Options.Tolerances;
        if (degrees <= 0 || !(statistic > tolerances.Overdispersed * degrees)
            || ChiSquaredDistribution.UpperTail(statistic, degrees) > tolerances.OverdispersionLevel)
        {
            return null;
        }

        var other = counts ? ", or use --family negative-binomial" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The {(counts ? "counts" : "proportions")} vary {statistic / degrees:0.00} times as much as their distribution allows "
                + $"(Pearson's statistic over its {degrees} degrees of freedom, given the random effects), so standard errors are too "
                + $"small. Add an effect of every row, (1 | {model.Levels[^1].Terms[0].Group}/row) with a column row that numbers "
                + $"them{other}.");
    }

    private static double Pearson(PreparedModel model, ReadOnlySpan<double> coefficients, IReadOnlyList<RandomEffectEstimate> effects)
    {
        var frame = model.Frame;
        var mean = LinearPredictor.Of(frame, coefficients);
        var terms = model.Levels.SelectMany(level => level.Terms).ToArray();
        for (var t = 0; t < terms.Length; t++)
        {
            var modes = effects[t].Modes;
            var q = terms[t].Dimension;
            for (var a = 0; a < q; a++)
            {
                var column = terms[t].Column(a);
                for (var row = 0; row < mean.Length; row++)
                {
                    mean[row] += column[row] * modes[(terms[t].Groups[row] * q) + a];
                }
            }
        }

        model.Options.EffectiveLink.Mean(mean, mean);
        var sum = 0.0;
        for (var row = 0; row < mean.Length; row++)
        {
            var residual = frame.Response[row] - mean[row];
            var weight = frame.WeightTimesTrials(row);
            sum += weight == 0 ? 0 : weight * residual * residual / model.Options.Family.Variance(mean[row]);
        }

        return sum;
    }
}
