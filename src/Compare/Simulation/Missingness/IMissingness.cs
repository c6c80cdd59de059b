using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Missingness;

/// <summary>Which rows of a drawn trial are seen. Implement it for a mechanism of your own.</summary>
/// <remarks>One instance serves all threads at once and keeps nothing between calls.</remarks>
public interface IMissingness
{
    /// <summary>As a study file writes it.</summary>
    string Name { get; }

    /// <summary>Decides row by row what is seen.</summary>
    /// <param name="complete">The whole trial, outcomes included.</param>
    /// <param name="stream">The replicate's stream, after all outcomes were drawn.</param>
    /// <param name="seen">Receives n values.</param>
    void Observe(ModelFrame complete, RandomStream stream, Span<bool> seen);
}
