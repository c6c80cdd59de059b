using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>A row of a comparison that a study takes for a method. A closed list.</summary>
public abstract class ComparedRow
{
    private ComparedRow()
    {
    }

    /// <summary>A coefficient: the mixed model's, the marginal one it implies, GEE's, or the marginalized multilevel model's.</summary>
    /// <param name="estimand">All but <see cref="Estimand.Standardized"/>.</param>
    public static ComparedRow Coefficient(Estimand estimand)
    {
        ArgumentNullException.ThrowIfNull(estimand);
        return estimand == Estimand.Standardized
            ? throw new ArgumentOutOfRangeException(nameof(estimand), "Standardized effects have a weighting and a scale.")
            : new CoefficientRow(estimand);
    }

    /// <summary>A rung of the ladder.</summary>
    /// <param name="rung">0 to 4.</param>
    /// <param name="weighting">Whom it averages over; of rung 4 the other one than the trial's.</param>
    /// <param name="measure">The scale.</param>
    public static ComparedRow Rung(int rung, ClusterWeighting weighting, EffectMeasure measure)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rung);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rung, 4);
        ArgumentNullException.ThrowIfNull(weighting);
        ArgumentNullException.ThrowIfNull(measure);
        return new RungRow(rung, weighting, measure);
    }

    /// <summary>A standardized effect.</summary>
    /// <param name="model">Whose: as a comparison calls it, <c>GEE</c> or <c>GLMM</c>.</param>
    /// <param name="weighting">Whom it averages over.</param>
    /// <param name="measure">The scale.</param>
    public static ComparedRow Standardized(string model, ClusterWeighting weighting, EffectMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(weighting);
        ArgumentNullException.ThrowIfNull(measure);
        return new StandardizedRow(model, weighting, measure);
    }

    /// <summary>A standardized number of an ordered outcome: win probability, log win odds, mean score or a category.</summary>
    /// <param name="target">Which; an estimand of ordered outcomes.</param>
    /// <param name="find">Finds it in the standardized effect of an arm.</param>
    /// <param name="weighting">Whom it averages over.</param>
    internal static ComparedRow Ordinal(
        StudyTarget target, Func<OrdinalComparison, OrdinalStandardized.Contrast, OrdinalQuantity?> find, ClusterWeighting weighting) =>
        new OrdinalRow(target, find, weighting);

    /// <summary>Whether a comparison of an ordered outcome has the row.</summary>
    internal virtual bool IsOfOrdinal => false;

    /// <summary>Whether comparisons of other outcomes have it.</summary>
    internal virtual bool IsOfOthers => true;

    /// <summary>Whether the marginalized multilevel model has to be fitted for it.</summary>
    internal virtual bool NeedsMarginalLikelihood => false;

    /// <summary>What it estimates.</summary>
    /// <param name="arm">The arm that is compared with the first.</param>
    /// <param name="adjusted">Whether the covariates are in the model.</param>
    internal abstract IEstimand Target(int arm, bool adjusted);

    /// <summary>The row; null where the comparison has none.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="column">The name of the effect's column in the replicate's design.</param>
    /// <param name="level">The arm's level; empty where there is no choice.</param>
    internal abstract Coefficient? Find(ModelComparison comparison, string column, string level);

    /// <summary>The row in the comparison of an ordered outcome; null where it has none.</summary>
    internal virtual Coefficient? Find(OrdinalComparison comparison, string column, string level) => null;

    /// <summary>The rung and scale of a rung of the ladder; null of other rows.</summary>
    internal virtual (int Rung, EffectMeasure Measure)? Asked => null;

    /// <summary>The rung in a comparison of rungs alone; null where it has none.</summary>
    internal virtual Coefficient? Find(RungComparer comparison, string level) => null;

    /// <summary>The standardized effect of a weighting and measure.</summary>
    private static StudyTarget Average(int rung, ClusterWeighting weighting, EffectMeasure measure) =>
        rung == 2 && weighting == ClusterWeighting.Participant && measure == EffectMeasure.Difference
            ? StudyTarget.RiskDifference
            : StudyTarget.Rung(rung, weighting, measure);

    private static bool IsOf(string treated, string level) => level.Length == 0 || treated == level;

    private sealed class CoefficientRow(Estimand kind) : ComparedRow
    {
        private readonly Estimand estimand = kind;

        internal override bool NeedsMarginalLikelihood => estimand == Estimand.MarginalLikelihood;

        internal override bool IsOfOrdinal => !NeedsMarginalLikelihood;

        internal override IEstimand Target(int arm, bool adjusted) => (!estimand.IsMarginal ? StudyTarget.Conditional
            : adjusted ? StudyTarget.MarginalGivenCovariates
            : StudyTarget.Marginal).ForArm(arm);

        internal override Coefficient? Find(ModelComparison comparison, string column, string level) => comparison.Effects
            .FirstOrDefault(effect => level.Length == 0 ? effect.Effect.Name == column : effect.Effect.Level == level)
            ?.Row(estimand)?.Inference;

        internal override Coefficient? Find(OrdinalComparison comparison, string column, string level) => comparison.Effects
            .FirstOrDefault(effect => level.Length == 0 ? effect.Name == column : effect.Level == level)
            ?.Rows.FirstOrDefault(row => row.Estimand == estimand)?.Inference;
    }

    private sealed class RungRow(int place, ClusterWeighting whom, EffectMeasure scale) : ComparedRow
    {
        private readonly int rung = place;
        private readonly ClusterWeighting weighting = whom;
        private readonly EffectMeasure measure = scale;

        internal override bool IsOfOrdinal => measure == EffectMeasure.OddsRatio;

        internal override IEstimand Target(int arm, bool adjusted) => Average(rung, weighting, measure).ForArm(arm);

        internal override Coefficient? Find(OrdinalComparison comparison, string column, string level) => comparison.Ladder.Rungs
            .FirstOrDefault(row => row.Rung == rung && row.Weighting == weighting && IsOf(row.Question.Treated, level))
            ?.Inference;

        internal override (int Rung, EffectMeasure Measure)? Asked => (rung, measure);

        internal override Coefficient? Find(RungComparer comparison, string level) => comparison.Rung(rung, weighting, measure, level);

        internal override Coefficient? Find(ModelComparison comparison, string column, string level) => comparison.Ladder.Rungs
            .FirstOrDefault(row => row.Rung == rung && row.Weighting == weighting && IsOf(row.Question.Treated, level)
                && (row.Scale == measure.ScaleOf(true) || row.Scale == measure.ScaleOf(false)))
            ?.Inference;
    }

    private sealed class StandardizedRow(string fitted, ClusterWeighting whom, EffectMeasure scale) : ComparedRow
    {
        private readonly string model = fitted;
        private readonly ClusterWeighting weighting = whom;
        private readonly EffectMeasure measure = scale;

        internal override IEstimand Target(int arm, bool adjusted) => Average(2, weighting, measure).ForArm(arm);

        internal override Coefficient? Find(ModelComparison comparison, string column, string level) => comparison.Standardized
            .Where(result => result.Method == model && result.Means.Weighting == weighting)
            .SelectMany(result => result.Contrasts)
            .FirstOrDefault(contrast => contrast.Measure == measure && IsOf(contrast.Treated, level))
            ?.Inference;
    }

    private sealed class OrdinalRow(
        StudyTarget target,
        Func<OrdinalComparison, OrdinalStandardized.Contrast, OrdinalQuantity?> find,
        ClusterWeighting whom) : ComparedRow
    {
        private readonly StudyTarget estimand = target;
        private readonly Func<OrdinalComparison, OrdinalStandardized.Contrast, OrdinalQuantity?> quantity = find;
        private readonly ClusterWeighting weighting = whom;

        internal override bool IsOfOrdinal => true;

        internal override bool IsOfOthers => false;

        internal override IEstimand Target(int arm, bool adjusted) => estimand.ForArm(arm);

        internal override Coefficient? Find(ModelComparison comparison, string column, string level) => null;

        internal override Coefficient? Find(OrdinalComparison comparison, string column, string level) => comparison.Standardized
            .Where(result => result.IsRobust && result.Weighting == weighting)
            .SelectMany(result => result.Contrasts)
            .Where(contrast => IsOf(contrast.Question.Treated, level))
            .Select(contrast => quantity(comparison, contrast))
            .FirstOrDefault()
            ?.Inference;
    }
}
