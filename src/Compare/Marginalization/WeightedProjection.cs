using System.Numerics.Tensors;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Marginalization;

/// <summary>
/// The least-squares projection on a design's columns, v ↦ (XᵀWX)⁻¹XᵀWv, factored once by Gram–Schmidt with reorthogonalization.
/// </summary>
/// <remarks>
/// Two passes make Q orthogonal to rounding (Giraud, Langou and Rozloznik 2005), so the
/// result does not suffer from the square of X's condition as the normal equations would.
/// </remarks>
public sealed class WeightedProjection
{
    private readonly double[] orthogonal;
    private readonly double[] triangle;
    private readonly double[] rootWeights;
    private readonly int rows;

    /// <summary>Factors √W X = QR.</summary>
    /// <param name="design">X, n×p, column-major, of full column rank.</param>
    /// <param name="columns">p.</param>
    /// <param name="weights">n non-negative row weights, or empty when all are 1.</param>
    public WeightedProjection(ReadOnlySpan<double> design, int columns, ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        rows = design.Length / columns;
        if (rows * columns != design.Length || (weights.Length != 0 && weights.Length != rows))
        {
            throw new ArgumentException("The design and the weights do not have the same rows.", nameof(design));
        }

        Columns = columns;
        rootWeights = new double[weights.Length];
        TensorPrimitives.Sqrt(weights, rootWeights);
        orthogonal = design.ToArray();
        triangle = new double[columns * columns];
        for (var j = 0; j < columns; j++)
        {
            Orthogonalize(j);
        }
    }

    /// <summary>p.</summary>
    public int Columns { get; }

    /// <summary>Writes (XᵀWX)⁻¹XᵀWv.</summary>
    /// <param name="values">v, n values.</param>
    /// <param name="coefficients">Receives p values.</param>
    public void Coefficients(ReadOnlySpan<double> values, Span<double> coefficients)
    {
        var weighted = Weighted(values);
        for (var j = 0; j < Columns; j++)
        {
            coefficients[j] = SpanMath.Dot(Column(j), weighted);
        }

        BackSubstitute(coefficients);
    }

    /// <summary>Adds up (XᵀWX)⁻¹ Σ wᵢxᵢvᵢ over the rows of one cluster only: the cluster's share of a projection.</summary>
    /// <param name="values">v, n values, of which rows start to start + count − 1 are used.</param>
    /// <param name="start">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="coefficients">Receives p values.</param>
    public void Share(ReadOnlySpan<double> values, int start, int count, Span<double> coefficients)
    {
        for (var j = 0; j < Columns; j++)
        {
            var column = Column(j);
            var sum = 0.0;
            for (var i = start; i < start + count; i++)
            {
                sum += column[i] * values[i] * (rootWeights.Length == 0 ? 1 : rootWeights[i]);
            }

            coefficients[j] = sum;
        }

        BackSubstitute(coefficients);
    }

    private void Orthogonalize(int j)
    {
        var column = Column(j);
        if (rootWeights.Length != 0)
        {
            SpanMath.Multiply(column, rootWeights, column);
        }

        for (var pass = 0; pass < 2; pass++)
        {
            for (var k = 0; k < j; k++)
            {
                var basis = Column(k);
                var inner = SpanMath.Dot(basis, column);
                triangle[(k * Columns) + j] += inner;
                SpanMath.MultiplyAdd(basis, -inner, column, column);
            }
        }

        var norm = SpanMath.Norm(column);
        triangle[(j * Columns) + j] = norm;
        SpanMath.Divide(column, norm, column);
    }

    private Span<double> Column(int j) => orthogonal.AsSpan(j * rows, rows);

    private ReadOnlySpan<double> Weighted(ReadOnlySpan<double> values)
    {
        if (rootWeights.Length == 0)
        {
            return values;
        }

        var weighted = new double[rows];
        SpanMath.Multiply(values, rootWeights, weighted);
        return weighted;
    }

    private void BackSubstitute(Span<double> solution)
    {
        for (var j = Columns - 1; j >= 0; j--)
        {
            var sum = solution[j];
            for (var k = j + 1; k < Columns; k++)
            {
                sum -= triangle[(j * Columns) + k] * solution[k];
            }

            solution[j] = sum / triangle[(j * Columns) + j];
        }
    }
}
