using MarginalConditional.Data;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Meta.Effects;

/// <summary>Reads studies that are given by means and standard deviations, or by their effects.</summary>
public static class TrialTable
{
    /// <summary>Reads mean, standard deviation and size of two arms, and computes the effects.</summary>
    /// <param name="data">The table.</param>
    /// <param name="treatment">The columns of mean, standard deviation and number of people under treatment.</param>
    /// <param name="control">The same under control.</param>
    /// <param name="measure">The difference wanted.</param>
    /// <param name="labelColumns">The columns that name a study, joined by a space; empty numbers them by row.</param>
    /// <exception cref="InputException">A column is missing, or a study's numbers are out of their domain.</exception>
    public static StudyEffects ReadSummaries(
        Dataset data,
        (string Mean, string StandardDeviation, string Size) treatment,
        (string Mean, string StandardDeviation, string Size) control,
        StudyMeasure.SummaryMeasure measure,
        IReadOnlyList<string> labelColumns)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(labelColumns);
        var rows = StudyRows.Of(
            data,
            [treatment.Mean, treatment.StandardDeviation, treatment.Size, control.Mean, control.StandardDeviation, control.Size],
            labelColumns);
        return Collect(rows, measure, i =>
        {
            var effect = measure.Of(Arm(rows, i, 0), Arm(rows, i, 3));
            return effect.IsUsable ? effect : throw rows.Refuse(
                i,
                null,
                $"Study \"{rows.Labels[i]}\" has zero variance: both standard deviations are 0.",
                "Correct the standard deviations, or leave the study out.");
        });
    }

    /// <summary>Reads effects with their sampling variances or standard errors.</summary>
    /// <param name="data">The table.</param>
    /// <param name="estimate">The column of the effects, on the analysis scale (logarithms of ratios).</param>
    /// <param name="spread">The column of sampling variances, or of standard errors.</param>
    /// <param name="spreadIsStandardError">Whether <paramref name="spread"/> holds standard errors, which are squared.</param>
    /// <param name="measure">What the effects measure.</param>
    /// <param name="labelColumns">The columns that name a study, joined by a space; empty numbers them by row.</param>
    /// <exception cref="InputException">A column is missing, or a variance is not above 0.</exception>
    public static StudyEffects ReadEffects(
        Dataset data, string estimate, string spread, bool spreadIsStandardError, StudyMeasure measure, IReadOnlyList<string> labelColumns)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(labelColumns);
        var rows = StudyRows.Of(data, [estimate, spread], labelColumns);
        var noun = spreadIsStandardError ? "standard error" : "variance";
        return Collect(rows, measure, i =>
        {
            double y = rows.Value(i, 0), given = rows.Value(i, 1);
            var v = spreadIsStandardError ? given * given : given;
            if (double.IsInfinity(y))
            {
                throw rows.Refuse(i, 0, $"Study \"{rows.Labels[i]}\" has an infinite effect.", "Leave the study out, or give its counts.");
            }

            if (given < 0 || !new Effect(y, v).IsUsable)
            {
                var what = given < 0 ? FormattableString.Invariant($"the negative {noun} {given}")
                    : given == 0 ? $"a {noun} of 0"
                    : FormattableString.Invariant($"the {noun} {given}");
                throw rows.Refuse(
                    i,
                    1,
                    $"Study \"{rows.Labels[i]}\" has {what}; it has to be a number above 0.",
                    "A study with no sampling error would outweigh all others. Correct it, or leave the study out.");
            }

            return new Effect(y, v);
        });
    }

    private static ArmSummary Arm(StudyRows rows, int study, int first)
    {
        var arm = new ArmSummary(rows.Value(study, first), rows.Value(study, first + 1), rows.Value(study, first + 2));
        if (!double.IsFinite(arm.Mean))
        {
            throw rows.Refuse(study, first, $"Study \"{rows.Labels[study]}\" has an infinite mean.", null);
        }

        if (arm.StandardDeviation < 0 || !double.IsFinite(arm.StandardDeviation))
        {
            throw rows.Refuse(study, first + 1, FormattableString.Invariant(
                $"Study \"{rows.Labels[study]}\" has the standard deviation {arm.StandardDeviation}; it has to be 0 or more."), null);
        }

        return arm.Size >= 2 && double.IsFinite(arm.Size) ? arm : throw rows.Refuse(
            study,
            first + 2,
            FormattableString.Invariant($"Study \"{rows.Labels[study]}\" has {arm.Size} people in an arm; at least 2 are needed."),
            "The columns are mean, standard deviation and number of people, in that order.");
    }

    private static StudyEffects Collect(StudyRows rows, StudyMeasure measure, Func<int, Effect> effect)
    {
        var effects = Enumerable.Range(0, rows.Count).Select(effect).ToArray();
        return new StudyEffects(rows.Labels, [.. effects.Select(e => e.Estimate)], [.. effects.Select(e => e.Variance)], measure)
        {
            Dropped = rows.Dropped,
            Rows = rows.Rows,
            Notes = rows.Notes,
        };
    }
}
