using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>How many rows a cluster has. Implement it for a law of your own.</summary>
/// <remarks>One instance serves all threads at once and keeps nothing between calls.</remarks>
public interface ISizeLaw
{
    /// <summary>As a study file writes it.</summary>
    string Name { get; }

    /// <summary>The size when all clusters have the same; else null.</summary>
    int? Fixed { get; }

    /// <summary>The mean size, before clusters of size 0 become size 1.</summary>
    double Mean { get; }

    /// <summary>Draws one cluster's size, 1 or more.</summary>
    int Draw(RandomStream stream);

    /// <summary>
    /// The probabilities of the sizes 1, 2, …, for averages over clusters or over participants; an empty list when they are not known.
    /// </summary>
    IReadOnlyList<double> Probabilities() => Fixed is { } size ? [.. Enumerable.Repeat(0.0, size - 1), 1] : [];
}
