using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Generators;
using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Laws;

/// <summary>Laws of rows and clusters that come more than once.</summary>
internal static class ReplicationLaws
{
    /// <summary>Counts of rows against the rows themselves.</summary>
    public static TrialLaw FrequencyWeights { get; } = new(
        "frequency-weights",
        "A row with count w gives the same β̂ and covariance as w rows like it in the same cluster.",
        "likelihoods, and estimating equations under independence (IWeightedEstimator); not weights of precision, as those of linear mixed "
            + "models are, nor working correlations, which would correlate the copies",
        "Σ w ℓ is the log-likelihood of the rows written out",
        estimator => estimator is IWeightedEstimator ? null : "it does not take counts of rows (IWeightedEstimator)",
        _ => new TrialShape { HasCounts = true },
        (estimator, one, tolerances) =>
        {
            var rows = new List<int>();
            for (var row = 0; row < one.Trial.Rows; row++)
            {
                rows.AddRange(Enumerable.Repeat(row, one.Trial.Counts[row]));
            }

            var written = one.Trial.Take(rows.ToArray()).WithCounts([]);
            var weighted = (IWeightedEstimator)estimator;
            return Agreement.Same(
                estimator, weighted.Coefficients(written), weighted.Coefficients(one.Trial), "the rows written out", written, tolerances);
        });

    /// <summary>All data twice.</summary>
    public static TrialLaw TwoCopies { get; } = new(
        "two-copies",
        "With every cluster twice, the estimate is θ̂ and its variance s²/2; where divisors know of p, nearly θ̂, and a variance "
            + "between s²(K − p)/(2K − p) and s²/2.",
        "every estimator but those that correct by leverages; exact without divisors such as n − p (EstimatorTraits.SmallSample)",
        "an estimating equation is a sum over clusters, and the information in two copies is twice that in one",
        estimator => estimator.Traits.SmallSample == SmallSample.Leverage ? "it corrects by leverages (EstimatorTraits.SmallSample)" : null,
        estimator => estimator.Traits.SmallSample == SmallSample.None
            ? new TrialShape()
            : new TrialShape { FewestClusters = 20, MostClusters = 40, HasHardCases = false },
        Twice);

    private static LawOutcome Twice(ITrialEstimator estimator, LawCase one, LawTolerances tolerances)
    {
        var twice = one.Trial.Append(one.Trial.Relabelled(label => "d" + label));
        const string change = "every cluster twice";
        if (estimator.Traits.SmallSample == SmallSample.None)
        {
            return Agreement.Follows(estimator, one.Trial, twice, change, value => (value, Math.Sqrt(0.5)), tolerances);
        }

        if (Agreement.Answer(estimator, one.Trial, tolerances, out var reason) is not { } before
            || Agreement.Answer(estimator, twice, tolerances, out reason) is not { } after)
        {
            return LawOutcome.Unanswered(reason);
        }

        double k = one.Trial.ClusterLabels.Count;
        var p = one.Trial.Columns.Count + 1;
        var ratio = after.StandardError * after.StandardError / (before.StandardError * before.StandardError);
        var least = (k - p) / ((2 * k) - p) * (1 - tolerances.RatioByDivisor);
        var most = 0.5 * (1 + tolerances.RatioByDivisor);
        return k < tolerances.ClustersByDivisor * p ? LawOutcome.Unanswered("too few clusters for its coefficients")
            : ratio >= least && ratio <= most
            && Math.Abs(after.Value - before.Value) <= tolerances.MovedByDivisor * before.StandardError ? LawOutcome.Holds
            : LawOutcome.Broken(
                FormattableString.Invariant($"about {Agreement.Words(before.Value, before.StandardError * Math.Sqrt(0.5))}"),
                Agreement.Words(after.Value, after.StandardError)
                    + FormattableString.Invariant($": a variance of {ratio:F4} times the first, not {least:F4} to {most:F4}"),
                change,
                twice);
    }
}
