using MarginalConditional.Mixed.Crossed;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>Products of rows over the crossed effects of all groups with Λ̄, the block diagonal of one Λ for every group.</summary>
/// <remarks>Λ of the effects of one row, s×s and lower triangular in the block of each term, stands for all.</remarks>
internal static class RestRows
{
    /// <summary>row·Λ̄ over some columns; the tail stays.</summary>
    public static void ScaleRow(
        CrossedLayout layout,
        ReadOnlySpan<double> row,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<double> lambda,
        Span<double> target)
    {
        var s = layout.RestPerRow;
        row.CopyTo(target);
        for (int at = 0, t = 0; at < columns.Length;)
        {
            while (columns[at] >= layout.RestStart(t + 1))
            {
                t++;
            }

            var (d, local) = (layout.Rest[t].Dimension, layout.LocalStart(t));
            for (var b = 0; b < d; b++)
            {
                var sum = 0.0;
                for (var a = b; a < d; a++)
                {
                    sum += row[at + a] * lambda[((local + a) * s) + local + b];
                }

                target[at + b] = sum;
            }

            at += d;
        }
    }

    /// <summary>Λ̄·row over some columns; the tail stays.</summary>
    public static void TurnRow(
        CrossedLayout layout,
        ReadOnlySpan<double> row,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<double> lambda,
        Span<double> target)
    {
        var s = layout.RestPerRow;
        row.CopyTo(target);
        for (int at = 0, t = 0; at < columns.Length;)
        {
            while (columns[at] >= layout.RestStart(t + 1))
            {
                t++;
            }

            var (d, local) = (layout.Rest[t].Dimension, layout.LocalStart(t));
            for (var a = 0; a < d; a++)
            {
                var sum = 0.0;
                for (var b = 0; b <= a; b++)
                {
                    sum += lambda[((local + a) * s) + local + b] * row[at + b];
                }

                target[at + a] = sum;
            }

            at += d;
        }
    }

    /// <summary>row ← row·Λ̄ up to a column; as Λ is lower triangular, entries are overwritten when they are not needed any more.</summary>
    public static void ScaleInPlace(CrossedLayout layout, Span<double> row, int end, ReadOnlySpan<double> lambda)
    {
        var s = layout.RestPerRow;
        for (var t = 0; t < layout.Rest.Count && layout.RestStart(t) < end; t++)
        {
            var (d, local, to) = (layout.Rest[t].Dimension, layout.LocalStart(t), Math.Min(end, layout.RestStart(t + 1)));
            if (d == 1)
            {
                var factor = lambda[(local * s) + local];
                foreach (ref var value in row[layout.RestStart(t)..to])
                {
                    value *= factor;
                }

                continue;
            }

            for (var at = layout.RestStart(t); at < to; at += d)
            {
                for (var b = 0; b < d; b++)
                {
                    var sum = 0.0;
                    for (var a = b; a < d; a++)
                    {
                        sum += row[at + a] * lambda[((local + a) * s) + local + b];
                    }

                    row[at + b] = sum;
                }
            }
        }
    }
}
