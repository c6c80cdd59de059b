using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Residual;

/// <content>The whitened rows of blocks, their moments, and the derivatives handed back through them.</content>
internal sealed partial class ResidualFactors
{
    /// <summary>Adds the moments of the whitened rows of some blocks to S (lower triangle).</summary>
    /// <param name="first">The first block.</param>
    /// <param name="last">One past the last block.</param>
    /// <param name="moments">Width×width.</param>
    /// <param name="scratch">MaximumBlock×width numbers.</param>
    public void AddMoments(int first, int last, Span<double> moments, Span<double> scratch)
    {
        for (var block = first; block < last; block++)
        {
            CancellationScope.Check();
            var n = WhitenBlock(block, scratch);
            Dense.AddCrossProduct(scratch, n, Width, moments);
        }
    }

    /// <summary>Adds the derivative of some blocks by C, given the derivative by their moments.</summary>
    /// <param name="first">The first block.</param>
    /// <param name="last">One past the last block.</param>
    /// <param name="adjoint">Width×width, full.</param>
    /// <param name="accumulator">What it is added to; one a thread.</param>
    public void AddAdjoint(int first, int last, ReadOnlySpan<double> adjoint, ResidualAccumulator accumulator)
    {
        for (var block = first; block < last; block++)
        {
            CancellationScope.Check();
            accumulator.Open(Model.BlockPatterns[block], this);
            var n = WhitenBlock(block, accumulator.Whitened);
            accumulator.Add(adjoint, n, Width);
        }
    }

    /// <summary>L⁻¹B for the rows B of one subject.</summary>
    /// <returns>The number of rows.</returns>
    public int Whiten(int pattern, ReadOnlySpan<double> source, Span<double> result)
    {
        var n = Layout.Patterns[pattern].Size;
        var inverse = inverses[pattern];
        for (var i = 0; i < n; i++)
        {
            var row = result.Slice(i * Width, Width);
            row.Clear();
            for (var j = 0; j <= i; j++)
            {
                Dense.AddScaled(inverse[(i * n) + j], source.Slice(j * Width, Width), row);
            }
        }

        return n;
    }

    private int WhitenBlock(int block, Span<double> result)
    {
        var pattern = Model.BlockPatterns[block];
        return Whiten(pattern, Model.Rows.AsSpan(Model.BlockStarts[block] * Width, Layout.Patterns[pattern].Size * Width), result);
    }
}
