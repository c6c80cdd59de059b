using MarginalConditional.Compare.Simulation.Summaries;
using MarginalConditional.Data;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Cli.Commands.Summarize;

/// <summary>What rows of estimates have to be like.</summary>
internal static class RowChecks
{
    /// <summary>Refuses replicates that are there twice and numbers that cannot be what they are said to be.</summary>
    /// <exception cref="InputException">The first such row.</exception>
    public static void Require(EstimateRows rows, Dataset data)
    {
        RequireOnce(rows, data);
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows.Errors is { } errors && errors[row] < 0)
            {
                throw Refused(row, "The standard error of this row is negative.", "Name the column of standard errors by --se.");
            }

            if (rows.Probabilities is { } p && (p[row] < 0 || p[row] > 1))
            {
                throw Refused(row, "The p-value of this row is not between 0 and 1.", "Name the column of p-values by --p.");
            }

            if (rows.Lower is { } lower && rows.Upper is { } upper && lower[row] > upper[row])
            {
                throw Refused(
                    row, "The lower limit of this row is above its upper limit.", "Check which columns --lower and --upper name.");
            }

            if (rows.DegreesOfFreedom is { } degrees && degrees[row] <= 0)
            {
                throw Refused(row, "The degrees of freedom of this row are not above 0.", "Name their column by --df.");
            }
        }

        InputException Refused(int row, string what, string cure) => new(what)
        {
            File = data.Source,
            Line = data.LineOf(row),
            Row = data.RowOf(row),
            Hint = cure,
        };
    }

    private static void RequireOnce(EstimateRows rows, Dataset data)
    {
        if (rows.Replicate is not { } replicate)
        {
            return;
        }

        FactorColumn[] keys = [.. rows.Factors, .. rows.Method is null ? Array.Empty<FactorColumn>() : [rows.Method], replicate];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < rows.Count; row++)
        {
            var key = string.Join(' ', keys.Select(column => column.Codes[row]));
            if (replicate.Codes[row] < 0)
            {
                throw new InputException("The replicate of this row is missing.")
                {
                    File = data.Source,
                    Line = data.LineOf(row),
                    Row = data.RowOf(row),
                    Column = replicate.Name,
                    Hint = "Fill it in, or leave --replicate out.",
                };
            }

            if (!seen.Add(key))
            {
                var place = keys.Select(column =>
                    $"{column.Name} = {(column.Codes[row] < 0 ? "(missing)" : column.Levels[column.Codes[row]])}");
                throw new InputException($"The row of {string.Join(", ", place)} is there twice.")
                {
                    File = data.Source,
                    Line = data.LineOf(row),
                    Row = data.RowOf(row),
                    Hint = "Name every column that tells scenarios and methods apart in --by and --method.",
                };
            }
        }
    }
}
