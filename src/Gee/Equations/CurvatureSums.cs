using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Equations;

/// <summary>
/// Sums over the rows of what the estimating equations' curvature in β does: the slope of the information, and the bias of the solution.
/// </summary>
/// <remarks>
/// <para>
/// With B = diag(√w μ′/√v), e = √w (y − μ)/√v and W the factor of R⁻¹, φM = XᵀB WᵀW B X and φU = XᵀB WᵀW e. In the direction of the
/// linear predictor z the derivative of B is diag(q z) B and that of the roots of the precisions diag(s z), with q = μ″/μ′ − ½ v′μ′/v and
/// s = −½ v′μ′/v. All whitening is by columns, so any structure will do; a matrix costs p² columns.
/// </para>
/// <para>φ cancels from everything here: it is left out of M and U.</para>
/// </remarks>
/// <param name="data">The rows.</param>
/// <param name="kernel">The working correlation, prepared whenever a sum is asked for.</param>
/// <param name="threads">The number of threads; 0 means all processors.</param>
internal sealed class CurvatureSums(GeeData data, CorrelationKernel kernel, int threads)
{
    private const int MostOnStack = 64;

    private readonly int p = data.Coefficients;
    private readonly BlockEvaluator evaluator = new(data);
    private readonly double[] partial = new double[data.Coefficients * data.Chunks.Count];

    /// <summary>½ Σ_jk A_jk ∂(φM)_jk/∂β_u for each u, p values; with A = (φM)⁻¹ this is the gradient of ½ log|M|.</summary>
    /// <param name="beta">β, p values.</param>
    /// <param name="matrix">A, p×p, symmetric.</param>
    public double[] InformationSlope(double[] beta, double[] matrix) => Sum((first, next, buffers, other, sums) =>
    {
        var rows = Evaluate(first, next, beta, buffers);
        var turn = other.Mean(rows);
        Turns(buffers, rows, turn, other.Variance(rows));
        for (var a = 0; a < p; a++)
        {
            var column = other.Column(a, rows);
            column.Clear();
            for (var k = 0; k < p; k++)
            {
                SpanMath.MultiplyAdd(buffers.Column(k, rows), matrix[(a * p) + k], column, column);
            }

            kernel.Whiten(first, next, column);
        }

        var product = other.Predictor(rows);
        for (var u = 0; u < p; u++)
        {
            for (var a = 0; a <= u; a++)
            {
                SpanMath.Multiply(turn, data.Frame.Design.Column(u).Slice(data.Frame.Clusters.Start(first), rows), product);
                SpanMath.Multiply(product, buffers.Column(a, rows), product);
                kernel.Whiten(first, next, product);
                sums[u] += SpanMath.Dot(product, other.Column(a, rows));
                sums[a] += a == u ? 0 : SpanMath.Dot(product, other.Column(u, rows));
            }
        }
    });

    /// <summary>What the mean of φU is at β̂ + M⁻¹U beside 0, to first order, p values: (φM)⁻¹ times it is the bias of β̂.</summary>
    /// <remarks>
    /// Σ_c ∂U_c[d_c] + ½ Σ_jk S_jk E ∂²U/∂β_j∂β_k with d_c = M⁻¹U_c and S = Σ d_c d_cᵀ (Lunardon and Scharfstein 2017, with the derivative
    /// of DᵀV⁻¹ at fixed R).
    /// </remarks>
    /// <param name="beta">β̂, p values.</param>
    /// <param name="influences">d_c of each cluster, K×p by rows.</param>
    /// <param name="covariance">S, p×p.</param>
    public double[] Bias(double[] beta, double[] influences, double[] covariance)
    {
        var bias = Sum((first, next, buffers, other, sums) =>
        {
            var rows = Evaluate(first, next, beta, buffers);
            var turn = other.Mean(rows);
            var shift = other.Variance(rows);
            Turns(buffers, rows, turn, shift);
            var direction = other.Slope(rows);
            var spread = other.Predictor(rows);
            Directions(first, next, influences, covariance, direction, spread);

            // ½ (q + s) B xᵀSx, and behind it s z e, meet W B x_a; e meets W q z B x_a.
            var pull = buffers.Mean(rows);
            SpanMath.Add(turn, shift, pull);
            SpanMath.Multiply(pull, spread, pull);
            SpanMath.Multiply(pull, buffers.Slope(rows), pull);
            SpanMath.Multiply(pull, -0.5, pull);
            var residual = buffers.Column(p, rows);
            SpanMath.Multiply(shift, direction, shift);
            SpanMath.MultiplyAdd(shift, residual, pull, pull);
            kernel.Whiten(first, next, pull);
            kernel.Whiten(first, next, residual);
            SpanMath.Multiply(turn, direction, turn);
            for (var a = 0; a < p; a++)
            {
                var column = buffers.Column(a, rows);
                var turned = other.Column(a, rows);
                SpanMath.Multiply(column, turn, turned);
                kernel.Whiten(first, next, column);
                kernel.Whiten(first, next, turned);
                sums[a] += SpanMath.Dot(column, pull) + SpanMath.Dot(turned, residual);
            }
        });
        SpanMath.Subtract(bias, InformationSlope(beta, covariance), bias);
        return bias;
    }

    private delegate void Block(int first, int next, BlockScratch buffers, BlockScratch other, Span<double> sums);

    private double[] Sum(Block block)
    {
        Array.Clear(partial);
        data.Chunks.Run(threads, chunk =>
        {
            var (start, end) = (data.Chunks.Start(chunk), data.Chunks.End(chunk));
            using var buffers = evaluator.CreateScratch(start, end);
            using var other = evaluator.CreateScratch(start, end);
            for (int first = start, next; first < end; first = next)
            {
                next = evaluator.BlockEnd(first, end);
                block(first, next, buffers, other, partial.AsSpan(chunk * p, p));
            }
        });
        var sums = partial.AsSpan(0, p).ToArray();
        for (var chunk = 1; chunk < data.Chunks.Count; chunk++)
        {
            SpanMath.Add(sums, partial.AsSpan(chunk * p, p), sums);
        }

        return sums;
    }

    /// <summary>B X and e of a block, not whitened. Returns its rows.</summary>
    private int Evaluate(int first, int next, double[] beta, BlockScratch buffers)
    {
        evaluator.Evaluate(kernel: null, first, next, beta, buffers, moments: null, []);
        return data.Frame.Clusters.Offsets[next] - data.Frame.Clusters.Start(first);
    }

    /// <summary>q and s of each row.</summary>
    private void Turns(BlockScratch buffers, int rows, Span<double> turn, Span<double> shift)
    {
        var eta = buffers.Predictor(rows);
        var mean = buffers.Mean(rows);
        var variance = buffers.Variance(rows);
        for (var row = 0; row < rows; row++)
        {
            var slope = data.Link.Derivative(eta[row]);
            shift[row] = -0.5 * data.Family.VarianceSlope(mean[row]) * slope / variance[row];
            turn[row] = (data.Link.SecondDerivative(eta[row]) / slope) + shift[row];
        }
    }

    /// <summary>z = xᵀd of the row's cluster, and xᵀSx, of each row.</summary>
    private void Directions(
        int first, int next, double[] influences, double[] covariance, Span<double> direction, Span<double> spread)
    {
        var clusters = data.Frame.Clusters;
        var origin = clusters.Start(first);
        Span<double> row = p <= MostOnStack ? stackalloc double[p] : new double[p];
        for (var cluster = first; cluster < next; cluster++)
        {
            var influence = influences.AsSpan(cluster * p, p);
            for (var r = clusters.Start(cluster); r < clusters.Start(cluster) + clusters.Size(cluster); r++)
            {
                for (var j = 0; j < p; j++)
                {
                    row[j] = data.Frame.Design.Column(j)[r];
                }

                direction[r - origin] = SpanMath.Dot(row, influence);
                spread[r - origin] = Dense.QuadraticForm(covariance, row);
            }
        }
    }
}
