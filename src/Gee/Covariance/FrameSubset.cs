using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Gee.Covariance;

/// <summary>A frame with one cluster left out.</summary>
internal static class FrameSubset
{
    /// <summary>Copies everything the fitter reads but the rows of one cluster.</summary>
    public static ModelFrame WithoutCluster(ModelFrame frame, int cluster)
    {
        var start = frame.Clusters.Start(cluster);
        var size = frame.Clusters.Size(cluster);
        var rows = frame.Rows - size;
        var values = new double[rows * frame.Design.Columns];
        for (var j = 0; j < frame.Design.Columns; j++)
        {
            Copy(frame.Design.Column(j), start, size, values.AsSpan(j * rows, rows));
        }

        var offsets = new int[frame.Clusters.Count];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = i <= cluster ? frame.Clusters.Offsets[i] : frame.Clusters.Offsets[i + 1] - size;
        }

        var clusters = new Clusters(frame.Clusters.Name, offsets, i => frame.Clusters.Label(i < cluster ? i : i + 1));
        return new ModelFrame(
            new DesignMatrix(rows, frame.Design.Names, values, frame.Design.Terms),
            Without(frame.Response, start, size),
            clusters)
        {
            ResponseName = frame.ResponseName,
            Weights = Without(frame.Weights, start, size),
            Trials = Without(frame.Trials, start, size),
            Offset = Without(frame.Offset, start, size),
            Waves = Without(frame.Waves, start, size),
            WaveValues = Without(frame.WaveValues, start, size),
            WaveLabels = frame.WaveLabels,
            AuxiliaryColumns = [.. frame.AuxiliaryColumns.Select(column => Without(column, start, size))],
        };
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
