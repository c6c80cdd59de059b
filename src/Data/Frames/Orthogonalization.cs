using System.Globalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Frames;

/// <summary>
/// Orthogonalizes the columns of a design one after another and keeps those that are new; the others are expressed by them.
/// </summary>
internal sealed class Orthogonalization
{
    /// <summary>Coefficients of a relation are rounded to a multiple of this; the data rarely carry more digits.</summary>
    private const double Rounding = 1e-6;

    /// <summary>More summands than this are counted, not written.</summary>
    private const int SummandsShown = 8;

    private readonly DesignMatrix design;
    private readonly bool centred;
    private readonly double tolerance;
    private readonly List<double[]> basis = [];
    private readonly List<int> kept = [];
    private readonly List<double[]> triangle = [];
    private readonly List<(int Column, double[] Coefficients)> sums = [];
    private readonly double[] means;
    private readonly double[] lengths;

    internal Orthogonalization(DesignMatrix design, bool centred, double tolerance)
    {
        this.design = design;
        this.centred = centred;
        this.tolerance = tolerance;
        means = new double[design.Columns];
        lengths = new double[design.Columns];
    }

    /// <summary>The columns that are new, in order; the intercept is one of them.</summary>
    internal int[] Kept => [.. centred ? new[] { 0 } : [], .. kept];

    /// <summary>The aliased columns in order, and for each its coefficients on those kept, in their order; after the relations.</summary>
    internal IReadOnlyList<(int Column, double[] Coefficients)> Sums
    {
        get
        {
            var count = Kept.Length;
            return [.. sums.Select(sum => (sum.Column, (double[])[.. sum.Coefficients, .. new double[count - sum.Coefficients.Length]]))];
        }
    }

    /// <summary>A clause for each aliased column: which sum of the others it equals.</summary>
    internal IReadOnlyList<string> Relations()
    {
        var relations = new List<string>();
        for (var j = centred ? 1 : 0; j < design.Columns; j++)
        {
            var rest = Centred(j);
            var raw = Math.Sqrt(SpanMath.SumOfSquares(design.Column(j)));
            lengths[j] = Math.Sqrt(SpanMath.SumOfSquares(rest));
            var projections = new double[basis.Count];
            var constant = !(lengths[j] > 1e-13 * raw * Math.Sqrt(design.Rows));
            if (!constant)
            {
                Project(rest, projections);
                Project(rest, projections);
                var left = Math.Sqrt(SpanMath.SumOfSquares(rest));
                if (left > tolerance * lengths[j] && basis.Count + (centred ? 1 : 0) < design.Rows)
                {
                    SpanMath.Divide(rest, left, rest);
                    basis.Add(rest);
                    kept.Add(j);
                    triangle.Add([.. projections, left]);
                    continue;
                }
            }

            relations.Add(Describe(j, projections));
        }

        return relations;
    }

    private double[] Centred(int j)
    {
        var column = design.Column(j).ToArray();
        if (centred)
        {
            means[j] = SpanMath.Sum(column) / design.Rows;
            SpanMath.Subtract(column, means[j], column);
        }

        return column;
    }

    private void Project(double[] rest, double[] projections)
    {
        for (var k = 0; k < projections.Length; k++)
        {
            CancellationScope.Check();
            var projection = SpanMath.Dot(rest, basis[k]);
            projections[k] += projection;
            SpanMath.MultiplyAdd(basis[k], -projection, rest, rest);
        }
    }

    /// <summary>Solves the triangular system for the coefficients of the kept columns and writes the sum.</summary>
    private string Describe(int j, double[] projections)
    {
        var coefficients = (double[])projections.Clone();
        for (var k = coefficients.Length - 1; k >= 0; k--)
        {
            coefficients[k] /= triangle[k][k];
            for (var i = 0; i < k; i++)
            {
                coefficients[i] -= coefficients[k] * triangle[k][i];
            }
        }

        var constant = means[j];
        var sum = new List<(double Coefficient, string Name)>();
        for (var k = 0; k < coefficients.Length; k++)
        {
            constant -= coefficients[k] * means[kept[k]];
            if (Math.Abs(coefficients[k]) * lengths[kept[k]] > Rounding * lengths[j])
            {
                sum.Add((Rounded(coefficients[k]), design.Names[kept[k]]));
            }
            else
            {
                // What rounding left over would break the relation in rows where all that matters is 0.
                coefficients[k] = 0;
            }
        }

        if (Math.Abs(constant) > Rounding * Math.Max(Math.Abs(means[j]), lengths[j] / Math.Sqrt(design.Rows)))
        {
            sum.Insert(0, (Rounded(constant), string.Empty));
        }
        else
        {
            constant = 0;
        }

        sums.Add((j, centred ? [constant, .. coefficients] : coefficients));
        return sum.Count == 0 ? $"\"{design.Names[j]}\" is 0 in every row" : $"\"{design.Names[j]}\" equals {Write(sum)}";
    }

    private static double Rounded(double value)
    {
        var whole = Math.Round(value);
        return Math.Abs(value - whole) <= Rounding * Math.Abs(whole) ? whole : value;
    }

    private static string Write(List<(double Coefficient, string Name)> sum)
    {
        var text = string.Empty;
        foreach (var (coefficient, name) in sum.Take(SummandsShown))
        {
            var sign = coefficient < 0 ? "−" : "+";
            text += text.Length > 0 ? $" {sign} " : coefficient < 0 ? sign : string.Empty;
            var size = Math.Abs(coefficient).ToString("G6", CultureInfo.InvariantCulture);
            text += name.Length == 0 ? size : size == "1" ? name : $"{size} × {name}";
        }

        return sum.Count <= SummandsShown
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text} and {sum.Count - SummandsShown} more terms");
    }
}
