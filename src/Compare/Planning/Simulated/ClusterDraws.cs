using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>Draws clusters of a planned trial whose effect is settled. Immutable, so that threads share it.</summary>
internal abstract class ClusterDraws
{
    /// <summary>One cluster's size and the sum of its outcomes, from a stream at its beginning.</summary>
    /// <param name="stream">The cluster's own.</param>
    /// <param name="treated">Whether it is treated.</param>
    public abstract (double Size, double Sum) Next(RandomStream stream, bool treated);
}
