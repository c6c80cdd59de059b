using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Generators;
using MarginalConditional.Statistics.Parallelism;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace MarginalConditional.Properties.Laws;

/// <summary>Looks for data that break a law, and for the smallest of them, by FsCheck.</summary>
internal sealed class LawSearch
{
    private const int MostKeys = 1000;

    private readonly TrialLaw law;
    private readonly ITrialEstimator estimator;
    private readonly LawOptions options;
    private int tried;
    private int answered;
    private string reason = string.Empty;
    private LawCase? first;
    private LawCase? smallest;
    private LawOutcome? outcome;

    private LawSearch(TrialLaw law, ITrialEstimator estimator, LawOptions options)
    {
        this.law = law;
        this.estimator = estimator;
        this.options = options;
    }

    /// <summary>Tries a law on as many data sets as the options say.</summary>
    public static LawResult Run(TrialLaw law, ITrialEstimator estimator, LawOptions options) =>
        new LawSearch(law, estimator, options).Run();

    /// <summary>The cases of a law, with shrinking.</summary>
    public static Arbitrary<LawCase> Cases(TrialLaw law, ITrialEstimator estimator)
    {
        var shape = law.Shape(estimator);
        var cases = from trial in TrialGenerators.Trials(estimator.Model, shape)
                    from key in Gen.Choose(0, MostKeys)
                    select new LawCase(trial, key);
        return Arb.From(cases, one => Smaller(one, shape));
    }

    private static IEnumerable<LawCase> Smaller(LawCase one, TrialShape shape)
    {
        foreach (var trial in TrialShrinker.Smaller(one.Trial, shape))
        {
            yield return one with { Trial = trial };
        }

        if (one.Key > 0)
        {
            yield return one with { Key = 0 };
        }
    }

    private LawResult Run()
    {
        // Gamma has to be odd; each law has streams of its own.
        var key = law.Name.Aggregate(14695981039346656037UL, (hash, character) => (hash ^ character) * 1099511628211UL);
        var config = Config.Quick
            .WithMaxTest(options.Tests)
            .WithReplay(new Replay(new Rnd((ulong)options.Seed, key | 1), FSharpOption<int>.None))
            .WithRunner(new SilentRunner());
        using var work = LongWork.Begin($"data sets for the law {law.Name}", options.Tests);
        FsCheck.Check.One(config, Prop.ForAll(Cases(law, estimator), one => Holds(one, work)));
        options.Cancellation.ThrowIfCancellationRequested();
        var result = new LawResult
        {
            Law = law,
            Estimator = estimator.Name,
            Verdict = smallest is not null ? LawVerdict.Broken
                : answered < options.Tolerances.LeastAnswered * tried ? LawVerdict.Untested
                : LawVerdict.Holds,
            Tests = tried,
            Answered = answered,
            Smallest = smallest,
            Outcome = outcome,
            First = first,
        };
        return result.Verdict switch
        {
            LawVerdict.Broken => result with { Replay = options.Replay(law) },
            LawVerdict.Untested => result with { Reason = reason, Replay = options.Replay(law) },
            _ => result,
        };
    }

    /// <summary>Tries one case. FsCheck goes on from the last one that fails, so that one is the smallest.</summary>
    private bool Holds(LawCase one, LongWork work)
    {
        // FsCheck would take an exception for a counterexample, and shrink it.
        if (options.Cancellation.IsCancellationRequested)
        {
            return true;
        }

        var came = law.CheckOne(estimator, one, options.Tolerances);
        if (first is null)
        {
            tried++;
            work.Step();
            answered += came.IsAnswered ? 1 : 0;
            reason = came.IsAnswered ? reason : came.Reason;
        }

        if (came.IsBroken)
        {
            first ??= one;
            (smallest, outcome) = (one, came);
        }

        return !came.IsBroken;
    }

    private sealed class SilentRunner : IRunner
    {
        public void OnStartFixture(Type t)
        {
        }

        public void OnArguments(int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
        {
        }

        public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink)
        {
        }

        public void OnFinished(string name, TestResult testResult)
        {
        }
    }
}
