using MarginalConditional.Data;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Inference;

/// <summary>
/// Kenward and Roger's (1997) scaled F with their degrees of freedom and the covariance adjusted for estimated variances.
/// </summary>
internal sealed class KenwardRogerInference : LmmInference
{
    private readonly double[] unadjusted;
    private readonly double[][] derivatives;
    private readonly double[] weights;

    private KenwardRogerInference(
        LmmFit fit,
        CovarianceInformation information,
        double[] adjusted,
        double[][] derivatives,
        double[] weights)
        : base(fit, adjusted)
    {
        Information = information;
        unadjusted = fit.Covariance.ToArray();
        this.derivatives = derivatives;
        this.weights = weights;
    }

    /// <inheritdoc/>
    public override CovarianceInformation Information { get; }

    /// <summary>Computes what all contrasts share.</summary>
    public static KenwardRogerInference Create(LmmFit fit, CovarianceInformation information)
    {
        if (!fit.Options.Restricted)
        {
            throw new InputException("Kenward and Roger's method needs a fit by restricted maximum likelihood.")
            {
                Hint = "Leave out --ml, or use --df satterthwaite.",
            };
        }

        var moments = KenwardRogerMoments.TryCompute(fit, information)
            ?? throw new InputException(
                "Kenward and Roger's method needs covariance parameters that the data identify; here their information is singular.")
            {
                Hint = "Use a simpler covariance, or --df satterthwaite.",
            };
        var rows = fit.Data.Rows;
        var p = rows.FixedEffects;
        var phi = moments.Phi.ToArray();
        var half = new double[p * p];
        var correction = new double[p * p];
        Dense.Multiply(phi, moments.Bias, p, p, p, half);
        Dense.Multiply(half, phi, p, p, p, correction);
        Dense.Symmetrize(correction, p);
        var working = new double[p * p];
        for (var i = 0; i < p * p; i++)
        {
            working[i] = phi[i] + (2 * correction[i]);
        }

        var adjusted = new double[p * p];
        rows.CovarianceToOriginal(working, adjusted);

        // −ΦP_kΦ is the derivative of Φ by parameter k.
        var byParameter = new double[moments.First.Length][];
        for (var k = 0; k < byParameter.Length; k++)
        {
            byParameter[k] = new double[p * p];
            Dense.Multiply(phi, moments.First[k], p, p, p, half);
            Dense.Multiply(half, phi, p, p, p, working);
            Dense.Symmetrize(working, p);
            rows.CovarianceToOriginal(working, byParameter[k]);
        }

        return new KenwardRogerInference(fit, information, adjusted, byParameter, moments.Weights);
    }

    /// <inheritdoc/>
    public override double DegreesOfFreedom(ReadOnlySpan<double> contrast) => Scaled([new Contrast("", contrast)]).Denominator;

    /// <inheritdoc/>
    public override WaldTest Test(IReadOnlyList<Contrast> contrasts)
    {
        var (scale, denominator, rank) = Scaled(contrasts);
        var wald = WaldTest.Joint(contrasts, Fit.Coefficients, Covariance, denominator);
        return Fisher(scale * wald.Statistic, rank, denominator);
    }

    /// <summary>λ and m of F ≈ λ Wald/q ~ F(q, m); equations (8) to (11) and section 4 of the paper.</summary>
    private (double Scale, double Denominator, int Rank) Scaled(IReadOnlyList<Contrast> contrasts)
    {
        var (q, count) = (contrasts.Count, derivatives.Length);
        var variance = Restrict(unadjusted, contrasts);
        var inverse = new double[q * q];
        if (!Cholesky.TryInvert(variance, q, new double[q * q], inverse))
        {
            return (1, double.NaN, q);
        }

        // M_k = (LΦLᵀ)⁻¹ L ΦP_kΦ Lᵀ.
        var products = new double[count][];
        var traces = new double[count];
        for (var k = 0; k < count; k++)
        {
            products[k] = new double[q * q];
            Dense.Multiply(inverse, Restrict(derivatives[k], contrasts), q, q, q, products[k]);
            for (var i = 0; i < q; i++)
            {
                traces[k] += products[k][(i * q) + i];
            }
        }

        var (a1, a2) = (0.0, 0.0);
        for (var k = 0; k < count; k++)
        {
            for (var l = 0; l < count; l++)
            {
                var trace = 0.0;
                for (var i = 0; i < q; i++)
                {
                    for (var j = 0; j < q; j++)
                    {
                        trace += products[k][(i * q) + j] * products[l][(j * q) + i];
                    }
                }

                a1 += weights[(k * count) + l] * traces[k] * traces[l];
                a2 += weights[(k * count) + l] * trace;
            }
        }

        var b = (a1 + (6 * a2)) / (2 * q);
        var g = (((q + 1) * a1) - ((q + 4) * a2)) / ((q + 2) * a2);
        var common = (3 * q) + (2 * (1 - g));
        var (c1, c2, c3) = (g / common, (q - g) / common, (q + 2 - g) / common);
        var expectation = 1 / (1 - (a2 / q));
        var spread = 2.0 / q * (1 + (c1 * b)) / ((1 - (c2 * b)) * (1 - (c2 * b)) * (1 - (c3 * b)));
        var rho = spread / (2 * expectation * expectation);
        var denominator = 4 + ((q + 2) / ((q * rho) - 1));
        return (denominator / (expectation * (denominator - 2)), denominator, q);
    }

    private static double[] Restrict(double[] matrix, IReadOnlyList<Contrast> contrasts)
    {
        var q = contrasts.Count;
        var result = new double[q * q];
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                result[(i * q) + j] = Dense.BilinearForm(matrix, contrasts[i].Weights, contrasts[j].Weights);
            }
        }

        return result;
    }
}
