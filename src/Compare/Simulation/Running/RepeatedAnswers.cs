using MarginalConditional.Compare.Simulation.Estimators;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>A method that gave two replicates the same answer, which data of continuous outcomes do not have by chance.</summary>
/// <param name="Method">The method.</param>
/// <param name="Scenario">The scenario, from 1.</param>
/// <param name="First">The first replicate with that answer, from 1.</param>
/// <param name="Second">The second, from 1.</param>
public sealed record RepeatedAnswers(string Method, int Scenario, int First, int Second)
{
    /// <summary>Replicates with one and the same answer that are too many for chance, whatever the outcome.</summary>
    private const int TooMany = 20;

    /// <summary>
    /// The methods that look as if they did not look at the data: two replicates of a continuous outcome with estimate and standard error
    /// equal to the last bit, or all replicates of a scenario, twenty or more.
    /// </summary>
    public static IReadOnlyList<RepeatedAnswers> Find(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var found = new List<RepeatedAnswers>();
        for (var m = 0; m < result.Study.Methods.Count; m++)
        {
            var first = result.Scenarios
                .Select(scenario => Of(scenario, result.Study.Methods[m].Name, m))
                .FirstOrDefault(one => one is not null);
            if (first is not null)
            {
                found.Add(first);
            }
        }

        return found;
    }

    private static RepeatedAnswers? Of(ScenarioResult scenario, string method, int index)
    {
        var seen = new Dictionary<(double, double), int>();
        RepeatedAnswers? first = null;
        var estimates = scenario.Estimates(index);
        var usable = 0;
        for (var r = 0; r < estimates.Length; r++)
        {
            if (!estimates[r].IsUsable)
            {
                continue;
            }

            usable++;
            if (!seen.TryAdd((estimates[r].Value, estimates[r].StandardError), r))
            {
                first ??= new RepeatedAnswers(
                    method, scenario.Scenario.Number, seen[(estimates[r].Value, estimates[r].StandardError)] + 1, r + 1);
            }
        }

        return scenario.Scenario.Source.IsContinuous || (seen.Count == 1 && usable >= TooMany) ? first : null;
    }
}
