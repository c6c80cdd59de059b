using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Frames;

/// <summary>Finds columns of a design that are linear combinations of columns before them, and says of which.</summary>
/// <remarks>
/// As R's <c>lm</c>, a column is aliased when what the columns before it leave of it is below 1e−7 of its length.
/// Columns are centred first when there is an intercept, so that neither a large mean nor a large scale passes for aliasing.
/// A Cholesky decomposition of the correlations decides the clear cases in O(np²) with one pass over the data; squaring costs half the
/// digits, so that doubtful ones are decided by Gram–Schmidt orthogonalization, done twice (Björck 1994).
/// </remarks>
internal static class AliasedTerms
{
    /// <summary>Least length of what is left of a column, as a part of its length.</summary>
    private const double Tolerance = 1e-7;

    /// <summary>A squared length left of this size is far above the rounding of the correlations: no doubt about it.</summary>
    private const double Clear = 1e-9;

    private const int BlockLength = 2048;

    /// <summary>Refuses a design of less than full rank.</summary>
    /// <exception cref="InputException">The design has aliased columns; the message names them.</exception>
    internal static void Refuse(DesignMatrix design, bool centred, string source) => _ = Find(design, centred, source, strict: true);

    /// <summary>Finds the columns that the data cannot tell from those before them.</summary>
    /// <param name="design">All columns.</param>
    /// <param name="centred">Whether the first column is the intercept.</param>
    /// <param name="source">The file, for messages.</param>
    /// <param name="strict">Whether such columns are refused rather than left out.</param>
    /// <exception cref="InputException">
    /// There are such columns and they are refused, or what is left has as many columns as there are rows; the message names them.
    /// </exception>
    internal static Estimability Find(DesignMatrix design, bool centred, string source, bool strict)
    {
        RefuseExtremes(design, source);
        if (IsClearlyOfFullRank(design, centred))
        {
            var all = new int[design.Columns];
            for (var j = 0; j < all.Length; j++)
            {
                all[j] = j;
            }

            return new Estimability(all, [], []);
        }

        var orthogonalization = new Orthogonalization(design, centred, Tolerance);
        var relations = orthogonalization.Relations();
        if (relations.Count > 0 && (strict || orthogonalization.Kept.Length == design.Rows))
        {
            throw Deficient(design, relations, source);
        }

        var sums = orthogonalization.Sums;
        return new Estimability(
            orthogonalization.Kept,
            [.. sums.Select((sum, index) => new AliasedColumn(
                design.Names[sum.Column],
                design.Terms[sum.Column],
                sum.Column,
                relations[index])
            {
                Parts = design.Parts.Count > 0 ? design.Parts[sum.Column] : [],
            })],
            [.. sums.Select(sum => sum.Coefficients)]);
    }

    private static InputException Deficient(DesignMatrix design, IReadOnlyList<string> relations, string source)
    {
        // With too few rows every relation is an accident of the data.
        var which = design.Rows < design.Columns
            ? string.Empty
            : $": {string.Join("; ", relations.Take(3))}{(relations.Count > 3 ? "; and so on" : string.Empty)}";
        return new InputException(string.Create(
            CultureInfo.InvariantCulture,
            $"The design has {design.Columns} columns but rank {design.Columns - relations.Count}{which}."))
        {
            File = source,
            Hint = Advice(design, relations),
        };
    }

    private static void RefuseExtremes(DesignMatrix design, string source)
    {
        for (var j = 0; j < design.Columns; j++)
        {
            NumberRange.Require(design.Column(j), design.Names[j], NumberRange.OfCovariates, source);
        }
    }

    private static string Advice(DesignMatrix design, IReadOnlyList<string> relations)
    {
        if (design.Rows < design.Columns)
        {
            return string.Create(CultureInfo.InvariantCulture, $"There are only {design.Rows} rows: use fewer terms.");
        }

        return relations[0].EndsWith("is 0 in every row", StringComparison.Ordinal)
            ? "No row has that combination: drop the interaction, or join levels."
            : relations[0].Contains("equals 1 ", StringComparison.Ordinal) ? "Drop one of them, or the intercept." : "Drop one of them.";
    }

    private static bool IsClearlyOfFullRank(DesignMatrix design, bool centred)
    {
        var p = design.Columns;
        if (p > design.Rows)
        {
            return false;
        }

        var first = centred ? 1 : 0;
        var size = p - first;
        var gram = new double[size * size];
        Accumulate(design, first, centred, gram);
        for (var j = 0; j < size; j++)
        {
            var length = gram[(j * size) + j];

            // A constant column leaves rounding only when centred: its length must exceed that of its mean's rounding.
            if (!(length > Clear * SpanMath.SumOfSquares(design.Column(j + first))))
            {
                return false;
            }
        }

        return Pivots(gram, size) > Clear;
    }

    private static void Accumulate(DesignMatrix design, int first, bool centred, double[] gram)
    {
        var (n, size) = (design.Rows, design.Columns - first);
        var means = new double[size];
        for (var j = 0; centred && j < size; j++)
        {
            means[j] = SpanMath.Sum(design.Column(j + first)) / n;
        }

        var block = new double[size * BlockLength];
        for (var start = 0; start < n; start += BlockLength)
        {
            var length = Math.Min(BlockLength, n - start);
            for (var j = 0; j < size; j++)
            {
                CancellationScope.Check();
                var column = block.AsSpan(j * BlockLength, length);
                var source = design.Column(j + first).Slice(start, length);
                for (var i = 0; i < column.Length; i++)
                {
                    column[i] = source[i] - means[j];
                }

                for (var k = 0; k <= j; k++)
                {
                    gram[(j * size) + k] += Dot(column, block.AsSpan(k * BlockLength, length));
                }
            }
        }
    }

    /// <summary>
    /// A dot product that is compiled in full at once: this runs once in
    /// most programs, too briefly for the runtime to notice that it is hot.
    /// </summary>
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var left = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var right = MemoryMarshal.Cast<double, Vector256<double>>(b)[..left.Length];
        Vector256<double> even = default, odd = default;
        var i = 0;
        for (; i + 1 < left.Length; i += 2)
        {
            even += left[i] * right[i];
            odd += left[i + 1] * right[i + 1];
        }

        for (; i < left.Length; i++)
        {
            even += left[i] * right[i];
        }

        var sum = Vector256.Sum(even + odd);
        for (var rest = left.Length * Vector256<double>.Count; rest < a.Length; rest++)
        {
            sum += a[rest] * b[rest];
        }

        return sum;
    }

    /// <summary>The smallest pivot of the Cholesky decomposition after scaling to a unit diagonal; lower triangle, row by row.</summary>
    private static double Pivots(double[] gram, int size)
    {
        var scale = new double[size];
        for (var j = 0; j < size; j++)
        {
            scale[j] = 1 / Math.Sqrt(gram[(j * size) + j]);
        }

        var smallest = 1.0;
        for (var j = 0; j < size; j++)
        {
            CancellationScope.Check();
            for (var k = 0; k <= j; k++)
            {
                var value = gram[(j * size) + k] * scale[j] * scale[k];
                value -= SpanMath.Dot(gram.AsSpan(j * size, k), gram.AsSpan(k * size, k));
                if (k < j)
                {
                    gram[(j * size) + k] = value / gram[(k * size) + k];
                }
                else
                {
                    smallest = Math.Min(smallest, value);
                    gram[(j * size) + j] = Math.Sqrt(Math.Max(value, double.Epsilon));
                }
            }
        }

        return smallest;
    }
}
