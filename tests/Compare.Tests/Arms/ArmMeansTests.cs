using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Inference;
using Xunit;

namespace MarginalConditional.Compare.Tests.Arms;

/// <summary>Free contrasts of standardized means against arithmetic on means and the jackknife by refits.</summary>
public sealed class ArmMeansTests
{
    private static readonly ArmTrial Trial = new();
    private static readonly ModelComparison Refitted = Trial.Compare(StandardizedErrors.Jackknife);

    [Theory]
    [InlineData("risk difference")]
    [InlineData("log risk ratio")]
    [InlineData("log odds ratio")]
    [InlineData("link")]
    public void A_contrast_is_arithmetic_on_means_with_the_jackknife_by_refits(string scale)
    {
        foreach (var weighting in new[] { ClusterWeighting.Participant, ClusterWeighting.Cluster })
        {
            var arms = Arms(Refitted, weighting);
            var contrast = Parse("(A + B) / 2 - C");
            var own = scale == "link" ? arms.OnLink(contrast) : arms.OnResponse(contrast).Single(row => row.Scale == scale);

            var (estimate, error) = Trial.Jackknife(means => Twin(means(null), scale), weighting);

            Assert.Equal(3, own.Rung);
            Assert.Equal(estimate, own.Inference.Estimate, 1e-6);
            Assert.Equal(error, own.Inference.StandardError, 2e-4 * error);
            Assert.Equal(ArmTrial.Clusters - 1, own.Inference.DegreesOfFreedom);
        }
    }

    [Fact]
    public void Pairs_with_the_reference_are_the_contrasts_of_the_table()
    {
        foreach (var errors in new[] { StandardizedErrors.OneStep, StandardizedErrors.Influence })
        {
            foreach (var result in Trial.Compare(errors).Standardized)
            {
                var pairs = result.Arms.Pairs().SelectMany(result.Arms.OnResponse).ToList();
                Assert.Equal(["B - A", "C - A", "C - B"], pairs.Select(pair => pair.Label).Distinct());
                foreach (var contrast in result.Contrasts)
                {
                    var pair = pairs.Single(own => own.Label == $"{contrast.Treated} - {contrast.Control}"
                        && own.Scale == contrast.Measure.ScaleOf(proportions: true));
                    Assert.Equal(contrast.Inference.Estimate, pair.Inference.Estimate, 1e-12);
                    Assert.Equal(contrast.Inference.StandardError, pair.Inference.StandardError, 1e-9);
                }
            }
        }
    }

    [Fact]
    public void Sides_that_are_no_means_have_a_difference_only()
    {
        var change = Arms(Refitted, ClusterWeighting.Participant).OnResponse(Parse("2 * C - B - A"));
        Assert.Equal("risk difference", Assert.Single(change).Scale);
    }

    [Theory]
    [InlineData("A + B - C", "add up to 1, not to 0")]
    [InlineData("A - D", "\"D\", which is not an arm")]
    [InlineData("(A - B", "without its")]
    public void What_is_no_comparison_of_arms_is_refused(string text, string problem)
    {
        Assert.False(ArmMeans.TryParse(text, ["A", "B", "C"], out _, out var said));
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    private static double Twin(double[] means, string scale) => scale switch
    {
        "risk difference" => ((means[0] + means[1]) / 2) - means[2],
        "log risk ratio" => Math.Log((means[0] + means[1]) / 2 / means[2]),
        "log odds ratio" => Logit((means[0] + means[1]) / 2) - Logit(means[2]),
        _ => ((Logit(means[0]) + Logit(means[1])) / 2) - Logit(means[2]),
    };

    private static double Logit(double p) => Math.Log(p / (1 - p));

    private static Contrast Parse(string text)
    {
        Assert.True(ArmMeans.TryParse(text, ["A", "B", "C"], out var contrast, out var problem), problem);
        return contrast;
    }

    private static ArmMeans Arms(ModelComparison comparison, ClusterWeighting weighting) =>
        comparison.Standardized.Single(result => result.Method == "GLMM" && result.Means.Weighting == weighting).Arms;
}
