using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>The outcome of a run. Immutable.</summary>
/// <param name="Study">What was run.</param>
/// <param name="Scenarios">One entry a scenario, in the grid's order.</param>
/// <param name="Complete">Whether every replicate was run; false after an interruption.</param>
/// <param name="Failures">What exceptions said, the most frequent first; empty when there were none.</param>
public sealed record StudyResult(
    Study Study, IReadOnlyList<ScenarioResult> Scenarios, bool Complete, IReadOnlyList<StudyFailure> Failures)
{
    private static readonly string[] OtherScales = ["difference", "log-ratio"];

    /// <summary>The performance of every method in every scenario that was run, as a table.</summary>
    public PerformanceTable ToTable() => ToTable(scenario => scenario.Performance);

    /// <summary>The same over the replicates on which every method converged.</summary>
    public PerformanceTable ToTableWhereAllConverged() => ToTable(scenario => scenario.WhereAllConverged);

    /// <summary>
    /// The same of methods whose targets are on one scale, as pictures need them: coefficients and log odds ratios, or else whatever the
    /// first method estimates.
    /// </summary>
    public PerformanceTable ToTableOfOneScale()
    {
        var all = ToTable();
        var scales = all.Cells.Select(ScaleOf).Distinct(StringComparer.Ordinal).ToArray();
        var wanted = scales.Length == 0 || scales.Contains(string.Empty) ? string.Empty : scales[0];
        return all with { Cells = [.. all.Cells.Where(cell => ScaleOf(cell) == wanted)] };
    }

    /// <summary>What ends the name of an estimand that is no coefficient; empty for coefficients, of whichever arm.</summary>
    private static string ScaleOf(PerformanceCell cell)
    {
        var name = cell.Estimand;
        var arm = name.LastIndexOf("-arm", StringComparison.Ordinal);
        name = arm > 0 ? name[..arm] : name;
        return name == StudyTarget.ClusterDeviation.Name ? name
            : OtherScales.FirstOrDefault(scale => name.EndsWith(scale, StringComparison.Ordinal)) ?? string.Empty;
    }

    /// <summary>The usable intervals of a cell of the table.</summary>
    public IReadOnlyList<IntervalEstimate> Intervals(PerformanceCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var truth = cell.Performance.Truth;
        var intervals = new List<IntervalEstimate>();
        foreach (var estimate in Scenarios[cell.Scenario].Estimates(cell.MethodIndex))
        {
            if (estimate.IsUsable)
            {
                var (lower, upper) = estimate.Interval(Study.Level);
                intervals.Add(new IntervalEstimate(estimate.Value, lower, upper, truth, estimate.DistanceFrom(truth)));
            }
        }

        return intervals;
    }

    private PerformanceTable ToTable(Func<ScenarioResult, IReadOnlyList<MethodPerformance>> rows) => new()
    {
        Name = Study.Name,
        Level = Study.Level,
        Factors = Scenarios.Count == 0 ? [] : Scenarios[0].Scenario.Factors,
        Cells =
        [
            .. Scenarios.SelectMany((one, s) => rows(one).Select((row, m) => new PerformanceCell
            {
                Scenario = s,
                Levels = [.. one.Scenario.Factors.Select(one.Scenario.Setting)],
                Label = one.Scenario.Label,
                MethodIndex = m,
                Method = row.Method,
                MethodColumn = PerformanceTable.ColumnOf(Study.Methods.Select(method => method.Name), "method"),
                Estimand = row.Target.Name,
                Performance = row,
            }))
            .Where(cell => cell.Performance.Attempted > 0),
        ],
    };

    /// <summary>In one line: the study, its scenarios, and whether every replicate was run.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"Study {Study.Name}: {Scenarios.Count} scenarios, {(Complete ? "complete" : "not complete")}");
}
