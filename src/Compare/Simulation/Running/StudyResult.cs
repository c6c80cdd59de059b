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
    /// <summary>The performance of every method in every scenario that was run, as a table.</summary>
    public PerformanceTable ToTable() => ToTable(scenario => scenario.Performance);

    /// <summary>The same over the replicates on which every method converged.</summary>
    public PerformanceTable ToTableWhereAllConverged() => ToTable(scenario => scenario.WhereAllConverged);

    /// <summary>The same of methods whose targets are on one scale, as pictures need them: coefficients, or else differences.</summary>
    public PerformanceTable ToTableOfOneScale()
    {
        var all = ToTable();
        PerformanceCell[] coefficients = [.. all.Cells.Where(cell => cell.Estimand != StudyTarget.RiskDifference.Name)];
        return coefficients.Length > 0 ? all with { Cells = coefficients } : all;
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
                Estimand = row.Target.Name,
                Performance = row,
            }))
            .Where(cell => cell.Performance.Attempted > 0),
        ],
    };
}
