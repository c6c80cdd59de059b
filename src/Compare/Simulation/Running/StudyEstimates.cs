using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>The estimates of a study: one a scenario, method and replicate, those not run marked as such.</summary>
public sealed class StudyEstimates
{
    /// <summary>Thirty-two octets each.</summary>
    private const double Largest = 100_000_000;

    private readonly EffectEstimate[][][] estimates;

    /// <summary>Room for all replicates of a study, none of them run.</summary>
    public StudyEstimates(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        var size = (double)study.Scenarios.Count * study.Methods.Count * study.Replicates;
        if (size > Largest)
        {
            throw new InputException(FormattableString.Invariant(
                $"The study has {size:#,0} estimates, and {Largest:#,0} are the most that are held at once."))
            {
                Hint = "Ask for fewer replicates, or make several studies of it.",
            };
        }

        Study = study;
        estimates = [.. study.Scenarios.Select(_ => study.Methods.Select(_ => new EffectEstimate[study.Replicates]).ToArray())];
    }

    /// <summary>The study.</summary>
    public Study Study { get; }

    /// <summary>One estimate.</summary>
    /// <param name="scenario">The scenario's index, from 0.</param>
    /// <param name="method">The method's index, from 0.</param>
    /// <param name="replicate">The replicate's number, from 0.</param>
    public EffectEstimate this[int scenario, int method, int replicate] => estimates[scenario][method][replicate];

    /// <summary>Records the estimate of one scenario, method and replicate (indices from 0).</summary>
    public void Record(int scenario, int method, int replicate, EffectEstimate estimate) =>
        estimates[scenario][method][replicate] = estimate;

    /// <summary>Takes a replicate for one that was not run.</summary>
    internal void Forget(int scenario, int replicate)
    {
        foreach (var method in estimates[scenario])
        {
            method[replicate] = default;
        }
    }

    /// <summary>Whether every method was run on a replicate.</summary>
    public bool IsRun(int scenario, int replicate)
    {
        foreach (var column in estimates[scenario])
        {
            if (column[replicate].Outcome == EstimateOutcome.NotRun)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The number of replicates run, over all scenarios.</summary>
    public int CountRun() => Run().Count();

    /// <summary>The scenario and the replicate, both counted from 0, of each replicate that was run.</summary>
    public IEnumerable<(int Scenario, int Replicate)> Run() => Run(0, Study.Replicates);

    /// <summary>The same of the replicates in a range of their numbers.</summary>
    internal IEnumerable<(int Scenario, int Replicate)> Run(int first, int end)
    {
        for (var scenario = 0; scenario < estimates.Length; scenario++)
        {
            for (var replicate = first; replicate < end; replicate++)
            {
                if (IsRun(scenario, replicate))
                {
                    yield return (scenario, replicate);
                }
            }
        }
    }

    /// <summary>Puts the results of what was run together.</summary>
    /// <param name="complete">Whether all that was to be run was run.</param>
    /// <param name="failures">What exceptions said, with how often each occurred.</param>
    public StudyResult ToResult(bool complete, IReadOnlyDictionary<string, int>? failures = null) => new(
        Study,
        [.. Study.Scenarios.Select((scenario, s) => new ScenarioResult(Study, scenario, estimates[s]))],
        complete,
        [.. (failures ?? new Dictionary<string, int>(StringComparer.Ordinal))
            .Select(failure => new StudyFailure(failure.Key, failure.Value))
            .OrderByDescending(failure => failure.Count)
            .ThenBy(failure => failure.Message, StringComparer.Ordinal)]);

    internal EffectEstimate[][] OfScenario(int scenario) => estimates[scenario];
}
