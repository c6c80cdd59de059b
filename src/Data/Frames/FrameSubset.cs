using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Frames;

/// <summary>A frame with some of its rows.</summary>
public static class FrameSubset
{
    /// <summary>Copies everything that fitters read but the rows of one cluster; the recipe is dropped.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="cluster">The cluster to leave out, counted from 0.</param>
    public static ModelFrame WithoutCluster(ModelFrame frame, int cluster)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var kept = new bool[frame.Rows];
        Array.Fill(kept, true);
        kept.AsSpan(frame.Clusters.Start(cluster), frame.Clusters.Size(cluster)).Clear();
        return OfRows(frame, kept);
    }

    /// <summary>Copies what fitters read of some rows, in their order; clusters without any are gone, and so is the recipe.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="kept">Which rows to keep, n values.</param>
    public static ModelFrame OfRows(ModelFrame frame, ReadOnlySpan<bool> kept)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentOutOfRangeException.ThrowIfNotEqual(kept.Length, frame.Rows);
        var rows = new int[kept.Count(true)];
        var (offsets, names) = (new List<int>(frame.Clusters.Count + 1) { 0 }, new List<int>(frame.Clusters.Count));
        var count = 0;
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var end = frame.Clusters.Start(c) + frame.Clusters.Size(c);
            for (var row = frame.Clusters.Start(c); row < end; row++)
            {
                if (kept[row])
                {
                    rows[count++] = row;
                }
            }

            if (count > offsets[^1])
            {
                offsets.Add(count);
                names.Add(c);
            }
        }

        var clusters = new Clusters(frame.Clusters.Name, [.. offsets], index => frame.Clusters.Label(names[index]));
        return new ModelFrame(Of(frame.Design, rows), Of(frame.Response, rows), clusters)
        {
            ResponseName = frame.ResponseName,
            Inflation = frame.Inflation is { } inflation ? Of(inflation, rows) : null,
            Categories = frame.Categories,
            Weights = Of(frame.Weights, rows),
            Trials = Of(frame.Trials, rows),
            Offset = Of(frame.Offset, rows),
            Waves = Of(frame.Waves, rows),
            WaveValues = Of(frame.WaveValues, rows),
            WaveLabels = frame.WaveLabels,
            RandomTerms = [.. frame.RandomTerms.Select(term => Of(term, rows))],
            AuxiliaryColumns = [.. frame.AuxiliaryColumns.Select(column => Of(column, rows))],
        };
    }

    private static DesignMatrix Of(DesignMatrix design, int[] rows)
    {
        var values = new double[rows.Length * design.Columns];
        for (var j = 0; j < design.Columns; j++)
        {
            Copy(design.Column(j), rows, values.AsSpan(j * rows.Length, rows.Length));
        }

        return new DesignMatrix(rows.Length, design.Names, values, design.Terms);
    }

    /// <summary>The term on the rows that are left; groups that have no row any more are gone.</summary>
    private static RandomTermDesign Of(RandomTermDesign term, int[] rows)
    {
        var groups = Of(term.Groups, rows);
        var position = new int[term.GroupCount];
        Array.Fill(position, -1);
        foreach (var group in groups)
        {
            position[group] = 0;
        }

        var kept = new List<int>();
        for (var group = 0; group < position.Length; group++)
        {
            if (position[group] == 0)
            {
                position[group] = kept.Count;
                kept.Add(group);
            }
        }

        var values = new double[groups.Length * term.Dimension];
        for (var j = 0; j < term.Dimension; j++)
        {
            Copy(term.Column(j), rows, values.AsSpan(j * groups.Length, groups.Length));
        }

        return new RandomTermDesign(
            term.Group,
            Array.ConvertAll(groups, group => position[group]),
            kept.Count,
            index => term.Label(kept[index]),
            term.Names,
            values,
            term.Correlated);
    }

    private static Column Of(Column column, int[] rows) => column switch
    {
        FactorColumn factor => new FactorColumn(factor.Name, Of(factor.Codes, rows), [.. factor.Levels]),
        NumericColumn numeric => new NumericColumn(numeric.Name, Of(numeric.Values, rows)),
        _ => throw new ArgumentException($"The column \"{column.Name}\" is neither numeric nor a factor.", nameof(column)),
    };

    private static T[] Of<T>(ReadOnlySpan<T> values, int[] rows)
    {
        if (values.IsEmpty)
        {
            return [];
        }

        var result = new T[rows.Length];
        Copy(values, rows, result);
        return result;
    }

    private static void Copy<T>(ReadOnlySpan<T> values, int[] rows, Span<T> destination)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            destination[i] = values[rows[i]];
        }
    }
}
