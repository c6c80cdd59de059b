using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Gee.Ordinal;

/// <summary>
/// Makes the rows of indicators z_k = 1(Y ≤ k) of a frame of ordered outcomes, in the order that the equations are solved in.
/// </summary>
/// <remarks>
/// The columns are the thresholds, 1 where the row is one of theirs, then −x: the predictor is θ_k − xβ. Last come the columns without
/// proportional odds, of which each becomes J, −x at one threshold and 0 elsewhere.
/// </remarks>
internal sealed class IndicatorFrame
{
    private readonly ModelFrame frame;
    private readonly int thresholds;
    private readonly int[] source;
    private readonly int[] thresholdOf;

    private IndicatorFrame(ModelFrame frame, int thresholds)
    {
        this.frame = frame;
        this.thresholds = thresholds;
        source = new int[frame.Rows * thresholds];
        thresholdOf = new int[source.Length];
        var place = 0;
        for (var cluster = 0; cluster < frame.Clusters.Count; cluster++)
        {
            for (var k = 0; k < thresholds; k++)
            {
                for (var t = 0; t < frame.Clusters.Size(cluster); t++, place++)
                {
                    (source[place], thresholdOf[place]) = (frame.Clusters.Start(cluster) + t, k);
                }
            }
        }
    }

    /// <summary>Makes them.</summary>
    /// <param name="frame">Outcomes 0 to J, and a design with or without an intercept, which the thresholds replace.</param>
    /// <param name="names">The names of the thresholds, J.</param>
    /// <param name="nominal">The columns without proportional odds.</param>
    public static ModelFrame Of(ModelFrame frame, IReadOnlyList<string> names, IReadOnlyList<int> nominal)
    {
        var rows = new IndicatorFrame(frame, names.Count);
        int[] offsets = [.. frame.Clusters.Offsets];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] *= names.Count;
        }

        return new ModelFrame(
            rows.Design(names, nominal),
            rows.Indicators(),
            new Clusters(frame.Clusters.Name, offsets, frame.Clusters.Label))
        {
            ResponseName = frame.ResponseName,
            Weights = rows.Repeat(frame.Weights),
            Offset = Array.ConvertAll(rows.Repeat(frame.Offset), value => -value),
            Waves = rows.Repeat(frame.Waves),
            WaveValues = rows.Repeat(frame.WaveValues),
            WaveLabels = frame.WaveLabels,
            RowOrder = rows.Repeat(frame.RowOrder),
            Dropped = frame.Dropped,
            Notes = frame.Notes,
            AuxiliaryColumns = [.. frame.AuxiliaryColumns.Select(rows.Repeat)],
        };
    }

    private double[] Indicators()
    {
        var indicators = new double[source.Length];
        for (var row = 0; row < indicators.Length; row++)
        {
            indicators[row] = frame.Response[source[row]] <= thresholdOf[row] ? 1 : 0;
        }

        return indicators;
    }

    private DesignMatrix Design(IReadOnlyList<string> names, IReadOnlyList<int> nominal)
    {
        var design = frame.Design;
        var (columns, labels, terms) = (new List<double[]>(), new List<string>(), new List<string>());
        for (var k = 0; k < thresholds; k++)
        {
            Add(names[k], DesignMatrix.InterceptName, row => thresholdOf[row] == k ? 1 : 0);
        }

        var predictors = Enumerable.Range(0, design.Columns).Where(j => j != design.Intercept);
        foreach (var j in predictors.Where(j => !nominal.Contains(j)))
        {
            Add(design.Names[j], design.Terms[j], row => -design.Column(j)[source[row]]);
        }

        foreach (var j in predictors.Where(nominal.Contains))
        {
            for (var k = 0; k < thresholds; k++)
            {
                Add($"{design.Names[j]}@{names[k]}", design.Terms[j], row => thresholdOf[row] == k ? -design.Column(j)[source[row]] : 0);
            }
        }

        return new DesignMatrix(source.Length, labels, [.. columns.SelectMany(column => column)], terms) { Aliased = design.Aliased };

        void Add(string name, string term, Func<int, double> value)
        {
            var column = new double[source.Length];
            for (var row = 0; row < column.Length; row++)
            {
                column[row] = value(row);
            }

            columns.Add(column);
            labels.Add(name);
            terms.Add(term);
        }
    }

    private Column Repeat(Column column) => column switch
    {
        FactorColumn factor => new FactorColumn(factor.Name, Repeat(factor.Codes), [.. factor.Levels]),
        NumericColumn numeric => new NumericColumn(numeric.Name, Repeat(numeric.Values)),
        _ => throw new ArgumentException($"The column \"{column.Name}\" is neither numeric nor a factor.", nameof(column)),
    };

    private T[] Repeat<T>(ReadOnlySpan<T> values)
    {
        if (values.IsEmpty)
        {
            return [];
        }

        var repeated = new T[source.Length];
        for (var row = 0; row < repeated.Length; row++)
        {
            repeated[row] = values[source[row]];
        }

        return repeated;
    }
}
