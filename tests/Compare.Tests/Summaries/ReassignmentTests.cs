using MarginalConditional.Compare.Summaries;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Summaries;

/// <summary>Assigning clusters anew, against enumeration by hand.</summary>
public sealed class ReassignmentTests
{
    private static readonly bool[] Made = [true, false, false, true, false, true, false, false];

    [Fact]
    public void Every_assignment_of_every_stratum_comes_once()
    {
        int[] strata = [0, 0, 0, 0, 1, 1, 1, 1];
        var assignments = new Reassignments(Made, strata, 20_000, 10, 1);
        Assert.True(assignments.IsExact);
        Assert.Equal(6 * 4, assignments.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var (treated, scratch) = (new bool[8], new int[8]);
        for (var r = 0; r < assignments.Count; r++)
        {
            assignments.Write(r, treated, scratch);
            Assert.Equal(2, treated.Take(4).Count(value => value));
            Assert.Equal(1, treated.Skip(4).Count(value => value));
            Assert.True(seen.Add(string.Join(',', treated)));
        }
    }

    [Fact]
    public void Drawn_assignments_keep_the_strata_reach_all_alike_and_depend_on_their_number_only()
    {
        int[] strata = [0, 0, 0, 0, 1, 1, 1, 1];
        var assignments = new Reassignments(Made, strata, 5, 24_000, 4);
        Assert.False(assignments.IsExact);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var (treated, scratch) = (new bool[8], new int[8]);
        for (var r = 0; r < assignments.Count; r++)
        {
            assignments.Write(r, treated, scratch);
            var key = string.Join(',', treated);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        // 24 cells of 1,000: χ² with 23 degrees of freedom is above 60 once in 40,000 times.
        Assert.Equal(24, counts.Count);
        Assert.True(counts.Values.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000) < 60);
        assignments.Write(17, treated, scratch);
        var alone = new bool[8];
        new Reassignments(Made, strata, 5, 100, 4).Write(17, alone, scratch);
        Assert.Equal(treated, alone);
    }

    [Fact]
    public void Numbers_of_combinations_are_those_of_Pascals_triangle()
    {
        for (var n = 1; n < 40; n++)
        {
            for (var k = 1; k < n; k++)
            {
                Assert.Equal(
                    Reassignments.Combinations(n - 1, k - 1) + Reassignments.Combinations(n - 1, k), Reassignments.Combinations(n, k));
            }
        }
    }

    [Fact]
    public void Matched_pairs_are_tested_by_flipping_the_signs_of_their_differences()
    {
        // Twelve clusters in six pairs, of two rows each; s is what a cluster has of both.
        int[] sums = [9, 5, 14, 13, 7, 2, 20, 15, 6, 8, 11, 4];
        var rows = sums.Select((sum, c) => (Cluster: FormattableString.Invariant($"c{c:00},{"ba"[c % 2]},{c / 2}"), Sum: sum));
        var text = "id,arm,pair,y\n" + string.Concat(rows.Select(row => $"{row.Cluster},{row.Sum}\n{row.Cluster},0\n"));
        var frame = ClusterTrials.Frame(text, "y ~ arm", request => request with { AuxiliaryGroupings = ["pair"] });
        var tests = ClusterTrials.Summarize(frame, Family.Gaussian, options => options with { Strata = ["pair"] }).Permutations;

        var differences = Enumerable.Range(0, 6).Select(pair => sums[2 * pair] - sums[(2 * pair) + 1]).ToArray();
        var observed = Math.Abs(differences.Sum());
        var extreme = Enumerable.Range(0, 64).Count(signs =>
            Math.Abs(differences.Select((difference, pair) => ((signs >> pair) & 1) == 0 ? difference : -difference).Sum()) >= observed);
        Assert.All(tests, test => Assert.Equal((64, true, extreme / 64.0), (test.Replicates, test.IsExact, test.PValue)));
    }

    [Fact]
    public void Whatever_the_randomization_gives_p_is_below_any_level_no_more_often_than_the_level()
    {
        // Four of nine clusters, sizes and outcomes fixed: all 126 assignments as the one that was made.
        double[] summaries = [0.1, 0.9, 0.4, 0.4, 0.7, 0.2, 0.95, 0.5, 0.05];
        double[] weights = [3, 30, 4, 9, 12, 3, 7, 20, 5];
        var all = new Reassignments([true, true, true, true, false, false, false, false, false], new int[9], 20_000, 10, 1);
        List<double> plain = [], weighted = [];
        var (treated, scratch) = (new bool[9], new int[9]);
        for (var r = 0; r < all.Count; r++)
        {
            all.Write(r, treated, scratch);
            var results = ReassignmentTest.Run(
                all,
                treated,
                [
                    assignment => StudentizedDifference.Of(summaries, Enumerable.Repeat(1.0, 9).ToArray(), assignment),
                    assignment => StudentizedDifference.Of(summaries, weights, assignment),
                ],
                1e-9);
            plain.Add(results[0].PValue);
            weighted.Add(results[1].PValue);
        }

        Assert.Equal(126, plain.Count);
        foreach (var values in new[] { plain, weighted })
        {
            Assert.All(values, level => Assert.Equal(level, values.Count(p => p <= level + 1e-12) / 126.0, 1e-12));
        }
    }

    [Fact]
    public void The_studentized_difference_is_Welchs_t_and_its_variance_of_weightings_the_jackknifes()
    {
        double[] summaries = [0.1, 0.9, 0.4, 0.4, 0.7, 0.2, 0.95, 0.5];
        double[] weights = [3, 30, 4, 9, 12, 3, 7, 20];
        Assert.Equal(
            (Mean(true) - Mean(false)) / Math.Sqrt((Variance(true) / 3) + (Variance(false) / 5)),
            StudentizedDifference.Of(summaries, [1, 1, 1, 1, 1, 1, 1, 1], Made),
            1e-13);

        var whole = Difference(-1);
        var without = Enumerable.Range(0, 8).Select(Difference).ToArray();
        var (difference, variance) = StudentizedDifference.Weightings(summaries, weights, Made);
        Assert.Equal(whole, difference, 1e-13);
        Assert.Equal(7.0 / 8 * without.Sum(value => Math.Pow(value - without.Average(), 2)), variance, 1e-13);

        double Mean(bool arm) => summaries.Where((_, c) => Made[c] == arm).Average();
        double Variance(bool arm) => summaries.Where((_, c) => Made[c] == arm).Sum(value => Math.Pow(value - Mean(arm), 2))
            / (Made.Count(value => value == arm) - 1);
        double Difference(int deleted)
        {
            int[] kept = [.. Enumerable.Range(0, 8).Where(c => c != deleted)];
            return Plain(true) - Weighted(true) - Plain(false) + Weighted(false);

            double Plain(bool arm) => kept.Where(c => Made[c] == arm).Average(c => summaries[c]);
            double Weighted(bool arm) => kept.Where(c => Made[c] == arm).Sum(c => weights[c] * summaries[c])
                / kept.Where(c => Made[c] == arm).Sum(c => weights[c]);
        }
    }
}
