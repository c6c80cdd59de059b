namespace MarginalConditional.Lmm.Profiles;

/// <summary>The likelihood with one standard deviation held, everything else at its best.</summary>
internal abstract class DeviationProfile
{
    /// <summary>The estimate.</summary>
    public double Estimate { get; protected init; }

    /// <summary>The signed root of the likelihood ratio at a value of the standard deviation.</summary>
    public abstract double Root(double value);
}
