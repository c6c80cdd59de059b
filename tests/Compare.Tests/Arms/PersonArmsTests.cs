using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Compare.Tests.Persons;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;
using Xunit;

namespace MarginalConditional.Compare.Tests.Arms;

/// <summary>The same questions in a trial by person.</summary>
public sealed class PersonArmsTests
{
    private static readonly string[] Lines = [.. Rows()];

    [Theory]
    [InlineData("influence")]
    [InlineData("one-step")]
    [InlineData("ye")]
    [InlineData("ge-hc1")]
    public void Pairs_with_the_reference_are_the_contrasts_of_the_table(string errors)
    {
        var result = Compare(errors, null).Standardized!;
        var pairs = result.Arms.Pairs().SelectMany(result.Arms.OnResponse).ToList();
        foreach (var contrast in result.Contrasts)
        {
            var pair = pairs.Single(own => own.Label == $"{contrast.Treated} - {contrast.Control}"
                && own.Scale == contrast.Measure.ScaleOf(proportions: true));
            Assert.Equal(contrast.Inference.Estimate, pair.Inference.Estimate, 1e-10);
            Assert.Equal(contrast.Inference.StandardError, pair.Inference.StandardError, 1e-8);
        }
    }

    [Fact]
    public void Subgroups_have_the_means_of_their_rows_and_rungs_from_the_second()
    {
        var comparison = Compare("influence", "sex");
        var beta = comparison.Fit.Coefficients.ToArray();
        var rows = Lines.Skip(1).Select(line => line.Split(',')).ToList();
        foreach (var subgroup in comparison.Subgroups!.Subgroups)
        {
            var own = rows.Where(row => row[2] == subgroup.Value).ToList();
            double[] means = [.. new[] { "pbo", "trt1", "trt2" }.Select((arm, a) =>
            {
                double Mean(string[] row) => 1 / (1 + Math.Exp(-(beta[0] + (a > 0 ? beta[a] : 0) + (beta[3] * double.Parse(
                    row[1], System.Globalization.CultureInfo.InvariantCulture)) + (row[2] == "m" ? beta[4] : 0))));
                var given = own.Where(row => row[0] == arm).ToList();
                return own.Average(Mean) + given.Average(row => (row[3] == "1" ? 1 : 0) - Mean(row));
            })];

            Assert.Equal(own.Count, subgroup.Rows);
            Assert.Equal(means[2] - means[0], subgroup.Ladder.Rungs.Single(rung =>
                rung is { Rung: 3, Scale: "risk difference" } && rung.Question.Treated == "trt2").Inference.Estimate, 1e-8);
            Assert.Equal([1, 2, 3], subgroup.Ladder.Rungs.Select(rung => rung.Rung).Distinct());
        }

        Assert.All(comparison.Subgroups.Interactions, row => Assert.Equal(ClusterWeighting.Participant, row.Weighting));
    }

    [Fact]
    public void Subgroups_of_permuted_blocks_lose_what_stratum_and_arm_hold_fixed()
    {
        var frame = PersonFrames.Build(Lines, "y ~ trt + x", "sex");
        var options = new PersonOptions
        {
            Treatment = "trt",
            Family = Family.Binomial,
            CheckReasons = false,
            By = "sex",
            Errors = StandardizedErrors.Influence,
        };
        var plain = PersonComparer.Compare(frame, options).Subgroups!;
        var blocks = PersonComparer.Compare(
            frame, options with { Strata = ["sex"], Randomization = Randomization.PermutedBlock }).Subgroups!;
        var sex = ((Data.Tables.FactorColumn)frame.Auxiliary("sex")!).Codes.ToArray();
        var rows = frame.Recipe!.CodesOf("trt").Select((arm, i) => (Arm: arm, Sex: sex[i])).ToList();
        for (var s = 0; s < plain.Subgroups.Count; s++)
        {
            foreach (var (own, other) in plain.Subgroups[s].Ladder.Rungs.Zip(blocks.Subgroups[s].Ladder.Rungs))
            {
                var influence = own.Influence.Values.ToArray();
                var rest = rows.Select((row, i) => influence[i]
                    - rows.Zip(influence).Where(pair => pair.First == row).Average(pair => pair.Second)
                    + rows.Zip(influence).Where(pair => pair.First.Sex == row.Sex).Average(pair => pair.Second)).ToList();
                var n = (double)rows.Count;
                Assert.Equal(own.Inference.Estimate, other.Inference.Estimate, 1e-14);
                Assert.Equal(
                    Math.Sqrt(n / (n - 1) * rest.Sum(value => (value - rest.Average()) * (value - rest.Average()))),
                    other.Inference.StandardError,
                    1e-10);
                Assert.True(other.Inference.StandardError <= own.Inference.StandardError * (1 + 1e-12));
            }
        }

        Assert.Equal(plain.Interactions.Count, blocks.Interactions.Count);
    }

    private static PersonComparison Compare(string errors, string? by) => PersonComparer.Compare(
        PersonFrames.Build(Lines, "y ~ trt + x + sex", by),
        new PersonOptions
        {
            Treatment = "trt",
            Family = Family.Binomial,
            CheckReasons = false,
            By = by,
            Errors = StandardizedErrors.All.First(kind => kind.Name == errors),
        });

    private static IEnumerable<string> Rows()
    {
        var random = new RandomStream(11, 2, 1);
        return PersonFrames.Lines("trt,x,sex,y", Enumerable.Range(0, 150).Select(i =>
        {
            var (x, sex) = (random.NextNormal(), random.NextBernoulli(0.5) == 1 ? "m" : "f");
            var eta = -0.3 + (0.4 * (i % 3)) + (0.8 * x) + (sex == "m" ? 0.5 : 0);
            var y = random.NextBernoulli(1 / (1 + Math.Exp(-eta))) == 1 ? 1 : 0;
            return new object[] { new[] { "pbo", "trt1", "trt2" }[i % 3], x, sex, y };
        }).ToList());
    }
}
