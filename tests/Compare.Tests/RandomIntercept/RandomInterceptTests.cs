using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Intercept;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.RandomIntercept;

public sealed class RandomInterceptTests
{
    [Fact]
    public void Marginalized_model_of_a_saturated_design_is_the_mixed_model_in_other_coordinates()
    {
        // One binary covariate: any marginal pair of means is reached by a conditional pair, so likelihood, coefficients and delta-method
        // covariance are those of the mixed model.
        var frame = Bare(ReferenceFrames.Build("ohio", "resp ~ smoke + (1 | id)"));
        var mixed = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Nodes = 60, Threads = 1 });
        var implied = Marginalizer.Marginalize(ConditionalModel.Of(mixed));
        var covariance = implied.Covariance(mixed.JointCovariance);
        var marginal = RandomInterceptFitter.FitMarginalized(frame, Options());

        Assert.True(marginal.Convergence.Converged);
        Assert.Equal(mixed.LogLikelihood, marginal.LogLikelihood, 1e-6);
        Assert.Equal(mixed.Parameters[2], marginal.StandardDeviation, 1e-5);
        for (var j = 0; j < 2; j++)
        {
            Assert.Equal(implied.Estimates[j], marginal.Coefficients[j], 1e-5);
            Assert.Equal(Math.Sqrt(covariance[3 * j]), Math.Sqrt(marginal.JointCovariance[4 * j]), 1e-4);
        }
    }

    /// <summary>Clusters whose rows all agree fit the better the more they differ, whatever the number of nodes.</summary>
    [Fact]
    public void A_deviation_that_grows_without_bound_is_not_held_by_more_nodes_and_is_looked_at_twice()
    {
        var rows = Enumerable.Range(0, 36).ToArray();
        var frame = new ModelFrame(
            TableFile.Design(("(Intercept)", [.. rows.Select(_ => 1.0)]), ("x", [.. rows.Select(row => (double)(row / 3 % 2))])),
            [.. rows.Select(row => row / 3 % 3 == 0 ? 1.0 : 0.0)],
            new Clusters("id", [.. Enumerable.Range(0, 13).Select(cluster => 3 * cluster)], c => $"{c}"));
        var fit = RandomInterceptFitter.FitMarginalized(frame, Options() with { Nodes = 5, StartingStandardDeviation = 20 });
        Assert.False(fit.Convergence.Converged);
        Assert.Equal("The standard deviation of the random intercept grows without bound.", fit.Convergence.Message);
        Assert.Equal(9, fit.Nodes);
    }

    [Fact]
    public void Likelihood_of_a_bridge_intercept_matches_brute_force()
    {
        // Two clusters of two rows, the integral over b by Simpson's rule on the bridge density itself.
        double[] response = [1, 0, 1, 1];
        var frame = new ModelFrame(
            TableFile.Design(("(Intercept)", [1, 1, 1, 1]), ("x", [0, 1, 0, 1])),
            response,
            new Clusters("id", [0, 2, 4], c => $"{c}"));
        var model = new InterceptModel(frame, Family.Binomial, Link.Logit, InterceptLaw.Bridge, isMarginal: false, threads: 1);
        var law = BridgeDistribution.WithStandardDeviation(1.5);
        var expected = 0.0;
        for (var c = 0; c < 2; c++)
        {
            var sum = 0.0;
            const int Panels = 200_000;
            for (var k = 0; k <= Panels; k++)
            {
                var b = -60 + (120.0 * k / Panels);
                var factor = k == 0 || k == Panels ? 1 : k % 2 == 1 ? 4 : 2;
                sum += factor * law.Density(b) * Likelihood(response[2 * c], -0.5 + b) * Likelihood(response[(2 * c) + 1], 0.3 + b);
            }

            expected += Math.Log(sum * 120 / Panels / 3);
        }

        Assert.Equal(expected, model.Open(120).Evaluate(model.ToScaled([-0.5, 0.8, 1.5]), new double[3], new double[9]), 1e-7);

        static double Likelihood(double y, double eta) => 1 / (1 + Math.Exp(y == 1 ? -eta : eta));
    }

    [Fact]
    public void Toenail_has_a_marginal_effect_by_likelihood_near_that_of_the_marginalized_mixed_model()
    {
        var frame = Bare(ReferenceFrames.Build("toenail", "y ~ treatment * time + (1 | patientID)"));
        var fit = RandomInterceptFitter.FitMarginalized(
            frame,
            Options() with { StartingCoefficients = [-0.57, -0.03, -0.16, -0.07], StartingStandardDeviation = 4 });

        Assert.True(fit.Convergence.Converged);
        Assert.Equal(-0.16, fit.Coefficients[2], 0.03);
        Assert.Equal(4, fit.StandardDeviation, 0.5);
        Assert.All(fit.Influence().Covariance(), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        var frame = Bare(ReferenceFrames.Build("ohio", "resp ~ age + smoke + (1 | id)"));
        var one = RandomInterceptFitter.FitMarginalized(frame, Options() with { Nodes = 20 });
        var two = RandomInterceptFitter.FitMarginalized(frame, Options() with { Nodes = 20, Threads = 2 });

        Assert.Equal(one.Coefficients.ToArray(), two.Coefficients.ToArray());
        Assert.Equal(one.JointCovariance.ToArray(), two.JointCovariance.ToArray());
    }

    private static RandomInterceptOptions Options() => new() { Family = Family.Binomial, Nodes = 60, Threads = 1 };

    private static ModelFrame Bare(ModelFrame frame) => ReferenceFrames.Without(frame, -1);
}
