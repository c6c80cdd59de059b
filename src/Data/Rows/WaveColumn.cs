using System.Text;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Rows;

/// <summary>The waves of a frame's rows: ranks over the distinct values in the data, the values, and their labels.</summary>
internal sealed class WaveColumn
{
    private WaveColumn(int[] ranks, double[] values, string[] labels)
    {
        Ranks = ranks;
        Values = values;
        Labels = labels;
    }

    /// <summary>Rank of each row's wave, from 0.</summary>
    internal int[] Ranks { get; }

    /// <summary>The numeric waves, dates as days since the earliest; empty for other text.</summary>
    internal double[] Values { get; }

    /// <summary>The distinct waves in order; empty without a wave column.</summary>
    internal string[] Labels { get; }

    /// <summary>What the reader should know about how rows were put on waves.</summary>
    internal IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>Ranks the waves; without a wave column the rank is the position within the cluster.</summary>
    /// <exception cref="InputException">A wave occurs twice in a cluster although the request rules it out.</exception>
    internal static WaveColumn Create(FrameTable table, FrameRequest request, Clusters clusters)
    {
        var ranks = new int[table.Rows];
        if (request.Wave is not { } name)
        {
            for (var i = 0; i < clusters.Count; i++)
            {
                for (int row = clusters.Start(i), position = 0; position < clusters.Size(i); row++, position++)
                {
                    ranks[row] = position;
                }
            }

            return new WaveColumn(ranks, [], []) { Notes = PositionNotes(request, clusters) };
        }

        var column = table.Column(name);
        var wave = column is NumericColumn numeric ? FromNumbers(numeric, ranks) : FromLevels((FactorColumn)column, ranks);
        if (request.RequireDistinctWaves)
        {
            RequireDistinct(table, name, wave, clusters);
        }

        return wave;
    }

    /// <summary>Positions that carry meaning are named: a row left out shifts all rows after it by a wave.</summary>
    private static string[] PositionNotes(FrameRequest request, Clusters clusters)
    {
        const string First = "Without a wave column a row's place among its cluster's rows in the file counts as its wave";
        var (smallest, largest) = (clusters.MinimumSize, clusters.MaximumSize);
        return !request.PositionMatters || largest < 2 ? []
            : smallest == largest ? [$"{First}; --wave names the column of waves."]
            : [FormattableString.Invariant(
                $"{First}, although clusters have {smallest} to {largest} rows: --wave names the column, so that gaps are seen.")];
    }

    private static WaveColumn FromNumbers(NumericColumn column, int[] ranks)
    {
        var distinct = column.Values.ToArray().ToHashSet().Order().ToArray();
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = Array.BinarySearch(distinct, column.Values[i]);
        }

        return new WaveColumn(ranks, column.ValuesArray, [.. distinct.Select(NumberLabel.Of)]);
    }

    private static WaveColumn FromLevels(FactorColumn column, int[] ranks)
    {
        var rankOf = new int[column.Levels.Count];
        foreach (var code in column.Codes)
        {
            rankOf[code] = 1;
        }

        var labels = column.Levels.Where((_, code) => rankOf[code] == 1).ToArray();
        for (int code = 0, next = 0; code < rankOf.Length; code++)
        {
            rankOf[code] = rankOf[code] == 1 ? next++ : -1;
        }

        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = rankOf[column.Codes[i]];
        }

        if (column.Numbers.Count > 0)
        {
            // Dates count from the earliest one, as those of text files do.
            double[] numbers = [.. column.Codes.ToArray().Select(code => column.Numbers[code])];
            var first = column.IsDate ? numbers.Min() : 0;
            return new WaveColumn(ranks, [.. numbers.Select(number => number - first)], labels);
        }

        var values = labels.All(IsNumber) ? [.. labels.Select(Number)] : DateText.Days(labels);
        return new WaveColumn(ranks, values.Length == 0 ? [] : [.. ranks.Select(rank => values[rank])], labels);
    }

    /// <summary>Whether a level of text is a number.</summary>
    internal static bool IsNumber(string text) => NumberParser.TryParse(Encoding.UTF8.GetBytes(text), (byte)'.', out _);

    private static double Number(string text) =>
        NumberParser.TryParse(Encoding.UTF8.GetBytes(text), (byte)'.', out var value) ? value : double.NaN;

    private static void RequireDistinct(FrameTable table, string name, WaveColumn wave, Clusters clusters)
    {
        for (var i = 0; i < clusters.Count; i++)
        {
            for (var row = clusters.Start(i) + 1; row < clusters.Start(i) + clusters.Size(i); row++)
            {
                if (wave.Ranks[row] == wave.Ranks[row - 1])
                {
                    var other = table.Data.PlaceOf(table.RowOrder[row - 1]) is { } first ? $"; the other is {first}" : string.Empty;
                    throw new InputException($"Cluster {clusters.Label(i)} of {clusters.Name} has two rows with {name} "
                        + $"{wave.Labels[wave.Ranks[row]]}{other}.")
                    {
                        File = table.Data.Source,
                        Line = table.Data.LineOf(table.RowOrder[row]),
                        Row = table.Data.RowOf(table.RowOrder[row]),
                        Column = name,
                        Hint =
                            $"This correlation needs each {name} at most once in a cluster: correct the rows, or name another wave column.",
                    };
                }
            }
        }
    }
}
