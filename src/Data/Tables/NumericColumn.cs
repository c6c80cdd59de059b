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

    /// <summary>The values' array itself; not to be changed.</summary>
    internal double[] ValuesArray => values;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(values[row]);
}
