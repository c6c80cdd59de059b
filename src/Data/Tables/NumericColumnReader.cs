using System.Runtime.CompilerServices;

namespace MarginalConditional.Data.Tables;

/// <summary>Gathers a column of numbers, until a field is not one.</summary>
internal sealed class NumericColumnReader(string name, int place, byte point, MissingTokens missing) : ColumnReader(name, place)
{
    private readonly GrowingArray<double> values = new();

    /// <summary>Whether a field was text: then the column has to be read again as categories.</summary>
    internal bool Failed { get; private set; }

    /// <summary>Whether any field was a number.</summary>
    internal bool AnyNumber { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Add(ReadOnlySpan<byte> text)
    {
        if (Failed)
        {
            return;
        }

        if (NumberParser.TryParse(text, point, out var value))
        {
            AnyNumber = true;
            if (missing.HasNumbers && missing.Contains(text))
            {
                value = double.NaN;
            }
        }
        else if (!missing.Contains(text))
        {
            Failed = true;
        }

        values.Add(value);
    }

    internal override Column Finish() => new NumericColumn(Name, values.ToArray());
}
