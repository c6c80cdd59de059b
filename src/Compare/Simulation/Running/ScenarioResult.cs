using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>All estimates of one scenario, as they were when the result was made. Immutable.</summary>
public sealed class ScenarioResult
{
    private readonly EffectEstimate[][] estimates;

    internal ScenarioResult(Study study, Scenario scenario, EffectEstimate[][] estimates)
    {
        Scenario = scenario;
        this.estimates = [.. estimates.Select(column => column.ToArray())];
        Performance = [.. study.Methods.Select((method, m) => Summarize(study, method, m))];
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>One entry a method, in the study's order.</summary>
    public IReadOnlyList<MethodPerformance> Performance { get; }

    /// <summary>The estimates of a method, one a replicate; those not run say so.</summary>
    public ReadOnlySpan<EffectEstimate> Estimates(int method) => estimates[method];

    private MethodPerformance Summarize(Study study, IEstimator method, int index)
    {
        var truth = Scenario.Truth(method.Target);
        var own = estimates[index];
        var calculator = new PerformanceCalculator(own, truth, study.Level);
        var reference = study.Methods.TakeWhile(other => other.Target.Name != method.Target.Name).Count();
        var attempted = own.Count(estimate => estimate.Outcome != EstimateOutcome.NotRun);
        var precision = reference == index
            ? PerformanceMeasure.Unknown
            : PerformanceCalculator.RelativePrecision(estimates[reference], own);
        var warned = own.Count(estimate => estimate.IsUsable && estimate.Outcome == EstimateOutcome.Warned);
        return new MethodPerformance(
            calculator.Measures(attempted, warned, precision) with { Truth = truth },
            method.Name,
            method.Target,
            Scenario.TruthLabel(method.Target));
    }
}
