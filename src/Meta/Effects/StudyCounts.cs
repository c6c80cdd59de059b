using MarginalConditional.Data;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Meta.Effects;

/// <summary>The 2×2 tables of the studies as read from a file.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Meta;
/// using MarginalConditional.Meta.Effects;
///
/// var counts = StudyCounts.Read(
///     DatasetReader.Read("trials.csv"), ("cases1", "others1"), ("cases0", "others0"), labelColumns: ["trial"]);
/// var effects = counts.Effects(StudyMeasure.OddsRatio, new ZeroCells { Addition = 0.5 });
/// Console.WriteLine(MetaAnalysis.Fit(effects, new MetaAnalysisOptions()));
/// </code>
/// </example>
public sealed class StudyCounts
{
    /// <summary>What names of columns say that count people without the event.</summary>
    private static readonly string[] NonEventWords = ["neg", "non", "no_", "not", "without", "surv", "alive", "free", "fail"];

    private readonly StudyRows rows;
    private readonly TwoByTwo[] tables;
    private readonly string? question;

    private StudyCounts(StudyRows rows, TwoByTwo[] tables, string? question)
    {
        this.question = question;
        this.rows = rows;
        this.tables = tables;
    }

    /// <summary>The tables, one a study.</summary>
    public IReadOnlyList<TwoByTwo> Tables => Array.AsReadOnly(tables);

    /// <summary>The studies' names.</summary>
    public IReadOnlyList<string> Labels => rows.Labels;

    /// <summary>What was read otherwise than it stands in the file, and whether second columns look like totals.</summary>
    internal IReadOnlyList<string> ReadingNotes => [.. rows.Notes, .. question is null ? [] : new[] { question }];

    /// <summary>The number of rows left out because a count was missing.</summary>
    public int Dropped => rows.Dropped;

    /// <summary>Reads events and non-events of two arms.</summary>
    /// <param name="data">The table.</param>
    /// <param name="treatment">The columns of events and non-events under treatment.</param>
    /// <param name="control">The columns of events and non-events under control.</param>
    /// <param name="labelColumns">The columns that name a study, joined by a space; empty numbers them by row.</param>
    /// <param name="treatedTotal">Whether the treatment's second column holds totals, events included.</param>
    /// <param name="controlTotal">Whether the control's second column does.</param>
    /// <exception cref="InputException">A column is missing or not numeric, a count is negative, or an arm is empty.</exception>
    public static StudyCounts Read(
        Dataset data,
        (string Events, string NonEvents) treatment,
        (string Events, string NonEvents) control,
        IReadOnlyList<string> labelColumns,
        bool treatedTotal = false,
        bool controlTotal = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(labelColumns);
        var read = StudyRows.Of(data, [treatment.Events, treatment.NonEvents, control.Events, control.NonEvents], labelColumns);
        var counts = new TwoByTwo[read.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            for (var column = 0; column < 4; column++)
            {
                if (read.Value(i, column) < 0 || double.IsInfinity(read.Value(i, column)))
                {
                    throw read.Refuse(i, column, FormattableString.Invariant(
                        $"Study \"{read.Labels[i]}\" has the count {read.Value(i, column)}; a count is 0 or more."), null);
                }
            }

            counts[i] = new TwoByTwo(
                read.Value(i, 0), Others(read, i, 0, treatedTotal), read.Value(i, 2), Others(read, i, 2, controlTotal));
            if (counts[i].TreatmentTotal == 0 || counts[i].ControlTotal == 0)
            {
                throw read.Refuse(
                    i,
                    counts[i].TreatmentTotal == 0 ? 0 : 2,
                    $"Study \"{read.Labels[i]}\" has an arm without any people.",
                    "Columns are events and non-events, not events and totals. Leave the study out, or correct it.");
            }
        }

        var asked = !treatedTotal && !controlTotal && MayBeTotals(read, treatment.NonEvents, control.NonEvents)
            ? $"In every study {treatment.NonEvents} is not below {treatment.Events}, nor {control.NonEvents} below {control.Events}, and "
                + $"both are read as people without the event. If they are totals, say --treat {treatment.Events}/{treatment.NonEvents} "
                + $"--control {control.Events}/{control.NonEvents}."
            : null;
        return new StudyCounts(read, counts, asked);
    }

    /// <summary>The people without the event: given, or the total less the events.</summary>
    private static double Others(StudyRows rows, int study, int column, bool total)
    {
        var given = rows.Value(study, column + 1);
        return !total ? given
            : given >= rows.Value(study, column) ? given - rows.Value(study, column)
            : throw rows.Refuse(
                study,
                column + 1,
                FormattableString.Invariant(
                    $"Study \"{rows.Labels[study]}\" has {rows.Value(study, column)} events among {given} people."),
                "The column behind / holds totals, events included. Separate the columns by a comma if it holds those without the event.");
    }

    /// <summary>Whether nothing in numbers or names tells that the second columns are not totals.</summary>
    private static bool MayBeTotals(StudyRows rows, params string[] names) => rows.Count > 1
        && !names.Any(name => NonEventWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
        && Enumerable.Range(0, rows.Count).All(i => rows.Value(i, 1) >= rows.Value(i, 0) && rows.Value(i, 3) >= rows.Value(i, 2));

    /// <summary>Computes the effects, with the rule for zero cells applied.</summary>
    /// <exception cref="InputException">A study has no finite effect, or no variance, under the rule.</exception>
    public StudyEffects Effects(StudyMeasure.CountMeasure measure, ZeroCells zeroCells)
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(zeroCells);
        var continued = zeroCells.Apply(tables);
        var kept = Enumerable.Range(0, tables.Length).Where(i => !(zeroCells.DropDoubleZero && tables[i].IsDoubleZero)).ToArray();
        var effects = kept.Select(i => Usable(i, measure, continued[i])).ToArray();
        return new StudyEffects(
            [.. kept.Select(i => Labels[i])],
            [.. effects.Select(e => e.Estimate)],
            [.. effects.Select(e => e.Variance)],
            measure)
        {
            Dropped = Dropped + tables.Length - kept.Length,
            Rows = [.. kept.Select(i => rows.Rows[i])],
            Notes = [.. rows.Notes, .. Notes(kept, continued, measure, zeroCells)],
        };
    }

    /// <summary>Refuses the first study whose counts are not whole numbers: a binomial likelihood needs them.</summary>
    /// <exception cref="InputException">A count is not a whole number.</exception>
    internal void RequireWholeNumbers()
    {
        for (var i = 0; i < tables.Length; i++)
        {
            for (var column = 0; column < 4; column++)
            {
                if (rows.Value(i, column) != Math.Floor(rows.Value(i, column)))
                {
                    throw rows.Refuse(i, column, FormattableString.Invariant(
                        $"Study \"{Labels[i]}\" has the count {rows.Value(i, column)}; the exact model needs whole numbers."), null);
                }
            }
        }
    }

    private Effect Usable(int study, StudyMeasure.CountMeasure measure, TwoByTwo table)
    {
        var effect = measure.Of(table);
        return effect.IsUsable ? effect : throw rows.Refuse(
            study,
            null,
            double.IsFinite(effect.Estimate)
                ? $"Study \"{Labels[study]}\" has a {measure.Name} with zero variance, so it would outweigh all others."
                : $"Study \"{Labels[study]}\" holds a zero count, so its {measure.Name} is zero, infinite or undefined.",
            "Let the zero cells be continued (--zero-cells only0), leave the study out, or use --method exact, which needs no correction.");
    }

    private IReadOnlyList<string> Notes(int[] kept, TwoByTwo[] continued, StudyMeasure measure, ZeroCells zeroCells) => [
        .. question is null ? [] : new[] { question },
        .. StudyNotes.OfZeros(
        kept.Count(i => continued[i] != tables[i]),
        kept.Length,
        measure.IsLogarithmic ? kept.Count(i => tables[i].IsDoubleZero) : 0,
        tables.Length - kept.Length,
        zeroCells.Addition)];
}
