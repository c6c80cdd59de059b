using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Statistics.LinearAlgebra;

/// <summary>Products of rows with rows, C ← C − XYᵀ, in tiles of two rows by four held in registers.</summary>
internal static class BlockProducts
{
    /// <summary>Subtracts the products of some rows of X with some rows of Y over a range of their columns.</summary>
    /// <param name="x">X, row-major.</param>
    /// <param name="rows">Its rows, from and to, and its stride.</param>
    /// <param name="y">Y, row-major.</param>
    /// <param name="columns">Its rows, which are columns of C, from and to, and its stride.</param>
    /// <param name="range">The columns of X and Y to sum over.</param>
    /// <param name="c">C, row-major, with the rows of X.</param>
    /// <param name="place">The stride of C, and its column for the first row of Y.</param>
    /// <param name="lower">Whether only what is on or below the diagonal of C is wanted; the ranges of rows are then the same.</param>
    public static void Subtract(
        double[] x,
        (int From, int To, int Stride) rows,
        double[] y,
        (int From, int To, int Stride) columns,
        (int From, int To) range,
        double[] c,
        (int Stride, int First) place,
        bool lower)
    {
        var length = range.To - range.From;
        if (length <= 0)
        {
            return;
        }

        for (var i = rows.From; i < rows.To; i += 2)
        {
            var pair = i + 1 < rows.To;
            var x0 = x.AsSpan((i * rows.Stride) + range.From, length);
            var x1 = pair ? x.AsSpan(((i + 1) * rows.Stride) + range.From, length) : x0;
            var end = lower ? Math.Min(columns.To, i + (pair ? 2 : 1)) : columns.To;
            var c0 = c.AsSpan((i * place.Stride) + place.First, end - columns.From);
            var c1 = pair ? c.AsSpan(((i + 1) * place.Stride) + place.First, end - columns.From) : [];
            var j = columns.From;
            for (; j + 4 <= end; j += 4)
            {
                var start = (j * columns.Stride) + range.From;
                Tile(
                    x0,
                    x1,
                    y.AsSpan(start, length),
                    y.AsSpan(start + columns.Stride, length),
                    y.AsSpan(start + (2 * columns.Stride), length),
                    y.AsSpan(start + (3 * columns.Stride), length),
                    c0.Slice(j - columns.From, 4),
                    pair ? c1.Slice(j - columns.From, 4) : []);
            }

            for (; j < end; j++)
            {
                var other = y.AsSpan((j * columns.Stride) + range.From, length);
                c0[j - columns.From] -= Dense.Dot(x0, other);
                if (pair)
                {
                    c1[j - columns.From] -= Dense.Dot(x1, other);
                }
            }
        }
    }

    /// <summary>Copies the lower triangle of a leading block into the upper one, tile by tile.</summary>
    /// <param name="matrix">stride×stride.</param>
    /// <param name="stride">The order of the matrix.</param>
    /// <param name="order">The order of the block.</param>
    public static void MirrorLower(double[] matrix, int stride, int order)
    {
        const int Tile = 16;
        for (var rows = 0; rows < order; rows += Tile)
        {
            for (var columns = 0; columns <= rows; columns += Tile)
            {
                for (var i = rows; i < Math.Min(rows + Tile, order); i++)
                {
                    for (var j = columns; j < Math.Min(columns + Tile, i); j++)
                    {
                        matrix[(j * stride) + i] = matrix[(i * stride) + j];
                    }
                }
            }
        }
    }

    /// <summary>Calls back for stripes of at most <see cref="BlockedCholesky.Block"/> rows, perhaps at the same time.</summary>
    public static void ForStripes(int threads, int from, int to, Action<int, int> work)
    {
        const int Height = BlockedCholesky.Block;
        var count = (to - from + Height - 1) / Height;
        void Run(int stripe) => work(from + (stripe * Height), Math.Min(to, from + ((stripe + 1) * Height)));
        if (threads == 1 || count < 4)
        {
            for (var stripe = 0; stripe < count; stripe++)
            {
                CancellationScope.Check();
                Run(stripe);
            }

            return;
        }

        ParallelWork.For(0, count, threads, Run);
    }

    private static void Tile(
        ReadOnlySpan<double> x0,
        ReadOnlySpan<double> x1,
        ReadOnlySpan<double> y0,
        ReadOnlySpan<double> y1,
        ReadOnlySpan<double> y2,
        ReadOnlySpan<double> y3,
        Span<double> c0,
        Span<double> c1)
    {
        Vector256<double> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector256<double> s10 = default, s11 = default, s12 = default, s13 = default;
        var step = Vector256<double>.Count;
        var length = x0.Length;
        var k = 0;
        ref var a0 = ref MemoryMarshal.GetReference(x0);
        ref var a1 = ref MemoryMarshal.GetReference(x1);
        ref var b0 = ref MemoryMarshal.GetReference(y0);
        ref var b1 = ref MemoryMarshal.GetReference(y1);
        ref var b2 = ref MemoryMarshal.GetReference(y2);
        ref var b3 = ref MemoryMarshal.GetReference(y3);
        for (; k + step <= length; k += step)
        {
            var at = (nuint)k;
            var u0 = Vector256.LoadUnsafe(ref a0, at);
            var u1 = Vector256.LoadUnsafe(ref a1, at);
            var v = Vector256.LoadUnsafe(ref b0, at);
            s00 = Vector256.FusedMultiplyAdd(u0, v, s00);
            s10 = Vector256.FusedMultiplyAdd(u1, v, s10);
            v = Vector256.LoadUnsafe(ref b1, at);
            s01 = Vector256.FusedMultiplyAdd(u0, v, s01);
            s11 = Vector256.FusedMultiplyAdd(u1, v, s11);
            v = Vector256.LoadUnsafe(ref b2, at);
            s02 = Vector256.FusedMultiplyAdd(u0, v, s02);
            s12 = Vector256.FusedMultiplyAdd(u1, v, s12);
            v = Vector256.LoadUnsafe(ref b3, at);
            s03 = Vector256.FusedMultiplyAdd(u0, v, s03);
            s13 = Vector256.FusedMultiplyAdd(u1, v, s13);
        }

        var (t00, t01, t02, t03) = (Vector256.Sum(s00), Vector256.Sum(s01), Vector256.Sum(s02), Vector256.Sum(s03));
        var (t10, t11, t12, t13) = (Vector256.Sum(s10), Vector256.Sum(s11), Vector256.Sum(s12), Vector256.Sum(s13));
        for (; k < length; k++)
        {
            t00 += x0[k] * y0[k];
            t01 += x0[k] * y1[k];
            t02 += x0[k] * y2[k];
            t03 += x0[k] * y3[k];
            t10 += x1[k] * y0[k];
            t11 += x1[k] * y1[k];
            t12 += x1[k] * y2[k];
            t13 += x1[k] * y3[k];
        }

        c0[0] -= t00;
        c0[1] -= t01;
        c0[2] -= t02;
        c0[3] -= t03;
        if (c1.Length > 0)
        {
            c1[0] -= t10;
            c1[1] -= t11;
            c1[2] -= t12;
            c1[3] -= t13;
        }
    }
}
