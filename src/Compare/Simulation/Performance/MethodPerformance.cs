using System.Diagnostics.CodeAnalysis;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Simulation.Performance;

/// <summary>
/// How one method did in one scenario of a study. Its relative precision is against the first method with the same estimand,
/// over replicates usable for both.
/// </summary>
public sealed record MethodPerformance : EstimatePerformance
{
    /// <summary>Adds to the measures what they are of.</summary>
    [SetsRequiredMembers]
    internal MethodPerformance(EstimatePerformance measures, string method, IEstimand target, string truthLabel)
        : base(measures)
    {
        Method = method;
        Target = target;
        TruthLabel = truthLabel;
    }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>What it is held to.</summary>
    public IEstimand Target { get; }

    /// <summary>The kind of truth: T1, T2 or T3.</summary>
    public string TruthLabel { get; }
}
