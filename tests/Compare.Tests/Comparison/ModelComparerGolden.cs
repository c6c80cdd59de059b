using MarginalConditional.Compare;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Tests.Estimands;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Comparison;

/// <summary>
/// Both models and the conversion between them on published data; numbers of
/// geepack, lme4 and R's integrate() to the four figures printed in the literature.
/// </summary>
public sealed class ModelComparerGolden
{
    [Fact]
    public void Six_cities_of_Ohio()
    {
        var comparison = Compare("ohio", "resp ~ age + smoke + (1 | id)", "smoke", 50);

        Near([-3.1014, -0.1756, 0.3986], comparison.Glmm.Coefficients);
        Near([-1.8756, -0.1138, 0.2571], comparison.Marginalized.Estimates);
        Near([-1.8804, -0.1134, 0.2651], comparison.Gee.Coefficients);
        Assert.Equal(2.1648, comparison.Spread, 5e-5);

        // Heagerty's model: nearly the projection, since the marginal means are nearly straight here.
        Near([-1.876, -0.1138, 0.257], comparison.MarginalLikelihood!.Coefficients, 5e-3);
    }

    [Fact]
    public void Toenail_trial()
    {
        var comparison = Compare("toenail", "y ~ treatment * time + (1 | patientID)", "treatment", 50);

        Near([-1.6183, -0.1608, -0.3910, -0.1368], comparison.Glmm.Coefficients);
        Near([-0.5685, -0.0309, -0.1600, -0.0689], comparison.Marginalized.Estimates);
        Near([-0.5819, 0.0072, -0.1713, -0.0777], comparison.Gee.Coefficients);

        var effect = comparison.Effects[0];
        Assert.Equal("treatmentterbinafine:time", effect.Effect.Name);
        Assert.True(effect.IsPrimary);
        Assert.Equal(-0.059, effect.Gap.Total.Estimate, 5e-4);
        Assert.Equal(-0.068, effect.Gap.NonCollapsibility.Estimate, 5e-4);
        Assert.Equal(0.009, effect.Gap.Rest.Estimate, 5e-4);
        Assert.Equal(effect.Gap.Total.Estimate, effect.Gap.NonCollapsibility.Estimate + effect.Gap.Rest.Estimate, 1e-12);
        Assert.Equal("treatmentterbinafine", comparison.Effects[1].Effect.Name);
        Assert.Equal("Both are right.", comparison.Verdict[0]);
        Assert.Equal(["itraconazole", "terbinafine"], comparison.Standardized[0].Means.Levels);
    }

    [Fact]
    public void Crossover_trial()
    {
        var comparison = Compare("crossover", "y ~ treat + period + (1 | id)", "treat", 100, MomentConvention.Geepack);

        Assert.Equal(0.5689, comparison.Gee.Coefficients[1], 5e-5);
        Assert.Equal(0.2327, comparison.Effects[0].Marginal.Inference.StandardError, 5e-5);
        Assert.Equal(1.863, comparison.Glmm.Coefficients[1], 5e-4);
        Assert.Equal(4.943, comparison.Spread, 2e-3);
    }

    [Fact]
    public void Standardized_GEE_means_of_a_saturated_model_are_the_arms_means()
    {
        // Independence GEE of one binary covariate reproduces the observed proportions, whatever else is in the data.
        var frame = ReferenceFrames.Build("respiratory", "y ~ treatment", "subject");
        var fit = GeeFitter.Fit(frame, new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Independence });
        var means = PredictionModel.Of(GeeInference.Of(fit)).Standardize("treatment",
            ["placebo", "treatment"],
            ClusterWeighting.Participant);

        for (var arm = 0; arm < 2; arm++)
        {
            var (sum, count) = (0.0, 0);
            for (var i = 0; i < frame.Rows; i++)
            {
                if (frame.Design.Column(1)[i] == arm)
                {
                    sum += frame.Response[i];
                    count++;
                }
            }

            Assert.Equal(sum / count, means.Means[arm], 1e-9);
        }
    }

    [Fact]
    public void Standardized_odds_ratio_of_a_saturated_mixed_model_is_the_marginalized_one()
    {
        // One binary covariate with its own random slope: Z changes with the treatment that is set.
        var comparison = Compare("contraception", "use ~ urban + (urban | district)", "urban", 9);
        var standardized = comparison.Ladder.Rungs.First(rung => rung is { Rung: 2, Scale: "log odds ratio" });

        Assert.Equal(comparison.Marginalized.Estimates[1], standardized.Inference.Estimate, 1e-9);
    }

    [Fact]
    public void Standardization_at_a_time_is_the_model_at_that_time()
    {
        var frame = ReferenceFrames.Build("toenail", "y ~ treatment * time + (1 | patientID)");
        var comparison = ModelComparer.Compare(frame, new ComparisonOptions
        {
            Treatment = "treatment",
            At = [("time", "12")],
            CheckReasons = false,
            MarginalLikelihood = false,
            Gee = new GeeOptions { Family = Family.Binomial },
            Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 9, CheckNodes = false },
        });
        var beta = comparison.Gee.Coefficients;
        var means = comparison.Standardized.First(result => result.Method == "GEE").Means.Means;

        Assert.Equal(1 / (1 + Math.Exp(-beta[0] - (12 * beta[2]))), means[0], 1e-12);
        Assert.Equal(1 / (1 + Math.Exp(-beta[0] - beta[1] - (12 * (beta[2] + beta[3])))), means[1], 1e-12);
    }

    private static ModelComparison Compare(string data, string formula, string treatment, int nodes, MomentConvention? moments = null) =>
        ModelComparer.Compare(
            ReferenceFrames.Build(data, formula),
            new ComparisonOptions
            {
                Treatment = treatment,
                MarginalLikelihood = data == "ohio",
                Variance = GeeVariance.Robust,
                Gee = new GeeOptions { Family = Family.Binomial, Moments = moments ?? MomentConvention.LiangZeger },
                Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = nodes },
            });

    private static void Near(double[] expected, ReadOnlySpan<double> actual, double tolerance = 2e-4)
    {
        for (var j = 0; j < expected.Length; j++)
        {
            Assert.Equal(expected[j], actual[j], tolerance);
        }
    }
}
