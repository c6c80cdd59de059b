using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Cli.Tests.Documents.Examples;

/// <summary>How docs/simulation.md runs a method of one's own, line for line.</summary>
internal static class OwnMethod
{
    internal static StudyResult Run()
    {
        var study = StudyReader.Read("simulations/noncollapsibility/study.yaml");
        var mine = study with { Methods = [.. study.Methods, new DifferenceOfClusterMeans()], Replicates = 10 };
        var result = SimulationRunner.Run(mine, new SimulationOptions());
        return result;
    }
}
