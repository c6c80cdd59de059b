using MarginalConditional.Gee;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Lmm;
using MarginalConditional.Load.Cancellation;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Load.Threads;

/// <summary>More threads than a machine has processors: on one fit, and each with a fit of its own.</summary>
public sealed class ManyThreadsTests
{
    private const int Many = 64;

    public static TheoryData<string> Works =>
        [.. CancellableWork.All.Keys.Where(name => !name.Contains("bootstrap", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Works))]
    public void Sixty_four_at_once_find_what_one_finds(string name)
    {
        var work = CancellableWork.All[name];
        var alone = work(CancellationToken.None);
        Assert.All(AtOnce(() => work(CancellationToken.None)), found => Assert.Equal(alone, found));
    }

    [Fact]
    public void One_fit_on_sixty_four_threads_has_the_bits_of_one()
    {
        var frame = CancellableWork.Frame("yb ~ trt + x + (1 | id)", copies: 10);
        var linear = CancellableWork.Frame("y ~ trt + x + (1 | id)", copies: 10);
        Assert.Equal(Gee(1), Gee(Many));
        Assert.Equal(Glmm(1), Glmm(Many));
        Assert.Equal(Lmm(1), Lmm(Many));

        double[] Gee(int threads) =>
            GeeFitter.Fit(frame, new GeeOptions { Family = Family.Binomial, Threads = threads }).Coefficients.ToArray();

        double[] Glmm(int threads) =>
            GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Threads = threads }).Coefficients.ToArray();

        double[] Lmm(int threads) => LmmFitter.Fit(linear, new LmmOptions { Threads = threads }).Coefficients.ToArray();
    }

    [Fact]
    public void Sixty_four_questions_to_one_fit_have_the_answers_of_one()
    {
        var alone = Answer(Fit());
        var fit = Fit();
        Assert.All(AtOnce(() => Answer(fit)), found => Assert.Equal(alone, found));

        static GlmmFit Fit() => GlmmFitter.Fit(
            CancellableWork.Frame("yb ~ trt + x + (1 | id)"), new GlmmOptions { Family = Family.Binomial, Threads = 1 });

        static string Answer(GlmmFit fit) =>
            string.Join(' ', GlmmInference.Of(fit).JointCovariance.ToArray().Select(BitConverter.DoubleToInt64Bits));
    }

    private static string[] AtOnce(Func<string> work)
    {
        var found = new string[Many];
        using var gate = new Barrier(Many);
        var threads = Enumerable.Range(0, Many).Select(i => new Thread(() =>
        {
            gate.SignalAndWait();
            found[i] = work();
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return found;
    }
}
