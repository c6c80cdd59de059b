using MarginalConditional.Gee.Planning;

namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>The clusters of a planned trial: their sizes, their outcomes, and the effect. A closed choice. Immutable.</summary>
public abstract partial class PlannedClusters
{
    private PlannedClusters()
    {
    }

    /// <summary>The estimands that such a trial can be planned for.</summary>
    public abstract IReadOnlyList<PlannedEstimand> Estimands { get; }

    /// <summary>The true effect: a log odds ratio for the patient, a difference for averages; not a number where there is none.</summary>
    /// <param name="estimand">Whose effect.</param>
    /// <param name="factor">What the effect is multiplied by: 1 for the effect as planned.</param>
    public abstract double Effect(PlannedEstimand estimand, double factor = 1);

    /// <summary>Clusters with one spread of intercepts on the logit scale, whatever their size and arm.</summary>
    /// <param name="control">The probability of the outcome without treatment, averaged over clusters, in (0, 1).</param>
    /// <param name="treatment">The probability with treatment.</param>
    /// <param name="correlation">ρ, of two outcomes of a cluster without treatment, in [0, 1).</param>
    /// <param name="sizes">The sizes, each as probable as the others.</param>
    public static PlannedClusters Alike(double control, double treatment, double correlation, IReadOnlyList<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        var kinds = sizes.GroupBy(size => size)
            .Select(group => new ClusterKind(group.Key, control, treatment, group.Count())).ToArray();
        _ = PlannedOutcome.ParticipantAverage(kinds, correlation);
        return new BinaryClusters(kinds, correlation, hasOneSpread: true);
    }

    /// <summary>Clusters of kinds with their own risks; two outcomes of a cluster of any kind and arm correlate by ρ.</summary>
    /// <param name="kinds">The kinds.</param>
    /// <param name="correlation">ρ, of two outcomes of a cluster given its kind, in [0, 1).</param>
    public static PlannedClusters OfKinds(IReadOnlyList<ClusterKind> kinds, double correlation)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        _ = PlannedOutcome.ClusterAverage(kinds, correlation);
        return new BinaryClusters([.. kinds], correlation, hasOneSpread: false);
    }

    /// <summary>Clusters of a continuous, normal outcome.</summary>
    /// <param name="difference">Treatment less control, not 0.</param>
    /// <param name="standardDeviation">Of the outcome, within and between clusters together, above 0.</param>
    /// <param name="correlation">ρ, of two outcomes of a cluster, in [0, 1).</param>
    /// <param name="sizes">The sizes, each as probable as the others.</param>
    public static PlannedClusters Continuous(
        double difference, double standardDeviation, double correlation, IReadOnlyList<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        _ = PlannedOutcome.Continuous(difference, standardDeviation);
        return correlation is >= 0 and < 1 && sizes.Count > 0 && sizes.All(size => size >= 1)
            ? new ContinuousClusters(difference, standardDeviation, correlation, [.. sizes])
            : throw new ArgumentException(
                FormattableString.Invariant($"The correlation is {correlation} and there are {sizes.Count} sizes; needed are a ")
                    + "correlation in [0, 1) and sizes from 1.",
                nameof(correlation));
    }

    /// <summary>The clusters with the effect multiplied by a factor.</summary>
    internal abstract ClusterDraws At(double factor);

    /// <summary>The test of an estimand.</summary>
    internal abstract TrialTest Test(PlannedEstimand estimand);
}
