using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>
/// The true values of a trial like one that was fitted: integrals over the random effects, averaged exactly over the data's rows, each as
/// often as it is expected in a trial. Immutable.
/// </summary>
internal sealed class LikeTruth
{
    private readonly (string Estimand, double Value, string Label)[] values;

    /// <summary>Finds them.</summary>
    /// <param name="likeness">The fit.</param>
    /// <param name="beta">The coefficients in force, p values.</param>
    /// <param name="treatment">The treatment's column.</param>
    /// <param name="effect">The column of the coefficient of interest.</param>
    /// <param name="shares">How often each row of the data is expected, n values.</param>
    public LikeTruth(TrialLikeness likeness, double[] beta, int treatment, int effect, double[] shares)
    {
        var known = new List<(string Estimand, double Value, string Label)>();
        var isNominal = likeness.RowOutcomes?.IsNominal(effect) == true;
        if ((likeness.IsConditional || likeness.Link == Link.Identity || likeness.IsGivenCovariatesAlone) && !isNominal)
        {
            known.Add((StudyTarget.Conditional.Name, beta[effect], "T1"));
        }

        (double Value, string Label) limit = likeness.IsConditional || likeness.RowOutcomes?.HasNominal == true
            ? (Limit(likeness, beta, shares)[effect], "T3, working independence")
            : (beta[effect], likeness.Ordinal is null ? "T2 = T3" : "T3");
        known.Add((StudyTarget.Marginal.Name, limit.Value, limit.Label));
        known.Add((StudyTarget.MarginalGivenCovariates.Name, limit.Value, limit.Label));
        if (effect != treatment || IsModified(likeness, treatment))
        {
            values = [.. known];
            return;
        }

        if (likeness.Ordinal is null)
        {
            known.AddRange(Standardized(likeness, beta, treatment, shares));
        }
        else if (Probabilities(likeness, beta, treatment, shares) is var (control, treated))
        {
            known.Add((StudyTarget.WinProbability.Name, StudyTarget.Win(control, treated), "T2"));
            known.Add((StudyTarget.MeanScoreDifference.Name, StudyTarget.Score(treated) - StudyTarget.Score(control), "T2"));
        }

        values = [.. known];
    }

    /// <summary>The value of an estimand and its kind; null where it is not known.</summary>
    public (double Value, string Label)? Of(string estimand) =>
        Array.Find(values, truth => truth.Estimand == estimand) is ({ }, var value, var label) ? (value, label) : null;

    /// <summary>What GEE with working independence tends to as clusters are added.</summary>
    private static double[] Limit(TrialLikeness likeness, double[] beta, double[] shares)
    {
        var (frame, means) = (likeness.Frame, likeness.Means(beta));
        var above = likeness.Ordinal is null ? [] : likeness.Above(beta);
        var rows = new LimitRow[frame.Rows];
        for (var row = 0; row < rows.Length; row++)
        {
            var columns = new double[beta.Length];
            for (var j = 0; j < columns.Length; j++)
            {
                columns[j] = frame.Design.Column(j)[row];
            }

            rows[row] = new LimitRow(columns, means[row], shares[row] * frame.WeightTimesTrials(row))
            {
                Offset = frame.Offset.IsEmpty ? 0 : frame.Offset[row],
                Above = above.Length == 0 ? [] : above[row],
            };
        }

        if (likeness.Ordinal is { } outcome)
        {
            var solved = OrdinalLimit.Solve(rows, outcome.Link, outcome.Thresholds, beta.AsSpan(1));
            return solved.Length == 0
                ? [.. beta.Select(_ => double.NaN)]
                : [0, .. solved.AsSpan(outcome.Thresholds.Length)];
        }

        return IndependenceLimit.Solve(rows, likeness.NearPopulation(beta), likeness.Family, likeness.Link);
    }

    /// <summary>The means with everybody treated against everybody a control: the unconditional rungs on every scale.</summary>
    private static IEnumerable<(string Estimand, double Value, string Label)> Standardized(
        TrialLikeness likeness, double[] beta, int treatment, double[] shares)
    {
        var (low, high) = Arms(likeness, treatment);
        var (treated, control) = (likeness.Means(beta, treatment, high), likeness.Means(beta, treatment, low));
        var (first, second, difference, total) = (0.0, 0.0, 0.0, 0.0);
        for (var row = 0; row < shares.Length; row++)
        {
            var share = shares[row] * likeness.Frame.WeightTimesTrials(row);
            (first, second) = (first + (share * control[row]), second + (share * treated[row]));
            difference += share * (treated[row] - control[row]);
            total += share;
        }

        yield return (StudyTarget.RiskDifference.Name, difference / total, "T2");
        foreach (var measure in ScaleNames.Measures(likeness.Family, [first / total, second / total]))
        {
            var value = measure == EffectMeasure.Difference ? difference / total : measure.Value(first / total, second / total);
            foreach (var rung in new[] { 2, 3 })
            {
                yield return (StudyTarget.Rung(rung, ClusterWeighting.Participant, measure).Name, value, "T2");
            }
        }
    }

    /// <summary>The two values of the treatment's column.</summary>
    private static (double Low, double High) Arms(TrialLikeness likeness, int treatment)
    {
        var column = likeness.Frame.Design.Column(treatment);
        var (low, high) = (column[0], column[column.IndexOfAnyExcept(column[0])]);
        return (Math.Min(low, high), Math.Max(low, high));
    }

    /// <summary>
    /// The probabilities of the categories with everybody a control and everybody treated; null where thresholds would cross.
    /// </summary>
    private static (double[] Control, double[] Treated)? Probabilities(
        TrialLikeness likeness, double[] beta, int treatment, double[] shares)
    {
        var (low, high) = Arms(likeness, treatment);
        return Average(low) is { } control && Average(high) is { } treated ? (control, treated) : null;

        double[]? Average(double value)
        {
            var above = likeness.Above(beta, treatment, value);
            if (above.Length == 0)
            {
                return null;
            }

            double[] means =
            [
                1,
                .. Enumerable.Range(0, above[0].Length).Select(k =>
                    shares.Select((share, row) => share * above[row][k]).Sum() / shares.Sum()),
                0,
            ];
            return [.. means.Skip(1).Select((next, k) => means[k] - next)];
        }
    }

    /// <summary>Whether other columns of the fixed effects move with the treatment.</summary>
    private static bool IsModified(TrialLikeness likeness, int treatment)
    {
        var design = likeness.Frame.Design;
        return Enumerable.Range(0, design.Columns).Any(column => column != treatment
            && (design.Terms[column] == design.Terms[treatment]
                || design.Terms[column].Split(':').Contains(design.Terms[treatment], StringComparer.Ordinal)));
    }
}
