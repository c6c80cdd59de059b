using System.Globalization;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Data.Coding;

/// <summary>R's <c>bs(x, df)</c>, B-splines, and <c>ns(x, df)</c>, cubic splines that are straight beyond the boundary.</summary>
/// <remarks>
/// Knots stand at quantiles (type 7) of the values within the boundary, which is their range unless given; they are learned from the rows
/// used, and kept. For <c>ns</c> the second derivatives at the two boundaries are set to zero by the last columns of the orthogonal factor
/// of their transposed matrix, with Householder's reflections in LINPACK's signs, so that the columns are those of R
/// (Chambers and Hastie 1992, chapter 7).
/// </remarks>
internal sealed class SplineCoding : VariableCoding
{
    /// <summary>Polynomials of a higher degree than this have no digits left.</summary>
    private const int MaximumDegree = 10;

    private readonly Expression.Call call;
    private readonly Expression argument;
    private readonly bool isNatural;
    private readonly int skipped;
    private readonly double lower;
    private readonly double upper;
    private readonly SplineBasis basis;
    private readonly double[][] reflections;

    /// <summary>Learns the knots from a frame.</summary>
    internal SplineCoding(Expression.Call call, FrameTable table)
    {
        this.call = call;
        var arguments = new CallArguments(call);
        argument = arguments.Argument;
        isNatural = call.Function == "ns";
        var degree = isNatural ? 3 : arguments.Whole("degree") ?? 3;
        skipped = arguments.Flag("intercept", false) ? 0 : 1;
        var x = new double[table.Rows];
        ExpressionEvaluator.Evaluate(argument, table, x);
        double[] boundary = arguments.Numbers("Boundary.knots") ?? [x.Min(), x.Max()];
        if (degree is < 1 or > MaximumDegree || boundary.Length != 2 || !(boundary.Min() < boundary.Max()))
        {
            throw Problem(table, degree is < 1 or > MaximumDegree ? $"needs a degree from 1 to {MaximumDegree}"
                : boundary.Length != 2 ? "needs two boundary knots" : "needs different values");
        }

        (lower, upper) = (boundary.Min(), boundary.Max());
        var knots = arguments.Numbers("knots") ?? Quantiles(x, KnotCount(arguments, degree, x, table));
        Array.Sort(knots);
        if (knots.Length > 0 && !(knots[0] > lower && knots[^1] < upper))
        {
            throw Problem(table, "needs its knots between the boundary knots; knots = c(...) names them");
        }

        basis = new SplineBasis(lower, knots, upper, degree + 1);
        reflections = isNatural ? Reflections() : [];
    }

    internal override bool IsCategorical => false;

    private int Width => basis.Count - skipped - reflections.Length;

    internal override IReadOnlyList<string> Names(bool full) =>
        Width == 1
            ? [call.ToString()]
            : [.. Enumerable.Range(1, Width).Select(number => call + number.ToString(CultureInfo.InvariantCulture))];

    internal override ColumnPart Part(int column, bool full) => new(call.ToString(), column, 0, IsFull: false);

    internal override void Fill(FrameTable table, bool full, int column, Span<double> destination)
    {
        ExpressionEvaluator.Evaluate(argument, table, destination);
        var (row, slope) = (new double[basis.Count], new double[basis.Count]);
        for (var i = 0; i < destination.Length; i++)
        {
            Evaluate(destination[i], row, slope);
            destination[i] = row[skipped + reflections.Length + column];
        }
    }

    internal override void FillSlope(FrameTable table, string variable, int column, Span<double> destination)
    {
        var x = new double[destination.Length];
        ExpressionEvaluator.Evaluate(argument, table, x);
        ExpressionSlope.Evaluate(argument, table, variable, destination);
        var slope = new double[basis.Count];
        for (var i = 0; i < destination.Length; i++)
        {
            // Beyond the boundary natural splines are straight: the slope is that at the boundary.
            basis.Evaluate(isNatural ? Math.Clamp(x[i], lower, upper) : x[i], 1, slope);
            foreach (var reflection in reflections)
            {
                Reflect(reflection, slope.AsSpan(skipped));
            }

            destination[i] *= slope[skipped + reflections.Length + column];
        }
    }

    /// <summary>The row of all columns at a value; the constraints come first.</summary>
    private void Evaluate(double x, double[] row, double[] slope)
    {
        var inside = isNatural ? Math.Clamp(x, lower, upper) : x;
        basis.Evaluate(inside, 0, row);
        if (inside != x)
        {
            basis.Evaluate(inside, 1, slope);
            for (var j = 0; j < row.Length; j++)
            {
                row[j] += (x - inside) * slope[j];
            }
        }

        foreach (var reflection in reflections)
        {
            Reflect(reflection, row.AsSpan(skipped));
        }
    }

    private int KnotCount(CallArguments arguments, int degree, double[] x, FrameTable table)
    {
        // Without either, R takes no knots: one column of ns, as many of bs as the degree.
        var least = (isNatural ? 2 : degree + 1) - skipped;
        var columns = arguments.Whole("df") ?? least;
        var most = Math.Max(least, x.Distinct().Count());
        return columns >= least && columns <= most
            ? columns - least
            : throw Problem(table, columns < least
                ? string.Create(CultureInfo.InvariantCulture, $"needs df of {least} or more")
                : string.Create(CultureInfo.InvariantCulture, $"needs df of {most} or fewer, the number of different values"));
    }

    /// <summary>Quantiles of type 7 at equal steps, of the values within the boundary.</summary>
    private double[] Quantiles(double[] x, int count)
    {
        double[] sorted = [.. x.Where(value => value >= lower && value <= upper).Order()];
        var quantiles = new double[count];
        for (var k = 0; k < count; k++)
        {
            var place = (sorted.Length - 1) * (k + 1.0) / (count + 1);
            var below = (int)Math.Floor(place);
            var above = Math.Min(below + 1, sorted.Length - 1);
            quantiles[k] = sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
        }

        return quantiles;
    }

    /// <summary>Householder's reflections that make the second derivatives at the boundary triangular.</summary>
    private double[][] Reflections()
    {
        var columns = new[] { lower, upper }.Select(end =>
        {
            var curvature = new double[basis.Count];
            basis.Evaluate(end, 2, curvature);
            return curvature[skipped..];
        }).ToArray();
        var vectors = new double[columns.Length][];
        for (var k = 0; k < columns.Length; k++)
        {
            var vector = (double[])columns[k].Clone();
            vector.AsSpan(0, k).Clear();
            var length = Math.Sqrt(vector.Sum(value => value * value));
            length = vector[k] < 0 ? -length : length;
            for (var i = k; i < vector.Length; i++)
            {
                vector[i] /= length;
            }

            vector[k] += 1;
            vectors[k] = vector;
            foreach (var later in columns.Skip(k + 1))
            {
                Reflect(vector, later);
            }
        }

        return vectors;
    }

    /// <summary>y − u (u·y) / u_k, with k the first place where u is not 0: there u is 1 and the direction of the axis.</summary>
    private static void Reflect(double[] vector, Span<double> values)
    {
        double dot = 0;
        for (var i = 0; i < vector.Length; i++)
        {
            dot += vector[i] * values[i];
        }

        dot /= vector[Array.FindIndex(vector, value => value != 0)];
        for (var i = 0; i < vector.Length; i++)
        {
            values[i] -= dot * vector[i];
        }
    }

    private InputException Problem(FrameTable table, string need) => new($"The term {call} {need}.") { File = table.Data.Source };
}
