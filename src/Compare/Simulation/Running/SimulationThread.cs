using System.Collections.Concurrent;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>What one thread needs to run replicates: its stream, and the generator of the scenario it is at.</summary>
internal sealed class SimulationThread(Study study, ConcurrentDictionary<string, int> failures)
{
    private readonly RandomStream stream = new(0, 0, 0);
    private TrialGenerator? generator;
    private int current = -1;

    /// <summary>Runs every method on one replicate.</summary>
    /// <param name="scenario">The scenario's index.</param>
    /// <param name="replicate">The replicate's number.</param>
    /// <param name="estimates">Receives one estimate a method at the replicate's place.</param>
    /// <returns>The number of methods that failed.</returns>
    public int Run(int scenario, int replicate, EffectEstimate[][] estimates)
    {
        var mechanism = study.Scenarios[scenario].Mechanism;
        if (generator is null || scenario != current)
        {
            generator = new TrialGenerator(mechanism);
            current = scenario;
        }

        stream.Reset(study.Seed, study.Scenarios[scenario].Hash, (ulong)replicate);
        var data = new Replicate(mechanism, generator.Draw(stream), generator.DistinctRows!);
        var failed = 0;
        for (var m = 0; m < study.Methods.Count; m++)
        {
            var estimate = Attempt(study.Methods[m], data);
            estimates[m][replicate] = estimate;
            failed += estimate.IsUsable ? 0 : 1;
        }

        return failed;
    }

    private EffectEstimate Attempt(IEstimator method, Replicate data)
    {
        try
        {
            var estimate = method.Estimate(data);
            return estimate.IsUsable ? estimate : estimate with { Outcome = EstimateOutcome.Failed };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A method of anybody's may fail on a hard data set: counted and reported, never dropped.
            failures.AddOrUpdate($"{method.Name}: {exception.Message}", 1, (_, count) => count + 1);
            return EffectEstimate.Failed;
        }
    }
}
