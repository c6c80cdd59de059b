using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Data;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Persons;

/// <summary>
/// What <see cref="PersonComparer"/> says: <see cref="PersonLadder"/>, <see cref="PersonRows"/>, <see cref="PersonPredictions"/>,
/// <see cref="PersonEstimates"/>, <see cref="PersonModel"/>, <see cref="PersonChecks"/> and <see cref="PersonVerdict"/>.
/// </summary>
public sealed class PersonComparerTests
{
    [Theory]
    [InlineData("y ~ trt * s1 + x", "binomial", "logit")]
    [InlineData("y ~ trt + x", "binomial", "probit")]
    [InlineData("y ~ trt + s1", "binomial", "log")]
    [InlineData("yc ~ trt * x", "gaussian", "identity")]
    public void Steps_add_up_to_the_whole_gap_person_by_person(string formula, string family, string link)
    {
        var ladder = Irt("irt3", formula, family, link).Ladder;
        Assert.NotEmpty(ladder.Rungs);
        foreach (var group in ladder.Rungs.GroupBy(rung => (rung.Scale, rung.Question.Treated)))
        {
            var steps = ladder.Steps.Where(step => (step.Scale, step.Question.Treated) == group.Key).ToList();
            Assert.Equal(2, steps.Count);
            Assert.Equal(
                group.Single(rung => rung.Rung == 3).Inference.Estimate - group.Single(rung => rung.Rung == 1).Inference.Estimate,
                steps.Sum(step => step.Inference.Estimate),
                1e-15);
        }
    }

    [Theory]
    [InlineData("y ~ trt + x", "binomial", "logit", "risk difference", true, true)]
    [InlineData("y ~ trt + x", "binomial", "logit", "log odds ratio", false, true)]
    [InlineData("y ~ trt + x", "binomial", "logit", "log risk ratio", false, true)]
    [InlineData("y ~ trt + x", "binomial", "probit", "risk difference", true, false)]
    [InlineData("y ~ trt + s1", "binomial", "log", "log risk ratio", true, false)]
    [InlineData("y ~ trt * s1 + s2", "binomial", "log", "log risk ratio", false, false)]
    [InlineData("y ~ trt", "binomial", "logit", "log odds ratio", true, true)]
    [InlineData("y ~ trt", "binomial", "probit", "log odds ratio", true, true)]
    [InlineData("yc ~ trt + x", "gaussian", "identity", "difference", true, true)]
    [InlineData("y ~ trt + x", "poisson", "log", "log ratio", true, true)]
    public void Steps_that_collapse_say_so(string formula, string family, string link, string scale, bool averaging, bool model)
    {
        var steps = Irt("irt2", formula, family, link).Ladder.Steps.Where(step => step.Scale == scale).ToList();
        Assert.Equal(averaging, steps[0].IsZeroByIdentity);
        Assert.Equal(model, steps[1].IsZeroByIdentity);
        Assert.All(steps.Where(step => step.IsZeroByIdentity), step => Assert.Equal(0, step.Inference.Estimate));
        Assert.All(steps.Where(step => !step.IsZeroByIdentity), step => Assert.True(step.Inference.StandardError > 0));
    }

    [Theory]
    [InlineData("y ~ trt + x", "binomial", "logit")]
    [InlineData("yc ~ trt + x", "gaussian", "identity")]
    [InlineData("y ~ trt + x", "poisson", "log")]
    public void What_is_zero_by_identity_is_zero_in_numbers(string formula, string family, string link)
    {
        // The rungs above are copied: here they are computed, by a model with the same means and a link that nobody takes for canonical.
        var comparison = Irt("irt2", formula, family, link);
        var estimates = PersonEstimates.Of(comparison.Fit, comparison.Options, comparison.Effects)!;
        foreach (var measure in Enumerable.Range(0, estimates.Functional.Measures))
        {
            var (by, whatever) = (estimates.Functional.Contrast(measure, 1, 1), estimates.Functional.Contrast(measure, 1, 2));
            Assert.Equal(estimates.Moments.Estimates[by], estimates.Moments.Estimates[whatever], 1e-9);
            Assert.All(Enumerable.Range(0, comparison.Persons), person => Assert.Equal(
                estimates.Influence.Of(person)[by], estimates.Influence.Of(person)[whatever], 1e-9));
            if (estimates.Predictions.Measures[measure] == EffectMeasure.Difference)
            {
                var own = estimates.Functional.Contrast(measure, 1, 0);
                Assert.Equal(estimates.Moments.Estimates[own], estimates.Moments.Estimates[by], 1e-12);
            }
        }
    }

    [Fact]
    public void Rows_that_count_are_persons_one_by_one()
    {
        var lines = File.ReadAllLines(ReferenceFiles.Data("irt3"));
        var counted = lines.Skip(1).Select(line => line.Split(','))
            .GroupBy(cells => (Arm: cells[1], First: cells[2], Second: cells[3]))
            .Select(group => (object[])
                [group.Key.Arm, group.Key.First, group.Key.Second, group.Count(cells => cells[5] == "1"), group.Count()]);
        var byRow = PersonFrames.Build(PersonFrames.Lines("trt,s1,s2,events,n", counted), "events / n ~ trt + s1 + s2", "s1:s2");
        var byPerson = PersonFrames.Reference("irt3", "y ~ trt + s1 + s2", "s1:s2");
        foreach (var errors in StandardizedErrors.All)
        {
            Same(PersonComparer.Compare(byRow, Options(errors)), PersonComparer.Compare(byPerson, Options(errors)));
        }

        var note = PersonComparer.Compare(byRow, Options(StandardizedErrors.Ye)).Notes.Single();
        Assert.Contains("stand for 360 participants", note, StringComparison.Ordinal);

        static PersonOptions Options(StandardizedErrors errors) => new()
        {
            Treatment = "trt",
            Family = Family.Binomial,
            Link = Link.Probit,
            Errors = errors,
            Strata = ["s1", "s2"],
            Randomization = Randomization.PermutedBlock,
        };
    }

    [Fact]
    public void Whole_weights_are_numbers_of_persons()
    {
        string[] once = ["trt,x,y,w", "a,1,2.5,2", "a,2,1,1", "a,4,3,3", "b,1,4,1", "b,3,4.5,2", "b,5,6,2"];
        var repeated = once.Skip(1).SelectMany(line => Enumerable.Repeat(line, line[^1] - '0')).Prepend(once[0]);
        foreach (var errors in StandardizedErrors.All)
        {
            var options = new PersonOptions { Treatment = "trt", Family = Family.Gaussian, Errors = errors };
            Same(
                PersonComparer.Compare(Arms(once, "w"), options),
                PersonComparer.Compare(Arms(repeated, null), options));
        }

        static Data.Frames.ModelFrame Arms(IEnumerable<string> lines, string? weights) =>
            PersonFrames.Build(lines.Select(line => line.Replace("a,", "pbo,", StringComparison.Ordinal)), "y ~ trt + x", null, weights);
    }

    [Fact]
    public void An_offset_moves_every_arm()
    {
        var random = new RandomStream(9, 1, 1);
        var rows = Enumerable.Range(0, 80).Select(i =>
        {
            var time = 0.5 + random.NextUniform();
            return (object[])[i % 2 == 0 ? "pbo" : "b", random.NextNormal(), time, random.NextPoisson(time * Math.Exp(0.3 * (i % 2)))];
        });
        var frame = PersonFrames.Build(PersonFrames.Lines("trt,x,time,count", rows), "count ~ trt + x + offset(log(time))");
        var comparison = PersonComparer.Compare(frame, new PersonOptions { Treatment = "trt", Family = Family.Poisson });
        var response = frame.Response.ToArray();
        var arm = frame.Recipe!.CodesOf("trt");

        // With the canonical link every arm's fitted and observed sums agree.
        for (var a = 0; a < 2; a++)
        {
            var set = frame.Recipe.With("trt", frame.Recipe.LevelsOf("trt")[a]);
            var eta = new double[frame.Rows];
            Data.Frames.LinearPredictor.Of(set, frame.Offset, comparison.Fit.Coefficients, eta);
            var place = a;
            var residual = Enumerable.Range(0, 80).Where(i => arm[i] == place).Sum(i => response[i] - Math.Exp(eta[i]));
            Assert.Equal(0, residual, 1e-8);
            Assert.Equal(frame.Recipe.LevelsOf("trt")[a], comparison.Standardized!.Levels[a]);
            Assert.Equal(eta.Average(Math.Exp), comparison.Standardized.Means[a], 1e-10);
        }
    }

    [Fact]
    public void A_stratum_without_an_arm_is_refused()
    {
        string[] lines = ["trt,s,y", "pbo,u,0", "pbo,u,1", "b,u,1", "b,u,0", "pbo,v,1", "pbo,v,0"];
        var frame = PersonFrames.Build(lines, "y ~ trt", "s");
        var error = Assert.Throws<InputException>(() => PersonComparer.Compare(
            frame, new PersonOptions { Treatment = "trt", Family = Family.Binomial, Strata = ["s"] }));
        Assert.Contains("Stratum v of s has nobody with trt = b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Separated_outcomes_have_no_ladder_and_the_verdict_says_why()
    {
        string[] lines = ["trt,x,y", "pbo,1,0", "pbo,2,0", "pbo,3,1", "pbo,4,1", "b,1,0", "b,2,0", "b,3,1", "b,4,1"];
        var comparison = PersonComparer.Compare(
            PersonFrames.Build(lines, "y ~ trt + x"), new PersonOptions { Treatment = "trt", Family = Family.Binomial });
        Assert.Equal(ConvergenceStatus.Separation, comparison.Convergence.Status);
        Assert.Empty(comparison.Ladder.Rungs);
        Assert.Null(comparison.Standardized);
        Assert.Equal(PersonChecks.Separation, comparison.Checks.Single().Key);
        Assert.Contains("no verdict", comparison.Verdict[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_verdict_names_what_fired_and_checks_fire_as_often_as_they_may()
    {
        const int Trials = 100;
        var (quiet, loud) = (0, 0);
        for (var trial = 0; trial < Trials; trial++)
        {
            var without = Made(trial, interaction: 0);
            var with = Made(trial, interaction: 3);
            quiet += Fired(without) ? 1 : 0;
            loud += Fired(with) ? 1 : 0;
            foreach (var comparison in new[] { without, with })
            {
                var verdict = string.Join(' ', comparison.Verdict);
                Assert.Equal(Fired(comparison), verdict.Contains("The effect goes with a covariate", StringComparison.Ordinal));
                Assert.DoesNotContain("Nothing", verdict, StringComparison.Ordinal);
            }
        }

        // 14 or more of 100 have a probability below .001 at 5 %.
        Assert.InRange(quiet, 0, 13);
        Assert.True(loud > 80, $"{loud}");

        static bool Fired(PersonComparison comparison) =>
            comparison.Checks.Any(check => check is { Key: PersonChecks.Interaction, Outcome: ReasonOutcome.Sign });
    }

    [Fact]
    public void A_model_that_misses_is_told_by_the_arms_own_means()
    {
        // The log of the mean is no straight line of x, and the arms differ by much in x.
        var random = new RandomStream(3, 1, 1);
        var rows = Enumerable.Range(0, 600).Select(i =>
        {
            var x = random.NextNormal();
            var arm = random.NextBernoulli(1 / (1 + Math.Exp(-2 * x)));
            var mean = 1 + (x * x) + (2 * arm);
            return (object[])[arm == 1 ? "b" : "pbo", x, mean * (0.5 + random.NextUniform())];
        });
        var comparison = PersonComparer.Compare(
            PersonFrames.Build(PersonFrames.Lines("trt,x,y", rows), "y ~ trt + x"),
            new PersonOptions { Treatment = "trt", Family = Family.Gaussian, Link = Link.Log });
        var check = comparison.Checks.Single(check => check.Key == PersonChecks.Misfit);
        Assert.Equal(ReasonOutcome.Sign, check.Outcome);
        Assert.Contains("The model misses", string.Join(' ', comparison.Verdict), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("probit")]
    [InlineData("cloglog")]
    public void The_observed_information_is_the_derivative_of_the_scores(string linkName)
    {
        const double Step = 1e-5;
        Assert.True(Link.TryParse(linkName, out var link));
        var comparison = Irt("irt2", "y ~ trt + x", "binomial", linkName);
        var model = PersonModel.Of(comparison.Fit, PersonRows.WithoutArms(comparison.Frame, comparison.Options));
        for (var person = 0; person < 20; person++)
        {
            var eta = 0.0;
            for (var j = 0; j < model.P; j++)
            {
                eta += model.Covariates(person)[j] * model.Coefficients[j];
            }

            double Score(double at) => link.Derivative(at) * (comparison.Frame.Response[person] - link.Mean(at))
                / Family.Binomial.Variance(link.Mean(at));
            Assert.Equal((Score(eta - Step) - Score(eta + Step)) / (2 * Step), model.Observed[person], 1e-6);
        }
    }

    private static PersonComparison Irt(string data, string formula, string family, string link)
    {
        Assert.True(Link.TryParse(link, out var chosen));
        return PersonComparer.Compare(PersonFrames.Reference(data, formula), new PersonOptions
        {
            Treatment = "trt",
            Family = family == "gaussian" ? Family.Gaussian : family == "poisson" ? Family.Poisson : Family.Binomial,
            Link = chosen,
        });
    }

    private static PersonComparison Made(int trial, double interaction)
    {
        var random = new RandomStream(77, (ulong)trial, 1);
        var rows = Enumerable.Range(0, 240).Select(i =>
        {
            var (arm, x) = (i % 2, random.NextNormal());
            var eta = -0.3 + (0.5 * arm) + x + (interaction * arm * x / 2);
            return (object[])[arm == 0 ? "pbo" : "b", x, random.NextBernoulli(1 / (1 + Math.Exp(-eta)))];
        });
        return PersonComparer.Compare(
            PersonFrames.Build(PersonFrames.Lines("trt,x,y", rows), "y ~ trt + x"),
            new PersonOptions { Treatment = "trt", Family = Family.Binomial });
    }

    private static void Same(PersonComparison one, PersonComparison other)
    {
        Assert.Equal(other.Persons, one.Persons);
        Assert.Equal(other.Ladder.Rungs.Count, one.Ladder.Rungs.Count);
        for (var k = 0; k < one.Ladder.Rungs.Count; k++)
        {
            Near(other.Ladder.Rungs[k].Inference, one.Ladder.Rungs[k].Inference);
        }

        for (var k = 0; k < one.Ladder.Steps.Count; k++)
        {
            Near(other.Ladder.Steps[k].Inference, one.Ladder.Steps[k].Inference);
        }

        for (var k = 0; k < one.Standardized!.Contrasts.Count; k++)
        {
            Near(other.Standardized!.Contrasts[k].Inference, one.Standardized.Contrasts[k].Inference);
        }
    }

    private static void Near(Coefficient expected, Coefficient actual)
    {
        Assert.Equal(expected.Estimate, actual.Estimate, 1e-8);
        Assert.Equal(expected.StandardError, actual.StandardError, 1e-8);
        Assert.Equal(expected.DegreesOfFreedom, actual.DegreesOfFreedom);
    }
}
