using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Writes a comparison in the format asked for.</summary>
internal static class CompareCommandReport
{
    /// <summary>Writes the comparison and returns the exit code that its convergence calls for.</summary>
    public static int Write(
        ModelComparison comparison, FitArguments arguments, CompareView view, Keeping keeping, CommandContext context)
    {
        keeping = keeping with { Estimates = [.. comparison.Frame.Design.Names.Zip(comparison.Glmm.Coefficients.ToArray())] };
        List<string> warnings = [.. Warnings(comparison), .. keeping.Warnings()];
        keeping.Write(members =>
            CompareCommandJson.Write(comparison, arguments, view.EventIsHarm, view.Answers, warnings, members));
        ResultWriter.Write(
            context,
            () => CompareCommandJson.Write(comparison, arguments, view.EventIsHarm, view.Answers, warnings),
            () => Csv(comparison, arguments.Family == Family.Binomial, view, context.Output),
            () => new CompareCommandTable(comparison, arguments, view, context).Write(),
            comparison.Notes,
            warnings,
            context.Output is { Plots.Count: 0, ReportPath: null } ? null : ComparePictures.Of(comparison, arguments, view, context));
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

    private static ResultTable Csv(ModelComparison comparison, bool proportions, CompareView view, OutputArguments output)
    {
        var csv = new CompareCsv(output.Exponentiate, output.BroomNames, comparison.Pooled is not null);
        foreach (var row in comparison.Effects.SelectMany(effect => effect.Rows))
        {
            csv.Add(
                row.Estimand.Key, row.Method, row.Inference.Term, row.Scale, row.Weighting, row.Inference, row.StandardErrorType);
        }

        var ladder = comparison.Change is { } change ? comparison.Ladder.And(change) : comparison.Ladder;
        csv.Add(ArmJson.WithSubgroups(ladder, comparison.Subgroups), "GLMM");
        csv.Add(comparison.Subgroups, "GLMM");
        foreach (var result in comparison.Standardized)
        {
            foreach (var contrast in result.Contrasts)
            {
                csv.Add(
                    Estimand.Standardized.Key,
                    result.Method,
                    $"{contrast.Treated} - {contrast.Control}",
                    contrast.Measure.ScaleOf(proportions),
                    contrast.Weighting.Name,
                    contrast.Inference,
                    result.StandardErrorType);
                if (contrast.Measure == EffectMeasure.Difference && proportions)
                {
                    csv.Needed(result.Method, contrast, view.EventIsHarm);
                }
            }
        }

        csv.Add(view.Answers);
        foreach (var row in comparison.Summaries.Estimates)
        {
            var method = row.IsAdjusted ? "clusters' own means, adjusted" : "clusters' own means";
            csv.Add(row.Estimand.Name, method, $"{row.Treated} - {row.Control}", row.Scale, row.Weighting.Name, row.Inference,
                row.StandardErrorType);
        }

        foreach (var row in comparison.Periods?.Estimates ?? [])
        {
            csv.Add(row.Estimand.Key, row.Method ?? "cells' own means", $"{row.Treated} - {row.Control}", row.Scale, null, row.Inference,
                row.StandardErrorType);
        }

        csv.Add(comparison.Exposures);

        foreach (var point in comparison.Dials.SelectMany(result => result.Points.Select(point => (result.Dial, Point: point))))
        {
            csv.Add($"dial {point.Dial.Name} of rung {point.Point.Rung}", "GLMM", point.Point.Setting, point.Point.Scale,
                point.Point.Weighting.Name, point.Point.Inference);
        }

        return csv.Table;
    }
}
