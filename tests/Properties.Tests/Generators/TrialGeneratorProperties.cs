using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MarginalConditional.Properties.Generators;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Tests.Generators;

/// <summary>Generated trials are what their shapes say, and so are the smaller ones.</summary>
public sealed class TrialGeneratorProperties
{
    private static readonly TrialModel[] Models =
    [
        new(),
        new() { Family = Family.Poisson },
        new() { Family = Family.Gaussian, Covariates = [new("age", IsOfCluster: false)] },
        new() { Family = Family.Gamma, Covariates = [new("region", IsOfCluster: true)] },
    ];

    [Property(Arbitrary = [typeof(TrialArbitraries)], MaxTest = 200)]
    public bool Attributes_of_FsCheck_give_trials(TrialData trial) =>
        Interior.Has(trial) && trial.Columns.Count == 3 && trial.ClusterLabels.Count is >= 4 and <= 16;

    [Fact]
    public void Every_trial_has_both_arms_valid_outcomes_and_waves_that_rise()
    {
        foreach (var model in Models)
        {
            var shape = new TrialShape { HasCounts = true };
            foreach (var trial in TrialGenerators.Trials(model, shape).Sample(200, new Rnd(7, 1), 100))
            {
                Assert.True(Interior.Has(trial), trial.Csv);
                Assert.All(trial.Outcome.ToArray(), value => Assert.True(model.Family.IsResponseValid(value)));
                Assert.All(trial.Counts.ToArray(), count => Assert.InRange(count, 1, 3));
                foreach (var rows in Enumerable.Range(0, trial.Rows).GroupBy(row => trial.Clusters[row], StringComparer.Ordinal))
                {
                    var waves = rows.Select(row => trial.Waves[row]).ToArray();
                    Assert.Equal(waves.Order(), waves);
                    Assert.Equal(waves.Length, waves.Distinct().Count());
                    Assert.InRange(waves.Length, 1, shape.LargestCluster);
                }

                foreach (var covariate in model.Covariates.Where(covariate => covariate.IsOfCluster))
                {
                    Assert.All(
                        Enumerable.Range(0, trial.Rows).GroupBy(row => trial.Clusters[row], StringComparer.Ordinal),
                        rows => Assert.Single(rows.Select(row => trial.Column(covariate.Name).Values[row]).Distinct()));
                }
            }
        }
    }

    [Fact]
    public void Hard_cases_are_among_them()
    {
        var model = new TrialModel { Covariates = [new("age", IsOfCluster: false)] };
        var trials = TrialGenerators.Trials(model).Sample(400, new Rnd(7, 1), 100).ToArray();
        Assert.Contains(trials, trial => trial.ClusterLabels.Count == 4);
        Assert.Contains(trials, trial => trial.Column("age").Values.ToArray().Max() > 500);
        Assert.Contains(trials, trial => trial.Column("age").Values.ToArray().Max() < 0.01);
        Assert.Contains(trials, HasGap);
        Assert.Contains(trials, trial => Events(trial, 1) == 1 && trial.Rows > 20);
        Assert.Contains(trials, TreatsWithinClusters);
        Assert.Contains(trials, trial => !TreatsWithinClusters(trial));
        Assert.DoesNotContain(
            TrialGenerators.Trials(model, new TrialShape { HasHardCases = false }).Sample(200, new Rnd(7, 1), 100),
            trial => trial.Column("age").Values.ToArray().Max() > 500);
    }

    [Fact]
    public void A_shape_is_kept()
    {
        var shape = new TrialShape
        {
            FewestClusters = 6,
            MostClusters = 9,
            LargestCluster = 3,
            HasEqualSizes = true,
            TreatsWholeClusters = true,
        };
        foreach (var trial in TrialGenerators.Trials(new TrialModel(), shape).Sample(200, new Rnd(7, 1), 100))
        {
            Assert.InRange(trial.ClusterLabels.Count, 6, 9);
            Assert.Single(trial.Clusters.GroupBy(label => label, StringComparer.Ordinal).Select(rows => rows.Count()).Distinct());
            Assert.False(TreatsWithinClusters(trial));
        }
    }

    /// <summary>Going down always to the last of the smaller trials, and to the first, comes to an end at a trial of both arms.</summary>
    [Fact]
    public void Shrinking_ends_at_a_trial_of_both_arms()
    {
        foreach (var model in Models)
        {
            var shape = new TrialShape { HasCounts = true };
            foreach (var trial in TrialGenerators.Trials(model, shape).Sample(20, new Rnd(11, 1), 60))
            {
                foreach (var last in new[] { false, true })
                {
                    var (current, steps) = (trial, 0);
                    while (Next(current, shape, last) is { } smaller)
                    {
                        Assert.True(Interior.Has(smaller));
                        Assert.True(Measure(smaller) < Measure(current), $"{current.Csv}\n{smaller.Csv}");
                        current = smaller;
                        Assert.True(++steps < 10_000);
                    }

                    Assert.InRange(current.Rows, 2, 4);
                }
            }
        }
    }

    [Fact]
    public void One_number_names_a_trial()
    {
        var shape = new TrialShape();
        var once = TrialDraw.Of(Models[0], shape, TrialKind.Gaps, 8, 42).Csv;
        Assert.Equal(once, TrialDraw.Of(Models[0], shape, TrialKind.Gaps, 8, 42).Csv);
        Assert.NotEqual(once, TrialDraw.Of(Models[0], shape, TrialKind.Gaps, 8, 43).Csv);
    }

    private static TrialData? Next(TrialData trial, TrialShape shape, bool last)
    {
        var smaller = TrialShrinker.Smaller(trial, shape);
        return last ? smaller.LastOrDefault() : smaller.FirstOrDefault();
    }

    /// <summary>Rows first, then counts, then the size of numbers and whether they are whole.</summary>
    private static double Measure(TrialData trial)
    {
        var numbers = trial.Outcome.ToArray().Concat(trial.Columns.SelectMany(column => column.Values.ToArray()));
        return (1e9 * trial.Rows) + (1e6 * trial.Counts.ToArray().Sum())
            + numbers.Sum(value => Math.Abs(value) + (value == Math.Truncate(value) ? 0 : 1e-3));
    }

    private static bool HasGap(TrialData trial) => Enumerable.Range(1, trial.Rows - 1)
        .Any(row => trial.Clusters[row] == trial.Clusters[row - 1] && trial.Waves[row] > trial.Waves[row - 1] + 1);

    private static double Events(TrialData trial, int arm) =>
        Enumerable.Range(0, trial.Rows).Where(row => trial.Treatment[row] == arm).Sum(row => trial.Outcome[row]);

    private static bool TreatsWithinClusters(TrialData trial) => Enumerable.Range(1, trial.Rows - 1)
        .Any(row => trial.Clusters[row] == trial.Clusters[row - 1] && trial.Treatment[row] != trial.Treatment[row - 1]);
}
