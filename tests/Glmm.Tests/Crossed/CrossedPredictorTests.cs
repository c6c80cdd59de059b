using MarginalConditional.Glmm.Crossed;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Crossed;

/// <summary>
/// What is computed after a fit with crossed effects: <see cref="CrossedPredictor"/>, <see cref="CrossedDesign"/>, refusals.
/// </summary>
public sealed class CrossedPredictorTests
{
    /// <summary>Nested effects by both: cluster by cluster and all rows at once.</summary>
    [Theory]
    [InlineData(new[] { 6, 3 }, 2)]
    [InlineData(new[] { 4, 3, 2 }, 1)]
    public void Uncertainty_of_nested_effects_is_that_of_their_clusters(int[] groups, int effects)
    {
        foreach (var family in new[] { Family.Poisson, Family.Gamma })
        {
            var link = family == Family.Gamma ? Link.Log : null;
            var frame = SyntheticFrames.Make(17, family, groups, size: 5, effects: effects);
            var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = family, Link = link, Nodes = 1, Threads = 1 });
            var (design, likelihood) = CrossedShapes.Open(fit.Model);
            var crossed = new CrossedPredictor(fit, design, likelihood);
            var (eta, (variances, gradients)) = (crossed.PredictorAtMode(), crossed.PredictorUncertainty());
            var fixedPart = Data.Frames.LinearPredictor.Of(frame, fit.Coefficients);
            for (var cluster = 0; cluster < groups[0]; cluster++)
            {
                var system = new ClusterSystem(fit, cluster, fixedPart);
                var (own, slopes) = system.PredictorUncertainty();
                CrossedShapes.Close(system.PredictorAtMode(), eta.AsSpan(system.Start, system.Rows).ToArray(), 1e-6);
                CrossedShapes.Close(own, variances.AsSpan(system.Start, system.Rows).ToArray(), 1e-6);
                CrossedShapes.Close(
                    slopes,
                    gradients.AsSpan(system.Start * fit.ParameterCount, system.Rows * fit.ParameterCount).ToArray(),
                    1e-5);
            }
        }
    }

    [Fact]
    public void A_crossed_fit_predicts_every_row_has_modes_and_refuses_a_sandwich()
    {
        var frame = CrossedShapes.Of("slopes", 5, Family.Binomial);
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Threads = 1 });
        Assert.Equal(1, fit.Nodes);
        Assert.Equal(frame.Rows, GlmmPrediction.Of(fit).Count);
        Assert.Equal(2, PosteriorMoments.Of(fit).Count);
        Assert.Contains(fit.Warnings, warning => warning.Contains("crossed", StringComparison.Ordinal));
        Assert.True(fit.ClusterScores.IsEmpty);
        var refusal = Assert.Throws<Data.InputException>(() => GlmmInference.Of(fit, robust: true));
        Assert.Contains("values of b lie in several values of g0", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Laplace",
            GlmmFitter.Problem(frame, new GlmmOptions { Family = Family.Binomial, Nodes = 5 }),
            StringComparison.Ordinal);
    }
}
