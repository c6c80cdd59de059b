using MarginalConditional.Data.Rows;

namespace MarginalConditional.Data.Coding;

/// <summary>The n×p fixed-effects design: values by column, the coefficients' names (R's), and the term each belongs to.</summary>
public sealed class DesignMatrix
{
    /// <summary>The name of the constant column, R's.</summary>
    public const string InterceptName = "(Intercept)";

    private readonly double[] values;

    /// <summary>Wraps the arrays (not copied; the caller must not change them afterwards).</summary>
    /// <param name="rows">n.</param>
    /// <param name="names">p names, such as <c>(Intercept)</c> or <c>treatmentB:time</c>.</param>
    /// <param name="values">n×p, column-major.</param>
    /// <param name="terms">For each of the p columns the label of its term in the formula, such as <c>treatment:time</c>.</param>
    public DesignMatrix(int rows, IReadOnlyList<string> names, double[] values, IReadOnlyList<string> terms)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(terms);
        if (values.Length != rows * names.Count || terms.Count != names.Count)
        {
            throw new ArgumentException(
                $"A design of {rows} rows and {names.Count} columns needs {rows * names.Count} values and {names.Count} terms.",
                nameof(values));
        }

        Rows = rows;
        Names = names;
        Terms = terms;
        this.values = values;
        for (var j = 0; j < names.Count && Intercept < 0; j++)
        {
            Intercept = names[j] == InterceptName ? j : -1;
        }
    }

    /// <summary>n, the number of rows.</summary>
    public int Rows { get; }

    /// <summary>p, the number of coefficients.</summary>
    public int Columns => Names.Count;

    /// <summary>The column of the intercept, counted from 0; −1 without one.</summary>
    public int Intercept { get; } = -1;

    /// <summary>The coefficients' names, in column order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The term of each column, in column order; the intercept's is <see cref="InterceptName"/>.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>The terms but the intercept, each once, in column order.</summary>
    public IEnumerable<string> PredictorTerms => Terms.Distinct(StringComparer.Ordinal).Where(term => term != InterceptName);

    /// <summary>
    /// For each column the factors it is the product of, none for the intercept; an empty list when the design was made from arrays.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<ColumnPart>> Parts { get; init; } = [];

    /// <summary>The columns left out because the data cannot tell them from those before them; empty when all were kept.</summary>
    public IReadOnlyList<AliasedColumn> Aliased { get; init; } = [];

    /// <summary>All values, n×p, column-major.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>One column, n values.</summary>
    public ReadOnlySpan<double> Column(int index) => values.AsSpan(index * Rows, Rows);
}
