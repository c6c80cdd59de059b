using System.Runtime.CompilerServices;
using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Model;

/// <summary>
/// The linear change of variables under which the iteration runs: covariates centred
/// (when there is an intercept) and divided by powers of two near their spread.
/// </summary>
/// <remarks>
/// Powers of two change no bits, so a covariate in other units gives the same fit; centring makes the information well conditioned.
/// </remarks>
internal sealed class ColumnScaling : IFixedScaling
{
    /// <summary>The scalings of designs that live: what fits of many outcomes on the same design share.</summary>
    private static readonly ConditionalWeakTable<DesignMatrix, ColumnScaling> Known = [];

    private readonly double[] centers;
    private readonly double[] scales;
    private readonly double[] spreads;
    private readonly int intercept;

    /// <summary>Measures the columns of a design.</summary>
    /// <param name="design">X.</param>
    /// <param name="unit">A power of two near the spread of the linear predictor:
    /// every column is multiplied by it, so that coefficients near 1 matter.</param>
    public ColumnScaling(DesignMatrix design, double unit = 1)
    {
        Columns = design.Columns;
        centers = new double[Columns];
        scales = new double[Columns];
        spreads = new double[Columns];
        intercept = -1;
        for (var j = 0; j < Columns; j++)
        {
            var column = design.Column(j);
            scales[j] = 1;
            if (intercept < 0 && SpanMath.Min(column) == 1 && SpanMath.Max(column) == 1)
            {
                intercept = j;
            }
        }

        for (var j = 0; j < Columns; j++)
        {
            if (j != intercept)
            {
                Measure(design.Column(j), intercept >= 0, out centers[j], out scales[j], out spreads[j]);
            }

            scales[j] /= unit;
            spreads[j] *= unit;
        }
    }

    /// <summary>The scaling of a design, measured once where the unit is 1.</summary>
    /// <param name="design">X.</param>
    /// <param name="unit">A power of two near the spread of the linear predictor.</param>
    public static ColumnScaling Of(DesignMatrix design, double unit) =>
        unit == 1 ? Known.GetValue(design, matrix => new ColumnScaling(matrix)) : new ColumnScaling(design, unit);

    /// <summary>p.</summary>
    public int Columns { get; }

    /// <summary>A power of two near the root mean square of a column; 1 for a column of zeros.</summary>
    public static double ScaleOf(ReadOnlySpan<double> column)
    {
        var meanSquare = SpanMath.SumOfSquares(column) / Math.Max(1, column.Length);
        return meanSquare > 0 && double.IsFinite(meanSquare) ? Math.ScaleB(1, (int)Math.Round(0.5 * Math.Log2(meanSquare))) : 1;
    }

    /// <summary>The column of ones, or −1.</summary>
    public int Intercept => intercept;

    /// <summary>What is subtracted from a column.</summary>
    public double Center(int column) => centers[column];

    /// <summary>What it is then divided by.</summary>
    public double Scale(int column) => scales[column];

    /// <summary>The standard deviation of a scaled column: near 1 (times the unit), and 0 for a constant one.</summary>
    public double Spread(int column) => spreads[column];

    /// <summary>The scaled value of a covariate.</summary>
    public double Apply(int column, double value) => (value - centers[column]) / scales[column];

    /// <summary>Writes the scaled columns of a design.</summary>
    /// <param name="design">X, of which these are the columns.</param>
    /// <param name="values">Receives n×p numbers by row.</param>
    public void FillDesign(DesignMatrix design, Span<double> values)
    {
        for (var j = 0; j < Columns; j++)
        {
            var column = design.Column(j);
            for (var i = 0; i < column.Length; i++)
            {
                values[(i * Columns) + j] = Apply(j, column[i]);
            }
        }
    }

    /// <summary>Coefficients of the data's columns from those of the scaled ones.</summary>
    public void ToData(ReadOnlySpan<double> scaled, Span<double> coefficients)
    {
        var shift = 0.0;
        for (var j = 0; j < Columns; j++)
        {
            coefficients[j] = scaled[j] / scales[j];
            shift += centers[j] * coefficients[j];
        }

        if (intercept >= 0)
        {
            coefficients[intercept] -= shift;
        }
    }

    /// <summary>Coefficients of the scaled columns from those of the data's.</summary>
    public void FromData(ReadOnlySpan<double> coefficients, Span<double> scaled)
    {
        var shift = 0.0;
        for (var j = 0; j < Columns; j++)
        {
            scaled[j] = coefficients[j] * scales[j];
            shift += centers[j] * coefficients[j];
        }

        if (intercept >= 0)
        {
            scaled[intercept] += scales[intercept] * shift;
        }
    }

    /// <summary>Adds the Jacobian ∂(scaled)/∂(data), p×p, to the upper left corner of an m×m row-major matrix of zeros.</summary>
    public void FillJacobian(Span<double> jacobian, int order)
    {
        for (var j = 0; j < Columns; j++)
        {
            jacobian[(j * order) + j] = scales[j];
            if (intercept >= 0 && j != intercept)
            {
                jacobian[(intercept * order) + j] = scales[intercept] * centers[j];
            }
        }
    }

    private static void Measure(ReadOnlySpan<double> column, bool center, out double middle, out double scale, out double spread)
    {
        middle = center ? SpanMath.Sum(column) / column.Length : 0;
        var sum = 0.0;
        foreach (var value in column)
        {
            sum += (value - middle) * (value - middle);
        }

        spread = Math.Sqrt(sum / column.Length);
        scale = spread > 0 && double.IsFinite(spread) ? Math.ScaleB(1, (int)Math.Round(Math.Log2(spread))) : 1;
        spread /= scale;
    }
}
