using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>
/// What a group keeps of its moments: the first q columns [L; Y] of their Cholesky factor, (q+r)×q, the lower triangle of L.
/// </summary>
/// <remarks>
/// The columns of a group are [z, r], its own effects and everything coarser, and its moments S. With S_zz = LLᵀ and S_rz = YLᵀ, YYᵀ is
/// what z explains of r, and S_rr − YYᵀ what it does not. The second of these needs no parameter. Where a group's columns determine less
/// than all of its effects, L has zeros on its diagonal and Y in those columns.
/// </remarks>
internal static class OwnColumns
{
    /// <summary>The share of a column's squared length below which it depends on those before it.</summary>
    private const double Dependent = 1e-13;

    /// <summary>Factorizes the first q columns of moments in place.</summary>
    /// <param name="columns">(q+r)×q, the lower triangle of S_zz above S_rz; receives L above Y.</param>
    /// <param name="q">The number of own effects.</param>
    public static void Factor(Span<double> columns, int q)
    {
        for (var a = 0; a < q; a++)
        {
            CancellationScope.CheckLong(q);
            var own = columns.Slice(a * q, a);
            var squared = columns[(a * q) + a];
            var pivot = squared - Dense.Dot(own, own);
            var length = pivot > Dependent * squared ? Math.Sqrt(pivot) : 0;
            columns[(a * q) + a] = length;
            for (var at = (a + 1) * q; at < columns.Length; at += q)
            {
                var left = columns[at + a] - Dense.Dot(own, columns.Slice(at, a));
                columns[at + a] = length > 0 ? left / length : 0;
            }
        }
    }

    /// <summary>
    /// Factorizes the moments of a group's rows twice, the second time in the columns that the first made nearly orthonormal: both L and Y
    /// then have the digits of the rows, not half of them (Yamamoto et al. 2015).
    /// </summary>
    /// <param name="rows">The group's rows, each [z, r].</param>
    /// <param name="q">The number of own effects.</param>
    /// <param name="r">The number of the other columns.</param>
    /// <param name="columns">Receives L above Y.</param>
    /// <param name="scratch">(q+r)(q+1) numbers.</param>
    public static void OfRows(ReadOnlySpan<double> rows, int q, int r, Span<double> columns, Span<double> scratch)
    {
        var d = q + r;
        var count = rows.Length / d;
        columns.Clear();
        for (var i = 0; i < count; i++)
        {
            CancellationScope.Check(i);
            var row = rows.Slice(i * d, d);
            Dense.RankOneUpdate(1, row, row[..q], columns);
        }

        Factor(columns, q);
        var again = scratch.Slice(d, d * q);
        again.Clear();
        for (var i = 0; i < count; i++)
        {
            CancellationScope.Check(i);
            Left(rows.Slice(i * d, d), q, columns, scratch);
            Dense.RankOneUpdate(1, scratch[..d], scratch[..q], again);
        }

        Factor(again, q);
        Compose(columns, again, q);
    }

    /// <summary>L ← LR and Y ← YR + D, R above D the factor in the columns that L and Y left.</summary>
    private static void Compose(Span<double> columns, ReadOnlySpan<double> again, int q)
    {
        for (var (row, at) = (0, 0); at < columns.Length; row++, at += q)
        {
            var last = Math.Min(row, q - 1);
            for (var b = 0; b <= last; b++)
            {
                var sum = row < q ? 0 : again[at + b];
                for (var a = b; a <= last; a++)
                {
                    sum += columns[at + a] * again[(a * q) + b];
                }

                columns[at + b] = sum;
            }
        }
    }

    /// <summary>What a group's own effects leave of the other columns of a row: r − YL⁻¹z.</summary>
    /// <param name="row">[z, r].</param>
    /// <param name="q">The number of own effects.</param>
    /// <param name="columns">L above Y.</param>
    /// <param name="scratch">q + r numbers: receives L⁻¹z, and what is left after it.</param>
    /// <returns>The latter, within the scratch.</returns>
    public static Span<double> Left(ReadOnlySpan<double> row, int q, ReadOnlySpan<double> columns, Span<double> scratch)
    {
        var scores = scratch[..q];
        for (var a = 0; a < q; a++)
        {
            var own = columns.Slice(a * q, a + 1);
            scores[a] = own[a] > 0 ? (row[a] - Dense.Dot(own[..a], scores)) / own[a] : 0;
        }

        var left = scratch.Slice(q, row.Length - q);
        for (var j = 0; j < left.Length; j++)
        {
            left[j] = row[q + j] - Dense.Dot(scores, columns.Slice((q + j) * q, q));
        }

        return left;
    }

    /// <summary>Takes moments that were summed apart: the first q columns are the group's own, what they leave is its parent's.</summary>
    /// <param name="moments">S, (q+r)×(q+r), lower triangle.</param>
    /// <param name="q">The number of own effects.</param>
    /// <param name="r">The number of the other columns.</param>
    /// <param name="plain">What is to be added to the first q columns, (q+r)×q, or nothing.</param>
    /// <param name="columns">Receives L above Y.</param>
    /// <param name="parent">r×r, lower triangle; S_rr − YYᵀ is added to it.</param>
    public static void Split(
        ReadOnlySpan<double> moments,
        int q,
        int r,
        ReadOnlySpan<double> plain,
        Span<double> columns,
        Span<double> parent)
    {
        var d = q + r;
        columns.Clear();
        plain.CopyTo(columns);
        for (var i = 0; i < d; i++)
        {
            Dense.AddScaled(1, moments.Slice(i * d, Math.Min(i + 1, q)), columns[(i * q)..]);
        }

        Factor(columns, q);
        for (var i = 0; i < r; i++)
        {
            var own = columns.Slice((q + i) * q, q);
            var row = moments.Slice(((q + i) * d) + q, i + 1);
            var target = parent.Slice(i * r, row.Length);
            for (var j = 0; j < target.Length; j++)
            {
                target[j] += row[j] - Dense.Dot(own, columns.Slice((q + j) * q, q));
            }
        }
    }
}
