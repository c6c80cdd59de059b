namespace MarginalConditional.Data.Coding;

/// <summary>Which columns of a coded design are fitted, and what the others equal on the rows it was learned from.</summary>
/// <remarks>
/// A combination of coefficients, such as the predictor of a row or a least-squares mean, is estimable if and only if its weights satisfy
/// the same relations as the columns: it is then a combination of rows that were seen (Searle 1971, section 5.4).
/// </remarks>
internal sealed class Estimability
{
    /// <summary>A relation holds if it does to this part of its largest summand.</summary>
    private const double Tolerance = 1e-6;

    private readonly int[] kept;
    private readonly int[] left;
    private readonly double[][] coefficients;

    /// <summary>Keeps what was found out.</summary>
    /// <param name="kept">The columns that are fitted, in order.</param>
    /// <param name="aliased">The columns left out, in order.</param>
    /// <param name="coefficients">For each of these its coefficients on the columns that are fitted, in their order.</param>
    internal Estimability(int[] kept, IReadOnlyList<AliasedColumn> aliased, double[][] coefficients)
    {
        this.kept = kept;
        Aliased = aliased;
        left = [.. aliased.Select(column => column.Position)];
        this.coefficients = coefficients;
    }

    /// <summary>The columns left out.</summary>
    internal IReadOnlyList<AliasedColumn> Aliased { get; }

    /// <summary>The design of a coding with the columns that are fitted.</summary>
    /// <param name="coding">The coding of all columns.</param>
    /// <param name="rows">n.</param>
    /// <param name="all">The values of all columns, column-major.</param>
    internal DesignMatrix Reduce(DesignCoding coding, int rows, double[] all)
    {
        var values = all;
        if (left.Length > 0)
        {
            values = new double[rows * kept.Length];
            for (var k = 0; k < kept.Length; k++)
            {
                all.AsSpan(kept[k] * rows, rows).CopyTo(values.AsSpan(k * rows));
            }
        }

        return new DesignMatrix(rows, Chosen(coding.Names), values, Chosen(coding.TermLabels))
        {
            Parts = Chosen(coding.Parts),
            Aliased = Aliased,
        };
    }

    /// <summary>The first column left out whose relation does not hold for weights of all columns; null if they are estimable.</summary>
    /// <param name="weight">The weight of a column, by its place among all columns.</param>
    internal AliasedColumn? Violated(Func<int, double> weight)
    {
        for (var j = 0; j < left.Length; j++)
        {
            var (sum, largest) = (-weight(left[j]), Math.Abs(weight(left[j])));
            for (var k = 0; k < kept.Length; k++)
            {
                var summand = coefficients[j][k] * weight(kept[k]);
                sum += summand;
                largest = Math.Max(largest, Math.Abs(summand));
            }

            if (Math.Abs(sum) > Tolerance * largest)
            {
                return Aliased[j];
            }
        }

        return null;
    }

    /// <summary>For each column left out, the combination of all columns that is 0 on every row.</summary>
    /// <param name="columns">The number of all columns.</param>
    internal IReadOnlyList<double[]> NullSpace(int columns) =>
    [
        .. Enumerable.Range(0, left.Length).Select(j =>
        {
            var direction = new double[columns];
            direction[left[j]] = -1;
            for (var k = 0; k < kept.Length; k++)
            {
                direction[kept[k]] = coefficients[j][k];
            }

            return direction;
        }),
    ];

    private T[] Chosen<T>(IReadOnlyList<T> items) => Array.ConvertAll(kept, index => items[index]);
}
