using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Writes a comparison in the format asked for.</summary>
internal static class CompareCommandReport
{
    /// <summary>Writes the comparison and returns the exit code that its convergence calls for.</summary>
    public static int Write(ModelComparison comparison, FitArguments arguments, CompareView view, CommandContext context)
    {
        var warnings = Warnings(comparison);
        ResultWriter.Write(
            context,
            () => CompareCommandJson.Write(comparison, arguments, view.EventIsHarm, view.Answers, warnings),
            () => Csv(comparison, arguments.Family == Family.Binomial, view),
            () => new CompareCommandTable(comparison, arguments, view, context).Write(),
            comparison.Notes,
            warnings,
            ComparePictures.Of(comparison, arguments));
        return FitOutput.ExitCodeOf(comparison.Convergence);
    }

    private static List<string> Warnings(ModelComparison comparison)
    {
        var warnings = comparison.Warnings.ToList();
        foreach (var (name, convergence) in new[] { ("GEE", comparison.Gee.Convergence), ("GLMM", comparison.Glmm.Convergence) })
        {
            if (!convergence.Converged && !warnings.Exists(warning => warning.Contains(convergence.Message, StringComparison.Ordinal)
                && convergence.Message.Length > 0))
            {
                warnings.Insert(0, $"{name} did not converge ({FitOutput.StatusName(convergence.Status)}): "
                    + $"{(convergence.Message.Length > 0 ? convergence.Message : "do not use its numbers.")}");
            }
        }

        return warnings;
    }

    private static string Csv(ModelComparison comparison, bool proportions, CompareView view)
    {
        var csv = new CsvResult("estimand", "method", "term", "scale", "weighting", "estimate", "se", "statistic", "df", "p", "lower",
            "upper");
        foreach (var row in comparison.Effects.SelectMany(effect => effect.Rows))
        {
            Add(row.Estimand.Key, row.Method, row.Inference.Term, row.Scale, row.Weighting, row.Inference);
        }

        foreach (var result in comparison.Standardized)
        {
            foreach (var contrast in result.Contrasts)
            {
                Add(
                    Estimand.Standardized.Key,
                    result.Method,
                    $"{contrast.Treated} - {contrast.Control}",
                    contrast.Measure.Scale,
                    contrast.Weighting.Name,
                    contrast.Inference);
                if (contrast.Measure != EffectMeasure.Difference || !proportions)
                {
                    continue;
                }

                foreach (var (needed, estimate, lower, upper) in NumberNeededRows.Of(
                    NumberNeededToTreat.Of(contrast.Inference), view.EventIsHarm))
                {
                    csv.Row(Estimand.Standardized.Key, result.Method, $"{contrast.Treated} - {contrast.Control}", needed,
                        contrast.Weighting.Name, estimate, null, null, null, null, lower, upper);
                }
            }
        }

        foreach (var row in view.Answers.Contrasts.Concat(view.Answers.Pairs))
        {
            Add(Estimand.Standardized.Key, row.Method, row.Label, row.Scale, row.Weighting.Name, row.Inference);
        }

        foreach (var row in comparison.Summaries.Estimates)
        {
            var method = row.IsAdjusted ? "clusters' own means, adjusted" : "clusters' own means";
            Add(row.Estimand.Name, method, $"{row.Treated} - {row.Control}", row.Scale, row.Weighting.Name, row.Inference);
        }

        return csv.ToString();

        void Add(string estimand, string method, string term, string scale, string weighting, Coefficient row) =>
            csv.Row(estimand, method, term, scale, weighting, row.Estimate, row.StandardError, row.Statistic, row.DegreesOfFreedom,
                row.PValue, row.Lower, row.Upper);
    }
}
