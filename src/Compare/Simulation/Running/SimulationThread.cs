using System.Collections.Concurrent;
using MarginalConditional.Compare.Simulation.Commands;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>What one thread needs to run replicates: its streams, and the generator of the scenario it is at.</summary>
internal sealed class SimulationThread(Study study, ConcurrentDictionary<string, int> failures) : IDisposable
{
    private readonly RandomStream stream = new(0, 0, 0);
    private readonly RandomStream methodStream = new(0, 0, 0);
    private readonly ulong[] methodKeys = new ulong[study.Methods.Count];
    private IDataGenerator? generator;
    private readonly bool readsData = !study.Methods.All(method => method is CommandEstimator);
    private AnalysisModel? model;
    private string effectName = string.Empty;
    private int current = -1;

    /// <summary>Runs every method on one replicate.</summary>
    /// <param name="scenario">The scenario's index.</param>
    /// <param name="replicate">The replicate's number.</param>
    /// <param name="estimates">Receives one estimate a method at the replicate's place.</param>
    /// <returns>The number of methods that failed.</returns>
    public int Run(int scenario, int replicate, EffectEstimate[][] estimates)
    {
        Replicate data;
        try
        {
            data = Draw(scenario, replicate);
        }
        catch (ChildException exception)
        {
            return FailAll(replicate, estimates, exception);
        }

        var failed = 0;
        for (var m = 0; m < study.Methods.Count; m++)
        {
            methodStream.Reset(study.Seed, methodKeys[m], (ulong)replicate);
            var estimate = Attempt(study.Methods[m], data);
            estimates[m][replicate] = estimate;
            failed += estimate.IsUsable ? 0 : 1;
        }

        return failed;
    }

    /// <summary>Draws the data of one replicate.</summary>
    /// <param name="scenario">The scenario's index.</param>
    /// <param name="replicate">The replicate's number.</param>
    public Replicate Draw(int scenario, int replicate)
    {
        var chosen = study.Scenarios[scenario];
        if (generator is null || scenario != current)
        {
            Dispose();
            generator = chosen.Source.Open();
            model = null;
            current = scenario;
            for (var m = 0; m < methodKeys.Length; m++)
            {
                methodKeys[m] = ContentHash.Continue(chosen.Hash, $"method={study.Methods[m].Name}\n");
            }
        }

        stream.Reset(study.Seed, chosen.Hash, (ulong)replicate);
        var data = Data(chosen, replicate);
        methodStream.Reset(study.Seed, chosen.Hash, (ulong)replicate);
        return data;
    }

    /// <summary>The data, which commands that analyse what a command generated read themselves after the first replicate.</summary>
    private Replicate Data(Scenario chosen, int replicate)
    {
        if (model is { } known && !readsData && generator is CommandGenerator commands)
        {
            var reading = commands.DrawUnread(stream, replicate);
            return new Replicate(known, effectName, reading)
            {
                Number = replicate,
                Settings = chosen.Settings,
                Stream = methodStream,
                Csv = commands.Csv!,
            };
        }

        var frame = generator!.Draw(stream, replicate);
        model ??= chosen.Source.ModelOf(frame);
        effectName = frame.Design.Names[model.EffectColumn];
        return new Replicate(model, frame)
        {
            Mechanism = chosen.Mechanism,
            Number = replicate,
            Settings = chosen.Settings,
            Stream = methodStream,
            DistinctRows = (generator as IPlannedTrial)?.DistinctRows!,
            Seen = (generator as IPlannedTrial)?.Seen,
            UnitEffects = (generator as IPlannedTrial)?.ClusterEffects,
            Csv = (generator as CommandGenerator)?.Csv!,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => (generator as IDisposable)?.Dispose();

    /// <summary>A generator that is somebody else's may fail: then every method has failed on that replicate.</summary>
    private int FailAll(int replicate, EffectEstimate[][] estimates, ChildException exception)
    {
        CountFailure($"no data: {exception.Message}");
        foreach (var method in estimates)
        {
            method[replicate] = EffectEstimate.Failed;
        }

        return estimates.Length;
    }

    private void CountFailure(string message) => failures.AddOrUpdate(message, 1, (_, count) => count + 1);

    private EffectEstimate Attempt(IEstimator method, Replicate data)
    {
        try
        {
            var estimate = method.Estimate(data);
            return estimate.IsUsable ? estimate : estimate with { Outcome = EstimateOutcome.Failed };
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
        {
            // A method of anybody's may fail on a hard data set: counted and reported, never dropped.
            CountFailure($"{method.Name}: {exception.Message}");
            return EffectEstimate.Failed;
        }
    }
}
