using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Compare.Standardization;

/// <summary>The averages of a trial under every setting, and what each cluster does to them. Immutable.</summary>
internal sealed class StandardizedAverages : ClusterEstimates
{
    /// <summary>Computes the averages and what each cluster does to them.</summary>
    /// <param name="sums">The sums that they are made of.</param>
    /// <param name="errors">One of the four kinds for clusters.</param>
    /// <param name="parameterChanges">ψ̂ − ψ₍ᵢ₎, K×m by rows; for plain influences ψ_c.</param>
    /// <param name="threads">0 for all processors; the bits do not depend on it.</param>
    public StandardizedAverages(AverageSums sums, StandardizedErrors errors, ReadOnlyMemory<double> parameterChanges, int threads)
        : base(sums, errors, parameterChanges, threads) =>
        Layout = sums.Layout;

    /// <summary>Where each average stands.</summary>
    public AverageLayout Layout { get; }
}
