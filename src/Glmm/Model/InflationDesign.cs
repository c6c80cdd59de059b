using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Glmm.Model;

/// <summary>W, the design of the log odds of excess zeros: the frame's, or ones.</summary>
internal static class InflationDesign
{
    /// <summary>W with its names.</summary>
    public static DesignMatrix Of(ModelFrame frame) => frame.Inflation
        ?? new DesignMatrix(
            frame.Rows, [DesignMatrix.InterceptName], [.. Enumerable.Repeat(1.0, frame.Rows)], [DesignMatrix.InterceptName]);

    /// <summary>W in scaled columns, by row.</summary>
    public static double[] ScaledRows(ModelFrame frame)
    {
        var design = Of(frame);
        var scaling = new ColumnScaling(design);
        var values = new double[frame.Rows * design.Columns];
        for (var j = 0; j < design.Columns; j++)
        {
            var column = design.Column(j);
            for (var i = 0; i < column.Length; i++)
            {
                values[(i * design.Columns) + j] = scaling.Apply(j, column[i]);
            }
        }

        return values;
    }
}
