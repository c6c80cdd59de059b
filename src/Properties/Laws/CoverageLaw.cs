using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Stopping;
using MarginalConditional.Data.Frames;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Generators;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Properties.Laws;

/// <summary>
/// Intervals cover the truth as often as they say. No single data set breaks that: many are looked at, one after the other.
/// </summary>
/// <remarks>
/// After every trial a confidence sequence holds the true coverage, at all looks with probability 1 − α. When it lies within (.90, .995)
/// the law holds, when it does not meet [.92, .98] it is broken: so an estimator whose coverage is within the inner limits is called
/// broken, and one whose coverage is without the outer ones is said to keep the law, each with probability at most α = .001.
/// </remarks>
public sealed class CoverageLaw : Law
{
    private const double Level = 0.95;

    private const int Clusters = 100;

    private const double MostFailures = 0.05;

    private const ulong Room = 0x636F766572616765;

    /// <summary>The law.</summary>
    public CoverageLaw()
        : base(
            "coverage",
            "P(θ̂ − qs ≤ θ ≤ θ̂ + qs) = .95 within Monte Carlo error, q the quantile of its reference, over trials of 100 clusters.",
            "estimators whose target has a true value in a trial with normal intercepts (IEstimand.Truth); binomial, Poisson and Gaussian "
                + "outcomes with their usual links",
            "Robbins 1970; Morris, White and Crowther 2019")
    {
    }

    /// <inheritdoc/>
    public override string? WhyOutside(ITrialEstimator estimator)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        var model = estimator.Model;
        return model.Family == Family.Gamma ? "trials with a known truth have binomial, Poisson or Gaussian outcomes"
            : model.EffectiveLink != model.Family.DefaultLink ? "trials with a known truth have the usual link"
            : Truth(estimator) is null ? $"there is no true value of {estimator.Traits.Target.Name}"
            : null;
    }

    /// <inheritdoc/>
    private protected override LawResult Try(ITrialEstimator estimator, LawOptions options)
    {
        var (limits, truth, stream) = (options.Tolerances, Truth(estimator)!.Value, new RandomStream(0, 0, 0));
        var mechanism = Mechanism(estimator.Model);
        var trials = mechanism.Open();
        var (covered, total, failed, last) = (0, 0, 0, string.Empty);
        var (verdict, lower, upper) = (LawVerdict.Undecided, 0.0, 1.0);
        using var work = LongWork.Begin("trials for the law coverage", options.MostReplicates);
        while (verdict == LawVerdict.Undecided && total + failed < options.MostReplicates)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            work.Step();
            stream.Reset((ulong)options.Seed, Room, (ulong)(total + failed));
            var trial = Observed(trials.Draw(stream, 0), mechanism, estimator.Model, stream);
            if (Estimate(estimator, trial, ref last) is not { } estimate)
            {
                failed++;
                continue;
            }

            total++;
            var (from, to) = estimate.Interval(Level);
            covered += from <= truth && truth <= to ? 1 : 0;
            (lower, upper) = ConfidenceSequence.Interval(covered, total, limits.CoverageError);
            verdict = lower > limits.GoodTo || upper < limits.GoodFrom ? LawVerdict.Broken
                : lower > limits.WrongBelow && upper < limits.WrongAbove ? LawVerdict.Holds
                : LawVerdict.Undecided;
        }

        var isUntested = failed > MostFailures * (total + failed);
        var result = new LawResult
        {
            Law = this,
            Estimator = estimator.Name,
            Verdict = isUntested ? LawVerdict.Untested : verdict,
            Tests = total + failed,
            Answered = total,
            Reason = isUntested ? last : FormattableString.Invariant(
                $"{covered} of {total} intervals cover {truth:G4}: coverage between {lower:F3} and {upper:F3}"),
        };
        return result.Verdict == LawVerdict.Holds ? result : result with { Replay = options.Replay(this) };
    }

    private static EffectEstimate? Estimate(ITrialEstimator estimator, TrialData trial, ref string last)
    {
        try
        {
            var estimate = estimator.Estimate(trial);
            last = estimate.IsUsable ? last : "no usable estimate";
            return estimate.IsUsable ? estimate : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            last = exception.Message;
            return null;
        }
    }

    private static double? Truth(ITrialEstimator estimator) =>
        estimator.Traits.Target.Truth(Mechanism(estimator.Model)) is { } truth && double.IsFinite(truth) ? truth : null;

    private static Mechanism Mechanism(TrialModel model) => new()
    {
        Clusters = Clusters,
        Size = SizeLaw.Either(3, 6),
        Effects = new TrialEffects { Baseline = -0.5, Effect = 0.7 },
        RandomEffect = EffectLaw.Normal(model.Family == Family.Poisson ? 0.5 : 1),
        Family = model.Family,
        Link = model.EffectiveLink,
    };

    /// <summary>A drawn trial, with covariates that have nothing to do with it.</summary>
    private static TrialData Observed(ModelFrame frame, Mechanism mechanism, TrialModel model, RandomStream stream)
    {
        var (clusters, effect) = (frame.Clusters, mechanism.ModelOf(frame).EffectColumn);
        int[] ofRows = clusters.OfRows();
        var noise = new RandomStream(stream.NextBits(), Room, 1);
        var columns = new List<TrialColumn> { new(model.Effect, frame.Design.Column(effect)) };
        foreach (var covariate in model.Covariates)
        {
            double[] ofCluster = [.. Enumerable.Range(0, clusters.Count).Select(_ => noise.NextNormal())];
            columns.Add(new TrialColumn(
                covariate.Name, [.. ofRows.Select(cluster => covariate.IsOfCluster ? ofCluster[cluster] : noise.NextNormal())]));
        }

        return new TrialData(
            model,
            [.. ofRows.Select(cluster => FormattableString.Invariant($"c{cluster + 1}"))],
            Array.ConvertAll(frame.Waves.ToArray(), wave => wave + 1),
            columns,
            frame.Response);
    }
}
