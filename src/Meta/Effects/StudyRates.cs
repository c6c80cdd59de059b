using MarginalConditional.Data;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Meta.Effects;

/// <summary>Events and person-time of both arms of the studies as read from a file.</summary>
public sealed class StudyRates
{
    private readonly StudyRows rows;
    private readonly (ArmRate Treatment, ArmRate Control)[] arms;

    private StudyRates(StudyRows rows, (ArmRate Treatment, ArmRate Control)[] arms)
    {
        this.rows = rows;
        this.arms = arms;
    }

    /// <summary>The arms, one pair a study.</summary>
    public IReadOnlyList<(ArmRate Treatment, ArmRate Control)> Arms => arms;

    /// <summary>The studies' names.</summary>
    public IReadOnlyList<string> Labels => rows.Labels;

    /// <summary>What was read otherwise than it stands in the file.</summary>
    internal IReadOnlyList<string> ReadingNotes => rows.Notes;

    /// <summary>The number of rows left out because a field was missing.</summary>
    public int Dropped => rows.Dropped;

    /// <summary>Reads events and person-time of two arms.</summary>
    /// <param name="data">The table.</param>
    /// <param name="treatment">The columns of events and person-time under treatment.</param>
    /// <param name="control">The same under control.</param>
    /// <param name="labelColumns">The columns that name a study, joined by a space; empty numbers them by row.</param>
    /// <exception cref="InputException">A column is missing or not numeric, a count is negative, or an arm has no person-time.</exception>
    public static StudyRates Read(
        Dataset data,
        (string Events, string Time) treatment,
        (string Events, string Time) control,
        IReadOnlyList<string> labelColumns)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(labelColumns);
        var read = StudyRows.Of(data, [treatment.Events, treatment.Time, control.Events, control.Time], labelColumns);
        return new StudyRates(read, [.. Enumerable.Range(0, read.Count).Select(study => (Arm(read, study, 0), Arm(read, study, 2)))]);
    }

    /// <summary>Computes the effects, with the rule for zero counts applied: the constant is added to the events of both arms.</summary>
    /// <exception cref="InputException">A study has no finite effect, or no variance, under the rule.</exception>
    public StudyEffects Effects(StudyMeasure.RateMeasure measure, ZeroCells zeroCells)
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(zeroCells);

        // As tables whose non-events are never zero: the rules look at the events alone.
        TwoByTwo[] tables = [.. arms.Select(study => new TwoByTwo(study.Treatment.Events, 1, study.Control.Events, 1))];
        var continued = zeroCells.Apply(tables);
        int[] kept = [.. Enumerable.Range(0, arms.Length).Where(i => !(zeroCells.DropDoubleZero && tables[i].IsDoubleZero))];
        var effects = Array.ConvertAll(kept, i => Usable(i, measure, continued[i]));
        var empty = measure.IsLogarithmic ? kept.Count(i => tables[i].IsDoubleZero) : 0;
        return new StudyEffects(
            [.. kept.Select(i => Labels[i])],
            [.. effects.Select(e => e.Estimate)],
            [.. effects.Select(e => e.Variance)],
            measure)
        {
            Dropped = Dropped + arms.Length - kept.Length,
            Rows = [.. kept.Select(i => rows.Rows[i])],
            Notes =
            [
                .. rows.Notes,
                .. StudyNotes.OfZeros(
                    kept.Count(i => continued[i] != tables[i]),
                    kept.Length,
                    empty,
                    arms.Length - kept.Length,
                    zeroCells.Addition),
            ],
        };
    }

    /// <summary>Refuses the first study whose events are not whole numbers: a Poisson likelihood needs them.</summary>
    /// <exception cref="InputException">A number of events is not whole.</exception>
    internal void RequireWholeNumbers()
    {
        for (var i = 0; i < arms.Length; i++)
        {
            foreach (var column in (int[])[0, 2])
            {
                if (rows.Value(i, column) != Math.Floor(rows.Value(i, column)))
                {
                    throw rows.Refuse(i, column, FormattableString.Invariant(
                        $"Study \"{Labels[i]}\" has {rows.Value(i, column)} events; the exact model needs whole numbers."), null);
                }
            }
        }
    }

    private static ArmRate Arm(StudyRows rows, int study, int first)
    {
        var arm = new ArmRate(rows.Value(study, first), rows.Value(study, first + 1));
        if (!(arm.Events >= 0) || double.IsInfinity(arm.Events))
        {
            throw rows.Refuse(
                study,
                first,
                FormattableString.Invariant($"Study \"{rows.Labels[study]}\" has the count {arm.Events}; a count is 0 or more."),
                null);
        }

        return arm.Time > 0 && double.IsFinite(arm.Time) ? arm : throw rows.Refuse(
            study,
            first + 1,
            FormattableString.Invariant($"Study \"{rows.Labels[study]}\" has the person-time {arm.Time}; it has to be above 0."),
            "The columns are events and person-time, in that order.");
    }

    private Effect Usable(int study, StudyMeasure.RateMeasure measure, TwoByTwo continued)
    {
        var (treatment, control) = arms[study];
        var effect = measure.Of(treatment with { Events = continued.TreatmentEvents }, control with { Events = continued.ControlEvents });
        return effect.IsUsable ? effect : throw rows.Refuse(
            study,
            null,
            double.IsFinite(effect.Estimate)
                ? $"Study \"{Labels[study]}\" has an {measure.Name} with zero variance, so it would outweigh all others."
                : $"Study \"{Labels[study]}\" has no events in an arm, so its {measure.Name} is zero, infinite or undefined.",
            "Let the zeros be continued (--zero-cells only0), leave the study out, or use --measure IRR --method exact, which needs no "
                + "correction.");
    }
}
