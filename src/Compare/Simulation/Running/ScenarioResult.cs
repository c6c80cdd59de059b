using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Stopping;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>All estimates of one scenario, as they were when the result was made. Immutable.</summary>
public sealed class ScenarioResult
{
    private readonly EffectEstimate[][] estimates;

    internal ScenarioResult(Study study, Scenario scenario, EffectEstimate[][] estimates)
    {
        Scenario = scenario;
        Stop = study.Until is null ? null : StudyLooks.End(study, scenario, estimates);
        var end = Stop is null ? study.Replicates
            : Stop.Reason == StopReason.Interrupted ? study.Until!.NextLook(Stop.Replicates, study.Replicates)
            : Stop.Replicates;
        this.estimates = [.. estimates.Select(column => column[..end])];
        Performance = [.. study.Methods.Select((_, m) => Summarize(study, this.estimates, m))];
        var converged = Enumerable.Range(0, end).Where(r => Array.TrueForAll(this.estimates, column => column[r].IsUsable)).ToArray();
        if (converged.Length == Performance.Max(row => row.Attempted))
        {
            WhereAllConverged = Performance;
        }
        else
        {
            EffectEstimate[][] kept = [.. this.estimates.Select(column => converged.Select(r => column[r]).ToArray())];
            WhereAllConverged = [.. study.Methods.Select((_, m) => Summarize(study, kept, m))];
        }
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>Where the scenario ended by the study's rule, and why; null in a study without one.</summary>
    public ScenarioStop? Stop { get; }

    /// <summary>One entry a method, in the study's order.</summary>
    public IReadOnlyList<MethodPerformance> Performance { get; }

    /// <summary>
    /// The same over the replicates on which every method of the study converged: methods are then compared on the same data, and hard
    /// data are left out for all. The same entries where nothing failed.
    /// </summary>
    public IReadOnlyList<MethodPerformance> WhereAllConverged { get; }

    /// <summary>The estimates of a method, one a replicate; those not run say so.</summary>
    public ReadOnlySpan<EffectEstimate> Estimates(int method) => estimates[method];

    /// <summary>The measures of one method over the replicates of some columns.</summary>
    private MethodPerformance Summarize(Study study, EffectEstimate[][] columns, int index)
    {
        var method = study.Methods[index];
        var truth = Scenario.Truth(method.Target);
        var own = columns[index];
        var calculator = new PerformanceCalculator(own, truth, study.Level);
        var reference = study.Methods.TakeWhile(other => other.Target.Name != method.Target.Name).Count();
        var attempted = own.Count(estimate => estimate.Outcome != EstimateOutcome.NotRun);
        var precision = reference == index
            ? PerformanceMeasure.Unknown
            : PerformanceCalculator.RelativePrecision(columns[reference], own);
        var warned = own.Count(estimate => estimate.IsUsable && estimate.Outcome == EstimateOutcome.Warned);
        return new MethodPerformance(
            calculator.Measures(attempted, warned, precision) with { Truth = truth },
            method.Name,
            method.Target,
            Scenario.TruthLabel(method.Target));
    }
}
