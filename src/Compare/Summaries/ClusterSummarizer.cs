using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Summaries;

/// <summary>The cluster-level analysis of a trial randomized by cluster: every cluster gives one number, and these are compared.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Compare.Summaries;
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Gee;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm"), Cluster = "site" });
/// var summaries = ClusterSummarizer.Summarize(
///     frame, new SummaryOptions { Treatment = "arm", Gee = new GeeOptions { Family = Family.Binomial } });
/// Console.WriteLine(summaries.Estimates.Count);
/// </code>
/// </example>
public static class ClusterSummarizer
{
    /// <summary>Summarizes the clusters of a frame and compares the arms.</summary>
    /// <param name="frame">Built from a data set, with the strata among its further groupings.</param>
    /// <param name="options">The treatment and what to do.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <returns>Empty without clusters; a note alone where the treatment varies within them or has no levels.</returns>
    /// <exception cref="Data.InputException">A stratum varies within a cluster.</exception>
    public static ClusterSummaries Summarize(ModelFrame frame, SummaryOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        if (frame.Clusters.MaximumSize <= 1 && frame.Trials.IsEmpty)
        {
            return ClusterSummaries.Empty;
        }

        if (TrialArms.Read(frame, options.Treatment, options.Strata, out var reason) is not { } trial)
        {
            return ClusterSummaries.Empty with { Notes = reason is null ? [] : [reason] };
        }

        var outcomes = ClusterOutcomes.Of(frame, options.Gee.EffectiveLink);
        if (SummaryNotes.OfSizes(outcomes) is { } beyond)
        {
            return ClusterSummaries.Empty with { Notes = [beyond] };
        }

        var notes = new List<string>();
        var arms = ComparableArms(trial, notes);
        var adjustment = CovariateAdjustment.Fit(frame, options, out var note);
        Add(notes, note);
        var rows = new SummaryRows(trial, outcomes, options);
        List<ClusterSummary> estimates = [.. arms.SelectMany(rows.Plain)];
        Add(notes, SummaryNotes.OfOffset(outcomes, frame));
        if (estimates.Count > 0)
        {
            Add(notes, SummaryNotes.OfSmallClusters(outcomes, frame, options));
            Add(notes, SummaryNotes.OfFewClusters(estimates, outcomes));
            Add(notes, SummaryNotes.OfVariances(estimates, options.Tolerances));
        }

        if (adjustment is not null)
        {
            estimates.AddRange(Adjusted(arms, trial, rows, adjustment, notes));
        }

        var permuted = Permuted(frame, options, notes);
        return new ClusterSummaries(
            estimates,
            [.. rows.Arms()],
            permuted ? [.. arms.SelectMany(arm => PermutationTests.Run(trial, arm, outcomes, options))] : [],
            SizeTests(frame, trial, arms, outcomes, options, permuted, notes),
            notes)
        {
            SmallestSize = SpanMath.Min(outcomes.Sizes),
            LargestSize = SpanMath.Max(outcomes.Sizes),
        };
    }

    /// <summary>The arms that have two clusters, as the reference has: with one nothing tells how much they vary.</summary>
    private static List<int> ComparableArms(TrialArms trial, List<string> notes)
    {
        var counts = new int[trial.Levels.Count];
        foreach (var arm in trial.Arms)
        {
            counts[arm]++;
        }

        List<int> comparable = [.. Enumerable.Range(1, counts.Length - 1).Where(arm => counts[arm] >= 2 && counts[0] >= 2)];
        var single = Array.FindIndex(counts, count => count < 2);
        if (single >= 0)
        {
            notes.Add($"{trial.Levels[single]} has a single cluster, so how much its clusters vary is unknown and it is not compared.");
        }

        return comparable;
    }

    private static List<ClusterSummary> Adjusted(
        List<int> arms, TrialArms trial, SummaryRows rows, CovariateAdjustment adjustment, List<string> notes)
    {
        List<ClusterSummary> adjusted = [];
        foreach (var arm in arms)
        {
            var clusters = 0;
            foreach (var own in trial.Arms)
            {
                clusters += own == 0 || own == arm ? 1 : 0;
            }

            if (clusters - 2 - adjustment.ClusterCovariates > 0)
            {
                adjusted.AddRange(rows.Adjusted(arm, adjustment));
            }
            else
            {
                notes.Add($"There are too few clusters to adjust the comparison of {trial.Levels[arm]} for covariates of clusters.");
            }
        }

        return adjusted;
    }

    private static bool Permuted(ModelFrame frame, SummaryOptions options, List<string> notes)
    {
        if (options.Permutations is not null || frame.Clusters.Count <= options.Tolerances.MostClusters)
        {
            return true;
        }

        notes.Add("With so many clusters the t test needs no permutation test beside it; --permutations makes one all the same.");
        return false;
    }

    private static List<SizeTest> SizeTests(
        ModelFrame frame,
        TrialArms trial,
        List<int> arms,
        ClusterOutcomes outcomes,
        SummaryOptions options,
        bool permuted,
        List<string> notes)
    {
        if (!options.TestSize || arms.Count == 0 || !outcomes.Sizes.ContainsAnyExcept(outcomes.Sizes[0]))
        {
            return [];
        }

        List<SizeTest> tests = [.. SizeInteractionTests.Run(frame, trial, outcomes, options, out var note)];
        Add(notes, note);
        if (permuted)
        {
            tests.AddRange(arms.Select(arm => SizeReassignmentTest.Run(trial, arm, outcomes, options)));
        }

        return tests;
    }

    private static void Add(List<string> notes, string? note)
    {
        if (note is not null)
        {
            notes.Add(note);
        }
    }
}
