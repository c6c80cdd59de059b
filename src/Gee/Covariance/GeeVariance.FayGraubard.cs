using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Covariance;

public abstract partial class GeeVariance
{
    /// <summary>The correction of Fay and Graubard (2001), with their bound of 0.75 on the diagonal of the leverage.</summary>
    public static GeeVariance FayGraubard { get; } = new FayGraubardVariance();

    private sealed class FayGraubardVariance() : GeeVariance("fay-graubard")
    {
        internal override double[] Compute(GeeFit fit) => Sandwich.Meat(Influences(fit), fit.Coefficients.Length);

        internal override double[] Influences(GeeFit fit)
        {
            var p = fit.Coefficients.Length;
            var adjusted = fit.ClusterScores.ToArray();
            for (var i = 0; i < fit.Frame.Clusters.Count; i++)
            {
                Adjust(fit, i, adjusted.AsSpan(i * p, p));
            }

            return Sandwich.Influences(fit.Bread, adjusted);
        }
    }

    /// <summary>The largest share of the information that a cluster is taken to hold in Fay and Graubard's correction.</summary>
    internal const double FayGraubardBound = 0.75;

    /// <summary>H_iU_i with Fay and Graubard's diagonal H_i.</summary>
    internal static void Adjust(GeeFit fit, int cluster, Span<double> score)
    {
        var p = score.Length;
        var own = fit.ClusterInformations.Slice(cluster * p * p, p * p);
        for (var j = 0; j < p; j++)
        {
            // Bread is symmetric, so its row j is its column j.
            var share = Dense.Dot(own.Slice(j * p, p), fit.Bread.Slice(j * p, p));
            score[j] /= Math.Sqrt(1 - Math.Min(FayGraubardBound, share));
        }
    }
}
