using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Inference;

public abstract partial class GeeDegreesOfFreedom
{
    /// <summary>
    /// Satterthwaite's approximation of Fay and Graubard (2001, section 2.3), with their weighted estimate of the clusters' variances.
    /// </summary>
    /// <remarks>
    /// The corrected variance of lᵀβ̂ is approximately the quadratic form uᵀB₁u in the stacked scores, with u_i of covariance Ψ_i; then
    /// ν = tr(ΨB₁)² / tr(ΨB₁ΨB₁). Ψ_i = (w_i/Σw) ΣH_jU_jU_jᵀH_j with w_i = lᵀ[(M − A_i)⁻¹ − M⁻¹]l. All traces reduce to p×p products,
    /// so the cost is linear in the number of clusters.
    /// </remarks>
    public static GeeDegreesOfFreedom Satterthwaite { get; } = new SatterthwaiteReference();

    private sealed class SatterthwaiteReference() : GeeDegreesOfFreedom("satterthwaite")
    {
        internal override bool ReadsInformations => true;

        internal override double? ForContrast(GeeFit fit, ReadOnlySpan<double> informations, ReadOnlySpan<double> contrast)
        {
            var p = contrast.Length;
            var clusters = fit.Frame.Clusters.Count;
            var direction = new double[p];
            Dense.Multiply(fit.Bread, contrast, direction);
            var shares = Shares(fit, informations, contrast, direction);
            var meat = CorrectedMeat(fit, informations);
            var total = 0.0;
            foreach (var share in shares)
            {
                total += share;
            }

            // With c_i = H_iM⁻¹l and b_i = M⁻¹A_ic_i: g_iᵀΨg_k = [i = k]
            // c_iᵀΨ_ic_i − w_i c_iᵀS b_k − w_k b_iᵀS c_k + b_iᵀS b_k, S the meat.
            var left = new double[clusters * 2 * p];
            var traceOfForm = 0.0;
            var mixed = 0.0;
            Span<double> c = new double[p];
            Span<double> b = new double[p];
            Span<double> product = new double[p];
            for (var i = 0; i < clusters; i++)
            {
                CancellationScope.Check();
                var information = informations.Slice(i * p * p, p * p);
                direction.CopyTo(c);
                GeeVariance.Adjust(fit.Bread, information, c);
                Dense.Multiply(information, c, product);
                Dense.Multiply(fit.Bread, product, b);
                var weight = shares[i] / total;
                Dense.Multiply(meat, c, product);
                var own = weight * Dense.Dot(c, product);
                var cross = weight * Dense.Dot(b, product);
                Dense.Multiply(meat, b, product);
                var low = Dense.Dot(b, product) - (2 * cross);
                traceOfForm += own + low;
                mixed += (own * own) + (2 * own * low);
                b.CopyTo(left.AsSpan(i * 2 * p));
                Dense.AddScaled(weight, c, left.AsSpan((i * 2 * p) + p, p));
            }

            var squares = mixed + LowRankNorm(left, meat, p);
            return squares > 0 && clusters > 1 ? traceOfForm * traceOfForm / squares : double.NaN;
        }

        private static double[] Shares(
            GeeFit fit, ReadOnlySpan<double> informations, ReadOnlySpan<double> contrast, ReadOnlySpan<double> direction)
        {
            var p = contrast.Length;
            var shares = new double[fit.Frame.Clusters.Count];
            var remaining = new double[p * p];
            var solution = new double[p];
            for (var i = 0; i < shares.Length; i++)
            {
                var own = informations.Slice(i * p * p, p * p);
                for (var j = 0; j < remaining.Length; j++)
                {
                    remaining[j] = fit.Information[j] - own[j];
                }

                contrast.CopyTo(solution);
                shares[i] = double.NaN;
                if (Cholesky.TryFactor(remaining, p, out _))
                {
                    Cholesky.Solve(remaining, p, solution);
                    shares[i] = Dense.Dot(contrast, solution) - Dense.Dot(contrast, direction);
                }
            }

            return shares;
        }

        private static double[] CorrectedMeat(GeeFit fit, ReadOnlySpan<double> informations)
        {
            var p = fit.Coefficients.Length;
            var scores = fit.ClusterScores.ToArray();
            for (var i = 0; i < fit.Frame.Clusters.Count; i++)
            {
                CancellationScope.Check();
                GeeVariance.Adjust(fit.Bread, informations.Slice(i * p * p, p * p), scores.AsSpan(i * p, p));
            }

            return Sandwich.Meat(scores, p);
        }

        /// <summary>The squared Frobenius norm of PJPᵀ, P = [b, wc] (K×2p) and J = [[S, −S], [−S, 0]].</summary>
        private static double LowRankNorm(ReadOnlySpan<double> left, ReadOnlySpan<double> meat, int p)
        {
            var q = 2 * p;
            var gram = Sandwich.Meat(left, q);
            var middle = new double[q * q];
            for (var j = 0; j < p; j++)
            {
                for (var k = 0; k < p; k++)
                {
                    middle[(j * q) + k] = meat[(j * p) + k];
                    middle[(j * q) + p + k] = -meat[(j * p) + k];
                    middle[((p + j) * q) + k] = -meat[(j * p) + k];
                }
            }

            var product = new double[q * q];
            Dense.Multiply(middle, gram, q, q, q, product);
            var norm = 0.0;
            for (var j = 0; j < q; j++)
            {
                for (var k = 0; k < q; k++)
                {
                    norm += product[(j * q) + k] * product[(k * q) + j];
                }
            }

            return norm;
        }
    }
}
