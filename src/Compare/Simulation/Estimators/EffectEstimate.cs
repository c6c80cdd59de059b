using System.Runtime.InteropServices;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>What one method says about one replicate.</summary>
/// <param name="Value">The estimate of its estimand; not a number when there is none.</param>
/// <param name="StandardError">Its standard error; not a number when there is none.</param>
/// <param name="DegreesOfFreedom">Of the t reference; infinite for the normal.</param>
/// <param name="Outcome">How the fit ended.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EffectEstimate(double Value, double StandardError, double DegreesOfFreedom, EstimateOutcome Outcome)
{
    /// <summary>A fit that gave nothing to use.</summary>
    public static EffectEstimate Failed { get; } = new(double.NaN, double.NaN, double.PositiveInfinity, EstimateOutcome.Failed);

    /// <summary>
    /// Whether the estimate enters the performance measures: converged, with a finite value and a positive, finite standard error.
    /// </summary>
    public bool IsUsable =>
        Outcome is EstimateOutcome.Converged or EstimateOutcome.Warned
        && double.IsFinite(Value) && double.IsFinite(StandardError) && StandardError > 0;

    /// <summary>The estimate's interval of a level in (0, 1).</summary>
    public (double Lower, double Upper) Interval(double level)
    {
        var half = Coefficient.CriticalValue(level, double.IsPositiveInfinity(DegreesOfFreedom) ? null : DegreesOfFreedom) * StandardError;
        return (Value - half, Value + half);
    }

    /// <summary>How many standard errors the estimate lies from a value, whichever side.</summary>
    public double DistanceFrom(double value) => Math.Abs(Value - value) / StandardError;

    /// <summary>An estimate whose outcome says failed unless it can be used.</summary>
    /// <param name="value">The estimate.</param>
    /// <param name="standardError">Its standard error.</param>
    /// <param name="degreesOfFreedom">Null for the normal.</param>
    /// <param name="converged">Whether the fit converged.</param>
    /// <param name="warned">Whether the fit had something to warn about.</param>
    public static EffectEstimate Of(double value, double standardError, double? degreesOfFreedom, bool converged, bool warned)
    {
        var estimate = new EffectEstimate(
            value, standardError, degreesOfFreedom ?? double.PositiveInfinity, warned ? EstimateOutcome.Warned : EstimateOutcome.Converged);
        return converged && estimate.IsUsable ? estimate : estimate with { Outcome = EstimateOutcome.Failed };
    }
}
