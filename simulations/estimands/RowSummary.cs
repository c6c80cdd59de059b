using MarginalConditional.Compare.Simulation.Informative;

namespace MarginalConditional.Simulations.Estimands;

/// <summary>What the replicates of a cell say of one row, as a line of CSV.</summary>
internal static class RowSummary
{
    /// <summary>The names of the columns.</summary>
    public const string Header =
        "cell,clusters,row,weighting,scale,replicates,failed,truth,mean,empirical_se,mean_se,coverage,coverage_mcse,rejection,"
        + "rejection_mcse";

    /// <summary>The lines of a cell, rows in the order of the comparison.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="replicates">The rows of each replicate; empty where it failed.</param>
    public static IEnumerable<string> Of(StudyCell cell, IReadOnlyList<IReadOnlyList<LadderAnswer>> replicates)
    {
        var truth = new InformativeTruth(cell.Trial);
        var failed = replicates.Count(answers => answers.Count == 0);
        return replicates
            .SelectMany(answers => answers)
            .GroupBy(answer => (answer.Row, answer.Weighting, answer.Scale))
            .Select(group => Line(cell, [.. group], failed, group.First().TruthIn(truth)));
    }

    private static string Line(StudyCell cell, LadderAnswer[] answers, int failed, double? truth)
    {
        var (count, first) = (answers.Length, answers[0]);
        var mean = answers.Average(answer => answer.Inference.Estimate);
        var spread = Math.Sqrt(answers.Sum(answer => Math.Pow(answer.Inference.Estimate - mean, 2)) / (count - 1));
        var error = answers.Average(answer => answer.Inference.StandardError);
        var covered = truth is { } value
            ? answers.Count(answer => answer.Inference.Lower <= value && value <= answer.Inference.Upper) / (double)count
            : double.NaN;
        var rejected = answers.Count(answer => answer.Inference.PValue < 0.05) / (double)count;
        return FormattableString.Invariant(
            $"\"{cell.Name}\",{cell.Trial.Clusters},\"{first.Row}\",{first.Weighting},{first.Scale},{count},{failed},{Text(truth)},")
            + string.Join(',', new double?[] { mean, spread, error, covered, Error(covered), rejected, Error(rejected) }.Select(Text));

        double Error(double share) => Math.Sqrt(share * (1 - share) / count);
    }

    private static string Text(double? number) =>
        number is { } value && double.IsFinite(value) ? FormattableString.Invariant($"{value:0.######}") : string.Empty;
}
