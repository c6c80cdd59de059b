using System.Globalization;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Rows;

/// <summary>Puts levels into the order that the request says, and those of text waves into their natural order.</summary>
internal static class LevelOrders
{
    /// <summary>A note lists no more waves than this.</summary>
    private const int MostListed = 12;

    /// <summary>The data set with the levels of such columns reordered.</summary>
    /// <param name="data">The table; columns that the request names but the table lacks are left for later to refuse.</param>
    /// <param name="request">The orders and the wave.</param>
    /// <param name="notes">Gets a sentence when waves are text whose order was not given.</param>
    /// <exception cref="InputException">An order does not fit its column, or the waves are dates that cannot be put in order.</exception>
    internal static Dataset Apply(Dataset data, FrameRequest request, List<string> notes)
    {
        foreach (var (name, levels) in request.Orders)
        {
            data = data.With(Ordered(data, request, name, levels));
        }

        if (request.Wave is { } wave && data.Find(wave) is FactorColumn column && !request.Orders.ContainsKey(wave))
        {
            data = data.With(Natural(data, column, notes));
        }

        return data;
    }

    private static FactorColumn Ordered(Dataset data, FrameRequest request, string name, IReadOnlyList<string> order)
    {
        if (!data.Header.Contains(name, StringComparer.Ordinal))
        {
            throw data.NoColumn(name);
        }

        if (!request.Columns.Contains(name, StringComparer.Ordinal))
        {
            throw Refused(
                data,
                name,
                $"An order is given for {name}, which the model does not use.",
                "Leave out --order, or use the column.");
        }

        if (data.Find(name) is not FactorColumn column)
        {
            throw Refused(
                data,
                name,
                $"An order is given for {name}, but the column holds numbers.",
                $"Say --factor {name} to read it as categories.");
        }

        var missing = column.Levels.Except(order, StringComparer.Ordinal).ToArray();
        var unknown = order.Except(column.Levels, StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0)
        {
            throw Refused(
                data,
                name,
                $"The order of {name} names \"{unknown[0]}\", which does not occur.{Suggestion.Sentence(unknown[0], column.Levels)}",
                $"Levels: {Listed(column.Levels)}.");
        }

        if (missing.Length > 0 || order.Count != column.Levels.Count)
        {
            throw missing.Length > 0
                ? Refused(data, name, $"The order of {name} lacks \"{missing[0]}\".", $"Name every level: {Listed(column.Levels)}.")
                : Refused(data, name, $"The order of {name} names a level twice.", "Name every level once.");
        }

        var index = column.Levels.Select((level, place) => (level, place)).ToDictionary(StringComparer.Ordinal);
        return column.Reordered([.. order.Select(level => index[level])]);
    }

    /// <summary>A column of waves in its order in time; notes say which, where it was made out from names.</summary>
    /// <exception cref="InputException">The waves are dates that cannot be put in order.</exception>
    internal static FactorColumn Natural(Dataset data, FactorColumn column, List<string> notes)
    {
        if (column.Numbers.Count > 0 || (column.FirstText < 0 && column.Levels.All(WaveColumn.IsNumber) && !column.IsText))
        {
            // Codes with names, dates of a file that knows them, numbers that were asked for as categories or are padded by zeros: all
            // stand in their order already.
            return column;
        }

        if (DateText.Days(column.Levels) is { Length: > 0 } days)
        {
            var byDay = Enumerable.Range(0, days.Length).OrderBy(level => days[level]).ToArray();
            notes.Add($"{column.Name} is read as dates, {column.Levels[byDay[0]]} to {column.Levels[byDay[^1]]}, "
                + "whose distances are days.");
            return column.Reordered(byDay);
        }

        if (column.Levels.Count > 0 && column.Levels.All(DateText.LooksLikeOne))
        {
            throw Refused(
                data,
                column.Name,
                $"The waves look like dates, such as \"{column.Levels[0]}\", whose order cannot be told.",
                $"Write dates as 2020-01-15, or give the order of all by --order \"{column.Name}={column.Levels[0]},\u2026\".");
        }

        var natural = column.Reordered(NaturalOrder.Of(column.Levels));
        notes.Add($"The waves of {column.Name} are text, in this order: {Listed(natural.Levels)}; "
            + $"--order \"{column.Name}=\u2026\" gives another.");
        return natural;
    }

    private static string Listed(IReadOnlyList<string> levels) => levels.Count <= MostListed
        ? string.Join(", ", levels)
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(", ", levels.Take(MostListed - 2))}, \u2026, {levels[^1]} ({levels.Count} in all)");

    private static InputException Refused(Dataset data, string column, string message, string hint) =>
        new(message) { File = data.Source, Column = column, Hint = hint };
}
