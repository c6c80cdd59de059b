using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Stacking;

namespace MarginalConditional.Gee.Correlation;

/// <summary>What a correlation kernel knows of the data: the frame, the weights in use, and the conventions.</summary>
/// <param name="Frame">The rows, sorted by cluster and wave.</param>
/// <param name="PairWeights">The factor of each Pearson residual in products of pairs, n values, or empty when all are 1.</param>
/// <param name="Convention">How sums of products become correlations.</param>
/// <param name="Tolerances">What counts as positive definite, and the margin of repairs.</param>
internal sealed record CorrelationInput(ModelFrame Frame, double[] PairWeights, MomentConvention Convention, GeeTolerances Tolerances)
{
    /// <summary>The association of ordered outcomes by local odds ratios; null for other structures.</summary>
    public LocalOddsRatios? LocalOdds { get; init; }

    /// <summary>p.</summary>
    public int Coefficients => Frame.Design.Columns;

    /// <summary>What the pair of rows j and k adds to its divisor.</summary>
    public double PairDivisor(int j, int k) =>
        PairWeights.Length == 0 ? 1 : Convention.PairDivisor(PairWeights[j], PairWeights[k]);
}
