using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Equations;

/// <summary>What the deletion of one cluster does to β̂, to first order: (M − A_i)⁻¹U_i.</summary>
/// <remarks>
/// With S the whitened columns of a cluster and e its whitened residuals, N = φM = LLᵀ, this is N⁻¹Sᵀ(I − SN⁻¹Sᵀ)⁻¹e by the push-through
/// identity: n_i×n_i equations with Z = L⁻¹Sᵀ, where the cluster has fewer rows than there are coefficients, else p×p ones.
/// </remarks>
/// <param name="data">The rows.</param>
/// <param name="kernel">The working correlation, prepared.</param>
/// <param name="information">M, p×p.</param>
/// <param name="scale">φ.</param>
internal sealed class ClusterDeletions(GeeData data, CorrelationKernel kernel, ReadOnlyMemory<double> information, double scale)
{
    private readonly int p = data.Coefficients;

    /// <summary>β̂ less the one-step estimate without cluster i, K×p by rows. NaN where M − A_i is singular.</summary>
    /// <param name="beta">β̂, p values.</param>
    /// <param name="threads">The number of threads; 0 means all processors.</param>
    public double[] Changes(double[] beta, int threads)
    {
        var clusters = data.Frame.Clusters;
        var changes = new double[clusters.Count * p];
        var factor = new double[p * p];
        SpanMath.Multiply(information.Span, scale, factor);
        if (!Cholesky.TryFactor(factor, p, out _))
        {
            Array.Fill(changes, double.NaN);
            return changes;
        }

        var evaluator = new BlockEvaluator(data);
        data.Chunks.Run(threads, chunk =>
        {
            var end = data.Chunks.End(chunk);
            using var buffers = evaluator.CreateScratch(data.Chunks.Start(chunk), end);
            var own = new Scratch(p);
            for (int first = data.Chunks.Start(chunk), next; first < end; first = next)
            {
                next = evaluator.BlockEnd(first, end);
                evaluator.Evaluate(kernel, first, next, beta, buffers, moments: null, []);
                var (origin, rows) = (clusters.Start(first), clusters.Offsets[next] - clusters.Start(first));
                for (var i = first; i < next; i++)
                {
                    var (from, size) = (clusters.Start(i) - origin, clusters.Size(i));
                    var change = changes.AsSpan(i * p, p);
                    if (!(size < p ? BySmallEquations(buffers, rows, from, size, factor, own, change)
                        : ByCoefficients(buffers, rows, from, size, own, change)))
                    {
                        change.Fill(double.NaN);
                    }
                }
            }
        });
        return changes;
    }

    private bool BySmallEquations(BlockScratch buffers, int rows, int from, int size, double[] factor, Scratch own, Span<double> change)
    {
        // Row r of Z is the cluster's row r, solved.
        var solved = own.Solved.AsSpan(0, size * p);
        var equations = own.Square.AsSpan(0, size * size);
        var residual = own.Row.AsSpan(0, size);
        for (var j = 0; j < p; j++)
        {
            var column = buffers.Column(j, rows).Slice(from, size);
            for (var r = 0; r < size; r++)
            {
                solved[(r * p) + j] = column[r];
            }
        }

        for (var r = 0; r < size; r++)
        {
            Cholesky.SolveLower(factor, p, solved.Slice(r * p, p));
            for (var q = 0; q <= r; q++)
            {
                var product = SpanMath.Dot(solved.Slice(r * p, p), solved.Slice(q * p, p));
                equations[(r * size) + q] = (r == q ? 1 : 0) - product;
            }
        }

        if (!Cholesky.TryFactor(equations, size, out _))
        {
            return false;
        }

        buffers.Column(p, rows).Slice(from, size).CopyTo(residual);
        Cholesky.Solve(equations, size, residual);
        change.Clear();
        for (var r = 0; r < size; r++)
        {
            SpanMath.MultiplyAdd(solved.Slice(r * p, p), residual[r], change, change);
        }

        Cholesky.SolveLowerTransposed(factor, p, change);
        return true;
    }

    private bool ByCoefficients(BlockScratch buffers, int rows, int from, int size, Scratch own, Span<double> change)
    {
        var remaining = own.Square.AsSpan(0, p * p);
        ReadOnlySpan<double> residual = buffers.Column(p, rows).Slice(from, size);
        for (var j = 0; j < p; j++)
        {
            ReadOnlySpan<double> column = buffers.Column(j, rows).Slice(from, size);
            change[j] = SpanMath.Dot(column, residual) / scale;
            for (var k = 0; k <= j; k++)
            {
                var product = SpanMath.Dot(column, buffers.Column(k, rows).Slice(from, size)) / scale;
                remaining[(j * p) + k] = information.Span[(j * p) + k] - product;
            }
        }

        if (!Cholesky.TryFactor(remaining, p, out _))
        {
            return false;
        }

        Cholesky.Solve(remaining, p, change);
        return true;
    }

    private sealed class Scratch(int p)
    {
        public double[] Solved { get; } = new double[p * p];

        public double[] Square { get; } = new double[p * p];

        public double[] Row { get; } = new double[p];
    }
}
