using System.Text;
using MarginalConditional.Data.Files;

namespace MarginalConditional.Data.Tables;

/// <summary>Gathers a column of categories.</summary>
internal sealed class FactorColumnReader(string name, int place, byte point, MissingTokens missing) : ColumnReader(name, place)
{
    private readonly GrowingArray<int> codes = new();
    private readonly LevelTable table = new();
    private readonly List<bool> isNumber = [];
    private int firstText = -1;
    private int texts;
    private int dots;
    private int dotNumber = -1;

    /// <summary>The number of rows.</summary>
    internal int Count => codes.Count;

    internal override void Add(ReadOnlySpan<byte> text)
    {
        if (missing.Contains(text))
        {
            codes.Add(-1);
            return;
        }

        var number = table.NumberOf(text);
        if (number == isNumber.Count)
        {
            isNumber.Add(NumberParser.TryParse(text, point, out _));
        }

        if (!isNumber[number])
        {
            texts++;
            if (text is [(byte)'.'])
            {
                dots++;
                dotNumber = number;
            }

            firstText = firstText < 0 ? codes.Count : firstText;
        }

        codes.Add(number);
    }

    /// <summary>Takes rows without a value.</summary>
    internal void AddMissing(int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            codes.Add(-1);
        }
    }

    internal override void Expect(int rows) => codes.Reserve(rows);

    internal override FactorColumnReader Part(int from, int rows) => new(Name, Place, point, missing);

    internal override void Append(ColumnReader part)
    {
        var later = (FactorColumnReader)part;
        var known = isNumber.Count;
        var numbers = new int[later.isNumber.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = table.NumberOf(later.table.Bytes[i]);
            if (numbers[i] >= known)
            {
                isNumber.Add(later.isNumber[i]);
            }
        }

        firstText = firstText < 0 && later.firstText >= 0 ? codes.Count + later.firstText : firstText;
        texts += later.texts;
        dots += later.dots;
        dotNumber = dotNumber < 0 && later.dotNumber >= 0 ? numbers[later.dotNumber] : dotNumber;
        foreach (var code in later.codes.ToArray())
        {
            codes.Add(code < 0 ? -1 : numbers[code]);
        }
    }

    internal override Column Finish(Func<int, int?> lineOf)
    {
        var levels = table.Texts();
        var missingDots = dots > 0 && dots == texts && levels.Length > 1;
        if (missingDots)
        {
            (texts, firstText) = (0, -1);
        }

        var order = new int[levels.Length - (missingDots ? 1 : 0)];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = missingDots && i >= dotNumber ? i + 1 : i;
        }

        Array.Sort(order, Comparison(levels));
        var rank = new int[levels.Length];
        rank.AsSpan().Fill(-1);
        for (var i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i;
        }

        var result = codes.ToArray();
        RequireText(levels, result, lineOf);
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = result[i] < 0 ? -1 : rank[result[i]];
        }

        return new FactorColumn(Name, result, Array.ConvertAll(order, number => levels[number]))
        {
            FirstText = firstText,
            TextCount = texts,
            Dots = missingDots ? dots : 0,
        };
    }

    /// <summary>Ordinal order; by value when the user wants numbers as categories.</summary>
    private Comparison<int> Comparison(string[] levels)
    {
        if (texts > 0)
        {
            return (a, b) => string.CompareOrdinal(levels[a], levels[b]);
        }

        var values = new double[levels.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = NumberParser.TryParse(Encoding.UTF8.GetBytes(levels[i]), point, out var value) ? value : double.NaN;
        }

        return (a, b) => values[a] != values[b] ? values[a].CompareTo(values[b]) : string.CompareOrdinal(levels[a], levels[b]);
    }

    private void RequireText(string[] levels, int[] numbers, Func<int, int?> lineOf)
    {
        var broken = Array.FindIndex(levels, level => level.Contains(Rune.ReplacementChar.ToString(), StringComparison.Ordinal));
        if (broken >= 0)
        {
            throw new InputException($"\"{levels[broken]}\" is not UTF-8 text.")
            {
                Line = lineOf(Array.IndexOf(numbers, broken)),
                Column = Name,
                Hint = "Save the file in the encoding UTF-8.",
            };
        }
    }
}
