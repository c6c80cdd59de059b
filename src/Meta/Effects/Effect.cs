namespace MarginalConditional.Meta.Effects;

/// <summary>A study's estimate and its sampling variance, on the analysis scale (logarithm of a ratio, or a difference).</summary>
/// <param name="Estimate">y.</param>
/// <param name="Variance">v, taken as known; positive in a study that can be combined.</param>
public readonly record struct Effect(double Estimate, double Variance)
{
    /// <summary>Whether the study can be combined: a finite estimate with a finite variance above zero.</summary>
    public bool IsUsable => double.IsFinite(Estimate) && double.IsFinite(Variance) && Variance > 0;
}
