using System.Globalization;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Coding;

/// <summary>How terms become a design: fixed effects X, or the columns Z of a random part.</summary>
internal sealed class DesignCoding
{
    /// <summary>More columns than any fit can use.</summary>
    internal const int MaximumColumns = 5_000;

    private readonly bool hasIntercept;
    private readonly TermCoding[] terms;

    private DesignCoding(bool hasIntercept, TermCoding[] terms)
    {
        this.hasIntercept = hasIntercept;
        this.terms = terms;
        string[] intercept = hasIntercept ? [DesignMatrix.InterceptName] : [];
        IReadOnlyList<ColumnPart>[] noPart = hasIntercept ? [[]] : [];
        Names = [.. intercept, .. terms.SelectMany(term => term.Names)];
        TermLabels = [.. intercept, .. terms.SelectMany(term => term.Names.Select(_ => term.Label))];
        Parts = [.. noPart, .. terms.SelectMany(term => term.Names.Select((_, column) => term.Parts(column)))];
        if (Names.Count > MaximumColumns)
        {
            throw TooWide(Names.Count);
        }
    }

    /// <summary>The coefficients' names.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>For each coefficient its term's label.</summary>
    internal IReadOnlyList<string> TermLabels { get; }

    /// <summary>For each coefficient the factors its column is the product of.</summary>
    internal IReadOnlyList<IReadOnlyList<ColumnPart>> Parts { get; }

    /// <summary>Chooses for every factor of every term whether it needs a column for each level, by R's rule.</summary>
    /// <param name="hasIntercept">Whether a constant column comes first.</param>
    /// <param name="terms">The terms in R's order.</param>
    /// <param name="codingOf">The coding of a factor.</param>
    /// <remarks>
    /// A categorical factor leaves out its reference level if the term without that factor is within an earlier term or empty;
    /// without an intercept the first categorical factor of the first term that has one is coded in full
    /// (Chambers and Hastie 1992, section 2.3.2; <c>terms.formula</c> and <c>model.matrix</c> of R).
    /// </remarks>
    internal static DesignCoding Create(bool hasIntercept, IReadOnlyList<Term> terms, Func<Expression, VariableCoding> codingOf)
    {
        var keys = terms.Select(term => term.Factors.Select(factor => factor.ToString()).ToHashSet(StringComparer.Ordinal)).ToArray();
        var firstCategorical = hasIntercept;
        var coded = new TermCoding[terms.Count];
        for (var t = 0; t < terms.Count; t++)
        {
            var factors = new (VariableCoding Coding, bool Full)[terms[t].Degree];
            for (var i = 0; i < factors.Length; i++)
            {
                var factor = terms[t].Factors[i];
                var coding = codingOf(factor);
                var rest = keys[t].Where(key => key != factor.ToString()).ToArray();
                var full = rest.Length > 0 && !keys.Take(t).Any(earlier => rest.All(earlier.Contains));
                if (coding.IsCategorical && !firstCategorical)
                {
                    full = true;
                    firstCategorical = true;
                }

                factors[i] = (coding, full);
            }

            coded[t] = new TermCoding(terms[t].Label, factors);
        }

        return new DesignCoding(hasIntercept, coded);
    }

    /// <summary>Computes the n×p values, column-major.</summary>
    internal double[] Values(FrameTable table)
    {
        var rows = table.Rows;
        if ((long)rows * Names.Count > Array.MaxLength)
        {
            throw TooWide(Names.Count);
        }

        var values = new double[rows * Names.Count];
        var scratch = new Lazy<double[]>(() => new double[rows]);
        var column = 0;
        if (hasIntercept)
        {
            values.AsSpan(0, rows).Fill(1);
            column++;
        }

        foreach (var term in terms)
        {
            for (var i = 0; i < term.Names.Count; i++, column++)
            {
                CancellationScope.Check();
                term.Fill(table, i, scratch, values.AsSpan(column * rows, rows));
            }
        }

        return values;
    }

    /// <summary>Computes the derivatives of the n×p values in a variable, column-major.</summary>
    internal double[] Slopes(FrameTable table, string variable)
    {
        var rows = table.Rows;
        var slopes = new double[rows * Names.Count];
        var column = hasIntercept ? 1 : 0;
        foreach (var term in terms)
        {
            for (var i = 0; i < term.Names.Count; i++, column++)
            {
                CancellationScope.Check();
                term.FillSlope(table, variable, i, slopes.AsSpan(column * rows, rows));
            }
        }

        return slopes;
    }

    internal static InputException TooWide(long columns) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The formula makes a design of {columns} columns."))
        {
            Hint = "A column with many different texts, or an interaction of such columns, makes a coefficient for each.",
        };
}
