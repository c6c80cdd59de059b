using System.Runtime.CompilerServices;

namespace MarginalConditional.Data.Tables;

/// <summary>A column of numbers. Missing fields are NaN.</summary>
public sealed class NumericColumn : Column
{
    private readonly double[] values;

    /// <summary>Wraps an array (not copied; the caller must not change it afterwards).</summary>
    public NumericColumn(string name, double[] values)
        : base(name) => this.values = values;

    /// <inheritdoc/>
    public override int Length => values.Length;

    /// <summary>The values, one a row, NaN where missing.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>Whether two texts may have been one number, so that a grouping has to look at the texts. Default: no.</summary>
    internal bool HasOtherSpellings { get; init; }

    /// <summary>The number of fields that were a lone point, which SAS writes for missing.</summary>
    internal int Dots { get; init; }

    /// <summary>The values' array itself; not to be changed.</summary>
    internal double[] ValuesArray => values;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(values[row]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override NumericColumn Take(ReadOnlySpan<int> rows)
    {
        var taken = new double[rows.Length];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = values[rows[i]];
        }

        return new NumericColumn(Name, taken) { Label = Label };
    }
}
