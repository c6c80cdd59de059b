using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Model;

/// <summary><see cref="ClusterDataBuilder"/> against rows counted one by one.</summary>
public sealed class ClusterDataBuilderTests
{
    [Theory]
    [InlineData("binomial", 1)]
    [InlineData("poisson", 2)]
    [InlineData("gamma", 1)]
    public void Patterns_hold_the_rows_of_their_clusters(string name, int effects)
    {
        Assert.True(Family.TryParse(name, out var family));
        var link = family == Family.Gamma ? Link.Log : family.DefaultLink;
        var frame = SyntheticFrames.Make(5, family, [60], size: 4, effects: effects, repeats: true);
        var model = new PreparedModel(frame, new GlmmOptions { Family = family, Link = link, Threads = 1 });
        var data = model.Data;
        Assert.Equal(60, data.Multiplicity.Sum());
        Assert.True(family != Family.Binomial || data.Patterns < 60);
        for (var cluster = 0; cluster < 60; cluster++)
        {
            var pattern = data.PatternOfCluster[cluster];
            var rows = Enumerable.Range(frame.Clusters.Start(cluster), frame.Clusters.Size(cluster)).ToArray();

            // Rows alike but for the response are one row: as many kinds in the pattern, the sums of weights and of responses the same.
            var kinds = rows.GroupBy(row => (
                X: frame.Design.Column(1)[row],
                W: frame.Design.Column(2)[row],
                Y: model.Density.IsLinearInResponse ? 0 : frame.Response[row])).ToArray();
            Assert.Equal(kinds.Length, data.PatternOffsets[pattern + 1] - data.PatternOffsets[pattern]);
            for (var i = data.PatternOffsets[pattern]; i < data.PatternOffsets[pattern + 1]; i++)
            {
                var x = data.Design.AsSpan(i * data.Columns, data.Columns).ToArray();
                var kind = Assert.Single(
                    kinds,
                    kind => x[1] == model.Scaling.Apply(1, kind.Key.X) && x[2] == model.Scaling.Apply(2, kind.Key.W)
                    && (model.Density.IsLinearInResponse || kind.Key.Y == data.Response[i]));
                Assert.Equal(kind.Count(), data.Weight[i]);
                Assert.Equal(kind.Average(row => frame.Response[row]), data.Response[i], 1e-14);
                for (var a = 0; a < effects; a++)
                {
                    Assert.Equal((a == 0 ? 1 : kind.Key.X) / model.Levels[0].Scales[a], data.RandomDesign[(i * effects) + a]);
                }
            }
        }
    }

    [Fact]
    public void The_levels_above_stand_beside_the_rows()
    {
        var frame = SyntheticFrames.Make(5, Family.Poisson, [4, 3], size: 3, effects: 2);
        var model = new PreparedModel(frame, new GlmmOptions { Family = Family.Poisson, Threads = 1 });
        var data = model.Data;
        Assert.Equal(2, data.CoarseWidth);
        for (var i = 0; i < data.Rows; i++)
        {
            var x = data.Design.AsSpan(i * data.Columns, data.Columns).ToArray();
            var row = Enumerable.Range(0, frame.Rows).First(row => model.Scaling.Apply(1, frame.Design.Column(1)[row]) == x[1]);
            Assert.Equal(1 / model.Levels[0].Scales[0], data.CoarseDesign[2 * i]);
            Assert.Equal(frame.Design.Column(1)[row] / model.Levels[0].Scales[1], data.CoarseDesign[(2 * i) + 1]);
        }
    }

    [Fact]
    public void Weights_are_frequencies_times_trials()
    {
        var frame = SyntheticFrames.Make(5, Family.Binomial, [3], size: 3);
        var density = ConditionalDensity.For(Family.Binomial, Link.Logit, freeDispersion: false);
        Assert.All(Enumerable.Range(0, frame.Rows), row => Assert.Equal(1, ClusterDataBuilder.Outcome(frame, density, row).Weight));
    }
}
