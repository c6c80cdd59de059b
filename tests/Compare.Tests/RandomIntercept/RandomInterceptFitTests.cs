using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.RandomIntercept;

/// <summary>A fit with a random intercept is a value.</summary>
public sealed class RandomInterceptFitTests
{
    [Fact]
    public void A_fit_answers_many_threads_with_the_bits_of_one() => Questions.AskAtOnce(OfOneFit());

    [Fact]
    public void The_order_of_questions_changes_no_bit() => Questions.AskInEitherOrder(OfOneFit());

    private static Func<double[]>[] OfOneFit()
    {
        var frame = SmallTrial.Frame(60, seed: 4);
        var options = new RandomInterceptOptions { Family = Family.Binomial, Nodes = 20, Threads = 1 };
        var fit = RandomInterceptFitter.FitMarginalized(frame, options);
        Assert.True(fit.Convergence.Converged);
        return
        [
            () => fit.Influence().Covariance(),
            () => [.. fit.Coefficients, fit.StandardDeviation, fit.LogLikelihood],
            () => RandomInterceptFitter.FitMarginalized(frame, options).JointCovariance.ToArray(),
            () => RandomInterceptFitter.FitBridge(frame, options with { StartingCoefficients = fit.Coefficients.ToArray() }).JointCovariance
                .ToArray(),
            () => fit.JointCovariance.ToArray(),
        ];
    }
}
