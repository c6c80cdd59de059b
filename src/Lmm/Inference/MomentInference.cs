using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Inference;

/// <summary>Tests whose degrees of freedom match the first two moments of each contrast's variance.</summary>
/// <remarks>Several contrasts: Fai and Cornelius (1996), by the eigenvectors of LCLᵀ.</remarks>
internal abstract class MomentInference : LmmInference
{
    private protected MomentInference(LmmFit fit, double[] covariance)
        : base(fit, covariance)
    {
    }

    /// <inheritdoc/>
    public override WaldTest Test(IReadOnlyList<Contrast> contrasts)
    {
        var (q, p) = (contrasts.Count, Fit.Coefficients.Length);
        var covariance = new double[q * q];
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                covariance[(i * q) + j] = Dense.BilinearForm(Covariance[..(p * p)], contrasts[i].Weights, contrasts[j].Weights);
            }
        }

        var values = new double[q];
        var vectors = new double[q * q];
        SymmetricEigen.Decompose(covariance, q, values, vectors);
        var (sum, expectation, rank) = (0.0, 0.0, 0);
        var direction = new double[p];
        for (var k = 0; k < q; k++)
        {
            if (values[k] <= Fit.Options.Tolerances.ContrastRank * values.Max())
            {
                continue;
            }

            Array.Clear(direction);
            for (var i = 0; i < q; i++)
            {
                for (var j = 0; j < p; j++)
                {
                    direction[j] += vectors[(k * q) + i] * contrasts[i].Weights[j];
                }
            }

            var estimate = Dense.Dot(direction, Fit.Coefficients);
            var degrees = DegreesOfFreedom(direction);
            sum += estimate * estimate / values[k];
            expectation += double.IsPositiveInfinity(degrees) ? 1 : degrees > 2 ? degrees / (degrees - 2) : double.PositiveInfinity;
            rank++;
        }

        var only = rank == 1 ? DegreesOfFreedom(direction) : 0;
        var denominator = rank == 1 ? only
            : double.IsPositiveInfinity(expectation) ? 2
            : expectation > rank ? 2 * expectation / (expectation - rank)
            : double.PositiveInfinity;
        return Fisher(sum / rank, rank, denominator);
    }
}
