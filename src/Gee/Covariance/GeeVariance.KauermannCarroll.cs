using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Covariance;

public abstract partial class GeeVariance
{
    /// <summary>The correction of Kauermann and Carroll (2001), unbiased when the working correlation is right.</summary>
    /// <remarks>With M = LLᵀ and L⁻¹A_iL⁻ᵀ = QΛQᵀ, U_i becomes LQ(I − Λ)^−½QᵀL⁻¹U_i; H_ii has the eigenvalues Λ, besides zeros.</remarks>
    public static GeeVariance KauermannCarroll { get; } = new KauermannCarrollVariance();

    private sealed class KauermannCarrollVariance() : GeeVariance("kauermann-carroll")
    {
        internal override bool ReadsInformations => true;

        internal override double[] Compute(GeeFit fit, ReadOnlySpan<double> informations) =>
            Sandwich.Meat(Influences(fit, informations), fit.Coefficients.Length);

        internal override double[] Influences(GeeFit fit, ReadOnlySpan<double> informations)
        {
            var p = fit.Coefficients.Length;
            var adjusted = fit.ClusterScores.ToArray();
            var factor = fit.Information.ToArray();
            if (!Cholesky.TryFactor(factor, p, out _))
            {
                Array.Fill(adjusted, double.NaN);
                return adjusted;
            }

            // The sandwich L⁻ᵀ(ΣZ_iZ_iᵀ)L⁻¹ needs only Z_i = Q(I − Λ)^−½QᵀL⁻¹U_i.
            var leverage = new double[p * p];
            var vectors = new double[p * p];
            var values = new double[p];
            Span<double> rotated = new double[p];
            for (var i = 0; i < fit.Frame.Clusters.Count; i++)
            {
                CancellationScope.Check();
                informations.Slice(i * p * p, p * p).CopyTo(leverage);
                Whiten(factor, p, leverage);
                SymmetricEigen.Decompose(leverage, p, values, vectors);
                var score = adjusted.AsSpan(i * p, p);
                Cholesky.SolveLower(factor, p, score);
                Dense.Multiply(vectors, score, rotated);
                for (var j = 0; j < p; j++)
                {
                    rotated[j] /= Math.Sqrt(1 - values[j]);
                }

                Dense.MultiplyTransposed(vectors, rotated, score);
                Cholesky.SolveLowerTransposed(factor, p, score);
            }

            return adjusted;
        }

        /// <summary>A ← L⁻¹AL⁻ᵀ for a symmetric A.</summary>
        private static void Whiten(ReadOnlySpan<double> factor, int p, Span<double> matrix)
        {
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < p; j++)
                {
                    Cholesky.SolveLower(factor, p, matrix.Slice(j * p, p));
                }

                for (var j = 0; j < p; j++)
                {
                    for (var k = 0; k < j; k++)
                    {
                        (matrix[(j * p) + k], matrix[(k * p) + j]) = (matrix[(k * p) + j], matrix[(j * p) + k]);
                    }
                }
            }

            Dense.Symmetrize(matrix, p);
        }
    }
}
