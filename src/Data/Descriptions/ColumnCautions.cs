using System.Globalization;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Descriptions;

/// <summary>What of columns may have been meant otherwise than it was read.</summary>
internal static class ColumnCautions
{
    /// <summary>Categories of more levels are not crossed.</summary>
    private const int MostLevels = 8;

    /// <summary>More columns of categories are not crossed with each other.</summary>
    private const int MostCrossed = 12;

    /// <summary>What is to be said, column by column.</summary>
    /// <param name="data">The table.</param>
    /// <param name="request">Which columns are clusters, visits, arms and outcome.</param>
    /// <param name="digests">Those of the columns of numbers.</param>
    internal static IEnumerable<string> Of(
        Dataset data,
        DescriptionRequest request,
        IReadOnlyDictionary<NumericColumn, ValueDigest> digests)
    {
        string?[] roles = [request.Wave, .. request.Cluster?.Split(':') ?? []];
        foreach (var column in data.Columns)
        {
            CancellationScope.Check();
            foreach (var note in column is NumericColumn numbers
                ? Of(numbers, digests[numbers], request, roles)
                : Of((FactorColumn)column, request))
            {
                yield return note;
            }
        }

        foreach (var note in EmptyCells(data, roles).Concat(PairCautions.Of(data, [.. roles, request.Arm], digests))
            .Concat(ShapeCautions.Of(data, roles, digests)))
        {
            yield return note;
        }
    }

    private static IEnumerable<string> Of(
        NumericColumn column,
        ValueDigest digest,
        DescriptionRequest request,
        string?[] roles)
    {
        if (!roles.Contains(column.Name, StringComparer.Ordinal) && CodedMissing.Note(column) is { } coded)
        {
            yield return coded;
        }

        var distinct = digest.Least;
        switch (distinct.Count)
        {
            case 0:
                yield return $"{column.Name} is missing in every row.";
                break;
            case 1:
                yield return $"{column.Name} is {NumberLabel.Of(distinct[0])} in every row.";
                break;
            case 2 when distinct is not [0, 1] && !roles.Contains(column.Name, StringComparer.Ordinal):
                yield return $"{column.Name} holds {NumberLabel.Of(distinct[0])} and {NumberLabel.Of(distinct[1])}: an outcome of two "
                    + $"codes needs --event {NumberLabel.Of(distinct[1])}, categories need --factor {column.Name}.";
                break;
            default:
                if (column.Name != request.Outcome && !roles.Contains(column.Name, StringComparer.Ordinal)
                    && WholeCodes.Of(column.Values) is { Length: > 0 } codes)
                {
                    yield return WholeCodes.Note(column.Name, codes);
                }

                break;
        }
    }

    private static IEnumerable<string> Of(FactorColumn column, DescriptionRequest request)
    {
        var values = column.Values;
        if (LevelSpellings.Note(column) is { } spellings)
        {
            yield return spellings;
        }

        if (LevelSpellings.AreNumbers(column))
        {
            yield return $"{column.Name} holds numbers with a sign or with commas at the thousands, such as "
                + $"\"{Suggestion.Short(column.Levels[0])}\", and is read as categories: take these out.";
        }

        if (values == 0)
        {
            yield return $"{column.Name} is missing in every row.";
        }
        else if (column.Levels.Count == 1)
        {
            yield return $"{column.Name} is \"{Suggestion.Short(column.Levels[0])}\" in every row.";
        }
        else if (column.FirstText >= 0 && column.TextCount < values)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{column.Name} holds {values - column.TextCount} numbers and {column.TextCount} texts, such as "
                    + $"\"{Suggestion.Short(column.Levels[column.Codes[column.FirstText]])}\", and is read as categories; --na names texts "
                    + $"that mean missing.");
        }

        if (column.Levels.Count > 1 && DateText.Days(column.Levels).Length == 0 && column.Levels.All(DateText.LooksLikeOne))
        {
            yield return $"{column.Name} looks like dates, such as \"{column.Levels[0]}\", whose order cannot be told: write 2020-01-15.";
        }

        if (column.Name == request.Outcome && column.Levels.Count == 2 && Frames.OutcomeLevels.TrueOf(column.Levels) is null)
        {
            yield return $"The outcome {column.Name} is in words: say --event \"{column.Levels[1]}\" if that level counts as 1.";
        }
    }

    /// <summary>Categories of two columns that no row has together: their interaction is not estimable in full.</summary>
    private static IEnumerable<string> EmptyCells(Dataset data, string?[] roles)
    {
        FactorColumn[] factors =
        [
            .. data.Columns.OfType<FactorColumn>()
                .Where(column => column.Levels.Count is >= 2 and <= MostLevels && !roles.Contains(column.Name, StringComparer.Ordinal))
                .Take(MostCrossed),
        ];
        for (var i = 0; i < factors.Length; i++)
        {
            for (var j = i + 1; j < factors.Length; j++)
            {
                CancellationScope.Check();
                var (one, other) = (factors[i], factors[j]);
                var seen = new bool[one.Levels.Count, other.Levels.Count];
                var count = 0;
                for (var row = 0; row < one.Length; row++)
                {
                    if (one.Codes[row] >= 0 && other.Codes[row] >= 0 && !seen[one.Codes[row], other.Codes[row]])
                    {
                        seen[one.Codes[row], other.Codes[row]] = true;
                        count++;
                    }
                }

                // Where each level goes with one level of the other, one column names what the other names.
                var empty = seen.Length - count;
                if (empty > 0 && count > Math.Max(one.Levels.Count, other.Levels.Count))
                {
                    var first = Enumerable.Range(0, seen.Length).First(cell => !seen[cell / other.Levels.Count, cell % other.Levels.Count]);
                    yield return $"No row has {one.Name} \"{Suggestion.Short(one.Levels[first / other.Levels.Count])}\" and {other.Name} "
                        + $"\"{Suggestion.Short(other.Levels[first % other.Levels.Count])}\""
                        + $"{(empty > 1 ? FormattableString.Invariant($" (nor {empty - 1} more such pairs)") : string.Empty)}: of their "
                        + "interaction not every coefficient can be estimated.";
                }
            }
        }
    }
}
