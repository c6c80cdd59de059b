using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary>The CSV files that go with a mixed model.</summary>
internal static class GlmmTables
{
    /// <summary>
    /// One line a row of the frame, with its number in the data: what its own
    /// cluster is predicted to have, and what all clusters have on average.
    /// </summary>
    public static ResultTable Predictions(GlmmFit fit, double level)
    {
        var groupings = Groupings(fit.Frame);
        var csv = new ResultTable(
            [
                "row", .. groupings.Select(term => term.Group), "observed", "predictor", "predictor_se", "mean", "mean_se", "lower",
                "upper", "marginal", "marginal_se", "marginal_lower", "marginal_upper", "residual", "pearson",
            ]);
        var predictions = GlmmPrediction.Of(fit, level);
        for (var row = 0; row < predictions.Count; row++)
        {
            var one = predictions[row];
            var residual = fit.Frame.Response[row] - one.Mean;
            var pearson = residual / Math.Sqrt(fit.VarianceOf(row, one.Mean));
            csv.Row(
            [
                .. Place(fit.Frame, groupings, row),
                    fit.Frame.Response[row], one.Predictor, one.PredictorError, one.Mean, one.MeanError, one.Lower, one.Upper,
                    one.Marginal, one.MarginalError, one.MarginalLower, one.MarginalUpper, residual, pearson,
                ]);
        }

        return csv;
    }

    /// <summary>
    /// One line a group and effect: the conditional mode with its standard error, the posterior mean with its standard deviation.
    /// </summary>
    public static ResultTable RandomEffects(GlmmFit fit)
    {
        var csv = new ResultTable("group", "level", "effect", "mode", "mode_se", "mean", "mean_sd");
        var means = PosteriorMoments.Of(fit);
        for (var t = 0; t < means.Count; t++)
        {
            var (modes, posterior) = (fit.RandomEffects[t], means[t]);
            for (var g = 0; g < modes.GroupCount; g++)
            {
                for (var a = 0; a < modes.Dimension; a++)
                {
                    var at = (g * modes.Dimension) + a;
                    csv.Row(
                        modes.Group,
                        modes.Label(g),
                        modes.Names[a],
                        modes.Modes[at],
                        modes.ModeStandardErrors[at],
                        posterior.Modes[at],
                        posterior.ModeStandardErrors[at]);
                }
            }
        }

        return csv;
    }

    /// <summary>
    /// One line a row of the frame, one column a draw from the fit; numbers of events
    /// where rows have trials. A draw depends on the seed and its number alone.
    /// </summary>
    public static ResultTable Draws(GlmmFit fit, int count, ulong seed)
    {
        var groupings = Groupings(fit.Frame);
        var hasTrials = !fit.Frame.Trials.IsEmpty;
        string[] trials = hasTrials ? ["trials"] : [];
        var csv = new ResultTable(["row", .. groupings.Select(term => term.Group), .. trials, "observed", .. Enumerable.Range(1, count)
            .Select(draw => FormattableString.Invariant($"draw_{draw}"))]);
        var draws = Enumerable.Range(0, count).Select(draw => GlmmSimulator.Draw(fit, new RandomStream(seed, 0, (ulong)draw))).ToArray();
        for (var i = 0; i < fit.Frame.Rows; i++)
        {
            var row = i;
            object?[] counts = hasTrials ? [fit.Frame.Trials[row]] : [];
            csv.Row([.. Place(
                fit.Frame,
                groupings,
                row), .. counts, Outcome(fit.Frame.Response[row]), .. draws.Select(draw => (object?)Outcome(draw[row]))]);

            double Outcome(double value) =>
                !hasTrials ? value : fit.Frame.Weights.IsEmpty ? Math.Round(value * fit.Frame.Trials[row]) : value * fit.Frame.Trials[row];
        }

        return csv;
    }

    // Each grouping once, coarsest first.
    private static List<RandomTermDesign> Groupings(ModelFrame frame) =>
        [.. frame.RandomTerms.DistinctBy(term => term.Group, StringComparer.Ordinal)];

    private static IEnumerable<object?> Place(ModelFrame frame, List<RandomTermDesign> groupings, int row) =>
        [frame.DataRow(row), .. groupings.Select(term => term.Label(term.Groups[row]))];
}
