namespace MarginalConditional.Gee.Planning;

public abstract partial class PlannedOutcome
{
    /// <summary>The risk difference in which each cluster counts once, by clusters' own means.</summary>
    /// <inheritdoc cref="Average" path="/remarks"/>
    /// <param name="kinds">The kinds of clusters.</param>
    /// <param name="correlation">ρ, the correlation of two outcomes of a cluster given its kind, in [0, 1).</param>
    public static PlannedOutcome ClusterAverage(IReadOnlyList<ClusterKind> kinds, double correlation) =>
        Average("each cluster counts once", kinds, correlation, _ => 1);

    /// <summary>The risk difference in which each participant counts once, by clusters' totals.</summary>
    /// <inheritdoc cref="Average" path="/remarks"/>
    /// <param name="kinds">The kinds of clusters.</param>
    /// <param name="correlation">ρ, the correlation of two outcomes of a cluster given its kind, in [0, 1).</param>
    public static PlannedOutcome ParticipantAverage(IReadOnlyList<ClusterKind> kinds, double correlation) =>
        Average("each participant counts once", kinds, correlation, kind => kind.Size);

    /// <summary>A risk difference whose arms are the averages of clusters' means with weights ω.</summary>
    /// <remarks>
    /// The influence of a cluster on its arm is ω(ȳ − μ)/E ω, so that one cluster contributes the variance
    /// E[ω²{p(1 − p)(ρ + (1 − ρ)/m) + (p − μ)²}]/(E ω)²: within clusters of a kind, and between kinds. It stands for all its rows
    /// (<see cref="TrialPlan.Information"/> = 1).
    /// </remarks>
    private static AverageOutcome Average(
        string counting, IReadOnlyList<ClusterKind> kinds, double correlation, Func<ClusterKind, double> weight)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        Require(kinds, correlation);
        var control = Moments(kinds, correlation, weight, kind => kind.Control);
        var treatment = Moments(kinds, correlation, weight, kind => kind.Treatment);
        return control.Mean == treatment.Mean
            ? throw new ArgumentException("The arms have the same risk on average; there is no effect to plan for.", nameof(kinds))
            : new AverageOutcome(counting, control, treatment);
    }

    private static void Require(IReadOnlyList<ClusterKind> kinds, double correlation)
    {
        if (kinds.Count == 0 || correlation is not (>= 0 and < 1))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"There are {kinds.Count} kinds of clusters and the correlation is {correlation}; needed are ")
                    + "one kind or more, and a correlation in [0, 1).",
                nameof(kinds));
        }

        foreach (var kind in kinds)
        {
            if (kind.Size is not (>= 1 and < double.PositiveInfinity) || kind.Control is not (> 0 and < 1)
                || kind.Treatment is not (> 0 and < 1) || kind.Share is not (> 0 and < double.PositiveInfinity))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"A kind of cluster has size {kind.Size}, risks {kind.Control} and {kind.Treatment} and ")
                        + FormattableString.Invariant($"share {kind.Share}; sizes start at 1, ")
                        + "risks lie between 0 and 1, shares are positive.",
                    nameof(kinds));
            }
        }
    }

    private static (double Mean, double Variance) Moments(
        IReadOnlyList<ClusterKind> kinds, double correlation, Func<ClusterKind, double> weight, Func<ClusterKind, double> risk)
    {
        var shares = kinds.Sum(kind => kind.Share);
        var total = kinds.Sum(kind => kind.Share / shares * weight(kind));
        var mean = kinds.Sum(kind => kind.Share / shares * weight(kind) * risk(kind)) / total;
        var variance = 0.0;
        foreach (var kind in kinds)
        {
            var (p, omega) = (risk(kind), weight(kind) / total);
            var within = p * (1 - p) * (correlation + ((1 - correlation) / kind.Size));
            variance += kind.Share / shares * omega * omega * (within + ((p - mean) * (p - mean)));
        }

        return (mean, variance);
    }

    private sealed class AverageOutcome(string counting, (double Mean, double Variance) control, (double Mean, double Variance) treatment)
        : PlannedOutcome
    {
        public override double Effect => treatment.Mean - control.Mean;

        public override string Description =>
            FormattableString.Invariant($"risk difference {Effect:G4}, {counting} (risks {control.Mean:G4} and {treatment.Mean:G4})");

        internal override double TreatmentVariance => treatment.Variance;

        internal override double ControlVariance => control.Variance;
    }
}
