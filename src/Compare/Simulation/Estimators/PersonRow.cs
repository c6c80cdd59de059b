using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>A row of a comparison by person that a study takes for a method. A closed list.</summary>
public abstract class PersonRow
{
    private PersonRow()
    {
    }

    /// <summary>The treatment's coefficient of the generalized linear model.</summary>
    public static PersonRow Conditional { get; } = new CoefficientRow();

    /// <summary>A rung of the ladder.</summary>
    /// <param name="rung">1: given covariates; 2: averaged over them by the model; 3: whatever the model.</param>
    /// <param name="measure">The scale.</param>
    public static PersonRow Rung(int rung, EffectMeasure measure)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rung, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rung, 3);
        ArgumentNullException.ThrowIfNull(measure);
        return new RungRow(rung, measure);
    }

    /// <summary>The arms' raw means, without covariates.</summary>
    /// <param name="measure">The scale.</param>
    public static PersonRow RawMeans(EffectMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return new RawRow(measure);
    }

    /// <summary>Whether it is in the table of standardized means, to which every kind of standard error belongs.</summary>
    internal virtual bool IsStandardized => false;

    /// <summary>What it estimates.</summary>
    internal abstract StudyTarget Target { get; }

    /// <summary>The row; null where the comparison has none.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="level">The arm's level; empty where there is no choice.</param>
    internal abstract Coefficient? Find(PersonComparison comparison, string level);

    private static bool IsOf(string treated, string level) => level.Length == 0 || treated == level;

    private static bool IsOn(PersonComparison comparison, EffectMeasure measure, string scale) =>
        scale == measure.ScaleOf(comparison.Options.Family == Family.Binomial);

    private sealed class CoefficientRow : PersonRow
    {
        internal override StudyTarget Target => StudyTarget.Conditional;

        internal override Coefficient? Find(PersonComparison comparison, string level) =>
            comparison.Standardized is not null && comparison.Effects.FirstOrDefault(own => IsOf(own.Level, level)) is { } effect
                ? comparison.Coefficients[effect.Column]
                : null;
    }

    private sealed class RungRow(int place, EffectMeasure scale) : PersonRow
    {
        private readonly int rung = place;
        private readonly EffectMeasure measure = scale;

        internal override bool IsStandardized => rung == 3;

        internal override StudyTarget Target => rung == 2 && measure == EffectMeasure.Difference
            ? StudyTarget.RiskDifference
            : StudyTarget.Rung(rung, ClusterWeighting.Participant, measure);

        internal override Coefficient? Find(PersonComparison comparison, string level) => rung == 3
            ? comparison.Standardized?.Contrasts
                .FirstOrDefault(own => own.Measure == measure && IsOf(own.Treated, level))?.Inference
            : comparison.Ladder.Rungs
                .FirstOrDefault(own => own.Rung == rung && IsOf(own.Question.Treated, level) && IsOn(comparison, measure, own.Scale))
                ?.Inference;
    }

    private sealed class RawRow(EffectMeasure scale) : PersonRow
    {
        private readonly EffectMeasure measure = scale;

        internal override StudyTarget Target => StudyTarget.Rung(3, ClusterWeighting.Participant, measure);

        internal override Coefficient? Find(PersonComparison comparison, string level) => comparison.Ladder.Sides
            .FirstOrDefault(own => IsOf(own.Question.Treated, level) && IsOn(comparison, measure, own.Scale))
            ?.Inference;
    }
}
