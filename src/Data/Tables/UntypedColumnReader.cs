using System.Runtime.CompilerServices;
using MarginalConditional.Data.Files;

namespace MarginalConditional.Data.Tables;

/// <summary>Gathers a column of numbers, until a field is not one.</summary>
/// <remarks>
/// A column that starts with text goes on as categories at once; one that turns to text later has to be read again, since the text of its
/// numbers is gone. A number with a leading zero, such as 01, is text: whoever pads names does not count with them.
/// </remarks>
internal sealed class UntypedColumnReader(string name, int place, byte point, MissingTokens missing) : ColumnReader(name, place)
{
    private GrowingArray<double> values = new();
    private FactorColumnReader? categories;
    private bool anyNumber;
    private bool otherSpellings;
    private int dots;

    /// <summary>Whether numbers were followed by text: then the column has to be read again as categories.</summary>
    internal bool Failed { get; private set; }

    /// <summary>Whether what came was numbers, or missing, and a number cannot mean missing.</summary>
    private bool AreNumbers => categories is null && !Failed && !missing.HasNumbers;

    internal override void AddFields(ReadOnlySpan<byte> lines, ReadOnlySpan<FieldPlace> places, int fields)
    {
        for (var i = Place; i < places.Length; i += fields)
        {
            i = AreNumbers ? AddNumbers(lines, places, i, fields) : i;
            if (i < places.Length)
            {
                AddField(lines[places[i].Start..places[i].End]);
            }
        }
    }

    /// <summary>Takes fields as long as they are plain numbers.</summary>
    /// <returns>The index of the first place that has not been read.</returns>
    private int AddNumbers(ReadOnlySpan<byte> lines, ReadOnlySpan<FieldPlace> places, int from, int fields)
    {
        var room = values.Room();
        var count = 0;
        var others = false;
        var mark = point;
        for (; from < places.Length && count < room.Length; from += fields)
        {
            var (start, end) = places[from];
            if (!NumberParser.TryReadPlain(lines, start, end, mark, out room[count], out var hasOthers))
            {
                break;
            }

            count++;
            others |= hasOthers;
        }

        values.Took(count);
        anyNumber |= count > 0;
        otherSpellings |= others;
        return from;
    }

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
            if (missing.HasNumbers && missing.Contains(text))
            {
                value = double.NaN;
            }
            else if (NumberSpelling.HasLeadingZero(text))
            {
                StartCategories(text);
                return;
            }

            AddNumber(text, value);
            return;
        }

        if (text is [(byte)'.'] && !missing.Contains(text))
        {
            dots++;
        }
        else if (!missing.Contains(text))
        {
            StartCategories(text);
            return;
        }

        values.Add(double.NaN);
    }

    internal override void Expect(int rows) => values.Reserve(rows);

    internal override UntypedColumnReader Part(int from, int rows) => new(Name, Place, point, missing)
    {
        values = AreNumbers ? values.Part(from, rows) : new(),
        categories = categories?.Part(from, rows),
        Failed = Failed,
    };

    internal override void Append(ColumnReader part)
    {
        var later = (UntypedColumnReader)part;
        Failed = Failed || later.Failed || (categories ?? later.categories) is not null && (HasNumbers || later.HasNumbers);
        if (Failed)
        {
            (categories, later.categories) = (null, null);
        }
        else if (later.categories is not null)
        {
            (categories ??= Missing(values.Count)).Append(later.categories);
        }
        else if (categories is not null)
        {
            categories.AddMissing(later.values.Count);
        }
        else
        {
            values.Append(later.values);
        }

        anyNumber = anyNumber || later.anyNumber;
        otherSpellings = otherSpellings || later.otherSpellings;
        dots += later.dots;
    }

    internal override Column Finish(Func<int, int?> lineOf) => categories?.Finish(lineOf)
        ?? new NumericColumn(Name, values.ToArray()) { HasOtherSpellings = otherSpellings, Dots = dots };

    private bool HasNumbers => anyNumber || dots > 0;

    private void AddNumber(ReadOnlySpan<byte> text, double value)
    {
        anyNumber = true;
        otherSpellings = otherSpellings || !NumberSpelling.IsOnly(text, value);
        values.Add(value);
    }

    private void StartCategories(ReadOnlySpan<byte> text)
    {
        Failed = HasNumbers;
        if (!Failed)
        {
            categories = Missing(values.Count);
            categories.Add(text);
        }
    }

    private FactorColumnReader Missing(int rows)
    {
        var reader = new FactorColumnReader(Name, Place, point, missing);
        reader.AddMissing(rows);
        return reader;
    }
}
