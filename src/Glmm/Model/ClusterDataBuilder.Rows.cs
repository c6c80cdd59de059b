namespace MarginalConditional.Glmm.Model;

/// <content>Rows moved, compared and hashed.</content>
internal sealed partial class ClusterDataBuilder
{
    /// <summary>Multiply and fold: the same on every machine and in every run, unlike HashCode.</summary>
    internal static ulong Mix(ulong hash, ulong value)
    {
        var high = Math.BigMul(hash ^ value, 0x9E3779B97F4A7C15UL, out var low);
        return high ^ low;
    }

    private void CopyRow(int from, int to)
    {
        if (from == to)
        {
            return;
        }

        design.AsSpan(from * p, p).CopyTo(design.AsSpan(to * p, p));
        random.AsSpan(from * q, q).CopyTo(random.AsSpan(to * q, q));
        Coarse(from).CopyTo(Coarse(to));
        Inflation(from).CopyTo(Inflation(to));
        offset[to] = offset[from];
        response[to] = response[from];
        weight[to] = weight[from];
    }

    private bool SameRow(int a, int b) =>
        offset[a] == offset[b]
        && (density.IsLinearInResponse || response[a] == response[b])
        && design.AsSpan(a * p, p).SequenceEqual(design.AsSpan(b * p, p))
        && random.AsSpan(a * q, q).SequenceEqual(random.AsSpan(b * q, q))
        && Coarse(a).SequenceEqual(Coarse(b))
        && Inflation(a).SequenceEqual(Inflation(b));

    private bool SameRows(int startA, int endA, int startB, int endB) =>
        endA - startA == endB - startB
        && response.AsSpan(startA, endA - startA).SequenceEqual(response.AsSpan(startB, endB - startB))
        && weight.AsSpan(startA, endA - startA).SequenceEqual(weight.AsSpan(startB, endB - startB))
        && offset.AsSpan(startA, endA - startA).SequenceEqual(offset.AsSpan(startB, endB - startB))
        && design.AsSpan(startA * p, (endA - startA) * p).SequenceEqual(design.AsSpan(startB * p, (endB - startB) * p))
        && random.AsSpan(startA * q, (endA - startA) * q).SequenceEqual(random.AsSpan(startB * q, (endB - startB) * q))
        && Coarse(startA, endA - startA).SequenceEqual(Coarse(startB, endB - startB))
        && Inflation(startA, endA - startA).SequenceEqual(Inflation(startB, endB - startB));

    private ulong RowHash(int row)
    {
        var hash = Mix(14695981039346656037UL, BitConverter.DoubleToUInt64Bits(offset[row]));
        foreach (var value in design.AsSpan(row * p, p))
        {
            hash = Mix(hash, BitConverter.DoubleToUInt64Bits(value));
        }

        foreach (var value in random.AsSpan(row * q, q))
        {
            hash = Mix(hash, BitConverter.DoubleToUInt64Bits(value));
        }

        foreach (var value in Coarse(row))
        {
            hash = Mix(hash, BitConverter.DoubleToUInt64Bits(value));
        }

        foreach (var value in Inflation(row))
        {
            hash = Mix(hash, BitConverter.DoubleToUInt64Bits(value));
        }

        return density.IsLinearInResponse ? hash : Mix(hash, BitConverter.DoubleToUInt64Bits(response[row]));
    }

    private Span<double> Inflation(int row, int count = 1) => inflation.AsSpan(row * inflationColumns, count * inflationColumns);

    private Span<double> Coarse(int row, int count = 1) => coarse.AsSpan(row * coarseWidth, count * coarseWidth);

    // Z of all levels but the finest side by side, by row.
    private double[] CoarseDesign(IReadOnlyList<RandomLevel> levels)
    {
        var values = new double[frame.Rows * coarseWidth];
        var column = 0;
        foreach (var level in levels.Take(levels.Count - 1))
        {
            var width = level.Factor.Dimension;
            var own = level.RowMajorDesign();
            for (var i = 0; i < frame.Rows; i++)
            {
                own.AsSpan(i * width, width).CopyTo(values.AsSpan((i * coarseWidth) + column));
            }

            column += width;
        }

        return values;
    }
}
