using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Inference;

/// <summary>
/// The matrices of Kenward and Roger (1997), section 2, summed over independent clusters, in the coding of the working rows.
/// </summary>
internal sealed partial class KenwardRogerMoments
{
    private readonly int p;
    private readonly int count;
    private readonly int skip;
    private readonly int width;
    private readonly double[] phi;
    private readonly double[] root;

    private KenwardRogerMoments(LinearMixedLikelihood likelihood, int count)
    {
        var rows = likelihood.Data.Rows;
        p = rows.FixedEffects;
        skip = rows.RandomEffects;
        width = rows.Width;
        this.count = count;
        phi = likelihood.Root.Inverse.ToArray();
        foreach (ref var value in phi.AsSpan())
        {
            value *= likelihood.Scale;
        }

        root = (double[])phi.Clone();
        Cholesky.TryFactor(root, p, out _, Cholesky.Definite);
        Dense.ClearUpper(root, p);
        First = new double[count][];
        for (var k = 0; k < count; k++)
        {
            First[k] = new double[p * p];
        }

        Information = new double[count * count];
        Weights = new double[count * count];
        Bias = new double[p * p];
    }

    /// <summary>P_k = −XᵀV⁻¹V_kV⁻¹X.</summary>
    public double[][] First { get; }

    /// <summary>W, the inverse of the information of the covariance parameters.</summary>
    public double[] Weights { get; private set; }

    /// <summary>Σ W_kl (Q_kl − P_kΦP_l − R_kl/4).</summary>
    public double[] Bias { get; }

    /// <summary>Φ in the working coding.</summary>
    public ReadOnlySpan<double> Phi => phi;

    private double[] Information { get; }

    /// <summary>Sums over a fit's clusters.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="information">Which information W is the inverse of.</param>
    /// <returns>Null when the information is singular: the covariance parameters are not all identified.</returns>
    public static KenwardRogerMoments? TryCompute(LmmFit fit, CovarianceInformation information)
    {
        var likelihood = fit.OpenSpread();
        if (fit.Data is { Residual: null, Hierarchy.Levels.Count: > 0 })
        {
            return TryCompute(fit, information, likelihood, VarianceSweep.Of(likelihood));
        }

        var covariance = new MarginalCovariance(fit);
        var moments = new KenwardRogerMoments(likelihood, covariance.Parameters);
        foreach (var unit in covariance.Units())
        {
            moments.AddInformation(unit);
        }

        if (!moments.Invert())
        {
            return null;
        }

        moments.Weights = information.Weights(fit, moments.Weights);

        foreach (var unit in covariance.Units())
        {
            moments.AddBias(unit);
        }

        moments.SubtractProducts();
        return moments;
    }

    private static KenwardRogerMoments? TryCompute(
        LmmFit fit,
        CovarianceInformation information,
        LinearMixedLikelihood likelihood,
        VarianceMoments sums)
    {
        var (p, count) = (sums.Width, sums.Parameters);
        var moments = new KenwardRogerMoments(likelihood, count);
        for (var a = 0; a < count; a++)
        {
            Dense.AddScaled(-1, sums.First[a], moments.First[a]);
            for (var b = 0; b <= a; b++)
            {
                moments.Add(a, b, sums.Traces[(a * count) + b] - (2 * Dense.Dot(moments.phi, sums.Second[a][b])));
            }
        }

        if (!moments.Invert())
        {
            return null;
        }

        moments.Weights = information.Weights(fit, moments.Weights);

        // Q_ba is the transpose of Q_ab.
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                for (var i = 0; i < p * p; i++)
                {
                    moments.Bias[i] +=
                        moments.Weights[(a * count) + b] * (sums.Second[a][b][i] + (a == b ? 0 : sums.Second[a][b][(i % p * p) + (i / p)]));
                }
            }
        }

        moments.SubtractProducts();
        return moments;
    }

    private void SubtractProducts()
    {
        var half = new double[p * p];
        var product = new double[p * p];
        for (var a = 0; a < count; a++)
        {
            Dense.Multiply(First[a], phi, p, p, p, half);
            for (var b = 0; b < count; b++)
            {
                Dense.Multiply(half, First[b], p, p, p, product);
                Dense.AddScaled(-Weights[(a * count) + b], product, Bias);
            }
        }
    }

    private bool Invert()
    {
        var scaled = new double[count][];
        for (var a = 0; a < count; a++)
        {
            var half = new double[p * p];
            scaled[a] = new double[p * p];
            Dense.Multiply(First[a], root, p, p, p, half);
            Dense.TransposeMultiply(root, half, p, p, p, scaled[a]);
        }

        var matrix = new double[count * count];
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                matrix[(a * count) + b] = 0.5 * (Information[(a * count) + b] + Dense.Dot(scaled[a], scaled[b]));
            }
        }

        var scale = new double[count];
        for (var a = 0; a < count; a++)
        {
            scale[a] = Math.Sqrt(matrix[(a * count) + a]);
        }

        for (var i = 0; i < count * count; i++)
        {
            matrix[i] /= scale[i / count] * scale[i % count];
        }

        if (!Cholesky.TryFactor(matrix, count, out _))
        {
            return false;
        }

        var inverted = new double[count * count];
        Cholesky.InvertFactor(matrix, count, inverted);
        Cholesky.InverseFromInvertedFactor(inverted, count, Weights);
        for (var i = 0; i < count * count; i++)
        {
            Weights[i] /= scale[i / count] * scale[i % count];
        }

        return true;
    }

    private void Add(int a, int b, double value)
    {
        Information[(a * count) + b] += value;
        if (a != b)
        {
            Information[(b * count) + a] += value;
        }
    }
}
