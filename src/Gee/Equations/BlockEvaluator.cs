using System.Runtime.Intrinsics;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Stacking;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Equations;

/// <summary>
/// Evaluates the model on blocks of whole clusters: the whitened columns whose inner products are the estimating equations.
/// </summary>
internal sealed class BlockEvaluator(GeeData data)
{
    /// <summary>Means beyond this have been cut off by the link and lose their squares to overflow.</summary>
    private const double LargestMean = 1e150;

    private readonly int coefficients = data.Coefficients;

    /// <summary>One past the last cluster of the block that starts at a cluster.</summary>
    public int BlockEnd(int firstCluster, int limit)
    {
        CancellationScope.Check();
        var offsets = data.Frame.Clusters.Offsets;
        var end = firstCluster + 1;
        while (end < limit && offsets[end + 1] - offsets[firstCluster] <= BlockScratch.TargetRows)
        {
            end++;
        }

        return end;
    }

    /// <summary>Buffers large enough for every block of some clusters.</summary>
    public BlockScratch CreateScratch(int firstCluster, int endCluster)
    {
        var clusters = data.Frame.Clusters;
        var rows = clusters.Offsets[endCluster] - clusters.Offsets[firstCluster];
        var capacity = Math.Min(rows, BlockScratch.TargetRows);
        for (var i = firstCluster; i < endCluster && rows > BlockScratch.TargetRows; i++)
        {
            capacity = Math.Max(capacity, clusters.Size(i));
        }

        var factors = 0;
        for (int first = firstCluster, next; first < endCluster && data.Association is not null; first = next)
        {
            next = BlockEnd(first, endCluster);
            factors = Math.Max(factors, data.Association.Numbers(first, next));
        }

        return new BlockScratch(coefficients, capacity, factors);
    }

    /// <summary>Fills the columns of a block at β. False when a mean is outside the family's domain.</summary>
    /// <param name="kernel">The working correlation; null leaves the columns as under independence.</param>
    /// <param name="firstCluster">The block's first cluster.</param>
    /// <param name="endCluster">One past its last.</param>
    /// <param name="beta">β, p values; empty to start from the family's starting
    /// means, when the last column becomes that of the working response.</param>
    /// <param name="scratch">The buffers.</param>
    /// <param name="moments">The kernel that receives products of residuals, or null.</param>
    /// <param name="sums">Receives Σr² and, behind it, the moments; or empty.</param>
    public bool Evaluate(
        CorrelationKernel? kernel,
        int firstCluster,
        int endCluster,
        ReadOnlySpan<double> beta,
        BlockScratch scratch,
        CorrelationKernel? moments,
        Span<double> sums)
    {
        var start = data.Frame.Clusters.Offsets[firstCluster];
        var rows = data.Frame.Clusters.Offsets[endCluster] - start;
        var slope = scratch.Slope(rows);
        var eta = scratch.Predictor(rows);
        var residual = scratch.Column(coefficients, rows);
        Predict(start, beta, eta);
        var valid = data.Stack is null
            ? EvaluateRows(start, scratch, rows, isStart: beta.IsEmpty)
            : EvaluateIndicators(data.Stack, kernel, firstCluster, endCluster, scratch, rows);
        if (data.RootWeights.Length > 0)
        {
            var roots = data.RootWeights.AsSpan(start, rows);
            SpanMath.Multiply(slope, roots, slope);
            SpanMath.Multiply(residual, roots, residual);
        }

        WhitenIndicators(kernel, firstCluster, endCluster, scratch, residual);

        if (moments is not null && !beta.IsEmpty)
        {
            sums[0] += SpanMath.SumOfSquares(residual);
            AddMoments(moments, firstCluster, endCluster, start, residual, eta, sums[1..]);
        }

        if (beta.IsEmpty)
        {
            AddWorkingPredictor(start, scratch, rows);
        }

        for (var j = 0; j < coefficients; j++)
        {
            var column = scratch.Column(j, rows);
            SpanMath.Multiply(data.Frame.Design.Column(j).Slice(start, rows), slope, column);
            WhitenIndicators(kernel, firstCluster, endCluster, scratch, column);
            kernel?.Whiten(firstCluster * data.Copies, endCluster * data.Copies, column);
        }

        kernel?.Whiten(firstCluster * data.Copies, endCluster * data.Copies, residual);
        return valid;
    }

    /// <summary>η of consecutive rows at β, or of the starting means when β is empty.</summary>
    public void Predict(int start, ReadOnlySpan<double> beta, Span<double> eta)
    {
        if (beta.IsEmpty)
        {
            StartingPredictor(start, eta);
            return;
        }

        LinearPredictor.Of(data.Frame.Design, data.Frame.Offset, start, beta, eta);
    }

    /// <summary>slope / √v and (y − μ) / √v of a block's rows, and whether its means are inside their domain.</summary>
    private bool EvaluateRows(int start, BlockScratch scratch, int rows, bool isStart)
    {
        // Where rows follow one another that are alike, means and what goes with them are worked out once.
        Span<int> runs = stackalloc int[EqualRuns.Most];
        var predictor = scratch.Predictor(rows);
        var mean = scratch.Mean(rows);
        var slope = scratch.Slope(rows);
        var variance = scratch.Variance(rows);
        var count = isStart ? 0 : EqualRuns.Find(predictor, runs);
        var distinct = count == 0 ? rows : count;
        for (var r = 0; r < count; r++)
        {
            variance[r] = predictor[runs[r]];
        }

        data.Link.MeanAndDerivative(count == 0 ? predictor : variance[..count], mean[..distinct], slope[..distinct]);
        data.Family.Variance(mean[..distinct], variance[..distinct]);
        var (least, largest) = (SpanMath.Min(mean[..distinct]), SpanMath.Max(mean[..distinct]));
        var response = data.Frame.Response.Slice(start, rows);
        var residual = scratch.Column(coefficients, rows);
        if (count == 0)
        {
            Scale(response, mean, variance, slope, residual);
        }
        else
        {
            Spread(response, runs[..count], mean, variance, slope, residual);
        }

        return data.Family.IsMeanValid(least) && data.Family.IsMeanValid(largest) && largest < LargestMean;
    }

    /// <summary>f and z − F of a block's indicators; other buffers receive what whitens them.</summary>
    private bool EvaluateIndicators(
        CumulativeStack stack, CorrelationKernel? kernel, int firstCluster, int endCluster, BlockScratch scratch, int rows)
    {
        var start = data.Frame.Clusters.Start(firstCluster);
        var eta = scratch.Predictor(rows);
        var mean = scratch.Mean(rows);
        stack.MeanAndSlope(eta, mean, scratch.Slope(rows));
        SpanMath.Subtract(data.Frame.Response.Slice(start, rows), mean, scratch.Column(coefficients, rows));
        return AssociationOf(kernel) is { } association
            ? association.Prepare(firstCluster, endCluster, eta, scratch.Factors)
            : data.Whitening!.Prepare(firstCluster, endCluster, eta, mean, scratch.Variance(rows));
    }

    /// <summary>Whitens indicators among those of their outcome, or of their cluster; other rows stay as they are.</summary>
    private void WhitenIndicators(CorrelationKernel? kernel, int firstCluster, int endCluster, BlockScratch scratch, Span<double> column)
    {
        if (AssociationOf(kernel) is { } association)
        {
            association.Whiten(firstCluster, endCluster, scratch.Factors, column);
        }
        else
        {
            data.Whitening?.Whiten(firstCluster, endCluster, scratch.Mean(column.Length), scratch.Variance(column.Length), column);
        }
    }

    private AssociationWhitening? AssociationOf(CorrelationKernel? kernel) => kernel is LocalOddsKernel ? data.Association : null;

    private void StartingPredictor(int start, Span<double> eta)
    {
        var weights = data.Weights.Length > 0 ? data.Weights.AsSpan(start, eta.Length) : [];
        var response = data.Frame.Response.Slice(start, eta.Length);

        // Events of one trial start at two places, and no logarithm is worth taking twice.
        double? startOfZero = null;
        double? startOfOne = null;
        for (var row = 0; row < eta.Length; row++)
        {
            eta[row] = weights.IsEmpty && response[row] == 0 ? startOfZero ??= StartOf(0, 1)
                : weights.IsEmpty && response[row] == 1 ? startOfOne ??= StartOf(1, 1)
                : StartOf(response[row], weights.IsEmpty ? 1 : weights[row]);
        }
    }

    private double StartOf(double response, double weight) => data.Link.Predictor(data.Family.StartingMean(response, weight));

    /// <summary>The working response less the offset is (η − offset) + (y − μ) / (dμ/dη); times the slope it joins the residual.</summary>
    private void AddWorkingPredictor(int start, BlockScratch scratch, int rows)
    {
        var eta = scratch.Predictor(rows);
        if (!data.Frame.Offset.IsEmpty)
        {
            SpanMath.Subtract(eta, data.Frame.Offset.Slice(start, rows), eta);
        }

        var residual = scratch.Column(coefficients, rows);
        SpanMath.MultiplyAdd(eta, scratch.Slope(rows), residual, residual);
    }

    private void AddMoments(
        CorrelationKernel moments,
        int firstCluster,
        int endCluster,
        int start,
        ReadOnlySpan<double> residual,
        Span<double> buffer,
        Span<double> sums)
    {
        if (data.MomentFactors.Length > 0)
        {
            SpanMath.Multiply(residual, data.MomentFactors.AsSpan(start, residual.Length), buffer);
            residual = buffer;
        }

        moments.AddMoments(firstCluster * data.Copies, endCluster * data.Copies, residual, sums);
    }

    /// <summary>
    /// The same from one mean, variance and slope a stretch of rows alike, which become those of its rows; the last stretch first, since
    /// its numbers stand before its rows.
    /// </summary>
    private static void Spread(
        ReadOnlySpan<double> response,
        ReadOnlySpan<int> starts,
        Span<double> mean,
        Span<double> variance,
        Span<double> slope,
        Span<double> residual)
    {
        var end = response.Length;
        for (var r = starts.Length - 1; r >= 0; r--)
        {
            var (start, own, spread) = (starts[r], mean[r], variance[r]);
            var precision = 1 / Math.Sqrt(spread);
            slope[start..end].Fill(slope[r] * precision);
            mean[start..end].Fill(own);
            variance[start..end].Fill(spread);
            SpanMath.Subtract(response[start..end], own, residual[start..end]);
            SpanMath.Multiply(residual[start..end], precision, residual[start..end]);
            end = start;
        }
    }

    /// <summary>slope ← slope / √v, residual ← (y − μ) / √v.</summary>
    private static void Scale(
        ReadOnlySpan<double> response,
        ReadOnlySpan<double> mean,
        ReadOnlySpan<double> variance,
        Span<double> slope,
        Span<double> residual)
    {
        var width = Vector256<double>.Count;
        var rows = response.Length;
        mean = mean[..rows];
        variance = variance[..rows];
        slope = slope[..rows];
        residual = residual[..rows];
        var row = 0;
        for (; row <= rows - width; row += width)
        {
            var precision = Vector256<double>.One / Vector256.Sqrt(Vector256.Create(variance[row..]));
            (Vector256.Create(slope[row..]) * precision).CopyTo(slope[row..]);
            ((Vector256.Create(response[row..]) - Vector256.Create(mean[row..])) * precision).CopyTo(residual[row..]);
        }

        for (; row < rows; row++)
        {
            var precision = 1 / Math.Sqrt(variance[row]);
            slope[row] *= precision;
            residual[row] = (response[row] - mean[row]) * precision;
        }
    }
}
