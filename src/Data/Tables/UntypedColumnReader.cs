using System.Runtime.CompilerServices;

namespace MarginalConditional.Data.Tables;

/// <summary>Gathers a column of numbers, until a field is not one.</summary>
/// <remarks>
/// A column that starts with text goes on as categories at once; one that turns to text later has to be read again, since the text of its
/// numbers is gone. So has a column of labels with whole numbers that a double does not tell apart, such as identifiers of 20 digits.
/// </remarks>
internal sealed class UntypedColumnReader(
    string name,
    int place,
    byte point,
    MissingTokens missing,
    bool isLabel) : ColumnReader(name, place)
{
    /// <summary>From 2^53 on, neighbouring whole numbers share a double.</summary>
    private const double FirstIndistinct = 1L << 53;

    private readonly GrowingArray<double> values = new();
    private FactorColumnReader? categories;
    private bool anyNumber;

    /// <summary>
    /// Whether numbers were followed by text, or by labels too long for numbers: then the column has to be read again as categories.
    /// </summary>
    internal bool Failed { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Add(ReadOnlySpan<byte> text)
    {
        if (categories is not null)
        {
            categories.Add(text);
            return;
        }

        if (Failed)
        {
            return;
        }

        if (NumberParser.TryParse(text, point, out var value))
        {
            anyNumber = true;
            if (missing.HasNumbers && missing.Contains(text))
            {
                value = double.NaN;
            }
            else if (isLabel && Math.Abs(value) >= FirstIndistinct)
            {
                Failed = true;
                return;
            }
        }
        else if (!missing.Contains(text))
        {
            StartCategories(text);
            return;
        }

        values.Add(value);
    }

    internal override Column Finish(Func<int, int?> lineOf) => categories?.Finish(lineOf) ?? new NumericColumn(Name, values.ToArray());

    private void StartCategories(ReadOnlySpan<byte> text)
    {
        Failed = anyNumber;
        if (!Failed)
        {
            categories = new FactorColumnReader(Name, Place, point, missing);
            for (var row = 0; row < values.Count; row++)
            {
                categories.Add([]);
            }

            categories.Add(text);
        }
    }
}
