using System.Runtime.Intrinsics;
using MarginalConditional.Data.Coding;

namespace MarginalConditional.Data.Frames;

/// <summary>The linear predictor η = offset + Xβ (link scale): the one place where it is written.</summary>
/// <remarks>
/// Every row is summed in the order offset, column 0, column 1, …, so one row, a block of rows and all rows have the same bits.
/// </remarks>
public static class LinearPredictor
{
    /// <summary>η of every row of a frame.</summary>
    /// <param name="frame">Design and offset.</param>
    /// <param name="beta">β, p values.</param>
    /// <returns>n values, new.</returns>
    public static double[] Of(ModelFrame frame, ReadOnlySpan<double> beta)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var predictor = new double[frame.Rows];
        Of(frame.Design, frame.Offset, beta, predictor);
        return predictor;
    }

    /// <summary>η of every row of a frame.</summary>
    /// <param name="frame">Design and offset.</param>
    /// <param name="beta">β, p values.</param>
    /// <param name="destination">Receives n values.</param>
    public static void Of(ModelFrame frame, ReadOnlySpan<double> beta, Span<double> destination)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Of(frame.Design, frame.Offset, beta, destination);
    }

    /// <summary>η of every row of a design.</summary>
    /// <param name="design">X, n×p.</param>
    /// <param name="offset">n values, or empty for none.</param>
    /// <param name="beta">β, p values.</param>
    /// <param name="destination">Receives n values; may be the offset itself.</param>
    public static void Of(DesignMatrix design, ReadOnlySpan<double> offset, ReadOnlySpan<double> beta, Span<double> destination)
    {
        ArgumentNullException.ThrowIfNull(design);
        if (destination.Length != design.Rows)
        {
            throw new ArgumentException(
                $"The design has {design.Rows} rows, and the destination {destination.Length}.",
                nameof(destination));
        }

        Of(design, offset, 0, beta, destination);
    }

    /// <summary>η of consecutive rows of a design.</summary>
    /// <param name="design">X, n×p.</param>
    /// <param name="offset">n values, or empty for none.</param>
    /// <param name="start">The first row wanted, counted from 0.</param>
    /// <param name="beta">β, p values.</param>
    /// <param name="destination">Receives the rows wanted, as many as it is long.</param>
    public static void Of(DesignMatrix design, ReadOnlySpan<double> offset, int start, ReadOnlySpan<double> beta, Span<double> destination)
    {
        ArgumentNullException.ThrowIfNull(design);
        if (beta.Length != design.Columns)
        {
            throw new ArgumentException(
                $"The design has {design.Columns} columns, and there are {beta.Length} coefficients.",
                nameof(beta));
        }

        if (offset.IsEmpty)
        {
            destination.Clear();
        }
        else
        {
            offset.Slice(start, destination.Length).CopyTo(destination);
        }

        for (var j = 0; j < beta.Length; j++)
        {
            AddScaled(beta[j], design.Column(j).Slice(start, destination.Length), destination);
        }
    }

    /// <summary>Adds β_j times a column; clusters of a few rows, one by one, spend more on a general routine than on the sum.</summary>
    private static void AddScaled(double coefficient, ReadOnlySpan<double> column, Span<double> destination)
    {
        column = column[..destination.Length];
        var i = 0;
        for (; i <= column.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            ((Vector256.Create(column[i..]) * coefficient) + Vector256.Create(destination[i..])).CopyTo(destination[i..]);
        }

        for (; i < column.Length; i++)
        {
            destination[i] = (column[i] * coefficient) + destination[i];
        }
    }
}
