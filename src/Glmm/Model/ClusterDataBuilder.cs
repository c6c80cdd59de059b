using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Model;

/// <summary>Copies a frame into the likelihood's layout, adding up equal rows of a cluster and merging equal clusters.</summary>
internal sealed partial class ClusterDataBuilder
{
    // Up to this many distinct rows a cluster is searched row by row.
    private const int QuadraticSearch = 24;

    private readonly ModelFrame frame;
    private readonly ConditionalDensity density;
    private readonly int p;
    private readonly int q;
    private readonly double[] design;
    private readonly double[] random;
    private readonly double[] coarse;
    private readonly int coarseWidth;
    private readonly double[] inflation;
    private readonly int inflationColumns;
    private readonly double[] offset;
    private readonly double[] response;
    private readonly double[] weight;
    private readonly ulong[] hashes;
    private readonly LentColumns room;
    private Dictionary<ulong, int>? index;
    private readonly AlikeRows? known;
    private readonly AlikeRowsRecord? record;

    private ClusterDataBuilder(ModelFrame frame, ColumnScaling scaling, IReadOnlyList<RandomLevel> levels, ConditionalDensity density)
    {
        this.frame = frame;
        this.density = density;
        var n = frame.Rows;
        p = frame.Design.Columns;
        q = levels[^1].Factor.Dimension;
        room = new LentColumns(n * Math.Max(p, q));
        if (room.IsLent && IsOfDesignAlone(frame, levels, density))
        {
            known = AlikeRows.Of(frame.Design, scaling, levels[0]);
            record = known is null ? new AlikeRowsRecord(n) : null;
        }

        (coarse, inflation) = ([], []);
        if (known is not null)
        {
            (design, random) = (room.Take(known.Count * p), room.Take(known.Count * q));
            (offset, response, weight) = (room.Take(known.Count), room.Take(known.Count), room.Take(known.Count));
            hashes = room.TakeHashes(known.Count + levels[0].GroupCount);
            known.Average(frame.Response, response.AsSpan(0, known.Count));
            offset.AsSpan(0, known.Count).Clear();
            return;
        }

        (design, random) = (room.Take(n * p), room.Take(n * q));
        scaling.FillDesign(frame.Design, design);
        levels[^1].FillDesign(random.AsSpan(0, n * q));
        coarseWidth = levels.Take(levels.Count - 1).Sum(level => level.Factor.Dimension);
        coarse = CoarseDesign(levels);
        inflation = density.IsInflated ? InflationDesign.ScaledRows(frame) : [];
        inflationColumns = inflation.Length / Math.Max(1, n);
        (offset, response, weight) = (room.Take(n), room.Take(n), room.Take(n));
        offset.AsSpan(0, n).Clear();
        frame.Offset.CopyTo(offset);
        for (var i = 0; i < n; i++)
        {
            CancellationScope.Check(i);
            (response[i], weight[i]) = Outcome(frame, density, i);
        }

        hashes = room.TakeHashes(n + levels[^1].GroupCount);
    }

    /// <summary>Lays out the rows of a frame; the clusters are the groups of the finest level.</summary>
    /// <param name="frame">The data.</param>
    /// <param name="scaling">The change of variables of the columns.</param>
    /// <param name="levels">The groupings, coarsest first.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="family">For the constants.</param>
    public static ClusterData Build(
        ModelFrame frame,
        ColumnScaling scaling,
        IReadOnlyList<RandomLevel> levels,
        ConditionalDensity density,
        Family family)
    {
        var builder = new ClusterDataBuilder(frame, scaling, levels, density);
        var data = builder.Compress(levels[^1], family);
        if (builder.record is { IsWorthKeeping: true } record)
        {
            AlikeRows.Keep(frame.Design, scaling, levels[0], record);
        }

        // What has been laid out was copied where it was lent.
        builder.room.Return();
        return data;
    }

    /// <summary>Lays out the rows of a frame whose groupings cross: sorted by the finest grouping, none added up.</summary>
    /// <param name="frame">The data.</param>
    /// <param name="scaling">The change of variables of the columns.</param>
    /// <param name="levels">The groupings, coarsest first.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="family">For the constants.</param>
    /// <param name="layout">The order of the rows.</param>
    public static ClusterData Sort(
        ModelFrame frame,
        ColumnScaling scaling,
        IReadOnlyList<RandomLevel> levels,
        ConditionalDensity density,
        Family family,
        CrossedLayout layout)
    {
        var builder = new ClusterDataBuilder(frame, scaling, levels, density);
        var offsets = layout.Offsets.ToArray();
        return new ClusterData
        {
            Columns = builder.p,
            Dimension = builder.q,
            Design = SortedRows.Of(builder.design, builder.p, layout.RowOrder),
            RandomDesign = SortedRows.Of(builder.random, builder.q, layout.RowOrder),
            CoarseWidth = builder.coarseWidth,
            CoarseDesign = SortedRows.Of(builder.coarse, builder.coarseWidth, layout.RowOrder),
            InflationColumns = builder.inflationColumns,
            InflationDesign = SortedRows.Of(builder.inflation, builder.inflationColumns, layout.RowOrder),
            Offset = SortedRows.Of(builder.offset, 1, layout.RowOrder),
            Response = SortedRows.Of(builder.response, 1, layout.RowOrder),
            Weight = SortedRows.Of(builder.weight, 1, layout.RowOrder),
            PatternOffsets = offsets,
            Multiplicity = [.. Enumerable.Repeat(1.0, layout.Groups)],
            PatternOfCluster = [.. Enumerable.Range(0, layout.Groups)],
            Constant = OutcomeConstant.Of(frame, family),
            Factor = levels[^1].Factor,
            Chunks = new ClusterChunks(offsets),
            MaximumRows = Enumerable.Range(0, layout.Groups).Max(g => offsets[g + 1] - offsets[g]),
        };
    }

    /// <summary>What the density is asked for a row: response and weight, or events of trials in one and the frequency.</summary>
    public static (double Response, double Weight) Outcome(ModelFrame frame, ConditionalDensity density, int row)
    {
        if (!density.CountsTrials)
        {
            return (frame.Response[row], frame.WeightTimesTrials(row));
        }

        var trials = frame.Trials.IsEmpty ? 1 : frame.Trials[row];
        return (EventCode.Of(Math.Round(trials * frame.Response[row]), trials), frame.Weights.IsEmpty ? 1 : frame.Weights[row]);
    }

    private ClusterData Compress(RandomLevel level, Family family)
    {
        var offsets = level.ClusterOffsets;
        var clusters = offsets.Length - 1;
        var patternOf = new int[clusters];
        var places = room.TakePlaces(clusters + 1 + PatternTable.SlotsFor(clusters));
        var patternStart = places[..(clusters + 1)];
        var table = new PatternTable(places[(clusters + 1)..], hashes.AsSpan(hashes.Length - clusters));
        var multiplicity = room.Take(clusters).AsSpan();
        var (kept, largest, patterns) = (0, 0, 0);
        for (var cluster = 0; cluster < clusters; cluster++)
        {
            CancellationScope.Check(cluster);
            var end = known is null ? Collapse(offsets[cluster], offsets[cluster + 1], kept) : Recall(known, cluster, kept);
            var pattern = table.Find(HashOf(kept, end), patterns, out var exists);
            if (exists && SameRows(patternStart[pattern], patternStart[pattern + 1], kept, end))
            {
                multiplicity[pattern]++;
                patternOf[cluster] = pattern;
                continue;
            }

            table.Replace(patterns);
            patternOf[cluster] = patterns;
            multiplicity[patterns] = 1;
            patterns++;
            patternStart[patterns] = end;
            largest = Math.Max(largest, end - kept);
            kept = end;
        }

        int[] patternOffsets = [.. patternStart[..(patterns + 1)]];
        return new ClusterData
        {
            Columns = p,
            Dimension = q,
            Design = Trim(design, kept * p),
            RandomDesign = known?.Intercepts ?? Trim(random, kept * q),
            CoarseWidth = coarseWidth,
            CoarseDesign = Trim(coarse, kept * coarseWidth),
            InflationColumns = inflationColumns,
            InflationDesign = Trim(inflation, kept * inflationColumns),
            Offset = known?.NoOffsets ?? Trim(offset, kept),
            Response = Trim(response, kept),
            Weight = Trim(weight, kept),
            PatternOffsets = patternOffsets,
            Multiplicity = [.. multiplicity[..patterns]],
            PatternOfCluster = patternOf,
            Constant = OutcomeConstant.Of(frame, family),
            Factor = level.Factor,
            Chunks = new ClusterChunks(patternOffsets),
            MaximumRows = largest,
        };
    }

    // Moves the rows start … end − 1 down to `kept`, adding up equal ones; returns the new end.
    private int Collapse(int start, int end, int kept)
    {
        var first = kept;
        var last = kept;
        for (var i = start; i < end; i++)
        {
            if (weight[i] == 0)
            {
                continue;
            }

            // Equal rows often follow one another, and those kept all differ.
            var (target, hash) = (last, 0UL);
            if (last == kept || !SameRow(last, i))
            {
                hash = RowHash(i);
                target = Find(first, kept, i, hash);
            }

            last = target;
            if (target < kept)
            {
                var total = weight[target] + weight[i];
                response[target] += (response[i] - response[target]) * (weight[i] / total);
                weight[target] = total;
                record?.Note(i, target - first, total);
                continue;
            }

            CopyRow(i, kept);
            hashes[kept] = hash;
            record?.Note(i, kept - first, weight[kept]);
            if (kept - first >= QuadraticSearch)
            {
                Index(first, kept);
            }

            kept++;
        }

        record?.End(
            design.AsSpan(first * p, (kept - first) * p),
            random.AsSpan(first * q, (kept - first) * q),
            weight.AsSpan(first, kept - first),
            hashes.AsSpan(first, kept - first));
        return kept;
    }

    // The row kept that equals row i, or `kept` when there is none.
    private int Find(int first, int kept, int i, ulong hash)
    {
        if (kept - first <= QuadraticSearch)
        {
            var target = first;
            while (target < kept && !(hashes[target] == hash && SameRow(target, i)))
            {
                target++;
            }

            return target;
        }

        return index!.TryGetValue(hash, out var found) && SameRow(found, i) ? found : kept;
    }

    private void Index(int first, int last)
    {
        if (last - first == QuadraticSearch)
        {
            index ??= [];
            index.Clear();
            for (var row = first; row < last; row++)
            {
                index.TryAdd(hashes[row], row);
            }
        }

        index!.TryAdd(hashes[last], last);
    }
}
