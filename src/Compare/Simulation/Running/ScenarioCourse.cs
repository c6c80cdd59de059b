using MarginalConditional.Compare.Simulation.Stopping;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>How far one scenario has come: what is handed out, what is still with a thread, and where it ends.</summary>
internal sealed class ScenarioCourse
{
    private readonly StudyEstimates estimates;
    private readonly int scenario;
    private readonly ScenarioLooks? looks;
    private int next;
    private int end;
    private int taken;

    /// <summary>Begins a scenario.</summary>
    /// <param name="estimates">The estimates of its study; those known are not handed out.</param>
    /// <param name="scenario">Its index, from 0.</param>
    /// <param name="shard">The part of its replicates to run.</param>
    public ScenarioCourse(StudyEstimates estimates, int scenario, Shard shard)
    {
        (this.estimates, this.scenario) = (estimates, scenario);
        (next, end) = shard.Range(Study.Replicates);
        if (Study.Until is { } rule)
        {
            looks = StudyLooks.Begin(Study, Study.Scenarios[scenario]);
            end = rule.NextLook(0, Study.Replicates);
        }
    }

    /// <summary>The most replicates that it will not have after all.</summary>
    public int Spared => Study.Until is null ? 0 : Study.Replicates - end;

    private Study Study => estimates.Study;

    /// <summary>Hands out replicates that have to be run.</summary>
    /// <param name="size">The most at once.</param>
    /// <returns>Null if there are none before the next look.</returns>
    public ReplicateBatch? Take(int size)
    {
        var replicates = new List<int>(size);
        for (; next < end && replicates.Count < size; next++)
        {
            if (!estimates.IsRun(scenario, next))
            {
                replicates.Add(next);
            }
        }

        taken += replicates.Count > 0 ? 1 : 0;
        return replicates.Count > 0 ? new ReplicateBatch(scenario, replicates) : null;
    }

    /// <summary>Takes a batch back whose replicates are run.</summary>
    public void Return() => taken--;

    /// <summary>Whether it waits for nothing but a look: everything handed out is back.</summary>
    public bool IsDue => taken == 0 && next == end;

    /// <summary>Looks at the replicates there are, once everything is back.</summary>
    /// <returns>Whether the scenario goes on.</returns>
    public bool GoesOn()
    {
        if (looks is null)
        {
            return false;
        }

        looks.See(estimates.OfScenario(scenario), end);
        if (looks.Replicates == Study.Replicates || looks.IsDecided)
        {
            return false;
        }

        end = Study.Until!.NextLook(end, Study.Replicates);
        return true;
    }
}
