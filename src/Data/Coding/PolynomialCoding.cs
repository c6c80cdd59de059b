using System.Globalization;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Data.Coding;

/// <summary>
/// Orthonormal polynomials of a number, as R's <c>poly(x, k)</c>: positive leading coefficients, orthogonal over the rows of the frame.
/// </summary>
/// <remarks>
/// Monic polynomials by the three-term recurrence p₍ⱼ₊₁₎ = (x − αⱼ) pⱼ − (‖pⱼ‖² / ‖p₍ⱼ₋₁₎‖²) p₍ⱼ₋₁₎ (Forsythe 1957; Kennedy and Gentle
/// 1980, pp. 343–344), divided by their norms. The α and norms are kept, so that changed data get the same polynomials.
/// </remarks>
internal sealed class PolynomialCoding : VariableCoding
{
    /// <summary>A polynomial whose norm falls below this part of x^j's has only rounding left in it.</summary>
    private const double Tolerance = 1e-12;

    private readonly Expression.Call call;
    private readonly int degree;
    private readonly double[] alpha;
    private readonly double[] squaredNorms;

    /// <summary>Learns the polynomials from a frame.</summary>
    internal PolynomialCoding(Expression.Call call, FrameTable table)
    {
        this.call = call;
        degree = (int)((Expression.Number)call.Arguments[1]).Value;
        alpha = new double[degree];
        squaredNorms = new double[degree + 1];
        Learn(table);
    }

    internal override bool IsCategorical => false;

    internal override IReadOnlyList<string> Names(bool full) =>
        degree == 1
            ? [call.ToString()]
            : [.. Enumerable.Range(1, degree).Select(power => call + power.ToString(CultureInfo.InvariantCulture))];

    internal override ColumnPart Part(int column, bool full) => new(call.ToString(), column, 0, IsFull: false);

    internal override void Fill(FrameTable table, bool full, int column, Span<double> destination)
    {
        var x = Argument(table);
        var previous = new double[x.Length];
        var current = new double[x.Length];
        current.AsSpan().Fill(1);
        for (var j = 0; j <= column; j++)
        {
            Advance(x, j, previous, current);
            (previous, current) = (current, previous);
        }

        SpanMath.Divide(current, Math.Sqrt(squaredNorms[column + 1]), destination);
    }

    internal override void FillSlope(FrameTable table, string variable, int column, Span<double> destination)
    {
        var x = Argument(table);
        ExpressionSlope.Evaluate(call.Arguments[0], table, variable, destination);
        for (var i = 0; i < destination.Length; i++)
        {
            // The recurrence and its derivative, side by side.
            var (previous, current, previousSlope, currentSlope) = (0.0, 1.0, 0.0, 0.0);
            for (var j = 0; j <= column; j++)
            {
                var ratio = j == 0 ? 0 : squaredNorms[j] / squaredNorms[j - 1];
                var next = ((x[i] - alpha[j]) * current) - (ratio * previous);
                var nextSlope = current + ((x[i] - alpha[j]) * currentSlope) - (ratio * previousSlope);
                (previous, current, previousSlope, currentSlope) = (current, next, currentSlope, nextSlope);
            }

            destination[i] *= currentSlope / Math.Sqrt(squaredNorms[column + 1]);
        }
    }

    private double[] Argument(FrameTable table)
    {
        var x = new double[table.Rows];
        ExpressionEvaluator.Evaluate(call.Arguments[0], table, x);
        return x;
    }

    private void Learn(FrameTable table)
    {
        var x = Argument(table);
        if (x.Distinct().Take(degree + 1).Count() <= degree)
        {
            throw new InputException($"The term {call} needs more than {degree} distinct values of {call.Arguments[0]}.")
            {
                File = table.Data.Source,
                Hint = "Lower the degree.",
            };
        }

        var previous = new double[x.Length];
        var current = new double[x.Length];
        current.AsSpan().Fill(1);
        squaredNorms[0] = x.Length;
        for (var j = 0; j < degree; j++)
        {
            alpha[j] = WeightedMean(x, current, squaredNorms[j]);
            Advance(x, j, previous, current);
            (previous, current) = (current, previous);
            squaredNorms[j + 1] = SpanMath.SumOfSquares(current);
            if (!(squaredNorms[j + 1] > Tolerance * Tolerance * squaredNorms[j]))
            {
                throw new InputException($"The term {call} cannot be computed: the values of {call.Arguments[0]} are too close to each "
                    + $"other.")
                { File = table.Data.Source, Hint = "Lower the degree." };
            }
        }
    }

    private static double WeightedMean(double[] x, double[] polynomial, double squaredNorm)
    {
        double sum = 0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * polynomial[i] * polynomial[i];
        }

        return sum / squaredNorm;
    }

    /// <summary>Overwrites the polynomial of degree j − 1 by that of degree j + 1.</summary>
    private void Advance(double[] x, int j, double[] previous, double[] current)
    {
        var ratio = j == 0 ? 0 : squaredNorms[j] / squaredNorms[j - 1];
        for (var i = 0; i < x.Length; i++)
        {
            previous[i] = ((x[i] - alpha[j]) * current[i]) - (ratio * previous[i]);
        }
    }
}
