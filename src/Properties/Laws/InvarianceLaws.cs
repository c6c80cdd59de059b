using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Generators;

namespace MarginalConditional.Properties.Laws;

/// <summary>Laws of what must not matter.</summary>
internal static class InvarianceLaws
{
    private const string Everybody = "every estimator";

    /// <summary>The same question twice, with another one between.</summary>
    public static TrialLaw Repeatable { get; } = new(
        "repeatable",
        "θ̂ and s of the same data are the same numbers, whatever was asked in between.",
        Everybody,
        "an estimate is a function of the data",
        _ => null,
        _ => new TrialShape(),
        (estimator, one, tolerances) =>
        {
            if (Agreement.Answer(estimator, one.Trial, tolerances, out var reason) is not { } before)
            {
                return LawOutcome.Unanswered(reason);
            }

            estimator.Estimate(one.Trial.WithOutcome(one.Trial.Model.IsBinary ? value => 1 - value : value => value + 1));
            var after = estimator.Estimate(one.Trial);
            return after.Value.Equals(before.Value) && after.StandardError.Equals(before.StandardError)
                ? LawOutcome.Holds
                : LawOutcome.Broken(
                    Agreement.Words(before.Value, before.StandardError),
                    Agreement.Words(after.Value, after.StandardError),
                    "the same data again");
        });

    /// <summary>Rows in another order.</summary>
    public static TrialLaw RowOrder { get; } = new(
        "row-order",
        "θ̂(PX, Py) = θ̂(X, y) and s(PX, Py) = s(X, y) for every permutation P of rows with their clusters and waves.",
        Everybody + "; rows of a cluster need not lie together in a file",
        "Liang and Zeger 1986: estimating equations are sums over clusters",
        _ => null,
        _ => new TrialShape(),
        (estimator, one, tolerances) => Agreement.Same(
            estimator,
            one.Trial,
            one.Trial.Take(Permutation.Of(one.Trial.Rows, one.Key)),
            "the same rows in another order",
            tolerances));

    /// <summary>Other labels of clusters.</summary>
    public static TrialLaw ClusterLabels { get; } = new(
        "cluster-labels",
        "θ̂ and s do not change when the labels of clusters are exchanged for others, one for one.",
        Everybody,
        "labels only say which rows belong together",
        _ => null,
        _ => new TrialShape(),
        (estimator, one, tolerances) =>
        {
            var labels = one.Trial.ClusterLabels;
            var order = Permutation.Of(labels.Count, one.Key);
            var others = labels
                .Select((label, place) => (label, other: FormattableString.Invariant($"k{order[place] + 1}")))
                .ToDictionary(pair => pair.label, pair => pair.other, StringComparer.Ordinal);
            return Agreement.Same(
                estimator, one.Trial, one.Trial.Relabelled(label => others[label]), "the same clusters with other labels", tolerances);
        });

    /// <summary>Columns in another order.</summary>
    public static TrialLaw ColumnOrder { get; } = new(
        "column-order",
        "θ̂ and s do not change with the order of columns: that of the file, and that of the design after the intercept.",
        Everybody,
        "a model is a space of columns",
        _ => null,
        _ => new TrialShape(),
        (estimator, one, tolerances) =>
            Agreement.Same(estimator, one.Trial, one.Trial.Reversed(), "the same columns in the opposite order", tolerances));

    /// <summary>One thread and several.</summary>
    public static TrialLaw Threads { get; } = new(
        "threads",
        "θ̂ and its covariance have the same bits for every number of threads.",
        "estimators that run on several threads (IThreadedEstimator)",
        "sums over clusters are reduced in one order: docs/architecture.md",
        estimator => estimator is IThreadedEstimator ? null : "it is not asked for a number of threads (IThreadedEstimator)",
        _ => new TrialShape { MostClusters = 40 },
        (estimator, one, _) =>
        {
            var threaded = (IThreadedEstimator)estimator;
            var (alone, several) = (threaded.Coefficients(one.Trial, 1), threaded.Coefficients(one.Trial, 2 + (one.Key % 3)));
            if (!alone.IsUsable)
            {
                return LawOutcome.Unanswered("no usable estimate");
            }

            return alone.Values.SequenceEqual(several.Values) && alone.Covariance.SequenceEqual(several.Covariance)
                ? LawOutcome.Holds
                : LawOutcome.Broken(
                    string.Join(", ", alone.Values.ToArray().Select(value => FormattableString.Invariant($"{value:R}"))),
                    string.Join(", ", several.Values.ToArray().Select(value => FormattableString.Invariant($"{value:R}"))),
                    FormattableString.Invariant($"the same data on {2 + (one.Key % 3)} threads"));
        });
}
