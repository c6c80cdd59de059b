using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Frames;

/// <summary>A frame with one cluster left out.</summary>
public static class FrameSubset
{
    /// <summary>Copies everything that fitters read but the rows of one cluster; the recipe is dropped.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="cluster">The cluster to leave out, counted from 0.</param>
    public static ModelFrame WithoutCluster(ModelFrame frame, int cluster)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var start = frame.Clusters.Start(cluster);
        var size = frame.Clusters.Size(cluster);
        var offsets = new int[frame.Clusters.Count];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = i <= cluster ? frame.Clusters.Offsets[i] : frame.Clusters.Offsets[i + 1] - size;
        }

        var clusters = new Clusters(frame.Clusters.Name, offsets, i => frame.Clusters.Label(i < cluster ? i : i + 1));
        return new ModelFrame(
            Without(frame.Design, start, size),
            Without(frame.Response, start, size),
            clusters)
        {
            ResponseName = frame.ResponseName,
            Inflation = frame.Inflation is { } inflation ? Without(inflation, start, size) : null,
            Categories = frame.Categories,
            Weights = Without(frame.Weights, start, size),
            Trials = Without(frame.Trials, start, size),
            Offset = Without(frame.Offset, start, size),
            Waves = Without(frame.Waves, start, size),
            WaveValues = Without(frame.WaveValues, start, size),
            WaveLabels = frame.WaveLabels,
            RandomTerms = [.. frame.RandomTerms.Select(term => Without(term, start, size))],
            AuxiliaryColumns = [.. frame.AuxiliaryColumns.Select(column => Without(column, start, size))],
        };
    }

    private static DesignMatrix Without(DesignMatrix design, int start, int size)
    {
        var rows = design.Rows - size;
        var values = new double[rows * design.Columns];
        for (var j = 0; j < design.Columns; j++)
        {
            Copy(design.Column(j), start, size, values.AsSpan(j * rows, rows));
        }

        return new DesignMatrix(rows, design.Names, values, design.Terms);
    }

    /// <summary>The term on the rows that are left; groups that have no row any more are gone.</summary>
    private static RandomTermDesign Without(RandomTermDesign term, int start, int size)
    {
        var groups = Without(term.Groups, start, size);
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
            Copy(term.Column(j), start, size, values.AsSpan(j * groups.Length, groups.Length));
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

    private static Column Without(Column column, int start, int size) => column switch
    {
        FactorColumn factor => new FactorColumn(factor.Name, Without(factor.Codes, start, size), [.. factor.Levels]),
        NumericColumn numeric => new NumericColumn(numeric.Name, Without(numeric.Values, start, size)),
        _ => throw new ArgumentException($"The column \"{column.Name}\" is neither numeric nor a factor.", nameof(column)),
    };

    private static T[] Without<T>(ReadOnlySpan<T> values, int start, int size)
    {
        if (values.IsEmpty)
        {
            return [];
        }

        var result = new T[values.Length - size];
        Copy(values, start, size, result);
        return result;
    }

    private static void Copy<T>(ReadOnlySpan<T> values, int start, int size, Span<T> destination)
    {
        values[..start].CopyTo(destination);
        values[(start + size)..].CopyTo(destination[start..]);
    }
}
