using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Stopping;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>The looks that a study's stopping rule takes at its scenarios.</summary>
internal static class StudyLooks
{
    /// <summary>Begins to look at a scenario.</summary>
    /// <param name="study">A study with a rule.</param>
    /// <param name="scenario">One of its scenarios.</param>
    public static ScenarioLooks Begin(Study study, Scenario scenario)
    {
        var rule = study.Until!;
        return new ScenarioLooks(
            rule,
            rule.Share(study.Scenarios.Count, study.Methods.Count),
            study.Level,
            [.. study.Methods.Select(method => scenario.Truth(method.Target))]);
    }

    /// <summary>Where a scenario has ended, by its estimates alone.</summary>
    /// <param name="study">A study with a rule.</param>
    /// <param name="scenario">One of its scenarios.</param>
    /// <param name="estimates">One column a method.</param>
    public static ScenarioStop End(Study study, Scenario scenario, EffectEstimate[][] estimates)
    {
        var looks = Begin(study, scenario);
        while (!looks.IsDecided && looks.Replicates < study.Replicates)
        {
            var end = study.Until!.NextLook(looks.Replicates, study.Replicates);
            if (!estimates.All(column => IsRun(column.AsSpan(looks.Replicates, end - looks.Replicates))))
            {
                return new ScenarioStop(looks.Replicates, StopReason.Interrupted, [.. looks.Criteria()]);
            }

            looks.See(estimates, end);
        }

        return new ScenarioStop(
            looks.Replicates, looks.IsDecided ? StopReason.Decided : StopReason.Maximum, [.. looks.Criteria()]);
    }

    private static bool IsRun(ReadOnlySpan<EffectEstimate> estimates)
    {
        foreach (var estimate in estimates)
        {
            if (estimate.Outcome == EstimateOutcome.NotRun)
            {
                return false;
            }
        }

        return true;
    }
}
