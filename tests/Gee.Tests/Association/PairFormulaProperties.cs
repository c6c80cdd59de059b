using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Association;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Association;

/// <summary>Formulas on the pairs of rows of a cluster.</summary>
public class PairFormulaProperties
{
    [Fact]
    public void Every_function_has_the_value_of_its_definition_on_every_pair()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var frame = Frame(seed);
                var design = PairFormula.Parse("~ 0 + lag + same(ward) + same(`dose level`) + distance(time) + sum(time) + product(time) + "
                    + "same(ward):lag").Design(frame);
                Assert.Equal(
                    ["lag", "same(ward)", "same(dose level)", "distance(time)", "sum(time)", "product(time)", "lag:same(ward)"],
                    design.Names);
                var pair = 0;
                for (var i = 0; i < frame.Clusters.Count; i++)
                {
                    for (var j = frame.Clusters.Start(i); j < frame.Clusters.Start(i) + frame.Clusters.Size(i); j++)
                    {
                        for (var k = j + 1; k < frame.Clusters.Start(i) + frame.Clusters.Size(i); k++, pair++)
                        {
                            Assert.Equal(Naive(frame, j, k), design.Row(pair).ToArray());
                        }
                    }
                }

                Assert.Equal(pair, design.Count);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public void Columns_to_be_read_are_those_inside_functions_to_count_or_to_compare()
    {
        var pairs = PairFormula.Parse("same(ward) * lag + distance(time) + I(distance(time)^2) + same(time)");
        Assert.Equal(["time"], pairs.Columns);
        Assert.Equal(["ward"], pairs.Groupings);
    }

    [Fact]
    public void The_two_waves_of_a_pair_are_a_factor()
    {
        var design = PairFormula.Parse("~ pair").Design(Frame(5));
        Assert.Contains("pair1-3", design.Names);
        Assert.Equal(10, design.Names.Count);
    }

    [Theory]
    [InlineData("~ ward", "\"ward\" is not a variable of pairs")]
    [InlineData("~ lag + same(ward) + age", "\"age\" is not a variable of pairs")]
    [InlineData("~ near(ward)", "no function \"near\"")]
    [InlineData("~ lag + (1 | pair)", "neither random parts nor offsets")]
    public void What_pairs_do_not_have_is_refused_by_name(string formula, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => PairFormula.Parse(formula)).Message, StringComparison.Ordinal);

    [Fact]
    public void Categories_have_no_distance()
    {
        var exception = Assert.Throws<InputException>(() => PairFormula.Parse("~ distance(ward)").Design(Frame(1)));
        Assert.Contains("distance(ward) needs numbers", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Same_subcluster_gives_the_two_odds_ratios_of_a_nested_design()
    {
        // One parameter for pairs within subclusters and one between, in either coding.
        var frame = Frame(2, Family.Binomial, 200);
        var coded = AlternatingLogistic.Fit(frame, PairFormula.Parse("same(ward)").Design(frame), new AssociationOptions());
        var wards = ((FactorColumn)frame.Auxiliary("ward")).Codes.ToArray();
        var direct = PairDesign.Create(frame, ["within", "between"], (j, k, z) => z[wards[j] == wards[k] ? 0 : 1] = 1);
        var split = AlternatingLogistic.Fit(frame, direct, new AssociationOptions());
        Assert.True(split.Convergence.Converged, split.Convergence.ToString());
        Assert.Equal(split.LogOddsRatios[1], coded.LogOddsRatios[0], 1e-8);
        Assert.Equal(split.LogOddsRatios[0] - split.LogOddsRatios[1], coded.LogOddsRatios[1], 1e-8);
    }

    private static double[] Naive(ModelFrame frame, int j, int k)
    {
        var wards = (FactorColumn)frame.Auxiliary("ward");
        var levels = ((NumericColumn)frame.Auxiliary("dose level")).Values;
        var times = ((NumericColumn)frame.Auxiliary("time")).Values;
        double lag = Math.Abs(frame.Waves[j] - frame.Waves[k]);
        double ward = wards.Levels[wards.Codes[j]] == wards.Levels[wards.Codes[k]] ? 1 : 0;
        return [lag, ward, levels[j] == levels[k]
            ? 1
            : 0, Math.Abs(times[j] - times[k]), times[j] + times[k], times[j] * times[k], lag * ward];
    }

    private static ModelFrame Frame(int seed, Family? family = null, int clusters = 30)
    {
        var frame = ClusteredSample.Create(seed, family ?? Family.Gaussian, clusters: clusters).Frame;
        var random = new Sequence(seed + 1);
        return new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
        {
            Waves = frame.Waves,
            AuxiliaryColumns =
            [
                new FactorColumn(
                    "ward",
                    [.. Enumerable.Range(0, frame.Rows).Select(_ => (int)(3 * random.Uniform()))],
                    ["east", "north", "west"]),
                new NumericColumn("dose level", [.. Enumerable.Range(0, frame.Rows).Select(_ => Math.Floor(3 * random.Uniform()))]),
                new NumericColumn("time", [.. Enumerable.Range(0, frame.Rows).Select(_ => random.Normal())]),
            ],
        };
    }
}
