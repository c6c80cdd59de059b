using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Performance;

namespace MarginalConditional.Compare.Simulation.Summaries;

/// <summary>Performance measures of estimates made anywhere, with their Monte Carlo standard errors.</summary>
/// <remarks>
/// The measures are those of studies (Morris, White and Crowther 2019, table 6). Where the truth differs between replicates, bias is the
/// mean of θ̂ − θ with the standard error of that mean, and bias-eliminated coverage is of θ plus the bias.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Compare.Simulation.Summaries;
/// using MarginalConditional.Data.Tables;
///
/// var rows = new EstimateRows
/// {
///     Name = "estimates.csv",
///     Method = FactorColumn.Of("method", ["one", "two", "one", "two"]),
///     Values = [0.51, 0.48, 0.47, 0.55],
///     Errors = [0.1, 0.2, 0.1, 0.2],
///     Truths = [0.5, 0.5, 0.5, 0.5],
/// };
/// Console.WriteLine(EstimateSummarizer.Summarize(rows));
/// </code>
/// </example>
public static class EstimateSummarizer
{
    /// <summary>Summarizes.</summary>
    /// <param name="rows">The estimates.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">The reference is not among the methods, or complete replicates are asked for where replicates
    /// are not named.</exception>
    public static EstimateSummary Summarize(EstimateRows rows, SummaryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new SummaryOptions();
        var sorted = CellRows.Of(rows);
        var reference = sorted.Methods.Count < 2 ? null : options.Reference ?? sorted.Methods[0];
        if (options.Reference is { } named && !sorted.Methods.Contains(named, StringComparer.Ordinal))
        {
            throw new ArgumentException($"There is no method \"{named}\".", nameof(options));
        }

        if (options.CompleteOnly && rows.Replicate is null)
        {
            throw new ArgumentException("Replicates that are complete can only be told where replicates are named.", nameof(options));
        }

        var table = new List<PerformanceCell>();
        var details = new List<SummarizedCell>();
        foreach (var scenario in sorted.Cells.GroupBy(cell => cell.Scenario))
        {
            Summarize([.. scenario]);
        }

        return new EstimateSummary
        {
            Rows = rows,
            Options = options,
            Reference = reference,
            Cells = details,
            Table = new PerformanceTable
            {
                Name = rows.Name,
                Level = options.Level,
                Null = options.Null,
                Factors = [.. rows.Factors.Select(column => column.Name)],
                Cells = table,
            },
        };

        void Summarize(CellRows.Cell[] cells)
        {
            var (used, outliers, incomplete) = Used(rows, cells, options);
            var first = Array.FindIndex(cells, cell => sorted.Methods[cell.Method] == reference);
            var replicates = rows.Replicate is null ? 0 : cells.SelectMany(cell => cell.Rows).Select(Code).Distinct().Count();
            for (var c = 0; c < cells.Length; c++)
            {
                var cell = cells[c];
                var precision = first < 0 || first == c ? PerformanceMeasure.Unknown : Precision(rows, used[first], used[c]);
                var warned = rows.Outcomes is null ? 0 : used[c].Count(row => rows.Outcomes[row] == EstimateOutcome.Warned);
                var failed = cell.Rows.Count(row => !rows.IsUsable(row));
                var measures = new PerformanceCalculator(SampleBuilder.Of(rows, used[c], options), options.Level)
                    .Measures(cell.Rows.Count, warned, precision);
                table.Add(new PerformanceCell
                {
                    Scenario = cell.Scenario,
                    Levels = cell.Levels,
                    Label = PerformanceTable.LabelOf(rows.Factors.Select(column => column.Name), cell.Levels),
                    MethodIndex = cell.Method,
                    Method = sorted.Methods[cell.Method],
                    MethodColumn = rows.Method is null ? null : PerformanceTable.ColumnOf(sorted.Methods, rows.Method.Name),
                    Performance = measures with { Failed = failed },
                });
                details.Add(new SummarizedCell
                {
                    UsedRows = used[c],
                    Absent = rows.Replicate is null ? 0 : replicates - cell.Rows.Count,
                    Outliers = outliers[c],
                    Incomplete = incomplete[c],
                });
            }
        }

        int Code(int row) => rows.Replicate!.Codes[row];
    }

    /// <summary>The rows that enter the measures, a list a cell of one scenario, with how many usable ones were left out and why.</summary>
    private static (List<int>[] Used, int[] Outliers, int[] Incomplete) Used(
        EstimateRows rows, CellRows.Cell[] cells, SummaryOptions options)
    {
        List<int>[] used = [.. cells.Select(cell => cell.Rows.Where(rows.IsUsable).ToList())];
        var (outliers, incomplete) = (new int[cells.Length], new int[cells.Length]);
        if (options.Outliers is { } rule)
        {
            for (var c = 0; c < cells.Length; c++)
            {
                var kept = WithoutFar(rows, used[c], rule);
                outliers[c] = used[c].Count - kept.Count;
                used[c] = kept;
            }
        }

        if (options.CompleteOnly)
        {
            var counts = used.SelectMany(list => list.Select(row => rows.Replicate!.Codes[row]).Distinct())
                .CountBy(code => code)
                .ToDictionary(pair => pair.Key, pair => pair.Value);
            for (var c = 0; c < cells.Length; c++)
            {
                incomplete[c] = used[c].RemoveAll(row => counts[rows.Replicate!.Codes[row]] < cells.Length);
            }
        }

        return (used, outliers, incomplete);
    }

    private static List<int> WithoutFar(EstimateRows rows, List<int> used, OutlierRule rule)
    {
        var far = rule.Far([.. used.Select(row => rows.Values[row])], rule.LargestEstimate);
        var wide = rows.Errors is { } errors ? rule.Far([.. used.Select(row => errors[row])], rule.LargestError) : new bool[used.Count];
        return [.. used.Where((_, r) => !far[r] && !wide[r])];
    }

    /// <summary>
    /// Relative precision of estimates that belong together by replicate, or are taken as independent where that is not known.
    /// </summary>
    private static PerformanceMeasure Precision(EstimateRows rows, List<int> reference, List<int> method)
    {
        if (rows.Replicate is not { } replicate)
        {
            return PerformanceCalculator.UnpairedPrecision(
                [.. reference.Select(row => rows.Values[row])], [.. method.Select(row => rows.Values[row])]);
        }

        var known = reference.ToDictionary(row => replicate.Codes[row], row => rows.Values[row]);
        var pairs = method.Where(row => known.ContainsKey(replicate.Codes[row])).ToArray();
        return PerformanceCalculator.RelativePrecision(
            [.. pairs.Select(row => known[replicate.Codes[row]])], [.. pairs.Select(row => rows.Values[row])]);
    }
}
