using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Profiles;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Profiles;

/// <summary><see cref="EffectBlock"/> against the covariance of the fit, its effects put in another order by hand.</summary>
public sealed class EffectBlockTests
{
    private static readonly GlmmFit Fit = GlmmFitter.Fit(
        SyntheticFrames.Make(4, Family.Gaussian, [30], size: 8, effects: 3),
        new GlmmOptions { Family = Family.Gaussian, Nodes = 1, CheckNodes = false, Threads = 1 });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_effect_that_comes_last_has_its_deviation_on_the_last_diagonal(int effect)
    {
        var block = EffectBlock.Of(new ProfiledGlmm(Fit), 0, effect);
        var last = block.Dimension - 1;
        Assert.Equal(Fit.RandomEffects[0].StandardDeviations[effect], block.Solution[block.Index(last, last)] / block.Scale(last), 1e-5);
        Assert.Equal(Fit.Solution.Value, block.Top, 1e-8);
        Assert.Equal(block.Top, block.Likelihood.Evaluate(block.Solution, EvaluationNeeds.Value, [], []), 1e-8);
        Assert.Equal([block.Index(0, last), block.Index(1, last), block.Index(2, last)], block.Column(last));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 0)]
    [InlineData(1, 2)]
    public void Two_that_come_last_have_their_correlation_in_the_last_rows(int first, int second)
    {
        var block = EffectBlock.Of(new ProfiledGlmm(Fit), 0, first, second);
        var last = block.Dimension - 1;
        var own = block.Solution[block.Index(last - 1, last - 1)];
        var shared = block.Solution[block.Index(last - 1, last)];
        Assert.Equal(Fit.RandomEffects[0].Correlation(first, second), shared / Math.Sqrt((own * own) + (shared * shared)), 1e-5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void The_information_is_that_of_differences_at_the_solution(int effect)
    {
        var block = EffectBlock.Of(new ProfiledGlmm(Fit), 0, effect);
        var m = block.Solution.Length;
        var (gradient, differenced) = (new double[m], new double[m * m]);
        block.Likelihood.Evaluate(block.Solution, EvaluationNeeds.Gradient, gradient, []);
        block.Likelihood.DifferenceInformation(block.Solution, gradient, [.. Enumerable.Repeat(1e-6, m)], differenced);
        for (var j = 0; j < m; j++)
        {
            for (var l = 0; l < m; l++)
            {
                var size = Math.Sqrt(differenced[j * (m + 1)] * differenced[l * (m + 1)]);
                Assert.Equal(differenced[(j * m) + l] / size, block.Information[(j * m) + l] / size, 0.05);
            }
        }
    }

    [Fact]
    public void An_entry_that_is_not_free_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectBlock.Of(new ProfiledGlmm(Fit), 0, 2).Index(2, 0));
}
