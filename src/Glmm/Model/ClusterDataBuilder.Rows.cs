using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Densities;

namespace MarginalConditional.Glmm.Model;

/// <content>Rows moved, compared and hashed.</content>
internal sealed partial class ClusterDataBuilder
{
    /// <summary>Whether equal rows are so whatever the outcomes: without offset, weights and trials, of one random intercept.</summary>
    private static bool IsOfDesignAlone(ModelFrame frame, IReadOnlyList<RandomLevel> levels, ConditionalDensity density) =>
        density.IsLinearInResponse && !density.IsInflated && frame.RandomTerms.Count == 0 && levels.Count == 1
        && frame.Offset.IsEmpty && frame.Weights.IsEmpty && frame.Trials.IsEmpty;

    /// <summary>Lays out the rows of a cluster from <paramref name="kept"/> on as another fit has found them; returns their end.</summary>
    private int Recall(AlikeRows rows, int cluster, int kept)
    {
        var (from, count) = (rows.Start(cluster), rows.Start(cluster + 1) - rows.Start(cluster));
        rows.Design.Slice(from * p, count * p).CopyTo(design.AsSpan(kept * p));
        rows.Random.Slice(from * q, count * q).CopyTo(random.AsSpan(kept * q));
        rows.Hashes.Slice(from, count).CopyTo(hashes.AsSpan(kept));
        rows.Counts.Slice(from, count).CopyTo(weight.AsSpan(kept));
        response.AsSpan(from, count).CopyTo(response.AsSpan(kept));
        return kept + count;
    }

    private ulong HashOf(int first, int end) => RowHashes.OfCluster(
        hashes.AsSpan(first, end - first), response.AsSpan(first, end - first), weight.AsSpan(first, end - first));

    private double[] Trim(double[] values, int length) =>
        values.Length == length && !room.IsLent ? values : values.AsSpan(0, length).ToArray();

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
        var hash = RowHashes.Mix(RowHashes.Seed, BitConverter.DoubleToUInt64Bits(offset[row]));
        hash = RowHashes.Mix(hash, design.AsSpan(row * p, p));
        hash = RowHashes.Mix(hash, random.AsSpan(row * q, q));
        hash = RowHashes.Mix(hash, Coarse(row));
        hash = RowHashes.Mix(hash, Inflation(row));
        return density.IsLinearInResponse ? hash : RowHashes.Mix(hash, BitConverter.DoubleToUInt64Bits(response[row]));
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
