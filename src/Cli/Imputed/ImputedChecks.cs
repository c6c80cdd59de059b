using System.Globalization;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Cli.Imputed;

/// <summary>What has to be the same in every imputed data set.</summary>
internal static class ImputedChecks
{
    /// <summary>Requires as many rows in each set, and values that were never missing to be the same.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="tables">Their tables, of the columns that the model uses.</param>
    /// <param name="original">The incomplete data; null where they are not there.</param>
    /// <param name="number">The column that numbers the sets; null where they are files.</param>
    /// <exception cref="InputException">They are not.</exception>
    public static void Require(
        IReadOnlyList<ImputedSet> sets, IReadOnlyList<Dataset> tables, Dataset? original, string? number = null)
    {
        for (var l = 1; l < tables.Count; l++)
        {
            if (tables[l].Rows != tables[0].Rows)
            {
                throw new InputException(
                    $"The imputed data sets differ in their rows: {sets[0].Label} has {Figures.Count(tables[0].Rows)}, {sets[l].Label} has "
                        + $"{Figures.Count(tables[l].Rows)}.")
                {
                    File = tables[l].Source,
                    Hint = "Every set has to hold all rows, those without missing values too.",
                };
            }
        }

        if (original is null)
        {
            return;
        }

        if (original.Rows != tables[0].Rows)
        {
            throw new InputException(
                $"The incomplete data have {Figures.Count(original.Rows)} {(original.Rows == 1 ? "row" : "rows")}, and the imputed sets "
                    + $"{Figures.Count(tables[0].Rows)}.")
            {
                File = original.Source,
                Hint = "Every set has to hold all rows, those without missing values too; Stata: mi convert flong.",
            };
        }

        foreach (var column in original.Columns)
        {
            if (column.Name == number || Enumerable.Range(0, column.Length).Any(column.IsMissing))
            {
                continue;
            }

            for (var l = 0; l < tables.Count; l++)
            {
                RequireSame(column, original, tables[l], sets[l]);
            }
        }
    }

    /// <summary>Requires the frames of two sets to have the same clusters, and to tell the same coefficients apart.</summary>
    /// <param name="first">The first set.</param>
    /// <param name="one">Its frame.</param>
    /// <param name="other">Another set.</param>
    /// <param name="two">Its frame.</param>
    /// <exception cref="InputException">They do not.</exception>
    public static void Require(ImputedSet first, ModelFrame one, ImputedSet other, ModelFrame two)
    {
        if (one.Rows != two.Rows)
        {
            throw new InputException($"{Capital(first.Label)} leaves {Figures.Counted(one.Rows, "row")} to be used, and {other.Label} "
                + $"{Figures.Count(two.Rows)}.")
            {
                Hint = "Values that are still missing, or a --where on an imputed column, leave other rows out in each set.",
            };
        }

        for (var i = 0; i < Math.Max(one.Clusters.Count, two.Clusters.Count); i++)
        {
            if (one.Clusters.MaximumSize <= 1 && two.Clusters.MaximumSize <= 1)
            {
                break;
            }

            if (i >= one.Clusters.Count || i >= two.Clusters.Count || one.Clusters.Label(i) != two.Clusters.Label(i)
                || one.Clusters.Size(i) != two.Clusters.Size(i))
            {
                var label = (i < one.Clusters.Count ? one.Clusters : two.Clusters).Label(i);
                throw new InputException(
                    $"The clusters of {one.Clusters.Name} differ between {first.Label} and {other.Label}: see {label}.")
                {
                    Hint = "What says which rows belong together cannot be imputed.",
                };
            }
        }

        if (!one.Categories.SequenceEqual(two.Categories, StringComparer.Ordinal))
        {
            var category = one.Categories.Except(two.Categories, StringComparer.Ordinal)
                .Concat(two.Categories.Except(one.Categories, StringComparer.Ordinal))
                .First();
            var (missing, there) = one.Categories.Contains(category, StringComparer.Ordinal) ? (other, first) : (first, other);
            throw new InputException(
                $"The category {category} of {one.ResponseName} has rows in {there.Label}, and none in {missing.Label}.")
            {
                Hint = "Every set has to have the same thresholds: join categories that are rare.",
            };
        }

        if (!one.Design.Names.SequenceEqual(two.Design.Names, StringComparer.Ordinal))
        {
            var name = one.Design.Names.Except(two.Design.Names, StringComparer.Ordinal)
                .Concat(two.Design.Names.Except(one.Design.Names, StringComparer.Ordinal))
                .First();
            var (missing, there) = one.Design.Names.Contains(name, StringComparer.Ordinal) ? (other, first) : (first, other);
            throw new InputException($"The coefficient of {name} can be estimated in {there.Label}, and not in {missing.Label}.")
            {
                Hint = "Take the term out of the formula, or join levels that are rare.",
            };
        }
    }

    private static void RequireSame(Column column, Dataset original, Dataset table, ImputedSet set)
    {
        if (table.Find(column.Name) is not { } imputed)
        {
            return;
        }

        for (var row = 0; row < column.Length; row++)
        {
            if (Text(column, row) is { } known && Text(imputed, row) is { } own && own != known)
            {
                throw new InputException(
                    $"{column.Name} is {known} in the incomplete data, where it is never missing, and {own} in {set.Label}.")
                {
                    File = table.Source,
                    Line = table.LineOf(row),
                    Row = table.RowOf(row),
                    Column = column.Name,
                    Hint = "The rows of each set have to stand in the same order, or carry mice's .id.",
                };
            }
        }
    }

    private static string? Text(Column column, int row) => column.IsMissing(row) ? null : column switch
    {
        NumericColumn numbers => numbers.Values[row].ToString("R", CultureInfo.InvariantCulture),
        FactorColumn factor => double.TryParse(
            factor.Levels[factor.Codes[row]], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : factor.Levels[factor.Codes[row]],
        _ => null,
    };

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
