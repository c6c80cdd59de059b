using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Compare.Tests;

/// <summary>Model frames of the reference data sets.</summary>
internal static class ReferenceFrames
{
    /// <summary>The frame of a formula, whose random part gives the clusters unless a cluster column is named.</summary>
    public static ModelFrame Build(string data, string formula, string? cluster = null) =>
        BuildFile(ReferenceFiles.Data(data), formula, cluster);

    /// <summary>The frame of a formula on a file.</summary>
    public static ModelFrame BuildFile(string path, string formula, string? cluster = null)
    {
        var request = new FrameRequest { Formula = FormulaParser.Parse(formula), Cluster = cluster };
        return ModelFrameBuilder.Build(
            DatasetReader.Read(path, new DatasetReaderOptions { Columns = request.Columns }),
            request);
    }

    /// <summary>A frame from arrays without the rows of one cluster; −1 leaves nothing out.</summary>
    public static ModelFrame Without(ModelFrame frame, int cluster)
    {
        List<int> rows = [];
        List<int> offsets = [0];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            if (c != cluster)
            {
                rows.AddRange(Enumerable.Range(frame.Clusters.Start(c), frame.Clusters.Size(c)));
                offsets.Add(rows.Count);
            }
        }

        return new ModelFrame(
            Rows(frame.Design, rows),
            [.. rows.Select(i => frame.Response[i])],
            new Clusters(frame.Clusters.Name, [.. offsets], c => $"{c}"));
    }

    /// <summary>Some rows of a design.</summary>
    public static DesignMatrix Rows(DesignMatrix design, IReadOnlyList<int> rows)
    {
        var values = new double[rows.Count * design.Columns];
        for (var j = 0; j < design.Columns; j++)
        {
            for (var k = 0; k < rows.Count; k++)
            {
                values[(j * rows.Count) + k] = design.Column(j)[rows[k]];
            }
        }

        return new DesignMatrix(rows.Count, design.Names, values, design.Terms);
    }

    /// <summary>The same design with one column set to a value.</summary>
    public static DesignMatrix Set(DesignMatrix design, int column, double value)
    {
        var values = design.Values.ToArray();
        values.AsSpan(column * design.Rows, design.Rows).Fill(value);
        return new DesignMatrix(design.Rows, design.Names, values, design.Terms);
    }
}
