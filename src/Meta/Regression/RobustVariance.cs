using MarginalConditional.Meta.Pooling;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Meta.Regression;

/// <summary>
/// The variance of the coefficients that holds whatever the correlation of effects within clusters (CR2), with Satterthwaite's degrees of
/// freedom.
/// </summary>
/// <remarks>
/// Tipton (2015); Pustejovsky and Tipton (2018): residuals of a cluster are multiplied by A = L(Lᵀ(V − XMXᵀ)L)^(−½)Lᵀ with V = LLᵀ the
/// working covariance and M = (XᵀV⁻¹X)⁻¹, the form of clubSandwich, so that the variance is unbiased where V is right. Numbers in the
/// scaled units and orthonormal columns of <see cref="ScaledStudies"/>.
/// </remarks>
internal sealed class RobustVariance
{
    private readonly double[] covariance;
    private readonly double[] bread;
    private readonly (double[] Own, double[] Shared)[] parts;
    private readonly int columns;

    private RobustVariance(double[] covariance, double[] bread, (double[] Own, double[] Shared)[] parts, int columns)
    {
        this.covariance = covariance;
        this.bread = bread;
        this.parts = parts;
        this.columns = columns;
    }

    /// <summary>The number of clusters.</summary>
    public int Clusters => parts.Length;

    /// <summary>The variance of the coefficients, p×p.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>Computes the variance.</summary>
    /// <param name="studies">Effects and columns.</param>
    /// <param name="clusters">The working covariance by cluster.</param>
    /// <param name="regression">The fit at that covariance.</param>
    /// <param name="tolerances">Which directions the coefficients determine.</param>
    public static RobustVariance Of(
        ScaledStudies studies, IReadOnlyList<EffectBlock> clusters, BlockRegression regression, MetaTolerances tolerances)
    {
        var p = studies.Columns;
        var covariance = new double[p * p];
        var parts = new (double[] Own, double[] Shared)[clusters.Count];
        for (var c = 0; c < parts.Length; c++)
        {
            var n = clusters[c].Rows.Count;
            double[] x = new double[n * p], residuals = new double[n], influence = new double[p];
            for (var i = 0; i < n; i++)
            {
                studies.Basis!.Row(clusters[c].Rows[i], x.AsSpan(i * p, p));
                residuals[i] = regression.Residuals[clusters[c].Rows[i]];
            }

            var s = Multipliers(clusters[c].Covariance, x, regression.Covariance, (n, p), tolerances.DeterminedDirection);
            Dense.TransposeMultiply(s, residuals, n, p, 1, influence);
            Dense.RankOneUpdate(1, influence, influence, covariance);
            parts[c] = Products(clusters[c].Covariance, x, s, n, p);
        }

        return new RobustVariance(covariance, regression.Covariance.ToArray(), parts, p);
    }

    /// <summary>Satterthwaite's degrees of freedom of a contrast's variance under the working covariance.</summary>
    /// <param name="contrast">c, of the coefficients on the orthonormal columns, p.</param>
    public double DegreesOfFreedom(ReadOnlySpan<double> contrast)
    {
        var gram = Gram(contrast, contrast);
        var (trace, squares) = (0.0, 0.0);
        for (var i = 0; i < Clusters; i++)
        {
            trace += gram[(i * Clusters) + i];
        }

        foreach (var entry in gram)
        {
            squares += entry * entry;
        }

        return squares > 0 ? trace * trace / squares : double.NaN;
    }

    /// <summary>
    /// The joint test that contrasts are zero, by Hotelling's T² with degrees of freedom matched to the variance's spread.
    /// </summary>
    /// <remarks>
    /// Pustejovsky and Tipton (2018), section 4.2: with the contrasts made independent under the working covariance, η =
    /// q(q + 1)/Σ var d_st, and F = (η − q + 1)/(ηq) Q on q and η − q + 1.
    /// </remarks>
    /// <param name="contrasts">q contrasts of the coefficients on the orthonormal columns.</param>
    /// <param name="values">Their estimates, q.</param>
    public WaldTest Joint(IReadOnlyList<double[]> contrasts, ReadOnlySpan<double> values)
    {
        var q = contrasts.Count;
        double[] expected = new double[q * q], robust = new double[q * q], own = values.ToArray();
        for (var s = 0; s < q; s++)
        {
            for (var t = 0; t < q; t++)
            {
                expected[(s * q) + t] = Dense.BilinearForm(bread, contrasts[s], contrasts[t]);
                robust[(s * q) + t] = Dense.BilinearForm(covariance, contrasts[s], contrasts[t]);
            }
        }

        if (!Cholesky.TryFactor(robust, q, out _) || !Cholesky.TryFactor(expected, q, out _))
        {
            return new WaldTest(double.NaN, q, double.NaN, double.NaN);
        }

        Cholesky.SolveLower(robust, q, own);
        var form = Dense.Dot(own, own);
        var eta = q * (q + 1) / Spread(Independent(contrasts, expected));
        var denominator = eta - q + 1;
        var statistic = denominator / (eta * q) * form;
        return new WaldTest(
            statistic, q, denominator, denominator > 0 ? FisherDistribution.UpperTail(statistic, q, denominator) : double.NaN);
    }

    /// <summary>Σ var d_st over the elements of the contrasts' variance.</summary>
    private double Spread(double[][] contrasts)
    {
        var q = contrasts.Length;
        var grams = new double[q, q][];
        for (var s = 0; s < q; s++)
        {
            for (var t = 0; t < q; t++)
            {
                grams[s, t] = Gram(contrasts[s], contrasts[t]);
            }
        }

        var sum = 0.0;
        for (var s = 0; s < q; s++)
        {
            for (var t = 0; t < q; t++)
            {
                for (var i = 0; i < Clusters; i++)
                {
                    for (var j = 0; j < Clusters; j++)
                    {
                        var at = (i * Clusters) + j;
                        sum += (grams[s, s][at] * grams[t, t][at]) + (grams[s, t][at] * grams[t, s][at]);
                    }
                }
            }
        }

        return sum;
    }

    /// <summary>Contrasts combined so that their variance under the working covariance is the identity.</summary>
    private static double[][] Independent(IReadOnlyList<double[]> contrasts, double[] factor)
    {
        var (q, p) = (contrasts.Count, contrasts[0].Length);
        double[][] result = [.. contrasts.Select(contrast => (double[])contrast.Clone())];
        for (var s = 0; s < q; s++)
        {
            for (var t = 0; t < s; t++)
            {
                Dense.AddScaled(-factor[(s * q) + t], result[t], result[s]);
            }

            for (var j = 0; j < p; j++)
            {
                result[s][j] /= factor[(s * q) + s];
            }
        }

        return result;
    }

    /// <summary>cov(aᵀb_i, cᵀb_j) over clusters i and j: δ aᵀSᵀVSc − (E_i a)ᵀM(E_j c).</summary>
    private double[] Gram(ReadOnlySpan<double> a, ReadOnlySpan<double> c)
    {
        var gram = new double[Clusters * Clusters];
        double[][] left = new double[Clusters][], right = new double[Clusters][];
        for (var i = 0; i < Clusters; i++)
        {
            (left[i], right[i]) = (new double[columns], new double[columns]);
            Dense.Multiply(parts[i].Shared, a, left[i]);
            Dense.Multiply(parts[i].Shared, c, right[i]);
        }

        for (var i = 0; i < Clusters; i++)
        {
            for (var j = 0; j < Clusters; j++)
            {
                gram[(i * Clusters) + j] = -Dense.BilinearForm(bread, left[i], right[j]);
            }

            gram[(i * Clusters) + i] += Dense.BilinearForm(parts[i].Own, a, c);
        }

        return gram;
    }

    /// <summary>S = AV⁻¹XM, n×p: what the residuals of a cluster are multiplied by.</summary>
    private static double[] Multipliers(
        ReadOnlySpan<double> working, double[] x, ReadOnlySpan<double> bread, (int Rows, int Columns) size, double determined)
    {
        var (n, p) = size;
        var factor = working.ToArray();
        Cholesky.TryFactor(factor, n, out _, Cholesky.Definite);
        Dense.ClearUpper(factor, n);
        double[] xm = new double[n * p], rest = working.ToArray(), fitted = new double[n * n], half = new double[n * n];
        Dense.Multiply(x, bread, n, p, p, xm);
        Dense.MultiplyTranspose(xm, x, n, p, n, fitted);
        Dense.AddScaled(-1, fitted, rest);
        var middle = new double[n * n];
        Dense.Multiply(rest, factor, n, n, n, half);
        Dense.TransposeMultiply(factor, half, n, n, n, middle);
        Dense.Symmetrize(middle, n);
        double[] values = new double[n], vectors = new double[n * n], root = new double[n * n];
        SymmetricEigen.Decompose(middle, n, values, vectors);
        var most = values[^1];
        for (var i = 0; i < n; i++)
        {
            values[i] = values[i] > determined * most ? 1 / Math.Sqrt(values[i]) : 0;
        }

        SymmetricEigen.Compose(values, vectors, n, root);

        // A V⁻¹ X M = L root Lᵀ L⁻ᵀ L⁻¹ X M = L root L⁻¹ X M.
        double[] solved = new double[n * p], turned = new double[n * p], result = new double[n * p], column = new double[n];
        for (var j = 0; j < p; j++)
        {
            for (var i = 0; i < n; i++)
            {
                column[i] = xm[(i * p) + j];
            }

            Cholesky.SolveLower(factor, n, column);
            for (var i = 0; i < n; i++)
            {
                solved[(i * p) + j] = column[i];
            }
        }

        Dense.Multiply(root, solved, n, n, p, turned);
        Dense.Multiply(factor, turned, n, n, p, result);
        return result;
    }

    /// <summary>SᵀVS and XᵀS, p×p.</summary>
    private static (double[] Own, double[] Shared) Products(ReadOnlySpan<double> working, double[] x, double[] s, int n, int p)
    {
        double[] half = new double[n * p], own = new double[p * p], shared = new double[p * p];
        Dense.Multiply(working, s, n, n, p, half);
        Dense.TransposeMultiply(s, half, n, p, p, own);
        Dense.TransposeMultiply(x, s, n, p, p, shared);
        return (own, shared);
    }
}
