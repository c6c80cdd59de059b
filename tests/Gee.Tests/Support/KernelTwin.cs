using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Support;

/// <summary>The slow twin of every correlation kernel: pairs counted one by one, R inverted as a dense matrix.</summary>
internal static class KernelTwin
{
    /// <summary>What a kernel gets of some clusters with gaps and, on request, weights.</summary>
    public static CorrelationInput Input(int seed, MomentConvention moments, bool weighted = false) =>
        Input(ClusteredSample.Create(seed, Family.Gaussian, weighted: weighted, clusters: 14), moments);

    /// <summary>What a kernel gets of individuals who are seen in every period.</summary>
    public static CorrelationInput Complete(int seed, MomentConvention moments, bool weighted = false) =>
        Input(ClusteredSample.CreateComplete(seed, Family.Gaussian, weighted, clusters: 9), moments);

    /// <summary>(Wx)ᵀ(Wy) = xᵀR⁻¹y over the rows of any run of clusters.</summary>
    /// <param name="kernel">The kernel; its α is replaced.</param>
    /// <param name="frame">The rows.</param>
    /// <param name="alpha">An admissible α.</param>
    /// <param name="correlation">The correlation of two different rows of a cluster.</param>
    public static void Whitens(CorrelationKernel kernel, ModelFrame frame, double[] alpha, Func<int, int, double> correlation)
    {
        alpha.CopyTo(kernel.Alpha, 0);
        Assert.Null(kernel.Prepare());
        var random = new Sequence(5);
        var clusters = frame.Clusters;
        foreach (var (first, end) in new[] { (0, clusters.Count), (0, 1), (clusters.Count / 2, clusters.Count - 1) })
        {
            var (start, rows) = (clusters.Start(first), clusters.Offsets[end] - clusters.Start(first));
            double[] x = [.. Enumerable.Range(0, rows).Select(_ => random.Normal())];
            double[] y = [.. Enumerable.Range(0, rows).Select(_ => random.Normal())];
            var expected = 0.0;
            for (var i = first; i < end; i++)
            {
                var (from, size) = (clusters.Start(i), clusters.Size(i));
                var inverse = Matrices.Inverse(Matrix(from, size, correlation));
                for (var j = 0; j < size; j++)
                {
                    for (var k = 0; k < size; k++)
                    {
                        expected += x[from - start + j] * inverse[j, k] * y[from - start + k];
                    }
                }
            }

            kernel.Whiten(first, end, x);
            kernel.Whiten(first, end, y);
            Assert.Equal(expected, x.Zip(y, (one, other) => one * other).Sum(), 1e-9 * (1 + Math.Abs(expected)));
        }
    }

    /// <summary>
    /// α_k is the sum of products of the pairs of kind k over φ and their divisor, whichever blocks the products were added in.
    /// </summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="input">What it was made of.</param>
    /// <param name="kindOf">The parameter of a pair of rows; −1 for none.</param>
    public static void Estimates(CorrelationKernel kernel, CorrelationInput input, Func<int, int, int> kindOf)
    {
        const double Scale = 1.7;
        var (products, divisors, residuals) = Pairs(input, kernel.Alpha.Length, kindOf);
        var sums = Add(kernel, input.Frame, residuals);
        var alpha = new double[kernel.Alpha.Length];
        kernel.Estimate(sums, Scale, alpha);
        for (var k = 0; k < alpha.Length; k++)
        {
            var divisor = input.Convention == MomentConvention.LiangZeger ? divisors[k] - input.Coefficients : divisors[k];
            Assert.Equal(divisors[k] == 0 ? 0 : divisor > 0 ? products[k] / Scale / divisor : double.NaN, alpha[k], 1e-11);
        }
    }

    /// <summary>Sums of products and of divisors by kind of pair, and the residuals they are of.</summary>
    public static (double[] Products, double[] Divisors, double[] Residuals) Pairs(
        CorrelationInput input,
        int kinds,
        Func<int, int, int> kindOf)
    {
        var random = new Sequence(9);
        var clusters = input.Frame.Clusters;
        double[] residuals = [.. Enumerable.Range(0, input.Frame.Rows).Select(_ => random.Normal())];
        var (products, divisors) = (new double[kinds], new double[kinds]);
        for (var i = 0; i < clusters.Count; i++)
        {
            for (var j = clusters.Start(i); j < clusters.Start(i) + clusters.Size(i); j++)
            {
                for (var k = clusters.Start(i); k < j; k++)
                {
                    if (kindOf(k, j) is var kind && kind >= 0)
                    {
                        products[kind] += residuals[j] * residuals[k];
                        divisors[kind] += input.Convention == MomentConvention.LiangZeger
                            ? 1
                            : Weight(input.Frame, j) * Weight(input.Frame, k);
                    }
                }
            }
        }

        return (products, divisors, residuals);
    }

    /// <summary>The kernel's sums, added in two blocks.</summary>
    public static double[] Add(CorrelationKernel kernel, ModelFrame frame, double[] residuals)
    {
        var sums = new double[kernel.Moments];
        var half = frame.Clusters.Count / 2;
        kernel.AddMoments(0, half, residuals.AsSpan(0, frame.Clusters.Start(half)), sums);
        kernel.AddMoments(half, frame.Clusters.Count, residuals.AsSpan(frame.Clusters.Start(half)), sums);
        return sums;
    }

    /// <summary>R of one cluster.</summary>
    public static double[,] Matrix(int start, int size, Func<int, int, double> correlation)
    {
        var matrix = Matrices.Identity(size);
        for (var j = 0; j < size; j++)
        {
            for (var k = 0; k < j; k++)
            {
                matrix[j, k] = matrix[k, j] = correlation(start + k, start + j);
            }
        }

        return matrix;
    }

    private static double Weight(ModelFrame frame, int row) => frame.Weights.IsEmpty ? 1 : frame.Weights[row];

    private static CorrelationInput Input(ClusteredSample sample, MomentConvention moments) =>
        new GeeData(sample.Frame, sample.Options(WorkingCorrelation.Independence, moments)).CorrelationInput;
}
