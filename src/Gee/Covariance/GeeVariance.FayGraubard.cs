using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Covariance;

public abstract partial class GeeVariance
{
    /// <summary>The correction of Fay and Graubard (2001), with their bound of 0.75 on the diagonal of the leverage.</summary>
    public static GeeVariance FayGraubard { get; } = new FayGraubardVariance();

    private sealed class FayGraubardVariance() : GeeVariance("fay-graubard")
    {
        internal override bool ReadsInformations => true;

        internal override double[] Compute(GeeFit fit, ReadOnlySpan<double> informations) =>
            Sandwich.Meat(Influences(fit, informations), fit.Coefficients.Length);

        internal override double[] Influences(GeeFit fit, ReadOnlySpan<double> informations)
        {
            var p = fit.Coefficients.Length;
            var adjusted = fit.ClusterScores.ToArray();
            for (var i = 0; i < fit.Frame.Clusters.Count; i++)
            {
                CancellationScope.Check();
                Adjust(fit.Bread, informations.Slice(i * p * p, p * p), adjusted.AsSpan(i * p, p));
            }

            return Sandwich.Influences(fit.Bread, adjusted);
        }
    }

    /// <summary>The largest share of the information that a cluster is taken to hold in Fay and Graubard's correction.</summary>
    internal const double FayGraubardBound = 0.75;

    /// <summary>H_iU_i with Fay and Graubard's diagonal H_i.</summary>
    /// <param name="bread">M⁻¹, p×p.</param>
    /// <param name="own">A_i, p×p.</param>
    /// <param name="score">U_i, p values; replaced.</param>
    internal static void Adjust(ReadOnlySpan<double> bread, ReadOnlySpan<double> own, Span<double> score)
    {
        var p = score.Length;
        for (var j = 0; j < p; j++)
        {
            // Bread is symmetric, so its row j is its column j.
            var share = Dense.Dot(own.Slice(j * p, p), bread.Slice(j * p, p));
            score[j] /= Math.Sqrt(1 - Math.Min(FayGraubardBound, share));
        }
    }
}
