using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Data.Coding;

/// <summary>The columns of one term: the products of its factors' columns, the first factor's varying fastest, as in R.</summary>
internal sealed class TermCoding
{
    private readonly (VariableCoding Coding, bool Full)[] factors;
    private readonly int[] widths;

    /// <summary>Combines coded factors.</summary>
    /// <param name="label">The term's label.</param>
    /// <param name="factors">The factors, and whether each has a column for every level.</param>
    internal TermCoding(string label, (VariableCoding Coding, bool Full)[] factors)
    {
        Label = label;
        this.factors = factors;
        var names = Array.ConvertAll(factors, factor => factor.Coding.Names(factor.Full));
        widths = Array.ConvertAll(names, list => list.Count);
        var product = widths.Aggregate(1L, (total, width) => Math.Min(total * width, int.MaxValue));
        if (product > DesignCoding.MaximumColumns)
        {
            throw DesignCoding.TooWide(product);
        }

        var products = new string[product];
        for (var column = 0; column < products.Length; column++)
        {
            var places = Places(column);
            products[column] = string.Join(':', names.Select((list, factor) => list[places[factor]]));
        }

        Names = products;
    }

    /// <summary>The term's label.</summary>
    internal string Label { get; }

    /// <summary>The coefficients' names.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>The factors that one column is the product of.</summary>
    internal IReadOnlyList<ColumnPart> Parts(int column)
    {
        var places = Places(column);
        var parts = new ColumnPart[places.Length];
        for (var k = 0; k < parts.Length; k++)
        {
            parts[k] = factors[k].Coding.Part(places[k], factors[k].Full);
        }

        return parts;
    }

    /// <summary>Computes one column.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="column">The place among the names.</param>
    /// <param name="scratch">n values to work in; used by interactions only.</param>
    /// <param name="destination">n values.</param>
    internal void Fill(FrameTable table, int column, Lazy<double[]> scratch, Span<double> destination)
    {
        var places = Places(column);
        for (var k = 0; k < factors.Length; k++)
        {
            var (coding, full) = factors[k];
            if (k == 0)
            {
                coding.Fill(table, full, places[k], destination);
            }
            else
            {
                coding.Fill(table, full, places[k], scratch.Value);
                SpanMath.Multiply(destination, scratch.Value, destination);
            }
        }
    }

    /// <summary>Computes the derivative of one column in a variable, by the product rule.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="variable">The column of the data that moves.</param>
    /// <param name="column">The place among the names.</param>
    /// <param name="destination">n values.</param>
    internal void FillSlope(FrameTable table, string variable, int column, Span<double> destination)
    {
        destination.Clear();
        var places = Places(column);
        var (product, other) = (new double[destination.Length], new double[destination.Length]);
        for (var moved = 0; moved < factors.Length; moved++)
        {
            factors[moved].Coding.FillSlope(table, variable, places[moved], product);
            for (var k = 0; k < factors.Length; k++)
            {
                if (k != moved)
                {
                    factors[k].Coding.Fill(table, factors[k].Full, places[k], other);
                    SpanMath.Multiply(product, other, product);
                }
            }

            SpanMath.Add(destination, product, destination);
        }
    }

    private int[] Places(int column)
    {
        var places = new int[widths.Length];
        for (var i = 0; i < widths.Length; i++)
        {
            places[i] = column % widths[i];
            column /= widths[i];
        }

        return places;
    }
}
