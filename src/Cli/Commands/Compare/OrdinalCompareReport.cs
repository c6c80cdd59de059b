using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ordinal;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Writes a comparison of ordered outcomes in the format asked for.</summary>
internal static class OrdinalCompareReport
{
    /// <summary>Writes the comparison and returns the exit code that its convergence calls for.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="margins">Effects held against margins.</param>
    /// <param name="arguments">What was fitted.</param>
    /// <param name="keeping">What is kept of it.</param>
    /// <param name="context">Console and output.</param>
    public static int Write(
        OrdinalComparison comparison,
        IReadOnlyList<MarginTest> margins,
        FitArguments arguments,
        Keeping keeping,
        CommandContext context)
    {
        keeping = keeping with
        {
            Estimates = [.. comparison.Glmm.Layout.Names.Zip(comparison.Glmm.FixedParameters.ToArray())],
        };
        string[] warnings = [.. comparison.Warnings, .. keeping.Warnings()];
        string[] notes = [.. comparison.Frame.Notes, .. comparison.Notes];
        keeping.Write(members => OrdinalCompareJson.Write(comparison, margins, arguments, notes, warnings, members));
        ResultWriter.Write(
            context,
            () => OrdinalCompareJson.Write(comparison, margins, arguments, notes, warnings),
            () => Csv(comparison, margins, context.Output),
            () => new OrdinalCompareTable(comparison, margins, arguments, context).Write(),
            notes,
            warnings,
            context.Output is { Plots.Count: 0, ReportPath: null } ? null : Publication(comparison, arguments));
        return FitOutput.ExitCodeOf(comparison.Convergence);
    }

    /// <summary>The ladder, that of the change between times, and those of subgroups.</summary>
    public static EstimandLadder Ladders(OrdinalComparison comparison) => (comparison.Subgroups?.Subgroups ?? []).Aggregate(
        comparison.Change is { } change ? comparison.Ladder.And(change) : comparison.Ladder,
        (all, subgroup) => all.And(subgroup.Ladder));

    private static Publication Publication(OrdinalComparison comparison, FitArguments arguments) => new()
    {
        Title = $"Effect of {comparison.Options.Treatment} on {comparison.Frame.ResponseName}: whose effect?",
        Answer = string.Join(' ', comparison.Verdict.Take(2)),
        Data = arguments.Data,
        DataFacts = FitOutput.DataFacts(comparison.Frame),
        Pictures =
        [
            .. ComparePictures.OfLadder(
                comparison.Ladder, OrdinalCompareTable.WordsOf(comparison), comparison.Options.Treatment, comparison.Options.Level),
            .. PictureKinds.Compare.Skip(2).Select(kind => OfferedPicture.Without(kind.Word, "comparisons of ordinal outcomes have none")),
        ],
    };

    private static ResultTable Csv(OrdinalComparison comparison, IReadOnlyList<MarginTest> margins, OutputArguments output)
    {
        var csv = new CompareCsv(output.Exponentiate, output.BroomNames, comparison.Pooled is not null);
        foreach (var row in comparison.Effects.SelectMany(effect => effect.Rows))
        {
            csv.Add(row.Estimand.Key, row.Method, row.Inference.Term, row.Scale, row.Weighting, row.Inference, row.StandardErrorType);
        }

        csv.Add(Ladders(comparison), "GLMM");
        csv.Add(new ArmAnswers([], [], margins));
        csv.Add(comparison.Exposures);
        if (comparison.Subgroups is { } subgroups)
        {
            csv.Add(subgroups.Column, subgroups.Interactions, "GLMM");
        }

        foreach (var standardized in comparison.Standardized)
        {
            var method = standardized.IsRobust ? "GLMM, whatever the model" : "GLMM";
            foreach (var arm in standardized.Arms)
            {
                foreach (var one in arm.Probabilities)
                {
                    Add(one, arm.Level, "probability");
                }

                Add(arm.Score, arm.Level, "mean score");
            }

            foreach (var contrast in standardized.Contrasts)
            {
                var arms = $"{contrast.Question.Treated} - {contrast.Question.Control}";
                foreach (var one in contrast.Probabilities.Concat(contrast.Cumulative))
                {
                    Add(one, arms, "probability difference");
                }

                Add(contrast.Score, arms, "difference");
                Add(contrast.Win, arms, "win probability");
                Add(contrast.LogWinOdds, arms, "log win odds");
            }

            void Add(OrdinalQuantity quantity, string arm, string scale) => csv.Add(
                Estimand.Standardized.Key,
                method,
                $"{arm}: {quantity.Inference.Term}",
                scale,
                standardized.Weighting.Name,
                quantity.Inference,
                quantity.Errors.Description);
        }

        return csv.Table;
    }
}
