using System.Globalization;
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
        return Of(frame, rows, clusters, term => Of(term, rows));
    }

    /// <summary>
    /// Copies what fitters read of whole clusters, one after the other, without the recipe. A cluster that is named several times becomes
    /// several clusters, with groups of random terms of their own.
    /// </summary>
    /// <param name="frame">The frame, in whose random terms the rows of a group stand together within one cluster.</param>
    /// <param name="chosen">The clusters, counted from 0, in any order.</param>
    public static ModelFrame OfClusters(ModelFrame frame, ReadOnlySpan<int> chosen)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var offsets = new int[chosen.Length + 1];
        for (var c = 0; c < chosen.Length; c++)
        {
            offsets[c + 1] = offsets[c] + frame.Clusters.Size(chosen[c]);
        }

        var rows = new int[offsets[^1]];
        for (var c = 0; c < chosen.Length; c++)
        {
            for (var i = offsets[c]; i < offsets[c + 1]; i++)
            {
                rows[i] = frame.Clusters.Start(chosen[c]) + i - offsets[c];
            }
        }

        return Of(frame, rows, new Clusters(frame.Clusters.Name, offsets, Number), term => OfCopies(term, rows, offsets));
    }

    private static ModelFrame Of(ModelFrame frame, int[] rows, Clusters clusters, Func<RandomTermDesign, RandomTermDesign> termOf) =>
        new(Of(frame.Design, rows), Of(frame.Response, rows), clusters)
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
            RandomTerms = [.. frame.RandomTerms.Select(termOf)],
            AuxiliaryColumns = [.. frame.AuxiliaryColumns.Select(column => Of(column, rows))],
        };

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

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

        return Of(term, rows, Array.ConvertAll(groups, group => position[group]), kept.Count, index => term.Label(kept[index]));
    }

    /// <summary>The term on copies of clusters: each has groups of its own.</summary>
    private static RandomTermDesign OfCopies(RandomTermDesign term, int[] rows, int[] offsets)
    {
        var groups = new int[rows.Length];
        var count = 0;
        for (var c = 0; c + 1 < offsets.Length; c++)
        {
            for (var i = offsets[c]; i < offsets[c + 1]; i++)
            {
                count += i == offsets[c] || term.Groups[rows[i]] != term.Groups[rows[i - 1]] ? 1 : 0;
                groups[i] = count - 1;
            }
        }

        return Of(term, rows, groups, count, Number);
    }

    private static RandomTermDesign Of(RandomTermDesign term, int[] rows, int[] groups, int count, Func<int, string> label)
    {
        var values = new double[rows.Length * term.Dimension];
        for (var j = 0; j < term.Dimension; j++)
        {
            Copy(term.Column(j), rows, values.AsSpan(j * rows.Length, rows.Length));
        }

        return new RandomTermDesign(term.Group, groups, count, label, term.Names, values, term.Correlated);
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
