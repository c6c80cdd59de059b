using System.Globalization;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Imputation;

/// <summary>What is to be said of results that were pooled: remarks of the data sets, each once, and how much was missing.</summary>
public static class SetRemarks
{
    /// <summary>The remarks of the sets; those that not all of them make name theirs.</summary>
    /// <param name="names">What the sets are called, such as <c>imputation 3</c>.</param>
    /// <param name="remarks">The remarks of each, one sentence or more.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<string>> remarks)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(remarks);
        return
        [
            .. remarks.SelectMany(own => own).Distinct(StringComparer.Ordinal).Select(remark =>
            {
                string[] making = [.. names.Where((_, l) => remarks[l].Contains(remark, StringComparer.Ordinal))];
                return making.Length == names.Count ? remark : $"In {string.Join(", ", making)}: {remark}";
            }),
        ];
    }

    /// <summary>Whether nothing was imputed, or more sets are wanted: as many as per cent of the information are missing.</summary>
    /// <remarks>The rule of thumb of White, Royston and Wood (2011).</remarks>
    /// <param name="rows">The pooled rows.</param>
    /// <param name="sets">m.</param>
    public static IReadOnlyList<string> OfMissing(IReadOnlyList<PooledRow> rows, int sets)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.All(row => row.Parts is null or { Between: 0 }))
        {
            return ["Nothing was imputed in the columns used: the results of all sets are the same."];
        }

        var largest = rows.Select(row => row.Inference)
            .Where(row => row.MissingInformation is not null)
            .MaxBy(row => row.MissingInformation);
        if (largest is not { MissingInformation: { } fraction } || 100 * fraction <= sets)
        {
            return [];
        }

        var percent = (100 * fraction).ToString("0", CultureInfo.InvariantCulture);
        return
        [
            $"{percent} % of the information about {largest.Term} is missing: advised are as many imputed sets as per cent, and there are "
                + $"{sets.ToString(CultureInfo.InvariantCulture)}.",
        ];
    }
}
