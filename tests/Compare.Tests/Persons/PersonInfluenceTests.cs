using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Persons;

/// <summary>
/// <see cref="PersonInfluence"/>, <see cref="PersonSums"/> and <see cref="PersonFunctional"/> against what they are derivatives and
/// replacements of: fits with a weight moved a little, and fits without a person.
/// </summary>
public sealed class PersonInfluenceTests
{
    private const string Header = "trt,x,s,y,count,w";

    [Theory]
    [InlineData("y ~ trt + x", "binomial", "logit")]
    [InlineData("y ~ trt * x", "binomial", "probit")]
    [InlineData("y ~ trt + x", "binomial", "cloglog")]
    [InlineData("count ~ trt + x", "poisson", "log")]
    [InlineData("count ~ trt + x", "poisson", "sqrt")]
    [InlineData("x ~ trt + y", "gaussian", "identity")]
    public void Influence_is_what_a_little_weight_does(string formula, string familyName, string linkName)
    {
        const double Step = 1e-4;
        const int Person = 7;
        Assert.True(Link.TryParse(linkName, out var link));
        var family = Named(familyName);
        var rows = Rows(60);
        var comparison = Compare(rows, 1, formula, family, link, StandardizedErrors.Influence);
        var influence = Everything(comparison);
        foreach (var person in new[] { Person, 20, 59 })
        {
            var more = Everything(Compare(rows, 1 + Step, formula, family, link, StandardizedErrors.Influence, person));
            var less = Everything(Compare(rows, 1 - Step, formula, family, link, StandardizedErrors.Influence, person));
            Assert.All(Enumerable.Range(0, influence.Count), k => Assert.Equal(
                (more[k].Estimate - less[k].Estimate) / (2 * Step), influence[k].Influence.Of(Place(comparison, person))[0], 1e-6));
        }
    }

    [Theory]
    [InlineData("binomial", "logit")]
    [InlineData("binomial", "probit")]
    public void The_jackknife_leaves_persons_out(string familyName, string linkName)
    {
        Assert.True(Link.TryParse(linkName, out var link));
        var (family, rows) = (Named(familyName), Rows(40));
        var comparison = Compare(rows, 1, "y ~ trt + x", family, link, StandardizedErrors.Jackknife);
        var all = Everything(comparison);
        foreach (var person in new[] { 0, 17, 39 })
        {
            var rest = Everything(Compare(
                [.. rows.Where((_, row) => row != person)], 1, "y ~ trt + x", family, link, StandardizedErrors.Influence));
            Assert.All(Enumerable.Range(0, all.Count), k => Assert.Equal(
                39.0 / 40 * (all[k].Estimate - rest[k].Estimate), all[k].Influence.Of(Place(comparison, person))[0], 1e-8));
        }

        // With 40 persons one step, or the others by their slopes, move an error by less than a tenth.
        foreach (var kind in new[] { StandardizedErrors.OneStep, StandardizedErrors.Closed })
        {
            var cheap = Everything(Compare(rows, 1, "y ~ trt + x", family, link, kind));
            Assert.All(Enumerable.Range(0, all.Count), k => Assert.Equal(
                all[k].Influence.StandardError(0), cheap[k].Influence.StandardError(0), (0.1 * all[k].Influence.StandardError(0)) + 1e-9));
        }
    }

    [Fact]
    public void Derivatives_of_the_functional_match_differences()
    {
        var functional = new PersonFunctional(3, 2, EffectMeasure.All);
        var random = new RandomStream(11, 1, 1);
        var sums = new double[functional.Sums];
        for (var z = 0; z < 2; z++)
        {
            sums[functional.Weight(z)] = 40 + (10 * z);
            for (var a = 0; a < 3; a++)
            {
                sums[functional.Predicted(z, a)] = 12 + random.NextUniform();
                sums[functional.Received(z, a)] = 11 + a + z;
                sums[functional.Residual(z, a)] = random.NextUniform() - 0.5;
                sums[functional.Observed(z, a)] = 5 + random.NextUniform();
            }
        }

        for (var k = 0; k < 3; k++)
        {
            sums[functional.Contrasts(k, 1)] = random.NextUniform();
            sums[functional.Contrasts(k, 2)] = random.NextUniform();
        }

        var jacobian = functional.Jacobian(sums);
        var (more, less) = (new double[functional.Estimates], new double[functional.Estimates]);
        for (var j = 0; j < functional.Sums; j++)
        {
            const double Step = 1e-5;
            var kept = sums[j];
            sums[j] = kept + Step;
            functional.Evaluate(sums, more);
            sums[j] = kept - Step;
            functional.Evaluate(sums, less);
            sums[j] = kept;
            for (var k = 0; k < functional.Estimates; k++)
            {
                Assert.Equal((more[k] - less[k]) / (2 * Step), jacobian[(k * functional.Sums) + j], 1e-8);
            }
        }
    }

    [Fact]
    public void Threads_and_order_change_no_bit()
    {
        var rows = Rows(50);
        var one = Everything(Compare(rows, 1, "y ~ trt + x", Family.Binomial, Link.Logit, StandardizedErrors.OneStep, threads: 1));
        var many = Everything(Compare(rows, 1, "y ~ trt + x", Family.Binomial, Link.Logit, StandardizedErrors.OneStep, threads: 4));
        Assert.All(
            Enumerable.Range(0, one.Count),
            k => Assert.Equal(one[k].Influence.Values.ToArray(), many[k].Influence.Values.ToArray()));
    }

    /// <summary>Where a row of the data stands in the frame.</summary>
    private static int Place(PersonComparison comparison, int row) => comparison.Frame.RowOrder.IndexOf(row);

    /// <summary>Every rung, every raw contrast and every standardized mean.</summary>
    private static List<(double Estimate, ClusterInfluence Influence)> Everything(PersonComparison comparison) =>
    [
        .. comparison.Ladder.Rungs.Select(rung => (rung.Inference.Estimate, rung.Influence)),
        .. comparison.Standardized!.Means.ToArray().Select((mean, arm) => (mean, comparison.Standardized.Influence.At(arm))),
    ];

    private static PersonComparison Compare(
        object[][] rows,
        double weight,
        string formula,
        Family family,
        Link link,
        StandardizedErrors errors,
        int person = -1,
        int threads = 1)
    {
        var weighted = rows.Select((row, i) => (object[])[.. row, i == person ? weight : 1.0]);
        return PersonComparer.Compare(
            PersonFrames.Build(PersonFrames.Lines(Header, weighted), formula, "s", "w"),
            new PersonOptions
            {
                Treatment = "trt",
                Family = family,
                Link = link,
                Errors = errors,
                Strata = ["s"],
                Randomization = Randomization.PocockSimon,
                CheckReasons = false,
                Threads = threads,
            });
    }

    private static object[][] Rows(int count)
    {
        var random = new RandomStream(5, 2, 1);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var (arm, x) = (i % 3, random.NextNormal());
                var eta = -0.2 + (0.4 * arm) + (0.8 * x);
                return (object[])
                [
                    arm == 0 ? "pbo" : arm == 1 ? "high" : "low", Math.Round(x, 4), i % 2 == 0 ? "u" : "v",
                    random.NextBernoulli(1 / (1 + Math.Exp(-eta))), random.NextPoisson(Math.Exp(eta / 2)),
                ];
            }),
        ];
    }

    private static Family Named(string name) =>
        name == "binomial" ? Family.Binomial : name == "poisson" ? Family.Poisson : Family.Gaussian;
}
