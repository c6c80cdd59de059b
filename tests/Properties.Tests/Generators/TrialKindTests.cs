using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Properties.Generators;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Tests.Generators;

/// <summary>Each kind of hard trial is hard in its way, and generators come near every edge of their domain.</summary>
public sealed class TrialKindTests
{
    private const int Draws = 120;

    private static readonly TrialShape Shape = new();

    private static readonly TrialModel Adjusted = new() { Covariates = [new("age", IsOfCluster: false)] };

    [Fact]
    public void Rare_outcomes_are_rarer_than_plain_ones()
    {
        Assert.True(Mean(TrialKind.RareOutcomes, Share) < 0.6 * Mean(TrialKind.Plain, Share));
        static double Share(TrialData trial) => trial.Outcome.ToArray().Average();
    }

    [Fact]
    public void Near_separation_leaves_an_arm_one_event() => Assert.All(
        Trials(TrialKind.NearSeparation),
        trial => Assert.Equal(1, Enumerable.Range(0, trial.Rows).Count(row => trial.Treatment[row] == 1 && trial.Outcome[row] == 1)));

    [Fact]
    public void Gaps_are_within_clusters_and_at_their_ends()
    {
        Assert.True(Mean(TrialKind.Gaps, Gaps) > 1 + Mean(TrialKind.Plain, Gaps));
        static double Gaps(TrialData trial) => Enumerable.Range(1, trial.Rows - 1)
            .Count(row => trial.Clusters[row] == trial.Clusters[row - 1] && trial.Waves[row] > trial.Waves[row - 1] + 1);
    }

    [Fact]
    public void Extreme_scales_are_thousands_or_thousandths()
    {
        var largest = Trials(TrialKind.ExtremeScales).Select(trial => trial.Column("age").Values.ToArray().Max(Math.Abs)).ToArray();
        Assert.All(largest, value => Assert.True(value is > 300 or < 0.02, $"{value}"));
        Assert.Contains(largest, value => value > 300);
        Assert.Contains(largest, value => value < 0.02);
    }

    [Fact]
    public void Informative_sizes_go_with_outcomes()
    {
        Assert.True(Mean(TrialKind.InformativeSizes, Slope) > 0.02 + Mean(TrialKind.Plain, Slope));
        static double Slope(TrialData trial)
        {
            var clusters = Enumerable.Range(0, trial.Rows).GroupBy(row => trial.Clusters[row], StringComparer.Ordinal)
                .Select(rows => (Size: (double)rows.Count(), Mean: rows.Average(row => trial.Outcome[row]))).ToArray();
            var (size, mean) = (clusters.Average(one => one.Size), clusters.Average(one => one.Mean));
            return clusters.Average(one => (one.Size - size) * (one.Mean - mean));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void The_size_of_a_test_moves_the_number_of_clusters_and_never_beyond_the_shape(int size)
    {
        var clusters = TrialGenerators.Trials(Adjusted, Shape).Sample(Draws, new Rnd(3, 1), size)
            .Select(trial => trial.ClusterLabels.Count).ToArray();
        Assert.All(clusters, count => Assert.InRange(count, Shape.FewestClusters, Shape.MostClusters));
        Assert.Equal(size == 0 ? Shape.FewestClusters : 14, size == 0 ? clusters.Max() : Math.Min(14, clusters.Max()));
    }

    [Fact]
    public void Whole_clusters_are_treated_half_and_half() => Assert.All(
        TrialGenerators.Trials(Adjusted, new TrialShape { TreatsWholeClusters = true, HasHardCases = false })
            .Sample(Draws, new Rnd(3, 1), 50),
        trial =>
        {
            var arms = Enumerable.Range(0, trial.Rows).GroupBy(row => trial.Clusters[row], StringComparer.Ordinal)
                .Select(rows => rows.Select(row => trial.Treatment[row]).Distinct().Single()).ToArray();
            Assert.InRange(arms.Count(arm => arm == 1) - (arms.Length / 2.0), -1, 1);
        });

    [Fact]
    public void Correlations_come_within_a_fiftieth_of_both_bounds_and_shrink_to_zero()
    {
        foreach (var waves in new[] { 2, 5, 40 })
        {
            var (lower, width) = (-1.0 / (waves - 1), 1 + (1.0 / (waves - 1)));
            var drawn = CorrelationGenerators.Exchangeable(waves).Generator.Sample(3000, new Rnd(5, 1), 10).ToArray();
            Assert.All(drawn, rho => Assert.InRange(rho, lower + (0.019 * width), 1 - (0.019 * width)));
            Assert.InRange(drawn.Min(), lower, lower + (0.03 * width));
            Assert.InRange(drawn.Max(), 1 - (0.03 * width), 1);
        }

        Assert.Equal([0, 0.4], CorrelationGenerators.Autoregressive().Shrinker(0.8));
        Assert.Empty(CorrelationGenerators.Autoregressive().Shrinker(0));
    }

    [Fact]
    public void Covariances_have_zero_tiny_and_large_deviations()
    {
        var deviations = CorrelationGenerators.RandomEffects(2).Generator.Sample(200, new Rnd(5, 1), 10)
            .SelectMany(matrix => new[] { Math.Sqrt(matrix[0]), Math.Sqrt(matrix[3]) }).Select(value => Math.Round(value, 4)).Distinct();
        Assert.Equal([0, 1e-3, 0.5, 1, 2, 30], deviations.Order());
    }

    [Fact]
    public void Studies_have_every_family_size_and_law()
    {
        var drawn = StudyGenerators.Mechanisms().Generator.Sample(400, new Rnd(9, 1), 50).ToArray();
        Assert.Equal(4, drawn.Select(one => (one.Family, one.Link)).Distinct().Count());
        Assert.Contains(drawn, one => one.RandomEffect.StandardDeviation == 0);
        Assert.Contains(drawn, one => one.Clusters == 2);
        Assert.Contains(drawn, one => one.Effects.Effect < 0);
        Assert.Contains(drawn, one => one.RandomEffect.Name.Contains("bridge", StringComparison.OrdinalIgnoreCase));
        Assert.All(
            drawn.Where(one => one.RandomEffect.Name.Contains("bridge", StringComparison.OrdinalIgnoreCase)),
            one => Assert.Equal(Link.Logit, one.Link));
    }

    [Fact]
    public void Formulas_have_every_kind_of_part()
    {
        var drawn = FormulaGenerators.Formulas("y", ["a", "b"], ["g"]).Generator.Sample(400, new Rnd(9, 1), 60).ToArray();
        foreach (var part in new[] { "y ~ 0 + ", "a:b", "a * b", "log(a)", "I(b^2)", "I(a / 10)", "(1 | g)", "(a | g)", "(b || g)" })
        {
            Assert.Contains(drawn, formula => formula.Contains(part, StringComparison.Ordinal));
        }

        Assert.All(drawn, formula => Assert.StartsWith("y ~ ", formula, StringComparison.Ordinal));
        Assert.DoesNotContain(
            FormulaGenerators.Formulas("y", ["a"]).Generator.Sample(200, new Rnd(9, 1), 60),
            formula => formula.Contains('|', StringComparison.Ordinal));
    }

    private static IEnumerable<TrialData> Trials(TrialKind kind) =>
        Enumerable.Range(1, Draws).Select(seed => TrialDraw.Of(Adjusted, Shape, kind, 12, seed));

    private static double Mean(TrialKind kind, Func<TrialData, double> of) => Trials(kind).Average(of);
}
