using System.Globalization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>Whether counts or proportions vary more than their distribution allows, given the random effects.</summary>
internal static class Overdispersion
{
    /// <summary>
    /// Pearson's statistic; null where it means nothing: single outcomes of yes or no, dispersions that are free to fit it, an effect of
    /// every row.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="parameters">All parameters, in the data's units.</param>
    /// <param name="effects">The random effects, in the order of the terms.</param>
    /// <param name="dispersion">φ.</param>
    public static PearsonDispersion? Of(
        PreparedModel model, ReadOnlySpan<double> parameters, IReadOnlyList<RandomEffectEstimate> effects, double dispersion)
    {
        var frame = model.Frame;
        var family = model.Options.Family;
        var proportions = family == Family.Binomial && !frame.Trials.IsEmpty && frame.Trials.ContainsAnyExcept(1);
        var degrees = frame.Rows - model.Map.ParameterCount;
        if ((!IsCount(family) && !proportions) || degrees <= 0 || model.Levels.Any(level => level.GroupCount == frame.Rows))
        {
            return null;
        }

        var statistic = Pearson(model, parameters, effects, dispersion);
        return double.IsFinite(statistic) ? new PearsonDispersion(statistic, degrees) : null;
    }

    /// <summary>One sentence with the ratio and the remedies; null when there is nothing to say.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pearson">Its statistic.</param>
    public static string? Describe(PreparedModel model, PearsonDispersion? pearson)
    {
        var tolerances = model.Options.Tolerances;
        if (pearson is null || model.Density.HasFreeDispersion || !(pearson.Ratio > tolerances.Overdispersed)
            || pearson.PValue > tolerances.OverdispersionLevel)
        {
            return null;
        }

        var counts = IsCount(model.Options.Family);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The {(counts ? "counts" : "proportions")} vary {pearson.Ratio:0.00} times as much as their distribution allows "
                + $"(Pearson's statistic over its {pearson.DegreesOfFreedom} degrees of freedom, given the random effects), so standard "
                + $"errors are too small. Add an effect of every row, (1 | {model.Levels[^1].Terms[0].Group}/row) with a column row that "
                + $"numbers them, or use --family {(counts ? "negative-binomial" : GlmmOptions.BetaBinomialName)}.");
    }

    private static bool IsCount(Family family) => family == Family.Poisson || family is Family.NegativeBinomialFamily;

    private static double Pearson(
        PreparedModel model, ReadOnlySpan<double> parameters, IReadOnlyList<RandomEffectEstimate> effects, double dispersion)
    {
        var frame = model.Frame;
        var mean = LinearPredictor.Of(frame, parameters[..frame.Design.Columns]);
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
        var law = new RowLaw(model.Options, dispersion);
        var inflation = InflationProbability.Of(model, parameters);
        var sum = 0.0;
        for (var row = 0; row < mean.Length; row++)
        {
            var residual = frame.Response[row] - law.Mean(mean[row], inflation[row]);
            var weight = frame.Weights.IsEmpty ? 1 : frame.Weights[row];
            var trials = frame.Trials.IsEmpty ? 1 : frame.Trials[row];
            sum += weight == 0 || trials == 0 ? 0 : weight * residual * residual / law.Variance(mean[row], trials, inflation[row]);
        }

        return sum;
    }
}
