namespace MarginalConditional.Statistics.LinearAlgebra;

/// <summary>
/// The Cholesky factor of a large symmetric matrix and its inverse, by blocks that stay in the cache, on several threads.
/// </summary>
/// <remarks>
/// Matrices are square and row-major; only the lower triangle is read and written unless said otherwise. Every entry is one sum in one
/// order, so the results have the same bits for any number of threads. For matrices up to some dozens <see cref="Cholesky"/> is faster.
/// Golub and Van Loan (2013), section 4.2.
/// </remarks>
public static class BlockedCholesky
{
    /// <summary>The rows and columns of a block.</summary>
    internal const int Block = 64;

    /// <summary>The columns of a diagonal block that are solved number by number; those before them are taken off in tiles.</summary>
    private const int Few = 8;

    /// <summary>Replaces the leading columns of A by those of L, and what follows them by the Schur complement.</summary>
    /// <param name="matrix">A, stride×stride.</param>
    /// <param name="stride">The order of A.</param>
    /// <param name="order">How many columns are factored; rows below them are solved, the rest becomes A₂₂ − L₂L₂ᵀ.</param>
    /// <param name="threads">1 works on the caller's thread; 0 means all processors.</param>
    /// <returns>Whether the leading block is numerically positive definite; if not, the content of A is undefined.</returns>
    public static bool TryFactor(double[] matrix, int stride, int order, int threads)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(order, stride);
        for (var start = 0; start < order; start += Block)
        {
            var width = Math.Min(Block, order - start);
            var (first, last) = (start, start + width);
            BlockProducts.Subtract(matrix, (first, last, stride), matrix, (first, last, stride), (0, first), matrix, (stride, first), true);
            if (!TryFactorDiagonal(matrix, stride, first, last))
            {
                return false;
            }

            BlockProducts.ForStripes(threads, last, stride, (from, to) =>
            {
                BlockProducts.Subtract(
                    matrix, (from, to, stride), matrix, (first, last, stride), (0, first), matrix, (stride, first), false);
                SolveRows(matrix, (stride, first, last), matrix, stride, (from, to));
            });
        }

        if (order < stride)
        {
            BlockProducts.Subtract(
                matrix, (order, stride, stride), matrix, (order, stride, stride), (0, order), matrix, (stride, order), true);
        }

        return true;
    }

    /// <summary>L⁻ᵀ, upper triangular, zeros below the diagonal: its rows are the columns of L⁻¹.</summary>
    /// <param name="factor">L in the leading columns of a stride×stride matrix.</param>
    /// <param name="stride">The order of that matrix.</param>
    /// <param name="order">The order of L.</param>
    /// <param name="inverted">Receives L⁻ᵀ, order×order.</param>
    /// <param name="threads">1 works on the caller's thread; 0 means all processors.</param>
    public static void InvertFactor(double[] factor, int stride, int order, double[] inverted, int threads)
    {
        ArgumentNullException.ThrowIfNull(factor);
        ArgumentNullException.ThrowIfNull(inverted);
        Array.Clear(inverted, 0, order * order);
        for (var j = 0; j < order; j++)
        {
            inverted[(j * order) + j] = 1;
        }

        BlockProducts.ForStripes(threads, 0, order, (from, to) =>
        {
            for (var first = from; first < order; first += Block)
            {
                var last = Math.Min(first + Block, order);
                BlockProducts.Subtract(
                    inverted, (from, to, order), factor, (first, last, stride), (from, first), inverted, (order, first), false);
                SolveRows(factor, (stride, first, last), inverted, order, (from, to));
            }
        });
    }

    /// <summary>A⁻¹ = L⁻ᵀL⁻¹ from L⁻ᵀ, both triangles, in the leading block of a matrix that may have held L.</summary>
    /// <param name="inverted">L⁻ᵀ, order×order, zeros below the diagonal.</param>
    /// <param name="order">The order.</param>
    /// <param name="inverse">Receives A⁻¹ in the leading block of a stride×stride matrix.</param>
    /// <param name="stride">The order of that matrix.</param>
    /// <param name="threads">1 works on the caller's thread; 0 means all processors.</param>
    public static void Inverse(double[] inverted, int order, double[] inverse, int stride, int threads)
    {
        ArgumentNullException.ThrowIfNull(inverted);
        ArgumentNullException.ThrowIfNull(inverse);
        BlockProducts.ForStripes(threads, 0, order, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                inverse.AsSpan(i * stride, to).Clear();
            }

            for (var first = 0; first < to; first += Block)
            {
                var last = Math.Min(first + Block, to);
                BlockProducts.Subtract(
                    inverted, (from, to, order), inverted, (first, last, order), (from, order), inverse, (stride, first), first == from);
            }

            for (var i = from; i < to; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    inverse[(i * stride) + j] = -inverse[(i * stride) + j];
                }
            }
        });
        BlockProducts.MirrorLower(inverse, stride, order);
    }

    /// <summary>Copies the lower triangle of a large matrix into the upper one, tile by tile.</summary>
    /// <param name="matrix">order×order.</param>
    /// <param name="order">The order.</param>
    public static void MirrorLower(double[] matrix, int order)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        BlockProducts.MirrorLower(matrix, order, order);
    }

    private static bool TryFactorDiagonal(double[] matrix, int stride, int first, int last)
    {
        for (var j = first; j < last; j++)
        {
            var row = matrix.AsSpan((j * stride) + first, j - first + 1);
            var pivot = row[^1] - Dense.Dot(row[..^1], row[..^1]);
            if (!(pivot > 0) || !double.IsFinite(pivot))
            {
                return false;
            }

            var root = Math.Sqrt(pivot);
            row[^1] = root;
            for (var i = j + 1; i < last; i++)
            {
                var other = matrix.AsSpan((i * stride) + first, j - first + 1);
                other[^1] = (other[^1] - Dense.Dot(row[..^1], other[..^1])) / root;
            }
        }

        return true;
    }

    /// <summary>Solves rows against the transposed diagonal block of L, in place, a few columns at a time.</summary>
    private static void SolveRows(
        double[] factor,
        (int Stride, int First, int Last) block,
        double[] rows,
        int rowStride,
        (int From, int To) stripe)
    {
        for (var first = block.First; first < block.Last; first += Few)
        {
            var last = Math.Min(first + Few, block.Last);
            BlockProducts.Subtract(
                rows,
                (stripe.From, stripe.To, rowStride),
                factor,
                (first, last, block.Stride),
                (block.First, first),
                rows,
                (rowStride, first),
                false);
            for (var i = stripe.From; i < stripe.To; i++)
            {
                var row = rows.AsSpan((i * rowStride) + first, last - first);
                for (var j = 0; j < row.Length; j++)
                {
                    var known = factor.AsSpan(((first + j) * block.Stride) + first, j + 1);
                    var sum = row[j];
                    for (var k = 0; k < j; k++)
                    {
                        sum -= known[k] * row[k];
                    }

                    row[j] = sum / known[j];
                }
            }
        }
    }
}
