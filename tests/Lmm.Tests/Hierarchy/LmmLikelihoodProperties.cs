using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Tests.Hierarchy;

public sealed class LmmLikelihoodProperties
{
    public static TheoryData<string> Structures => new(ResidualStructure.All.Select(structure => structure.Name));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Log_likelihood_of_intercept_and_slope_equals_the_dense_normal_density(bool restricted)
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            var fit = LmmFitter.Fit(LinearFrames.Longitudinal(seed, 25, 6, slope: true), new LmmOptions { Restricted = restricted });
            Relative.Equal(DenseLikelihood.LogLikelihood(fit), fit.LogLikelihood, 1e-9);
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Log_likelihood_of_three_levels_equals_the_dense_normal_density(bool restricted, bool scatter)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var fit = LmmFitter.Fit(LinearFrames.Nested(seed, 6, 4, 3, 3, scatter), new LmmOptions { Restricted = restricted });
            Assert.True(fit.Convergence.Converged);
            Relative.Equal(DenseLikelihood.LogLikelihood(fit), fit.LogLikelihood, 1e-9);
        }
    }

    [Theory]
    [InlineData(12, 8)]
    [InlineData(7, 15)]
    public void Log_likelihood_of_crossed_effects_equals_the_dense_normal_density(int subjects, int items)
    {
        foreach (var restricted in new[] { true, false })
        {
            var fit = LmmFitter.Fit(LinearFrames.Crossed(2, subjects, items), new LmmOptions { Restricted = restricted });
            Assert.True(fit.Convergence.Converged);
            Relative.Equal(DenseLikelihood.LogLikelihood(fit), fit.LogLikelihood, 1e-9);
        }

        AssertGradient(LinearFrames.Crossed(3, subjects, items), ResidualStructure.Identity, restricted: true);
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void Log_likelihood_of_every_residual_structure_equals_the_dense_normal_density(string name)
    {
        Assert.True(ResidualStructure.TryParse(name, out var structure));
        foreach (var restricted in new[] { true, false })
        {
            var frame = LinearFrames.Longitudinal(3, 40, 5, slope: false, random: false);
            var fit = LmmFitter.Fit(frame, new LmmOptions { Restricted = restricted, Residual = structure });
            Assert.Equal(ConvergenceStatus.Converged, fit.Convergence.Status);
            Relative.Equal(DenseLikelihood.LogLikelihood(fit), fit.LogLikelihood, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void Gradient_equals_differences_with_random_effects_and_a_residual_structure(string name)
    {
        Assert.True(ResidualStructure.TryParse(name, out var structure));
        foreach (var random in new[] { true, false })
        {
            AssertGradient(LinearFrames.Longitudinal(5, 30, 4, slope: true, random: random), structure, restricted: true);
            AssertGradient(
                LinearFrames.Longitudinal(5, 30, 4, slope: true, correlated: false, random: random),
                structure,
                restricted: false);
        }
    }

    [Fact]
    public void Gradient_equals_differences_in_three_levels()
    {
        AssertGradient(LinearFrames.Nested(2, 5, 3, 3, 2), ResidualStructure.Identity, restricted: true);
        AssertGradient(LinearFrames.Nested(2, 5, 3, 3, 2, scatter: true), ResidualStructure.Identity, restricted: false);
    }

    [Fact]
    public void Results_have_the_same_bits_for_any_number_of_threads()
    {
        var frame = LinearFrames.Longitudinal(4, 2000, 5, slope: true);
        var one = LmmFitter.Fit(frame, new LmmOptions { Threads = 1 });
        var four = LmmFitter.Fit(frame, new LmmOptions { Threads = 4 });
        Assert.Equal(one.LogLikelihood, four.LogLikelihood);
        Assert.Equal(one.Coefficients.ToArray(), four.Coefficients.ToArray());
        Assert.Equal(one.RandomEffects[0].Covariance.ToArray(), four.RandomEffects[0].Covariance.ToArray());
    }

    private static void AssertGradient(ModelFrame frame, ResidualStructure structure, bool restricted)
    {
        var data = LinearMixedData.Create(frame, frame.Response, frame.Weights, structure, []);
        var likelihood = new LinearMixedLikelihood(data, restricted, null, 1);
        var theta = data.Start();
        for (var k = 0; k < theta.Length; k++)
        {
            theta[k] += 0.1 * Math.Sin(k + 1);
        }

        var gradient = new double[theta.Length];
        likelihood.Evaluate(theta, gradient);
        for (var k = 0; k < theta.Length; k++)
        {
            const double Step = 1e-5;
            var at = theta[k];
            theta[k] = at + Step;
            var up = likelihood.Evaluate(theta, []);
            theta[k] = at - Step;
            var down = likelihood.Evaluate(theta, []);
            theta[k] = at;
            Relative.Equal((up - down) / (2 * Step), gradient[k], 1e-6 * Math.Max(1, 1 / Math.Max(1, Math.Abs(gradient[k]))));
        }
    }
}
