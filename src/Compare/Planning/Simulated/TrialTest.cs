namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>The statistic by which a drawn trial is tested. Immutable, so that threads share it.</summary>
internal abstract class TrialTest
{
    /// <summary>The estimate over its standard error; not a number where there is none.</summary>
    /// <param name="sizes">Sizes of the clusters, K.</param>
    /// <param name="sums">Sums of their outcomes, K.</param>
    /// <param name="treated">Which are treated, K.</param>
    public abstract double Statistic(double[] sizes, double[] sums, bool[] treated);
}
