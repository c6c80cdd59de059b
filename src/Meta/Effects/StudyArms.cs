using MarginalConditional.Data;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Meta.Effects;

/// <summary>Events of one arm of the studies, among people or over person-time, as read from a file.</summary>
public sealed class StudyArms
{
    private readonly StudyRows rows;
    private readonly (double Events, double Size)[] arms;

    private StudyArms(StudyRows rows, (double Events, double Size)[] arms, bool isRate)
    {
        this.rows = rows;
        this.arms = arms;
        IsRate = isRate;
    }

    /// <summary>Whether events are counted over person-time.</summary>
    public bool IsRate { get; }

    /// <summary>Events and people, or person-time, one pair a study.</summary>
    public IReadOnlyList<(double Events, double Size)> Arms => Array.AsReadOnly(arms);

    /// <summary>The studies' names.</summary>
    public IReadOnlyList<string> Labels => rows.Labels;

    /// <summary>The number of rows left out because a field was missing.</summary>
    public int Dropped => rows.Dropped;

    /// <summary>What was read otherwise than it stands in the file.</summary>
    internal IReadOnlyList<string> ReadingNotes => rows.Notes;

    /// <summary>Reads one arm.</summary>
    /// <param name="data">The table.</param>
    /// <param name="events">The column of events.</param>
    /// <param name="others">The column of people without the event, of all people, or of person-time.</param>
    /// <param name="isTotal">Whether the second column holds all people.</param>
    /// <param name="isRate">Whether it holds person-time.</param>
    /// <param name="labelColumns">The columns that name a study, joined by a space; empty numbers them by row.</param>
    /// <exception cref="InputException">A column is missing or not numeric, a count is negative, or an arm is empty.</exception>
    public static StudyArms Read(
        Dataset data, string events, string others, bool isTotal, bool isRate, IReadOnlyList<string> labelColumns)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(labelColumns);
        var read = StudyRows.Of(data, [events, others], labelColumns);
        var arms = new (double Events, double Size)[read.Count];
        for (var i = 0; i < arms.Length; i++)
        {
            arms[i] = Arm(read, i, isTotal || isRate, isRate);
        }

        return new StudyArms(read, arms, isRate);
    }

    /// <summary>Computes the effects, with the rule for zero counts applied where the measure needs it.</summary>
    /// <exception cref="InputException">A study has no finite effect, or no variance, under the rule.</exception>
    public StudyEffects Effects(StudyMeasure.ArmMeasure measure, ZeroCells zeroCells)
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(zeroCells);

        // As tables whose second arm is never empty: the rules look at zeros alone.
        TwoByTwo[] tables = [.. arms.Select(arm => new TwoByTwo(arm.Events, IsRate ? 1 : arm.Size - arm.Events, 1, 1))];
        var continued = measure.NeedsCorrection ? zeroCells.Apply(tables) : tables;
        var effects = new Effect[arms.Length];
        for (var i = 0; i < effects.Length; i++)
        {
            var size = IsRate ? arms[i].Size : continued[i].TreatmentTotal;
            effects[i] = measure.Of(continued[i].TreatmentEvents, size);
            if (!effects[i].IsUsable)
            {
                throw rows.Refuse(
                    i,
                    null,
                    $"Study \"{Labels[i]}\" has no event, or nothing but events, so its {measure.Name} has no effect or no variance.",
                    "Let the zeros be continued (--zero-cells only0), leave the study out, or use --method exact, which needs no "
                        + "correction.");
            }
        }

        return new StudyEffects(Labels, [.. effects.Select(e => e.Estimate)], [.. effects.Select(e => e.Variance)], measure)
        {
            Dropped = Dropped,
            Rows = rows.Rows,
            Sizes = [.. arms.Select(arm => arm.Size)],
            Notes =
            [
                .. rows.Notes,
                .. StudyNotes.OfZeros(
                    Enumerable.Range(0, arms.Length).Count(i => continued[i] != tables[i]), arms.Length, 0, 0, zeroCells.Addition),
            ],
        };
    }

    /// <summary>Refuses the first study whose counts are not whole numbers: a likelihood of counts needs them.</summary>
    /// <exception cref="InputException">A count is not a whole number.</exception>
    internal void RequireWholeNumbers()
    {
        for (var i = 0; i < arms.Length; i++)
        {
            for (var column = 0; column < (IsRate ? 1 : 2); column++)
            {
                if (rows.Value(i, column) != Math.Floor(rows.Value(i, column)))
                {
                    throw rows.Refuse(i, column, FormattableString.Invariant(
                        $"Study \"{Labels[i]}\" has the count {rows.Value(i, column)}; the exact model needs whole numbers."), null);
                }
            }
        }
    }

    private static (double Events, double Size) Arm(StudyRows rows, int study, bool isSize, bool isRate)
    {
        for (var column = 0; column < 2; column++)
        {
            if (!(rows.Value(study, column) >= 0) || double.IsInfinity(rows.Value(study, column)))
            {
                throw rows.Refuse(study, column, FormattableString.Invariant(
                    $"Study \"{rows.Labels[study]}\" has the count {rows.Value(study, column)}; a count is 0 or more."), null);
            }
        }

        double events = rows.Value(study, 0), second = rows.Value(study, 1), size = isSize ? second : events + second;
        if (!(size > 0))
        {
            throw rows.Refuse(
                study,
                1,
                $"Study \"{rows.Labels[study]}\" has no {(isRate ? "person-time" : "people")}.",
                "Leave the study out, or correct it.");
        }

        return isRate || events <= size ? (events, size) : throw rows.Refuse(
            study,
            1,
            FormattableString.Invariant($"Study \"{rows.Labels[study]}\" has {events} events among {size} people."),
            "The column behind / holds totals, events included. Separate the columns by a comma if it holds those without the event.");
    }
}
