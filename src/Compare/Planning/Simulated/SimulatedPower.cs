namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>The power of a test in drawn trials. Immutable.</summary>
/// <param name="Clusters">The number of clusters.</param>
/// <param name="Factor">What the effect was multiplied by.</param>
/// <param name="Rejected">Trials that reject.</param>
/// <param name="Total">Trials whose test could be made.</param>
/// <param name="Failed">Trials whose test could not: they are no "non-rejections".</param>
/// <param name="Lower">The lower end of an interval that holds at every look.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="Side">1 when the interval lies above the power wanted, −1 when it lies below, else 0.</param>
public sealed record SimulatedPower(
    int Clusters, double Factor, int Rejected, int Total, int Failed, double Lower, double Upper, int Side)
{
    /// <summary>The proportion that rejects; not a number when no test could be made.</summary>
    public double Estimate => Total == 0 ? double.NaN : (double)Rejected / Total;

    /// <summary>The Monte Carlo standard error of <see cref="Estimate"/>.</summary>
    public double Error => Math.Sqrt(Estimate * (1 - Estimate) / Total);
}
