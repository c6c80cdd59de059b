using System.Reflection;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Load.Cancellation;

/// <summary>
/// Whatever the libraries compute ends at the look at the token that finds it cancelled, and leaves nothing that shows later.
/// </summary>
public class FitterCancellationTests
{
    public static TheoryData<string> Names => [.. CancellableWork.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_token_cancelled_before_ends_the_work_at_once(string name) =>
        Assert.Throws<OperationCanceledException>(() => CancellableWork.All[name](new CancellationToken(canceled: true)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Work_ends_at_the_look_that_finds_the_token_cancelled_and_has_the_same_bits_afterwards(string name)
    {
        var work = CancellableWork.All[name];
        var undisturbed = work(CancellationToken.None);
        var all = LooksOf(work, int.MaxValue, out _);
        foreach (var at in new[] { 1, 2, (all / 3) + 1, (2 * all / 3) + 1, all })
        {
            var looks = LooksOf(work, at, out var cancelled);
            Assert.True(cancelled, $"look {at} of {all} did not end the work");
            Assert.Equal(at, looks);
        }

        Assert.Equal(undisturbed, work(CancellationToken.None));
    }

    [Theory]
    [InlineData("gee", 50)]
    [InlineData("glmm", 200)]
    [InlineData("lmm", 20)]
    [InlineData("comparison", 1000)]
    [InlineData("bootstrap", 500)]
    [InlineData("clusters' own means", 100)]
    public void Work_looks_more_often_than_it_iterates(string name, int least) =>
        Assert.InRange(LooksOf(CancellableWork.All[name], int.MaxValue, out _), least, int.MaxValue);

    [Fact]
    public void On_several_threads_none_goes_on()
    {
        const int threads = 4;
        var frame = CancellableWork.Frame("yb ~ trt * time + x + (1 | id)", copies: 40);
        var options = new GlmmOptions { Family = Family.Binomial, Nodes = 9, Threads = threads };
        var undisturbed = GlmmFitter.Fit(frame, options).Coefficients.ToArray();
        foreach (var at in new[] { 10, 100, 1000 })
        {
            using var source = new CancellationTokenSource();
            var looks = 0;
            Assert.Throws<OperationCanceledException>(() =>
            {
                using var scope = CancellationScope.Enter(source.Token, () =>
                {
                    if (Interlocked.Increment(ref looks) == at)
                    {
                        source.Cancel();
                    }
                });
                GlmmFitter.Fit(frame, options);
            });

            // Each thread may begin a piece of work, and one more, before it sees what another one did.
            Assert.InRange(looks, at, at + (4 * threads));
            var ended = Volatile.Read(ref looks);
            Thread.Sleep(50);
            Assert.Equal(ended, Volatile.Read(ref looks));
        }

        Assert.Equal(undisturbed, GlmmFitter.Fit(frame, options).Coefficients.ToArray());
    }

    /// <summary>Whoever looks for a way to end a fit finds it where the fit is asked for.</summary>
    [Fact]
    public void Every_fitter_and_comparer_takes_a_token()
    {
        var without =
            from type in CancellableWork.Libraries.SelectMany(assembly => assembly.GetExportedTypes())
            where type.Name.EndsWith("Fitter", StringComparison.Ordinal) || type.Name.EndsWith("ModelComparer", StringComparison.Ordinal)
                || type.Name.EndsWith("Bootstrap", StringComparison.Ordinal) || type.Name == "PersonComparer"
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where method.Name.StartsWith("Fit", StringComparison.Ordinal) || method.Name is "Compare" or "Run"
            where method.GetParameters()[^1].ParameterType != typeof(CancellationToken)
            select $"{type.Name}.{method.Name}";
        Assert.Empty(without);
    }

    /// <summary>How often work looked at a token that is cancelled at one of its looks.</summary>
    private static int LooksOf(Func<CancellationToken, string> work, int at, out bool cancelled)
    {
        using var source = new CancellationTokenSource();
        var looks = 0;
        cancelled = false;
        try
        {
            using var scope = CancellationScope.Enter(source.Token, () =>
            {
                looks++;
                if (looks == at)
                {
                    source.Cancel();
                }
            });
            work(CancellationToken.None);
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == source.Token)
        {
            cancelled = true;
        }

        return looks;
    }
}
