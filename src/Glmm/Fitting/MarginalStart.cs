using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Optimization;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>
/// The generalized linear model (D = 0) by Newton's method, and moment estimates of the variances of the random effects from its residuals.
/// </summary>
internal sealed class MarginalStart : NewtonClimb
{
    // Rows worked on together, few enough that their columns stay in the nearest cache.
    private const int MostBlockRows = 256;
    private const int BlockNumbers = 4096;

    /// <summary>The numbers that a dot product takes at a time.</summary>
    private const int DotStride = 16;

    private const int MaximumIterations = 50;

    /// <summary>What the bound that excludes separation may come to; 1 would do without rounding.</summary>
    private const double OverlapMargin = 0.25;

    /// <summary>Below this the information of a row may be lost beside that of others, and with it the decrement.</summary>
    private const double Underflow = 1e-10;

    private static readonly ClimbRules Rules = new() { Raising = RaisingSchedule.Rounding, LossFloor = 0, RequiresRegular = false };

    private readonly ClusterData data;
    private readonly ConditionalDensity density;
    private readonly int p;
    private readonly int threads;
    private readonly int blockRows;
    private readonly LentColumns room;
    private readonly double[] chunkSums;
    private readonly Action<int> addChunk;
    private readonly double[] at;
    private readonly double[] weight;
    private readonly double[] first;
    private readonly double[] second;

    /// <summary>Fits the model without random effects.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="intercept">A first guess of the linear predictor's level.</param>
    /// <param name="dispersion">φ to fit with; a free one is estimated by moments afterwards.</param>
    /// <param name="tolerances">When the iteration stops.</param>
    /// <param name="threads">0 for all processors.</param>
    public MarginalStart(
        ClusterData data,
        ConditionalDensity density,
        double intercept,
        double dispersion,
        GlmmTolerances tolerances,
        int threads)
        : base(data.Columns, Rules)
    {
        this.data = data;
        this.density = density;
        Dispersion = dispersion;
        p = data.Columns;
        room = new LentColumns(data.Rows);

        // Sums over whole strides of a dot product have the same bits however many rows without weight follow.
        var needed = (data.Rows + DotStride - 1) / DotStride * DotStride;
        blockRows = Math.Min(Math.Max(needed, DotStride), Math.Clamp(BlockNumbers / Math.Max(1, p) / 8 * 8, 8, MostBlockRows));
        this.threads = threads;
        chunkSums = new double[data.Chunks.Count * (1 + p + (p * p))];
        addChunk = AddChunk;
        at = new double[p];
        first = room.Take(data.Rows);
        second = room.Take(data.Rows);
        weight = room.Take(data.Rows);
        for (var pattern = 0; pattern < data.Patterns; pattern++)
        {
            for (var i = data.PatternOffsets[pattern]; i < data.PatternOffsets[pattern + 1]; i++)
            {
                weight[i] = data.Weight[i] * data.Multiplicity[pattern];
            }
        }

        Ending = Climb(Nearest(intercept), MaximumIterations, tolerances.StartDistance);
    }

    /// <summary>β of the scaled columns.</summary>
    public double[] Coefficients => Parameters;

    /// <summary>φ used.</summary>
    public double Dispersion { get; }

    /// <summary>How the climb ended.</summary>
    public Convergence Ending { get; }

    /// <summary>
    /// Whether the outcomes overlap for certain: scores of the rows that nearly add up to 0, each larger than what is missing of it.
    /// </summary>
    /// <remarks>
    /// Weights under which the rows' gradients add up to exactly 0 exclude separation (Stiemke's lemma). With r the size of a row's score
    /// and w its information the scores can be moved to be such when λ² max(w / r) &lt; min r over the rows of an extreme outcome.
    /// </remarks>
    /// <param name="family">The family.</param>
    /// <param name="link">The link.</param>
    public bool Overlaps(Family family, Link link)
    {
        if (!RowSides.MayBeInfinite(family, link))
        {
            return true;
        }

        var (least, ratio) = (double.PositiveInfinity, 1.0);
        for (var i = 0; i < data.Rows; i++)
        {
            if (weight[i] > 0 && RowSides.Of(family, link, data.Response[i]) != RowSide.Inside)
            {
                least = Math.Min(least, Math.Abs(first[i]));
                ratio = Math.Max(ratio, Math.Abs(second[i] / first[i]));
            }
        }

        return least > Underflow && Ending.Criterion * Ending.Criterion * ratio < OverlapMargin * least;
    }

    /// <summary>
    /// For every effect a moment estimate of its variance on the link scale:
    /// within-cluster products of score residuals over products of weights.
    /// </summary>
    public double[] VarianceMoments()
    {
        var q = data.Dimension;
        var variances = new double[q];
        for (var a = 0; a < q; a++)
        {
            double numerator = 0, denominator = 0;
            for (var pattern = 0; pattern < data.Patterns; pattern++)
            {
                var multiplicity = data.Multiplicity[pattern];
                double score = 0, scoreSquares = 0, information = 0, informationSquares = 0;
                for (var i = data.PatternOffsets[pattern]; i < data.PatternOffsets[pattern + 1]; i++)
                {
                    var z = data.RandomDesign[(i * q) + a];
                    var residual = z * first[i] / multiplicity;
                    var curvature = -z * z * second[i] / multiplicity;
                    score += residual;
                    scoreSquares += curvature;
                    information += curvature;
                    informationSquares += data.Weight[i] > 1 ? 0 : curvature * curvature;
                }

                // E score² = information + σ²·information² to first order; a row by itself says nothing about σ.
                numerator += multiplicity * ((score * score) - scoreSquares);
                denominator += multiplicity * ((information * information) - informationSquares);
            }

            variances[a] = denominator > 0 ? numerator / denominator : 0;
        }

        return variances;
    }

    /// <summary>Gives back what was lent: of the rows nothing more may be asked, only of the coefficients.</summary>
    public void Release() => room.Return();

    /// <summary>The score of a row, its weight counted, and its information.</summary>
    public (double Score, double Information) Row(int row) => (first[row], -second[row]);

    private static Span<Vector256<double>> AsVectors(Span<double> values) => MemoryMarshal.Cast<double, Vector256<double>>(values);

    // The β whose linear predictor is nearest to the intercept in every row: exact when a column, or a sum of columns, is constant.
    private double[] Nearest(double intercept)
    {
        var nearest = new double[p];
        var factor = new double[p * p];
        for (var i = 0; i < data.Rows; i++)
        {
            var x = data.Design.AsSpan(i * p, p);
            Dense.RankOneUpdateLower(1, x, factor);
            Dense.AddScaled(intercept - data.Offset[i], x, nearest);
        }

        for (var j = 0; j < p; j++)
        {
            factor[(j * p) + j] += 1e-12 * (factor[(j * p) + j] + double.Epsilon);
        }

        if (Cholesky.TryFactor(factor, p, out _))
        {
            Cholesky.Solve(factor, p, nearest);
        }
        else
        {
            nearest.AsSpan().Clear();
        }

        return nearest;
    }

    /// <inheritdoc/>
    /// <remarks>Sums over chunks of whole patterns, added in the order of the chunks: the same bits for any number of threads.</remarks>
    protected override double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, Span<double> information)
    {
        point.CopyTo(at);
        var stride = 1 + p + (p * p);
        var sums = chunkSums;
        sums.AsSpan().Clear();
        data.Chunks.Run(threads, addChunk);
        for (var chunk = 1; chunk < data.Chunks.Count; chunk++)
        {
            Dense.AddScaled(1, sums.AsSpan(chunk * stride, stride), sums.AsSpan(0, stride));
        }

        sums.AsSpan(1, p).CopyTo(gradient);
        sums.AsSpan(1 + p, p * p).CopyTo(information);
        Dense.MirrorLower(information, p);
        return sums[0];
    }

    /// <inheritdoc/>
    protected override void Restore() => Evaluate(Parameters, Gradient, Information);

    private void AddChunk(int chunk)
    {
        var stride = 1 + p + (p * p);
        var sum = chunkSums.AsSpan(chunk * stride, stride);
        var from = data.PatternOffsets[data.Chunks.Start(chunk)];
        var to = data.PatternOffsets[data.Chunks.End(chunk)];
        for (var start = from; start < to; start += blockRows)
        {
            CancellationScope.Check();
            AddBlock(start, Math.Min(blockRows, to - start), sum);
        }
    }

    // ℓ, its gradient and information of up to blockRows rows, column by column in padded buffers of whole vectors.
    private void AddBlock(int start, int count, Span<double> sum)
    {
        Span<double> buffer = stackalloc double[(6 + p) * blockRows];
        buffer.Clear();
        var predictor = buffer[..blockRows];
        var outcome = buffer.Slice(blockRows, blockRows);
        var amount = buffer.Slice(2 * blockRows, blockRows);
        var slope = buffer.Slice(3 * blockRows, blockRows);
        var bend = buffer.Slice(4 * blockRows, blockRows);
        var weighted = buffer.Slice(5 * blockRows, blockRows);
        var columns = buffer[(6 * blockRows)..];
        outcome.Fill(data.Response[start]);
        data.Offset.AsSpan(start, count).CopyTo(predictor);
        data.Response.AsSpan(start, count).CopyTo(outcome);
        weight.AsSpan(start, count).CopyTo(amount);
        for (var i = 0; i < count; i++)
        {
            var x = data.Design.AsSpan((start + i) * p, p);
            for (var j = 0; j < x.Length; j++)
            {
                columns[(j * blockRows) + i] = x[j];
            }
        }

        for (var j = 0; j < p; j++)
        {
            Dense.AddScaled(at[j], columns.Slice(j * blockRows, blockRows), predictor);
        }

        sum[0] += density.AlongRows(
            AsVectors(outcome),
            AsVectors(amount),
            Dispersion,
            AsVectors(predictor),
            AsVectors(slope),
            AsVectors(bend));
        slope[..count].CopyTo(first.AsSpan(start));
        bend[..count].CopyTo(second.AsSpan(start));
        for (var j = 0; j < p; j++)
        {
            var own = columns.Slice(j * blockRows, blockRows);
            sum[1 + j] += SpanMath.Dot(slope, own);
            SpanMath.Multiply(bend, own, weighted);
            for (var l = 0; l <= j; l++)
            {
                sum[1 + p + (j * p) + l] -= SpanMath.Dot(weighted, columns.Slice(l * blockRows, blockRows));
            }
        }
    }
}
