using MarginalConditional.Data;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Meta.Tables;

/// <summary>The fit of one common effect that comes from tables, beside the studies' own effects for display.</summary>
internal static class CommonEffect
{
    /// <summary>Makes the fit.</summary>
    /// <param name="method">How tables are combined.</param>
    /// <param name="studies">The informative studies' own effects, corrected for zeros, for display and for Q.</param>
    /// <param name="notes">What the reader has to know.</param>
    /// <param name="weights">Their shares of the common effect.</param>
    /// <param name="common">The common effect and its variance.</param>
    /// <param name="options">The level.</param>
    /// <param name="tests">The tests over tables, if there are any.</param>
    /// <exception cref="InputException">Fewer than two studies are informative, or the common effect is not finite.</exception>
    public static MetaAnalysisFit Of(
        TableMethod method,
        StudyEffects studies,
        IReadOnlyList<string> notes,
        double[] weights,
        (double Estimate, double Variance) common,
        MetaAnalysisOptions options,
        StratifiedTests? tests)
    {
        var k = studies.Count;
        if (k < 2)
        {
            throw new InputException($"{k} {(k == 1 ? "study has" : "studies have")} an event and a non-event, and at least two are needed "
                + "to combine.");
        }

        if (!new Effect(common.Estimate, common.Variance).IsUsable)
        {
            throw new InputException($"The common {studies.Measure.Name} by {method.Name} is 0 or infinite: an arm has no event in any "
                + "study, or no non-event.")
            {
                Hint = "Say --measure RD for a difference, which is defined.",
            };
        }

        double q = 0, sum = 0, squares = 0;
        for (var i = 0; i < k; i++)
        {
            var distance = studies.Estimates[i] - common.Estimate;
            q += distance * distance / studies.Variances[i];
            sum += 1 / studies.Variances[i];
            squares += 1 / (studies.Variances[i] * studies.Variances[i]);
        }

        var row = Coefficient.Wald("effect", common.Estimate, Math.Sqrt(common.Variance), null, options.Level);
        var interval = new Interval(row.Lower, row.Upper);
        var shrunken = weights.Select(weight => new StudyShrinkage(0, common.Estimate, row.StandardError, interval, weight)).ToArray();
        var doubtful = k > 1 && MetaAnalysis.UpperTail(q, k - 1) < options.Tolerances.Heterogeneity;
        return new MetaAnalysisFit(studies, options, shrunken)
        {
            TableMethod = method,
            StratifiedTests = tests,
            Estimate = row.Estimate,
            StandardError = row.StandardError,
            Statistic = row.Statistic,
            DegreesOfFreedom = null,
            PValue = row.PValue,
            ConfidenceInterval = interval,
            PredictionInterval = interval,
            Tau2 = 0,
            Tau2Interval = null,
            Q = q,
            QPValue = q > 0 ? MetaAnalysis.UpperTail(q, k - 1) : 1,
            I2 = q > 0 ? Math.Max(0, 100 * (q - (k - 1)) / q) : 0,
            H2 = q / (k - 1),
            TypicalVariance = (k - 1) * sum / ((sum * sum) - squares),
            Convergence = new Convergence(ConvergenceStatus.Converged, 1, 0, 0, string.Empty),
            Warnings =
            [
                .. notes,
                .. doubtful
                    ? new[]
                    {
                        "One common effect is assumed, yet the studies differ by more than their sampling errors explain: the interval is "
                            + "too narrow for a mean over studies. --method REML lets effects differ.",
                    }
                    : [],
            ],
        };
    }
}
