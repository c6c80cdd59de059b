using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Persons;

/// <summary>
/// <see cref="PersonComparer"/> against beeca 0.2.0, RobinCar2 0.2.3.9000 and sandwich (R 4.2.2); the ladder's steps against a jackknife
/// of R's glm. The cases estimand_person_* hold the rest.
/// </summary>
public sealed class PersonComparerGolden
{
    [Theory]
    [InlineData("ge", 0.0546746)]
    [InlineData("ge-hc0", 0.0547436)]
    [InlineData("ge-hc3", 0.0556922)]
    [InlineData("ye", 0.0548709)]
    [InlineData("ye-mod", 0.0549678)]
    [InlineData("influence", 0.0548456)]
    public void Risk_difference_has_the_standard_errors_of_the_peers(string errors, double expected)
    {
        var comparison = Two(errors);
        var contrast = comparison.Standardized!.Contrasts.Single(row => row.Measure == EffectMeasure.Difference);
        Assert.Equal(0.10994589744496, contrast.Inference.Estimate, 1e-8);
        Assert.Equal(expected, contrast.Inference.StandardError, 1e-7);
        Assert.Equal(comparison.Persons - 4.0, contrast.Inference.DegreesOfFreedom);
    }

    [Fact]
    public void The_step_from_conditional_to_unconditional_has_its_size_and_error()
    {
        var ladder = Two("influence").Ladder;
        Assert.Equal(0.606354, Rung(ladder, 1).Inference.Estimate, 1e-6);
        Assert.Equal(0.453471, Rung(ladder, 2).Inference.Estimate, 1e-6);
        var step = ladder.Steps.Single(step => step is { From: 1, Scale: "log odds ratio" });
        Assert.Equal(-0.152883, step.Inference.Estimate, 1e-6);
        Assert.Equal(0.085843, step.Inference.StandardError, 1e-6);
        Assert.Equal(LadderCause.Covariates, step.Cause);
    }

    [Theory]
    [InlineData("jackknife", 0.0001)]
    [InlineData("one-step", 0.001)]
    [InlineData("closed", 0.0025)]
    public void Leaving_one_out_gives_the_step_the_error_of_the_jackknife(string errors, double tolerance)
    {
        var step = Two(errors).Ladder.Steps.Single(step => step is { From: 1, Scale: "log odds ratio" });
        Assert.Equal(0.0888, step.Inference.StandardError, tolerance);
    }

    [Theory]
    [InlineData("simple", -0.0294733, 0.0551639, 0.1108544, 0.0546336)]
    [InlineData("permuted-block", -0.0294733, 0.0542507, 0.1108544, 0.0534201)]
    [InlineData("pocock-simon", -0.0299704, 0.0538400, 0.1091117, 0.0537999)]
    public void Strata_correct_variances_and_recentre_means(
        string randomization, double low, double lowError, double high, double highError)
    {
        Assert.True(Randomization.TryParse(randomization, out var chosen));
        var comparison = PersonComparer.Compare(PersonFrames.Reference("irt3", "y ~ trt * s1 + x", "s1:s2"), new PersonOptions
        {
            Treatment = "trt",
            Family = Family.Binomial,
            Strata = ["s1", "s2"],
            Randomization = chosen,
        });
        Assert.Equal(StandardizedErrors.Ye, comparison.Standardized!.Errors);
        foreach (var (arm, estimate, error) in new[] { ("low", low, lowError), ("high", high, highError) })
        {
            var contrast = comparison.Standardized.Contrasts.Single(row => row.Measure == EffectMeasure.Difference && row.Treated == arm);
            Assert.Equal(estimate, contrast.Inference.Estimate, 1e-7);
            Assert.Equal(error, contrast.Inference.StandardError, 1e-7);
        }
    }

    [Fact]
    public void A_strong_covariate_makes_all_of_the_gap()
    {
        var comparison = PersonComparer.Compare(
            PersonFrames.Reference("strong_covariate", "y ~ t + x"), new PersonOptions { Treatment = "t", Family = Family.Binomial });
        Assert.Equal(3.58, Math.Exp(Rung(comparison.Ladder, 1).Inference.Estimate), 0.005);
        Assert.Equal(1.82, Math.Exp(Rung(comparison.Ladder, 3).Inference.Estimate), 0.005);
        Assert.Contains("covariates predict the outcome", string.Join(' ', comparison.Verdict), StringComparison.Ordinal);
    }

    private static LadderRung Rung(EstimandLadder ladder, int number) =>
        ladder.Rungs.Single(rung => rung.Rung == number && rung.Scale == "log odds ratio");

    private static PersonComparison Two(string errors) =>
        PersonComparer.Compare(PersonFrames.Reference("irt2", "y ~ trt + x + s1"), new PersonOptions
        {
            Treatment = "trt",
            Family = Family.Binomial,
            Errors = StandardizedErrors.All.Single(choice => choice.Name == errors),
        });
}
