using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Multiplicity;

namespace MarginalConditional.Means.Tests;

/// <summary>Means at values, slopes of curves and of responses, joint tests and joint p values: emmeans 1.8.4.1 under R 4.2.2.</summary>
public sealed class CurvesGolden
{
    private static readonly FittedModel Curve = FittedModel.Of(LmmReference.Normal.Of(LmmFitter.Fit(
        MeansFrames.Of("dietox", "Weight ~ Cu * ns(Time, 3) + Evit + log(Time) + (1 | Pig)"), new LmmOptions())));

    private static readonly FittedModel Gee = FittedModel.Of(GeeInference.Of(GeeFitter.Fit(
        MeansFrames.Of("respiratory", "y ~ treatment * centre + gender + baseline + age", "subject", ["centre"]),
        new GeeOptions
        {
            Family = Family.Binomial,
            Correlation = WorkingCorrelation.Exchangeable,
            Moments = MomentConvention.Geepack,
        })));

    /// <summary>log(x) and ns(x) stand at the mean of x, not at their own means.</summary>
    [Fact]
    public void Functions_of_a_covariate_stand_at_its_mean()
    {
        var means = EstimatedMeans.Of(Curve, new MeansRequest { Variables = ["Cu"] }).Means;
        double[] expected = [59.1702994055, 58.3389496862, 61.490474282];
        double[] errors = [1.35063337462, 1.29541765745, 1.3214124989];
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i], means[i].Estimate.Estimate, 1e-6);
            Assert.Equal(errors[i], means[i].Estimate.StandardError, 1e-6);
        }
    }

    /// <summary>emtrends differences with 1e-5 of the range; ours differentiate.</summary>
    [Fact]
    public void Slopes_of_splines_are_their_derivatives()
    {
        var slopes = EstimatedMeans.Of(Curve, new MeansRequest { Variables = ["Cu"], Slope = "Time", At = [("Time", ["5"])] }).Slopes;
        double[] expected = [6.97409033895, 6.95472646588, 7.04808758295];
        double[] errors = [0.147783598366, 0.141321438569, 0.144429195077];
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i], slopes[i].Estimate.Estimate, 2e-5);
            Assert.Equal(errors[i], slopes[i].Estimate.StandardError, 2e-5);
        }
    }

    /// <summary>Averages of g⁻¹'s slopes over the grid: −.00452888, −.00330483, by emtrends with regrid and small differences.</summary>
    [Fact]
    public void Slopes_of_responses_agree_with_emtrends()
    {
        var slopes = EstimatedMeans.Of(Gee, new MeansRequest
        {
            Variables = ["treatment"],
            Slope = "age",
            Scale = MeanScale.Response,
            AveragesResponses = true,
        }).Slopes;
        Assert.Equal(-0.00452888216284, slopes[0].Estimate.Estimate, 2e-7);
        Assert.Equal(0.00321317187501, slopes[0].Estimate.StandardError, 2e-7);
        Assert.Equal(-0.00330482528693, slopes[1].Estimate.Estimate, 2e-7);
        Assert.Equal(0.00227013646188, slopes[1].Estimate.StandardError, 2e-7);
    }

    /// <summary>Kenward–Roger's denominators 67.00, 786.03, 66.99, 786.03 and p values of joint_tests.</summary>
    [Fact]
    public void Joint_tests_agree_with_emmeans()
    {
        var fit = LmmFitter.Fit(MeansFrames.Of("dietox", "Weight ~ Cu * Time + Evit + (1 | Pig)"), new LmmOptions());
        var tests = EstimatedMeans.Of(FittedModel.Of(LmmReference.KenwardRoger.Of(fit)), new MeansRequest { Joint = true }).JointTests;
        Assert.Equal(["Cu", "Time", "Evit", "Cu:Time"], tests.Select(test => test.Term));
        double[] p = [0.364494035209, 0, 0.223590017109, 0.271642981449];
        double[] df = [67.00, 786.03, 66.99, 786.03];
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(p[i], tests[i].Test.PValue, 5e-6);
            Assert.Equal(df[i], tests[i].Test.DenominatorDegreesOfFreedom!.Value, 0.03);
        }
    }

    /// <summary>Six pairs of four means: pmvnorm with five million points; emmeans' own call of it is 2e-4 off.</summary>
    [Fact]
    public void Joint_p_values_of_six_pairs_agree_with_mvtnorm()
    {
        var result = EstimatedMeans.Of(Gee, new MeansRequest
        {
            Variables = ["treatment", "centre"],
            Pairs = PairChoice.All,
            Adjustment = Adjustment.LargestT,
        });
        double[] expected = [0.11781244, 0.9924395967, 0.0002265594824, 0.6016326919, 0.06004876644, 0.0106175663];
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], result.Pairs[i].Adjusted, 5e-6);
        }

        Assert.InRange(result.Error, 0, 1e-5);
    }

    /// <summary>Three with a reference: pmvnorm with five million points .07683977, .98838569, .00011985.</summary>
    [Fact]
    public void Joint_p_values_with_a_reference_agree_with_mvtnorm()
    {
        var result = EstimatedMeans.Of(
            Gee, new MeansRequest { Variables = ["treatment", "centre"], Pairs = PairChoice.Versus("placebo:1") });
        double[] expected = [0.07683977416, 0.9883856929, 0.0001198480696];
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], result.Pairs[i].Adjusted, 5e-6);
        }
    }
}
