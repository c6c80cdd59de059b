using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Laws;

/// <summary>Whether two answers of an estimator agree as a law says.</summary>
internal static class Agreement
{
    /// <summary>An estimate that is shown as 0, in standard errors.</summary>
    private const double Rounded = 1e-12;

    /// <summary>The estimate of a trial that laws may be about; null with a reason where there is none.</summary>
    public static EffectEstimate? Answer(ITrialEstimator estimator, TrialData trial, LawTolerances tolerances, out string reason)
    {
        var estimate = estimator.Estimate(trial);
        var link = trial.Model.EffectiveLink;
        reason = !estimate.IsUsable ? "no usable estimate"
            : link != Link.Identity && Math.Max(Math.Abs(estimate.Value), estimate.StandardError) > tolerances.LargestEffect
                ? "the estimate is infinite, or nearly so"
            : estimate.StandardError < tolerances.LeastError * Math.Max(Math.Abs(estimate.Value), Unit(trial)) ? "the fit is perfect"
            : string.Empty;
        return reason.Length == 0 ? estimate : null;
    }

    /// <summary>That the changed trial has the estimate that follows from the one of the first.</summary>
    /// <param name="estimator">The estimator.</param>
    /// <param name="trial">The first trial.</param>
    /// <param name="changed">The changed one.</param>
    /// <param name="change">What was done, in words.</param>
    /// <param name="follows">The value that follows, and what the standard error is multiplied by; NaN where nothing is said of it.</param>
    /// <param name="tolerances">The thresholds.</param>
    public static LawOutcome Follows(
        ITrialEstimator estimator,
        TrialData trial,
        TrialData changed,
        string change,
        Func<double, (double Value, double ErrorFactor)> follows,
        LawTolerances tolerances)
    {
        if (Answer(estimator, trial, tolerances, out var reason) is not { } before)
        {
            return LawOutcome.Unanswered(reason);
        }

        if (Answer(estimator, changed, tolerances, out reason) is not { } after)
        {
            return LawOutcome.Unanswered($"{change}: {reason}");
        }

        var (value, factor) = follows(before.Value);
        var error = factor * before.StandardError;
        var unit = estimator.Traits.Tolerance;
        var near = Math.Abs(after.Value - value)
            <= (tolerances.Estimate * unit * after.StandardError) + (tolerances.Rounding * Math.Abs(value));
        var alike = double.IsNaN(error) || Math.Abs(Math.Log(after.StandardError / error)) <= tolerances.StandardError * unit;
        return near && alike
            ? LawOutcome.Holds
            : LawOutcome.Broken(Words(value, error), Words(after.Value, after.StandardError), change, changed);
    }

    /// <summary>That both trials have the same estimate.</summary>
    public static LawOutcome Same(ITrialEstimator estimator, TrialData trial, TrialData changed, string change, LawTolerances tolerances) =>
        Follows(estimator, trial, changed, change, value => (value, 1), tolerances);

    /// <summary>That two vectors of coefficients agree, with their standard errors.</summary>
    /// <param name="estimator">Whose they are.</param>
    /// <param name="expected">What the law expects.</param>
    /// <param name="found">What the estimator gave.</param>
    /// <param name="change">What was done, in words.</param>
    /// <param name="changed">The trial after that; null for the same one.</param>
    /// <param name="tolerances">The thresholds.</param>
    public static LawOutcome Same(
        ITrialEstimator estimator,
        CoefficientEstimates expected,
        CoefficientEstimates found,
        string change,
        TrialData? changed,
        LawTolerances tolerances)
    {
        var unit = estimator.Traits.Tolerance;
        for (var j = 0; j < expected.Values.Length; j++)
        {
            var (b, s) = (expected.Values[j], expected.StandardError(j));
            if (!IsFinite(expected, j, tolerances) || !IsFinite(found, j, tolerances))
            {
                return LawOutcome.Unanswered("a coefficient is infinite, or nearly so, or its fit is perfect");
            }

            if (Math.Abs(found.Values[j] - b) > (tolerances.Estimate * unit * s) + (tolerances.Rounding * Math.Abs(b))
                || Math.Abs(Math.Log(found.StandardError(j) / s)) > tolerances.StandardError * unit)
            {
                return LawOutcome.Broken(
                    FormattableString.Invariant($"coefficient {j + 1} of {Words(b, s)}"),
                    Words(found.Values[j], found.StandardError(j)),
                    change,
                    changed);
            }
        }

        return LawOutcome.Holds;
    }

    /// <summary>An estimate in words.</summary>
    public static string Words(double value, double error) => double.IsNaN(error)
        ? FormattableString.Invariant($"estimate {value:G9}")
        : FormattableString.Invariant($"estimate {(Math.Abs(value) < Rounded * error ? 0 : value):G9}, standard error {error:G9}");

    /// <summary>Whether a coefficient and its standard error are such that laws can be about them.</summary>
    private static bool IsFinite(CoefficientEstimates estimates, int j, LawTolerances tolerances)
    {
        var (b, s) = (Math.Abs(estimates.Values[j]), estimates.StandardError(j));
        return estimates.IsUsable && double.IsFinite(b) && double.IsFinite(s) && s > tolerances.LeastError * b;
    }

    /// <summary>The size of outcomes where the effect is on their scale: a standard error that is nothing beside it is rounding.</summary>
    private static double Unit(TrialData trial)
    {
        if (trial.Model.EffectiveLink != Link.Identity)
        {
            return 1;
        }

        var largest = 0.0;
        foreach (var value in trial.Outcome)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
