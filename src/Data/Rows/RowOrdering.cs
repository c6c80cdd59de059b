using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Rows;

/// <summary>
/// Brings rows into the canonical order: cluster, finer groupings, wave, then content, so that a shuffled file gives the same frame.
/// </summary>
internal static class RowOrdering
{
    /// <summary>Sorts the complete rows in place.</summary>
    internal static void Sort(Dataset data, FrameRequest request, IReadOnlyList<string> groupingColumns, GroupColumns groups, int[] rows)
    {
        var sorter = new RowSorter(rows);
        foreach (var name in groupingColumns.Distinct(StringComparer.Ordinal))
        {
            sorter.By(groups[name]);
        }

        var keys = new List<string>();
        if (request.Wave is { } wave)
        {
            keys.Add(wave);
        }

        if (!request.PositionMatters || request.Wave is not null)
        {
            // Predictors first: files are mostly in the order of time within a cluster already.
            var response = request.Formula.Response.Variables;
            keys.AddRange(request.Columns.Except(response, StringComparer.Ordinal));
            keys.AddRange(response);
        }

        foreach (var name in keys.Distinct(StringComparer.Ordinal))
        {
            sorter.By(data.Find(name)!);
        }

        sorter.ByRow();
    }
}
