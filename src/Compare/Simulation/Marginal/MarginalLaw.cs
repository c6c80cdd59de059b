using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Marginal;

/// <summary>The prepared joint law of one cluster's outcomes. Immutable: any number of threads may draw from it.</summary>
internal abstract class MarginalLaw
{
    /// <summary>The number of rows.</summary>
    public abstract int Size { get; }

    /// <summary>Draws one cluster: one uniform number a row, in the order of the rows.</summary>
    /// <param name="stream">Where the numbers come from.</param>
    /// <param name="scratch">As many as rows.</param>
    /// <param name="outcomes">Receives the outcomes.</param>
    public abstract void Draw(RandomStream stream, Span<double> scratch, Span<double> outcomes);
}
