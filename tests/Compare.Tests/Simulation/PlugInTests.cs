using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>Parts of studies from an assembly of anybody's: that of examples/own-method, and the types of this one.</summary>
public sealed class PlugInTests
{
    private static readonly string OwnMethod = Path.Combine(AppContext.BaseDirectory, "OwnMethod.dll");

    [Fact]
    public void A_study_runs_a_method_and_a_law_of_a_plug_in()
    {
        var study = Read(OwnMethod) with { Replicates = 12 };
        var one = SimulationRunner.Run(study, new SimulationOptions { Threads = 1 });
        var three = SimulationRunner.Run(study, new SimulationOptions { Threads = 3 });
        foreach (var (scenario, other) in one.Scenarios.Zip(three.Scenarios))
        {
            Assert.Equal("bootstrap-of-clusters", scenario.Performance[0].Method);
            Assert.Equal(0, scenario.Performance[0].Failed);
            Assert.Equal(scenario.Estimates(0).ToArray(), other.Estimates(0).ToArray());
            Assert.Equal(scenario.Performance[0].Mean.Value, scenario.Performance[1].Mean.Value, 1e-9);
        }

        Assert.Equal(0.8, study.Scenarios[0].Mechanism!.RandomEffect.StandardDeviation);
        Assert.Equal("UniformEffects", study.Scenarios[0].Setting("random-effect"));
    }

    [Fact]
    public void The_truth_under_a_law_of_a_plug_in_is_its_integral()
    {
        var mechanism = Read(OwnMethod).Scenarios[0].Mechanism!;

        // ∫ expit(a + bu) du over (−1, 1) by its antiderivative, log(1 + exp(a + bu))/b.
        var b = 0.8 * Math.Sqrt(3);
        double Mean(double a) => (Math.Log(1 + Math.Exp(a + b)) - Math.Log(1 + Math.Exp(a - b))) / (2 * b);
        Assert.Equal(Mean(-0.5) - Mean(-1), Compare.Simulation.Truths.StudyTarget.RiskDifference.Truth(mechanism), 1e-9);
    }

    [Fact]
    public void The_assembly_is_part_of_the_scenarios_hashes()
    {
        var folder = Directory.CreateTempSubdirectory("plugins");
        try
        {
            // Octets behind the end of an assembly change its hash and nothing else.
            var other = Path.Combine(folder.FullName, "OwnMethod.dll");
            File.WriteAllBytes(other, [.. File.ReadAllBytes(OwnMethod), 0]);
            Assert.NotEqual(Read(OwnMethod).Scenarios[0].Hash, Read(other).Scenarios[0].Hash);
            Assert.Equal(Read(OwnMethod).Scenarios[0].Hash, Read(OwnMethod).Scenarios[0].Hash);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void What_is_wrong_with_a_plug_in_is_said()
    {
        var own = typeof(PlugInTests).Assembly.Location;
        var text = Path.GetTempFileName();
        try
        {
            File.WriteAllText(text, "no assembly");
            Said("cannot be read", () => Read("there-is-no.dll"));
            Said("is not a .NET assembly", () => Read(text));
            Said(
                "There is no method \"BootstrapOfCluster\". Did you mean \"BootstrapOfClusters\"?",
                () => Read(OwnMethod, "BootstrapOfCluster"));
            Said("has no public constructor without parameters", () => Read(own, nameof(MethodWithParameters), "normal"));
            Said("ended with an error: not today", () => Read(own, nameof(MethodThatThrows), "normal"));
        }
        finally
        {
            File.Delete(text);
        }

        static void Said(string part, Func<Study> read)
        {
            var exception = Assert.Throws<InputException>(read);
            Assert.Contains(part, exception.Message, StringComparison.Ordinal);
            Assert.NotNull(exception.Line);
        }
    }

    private static Study Read(string plugIn, string method = "BootstrapOfClusters", string law = "UniformEffects")
    {
        var text = File.ReadAllText(Path.Combine(ReferenceFiles.RepositoryRoot, "examples", "own-method", "study.yaml"));
        text = text.Replace("bin/Release/net10.0/OwnMethod.dll", plugIn, StringComparison.Ordinal)
            .Replace("BootstrapOfClusters", method, StringComparison.Ordinal)
            .Replace("UniformEffects", law, StringComparison.Ordinal);
        return StudyReader.Parse(text, Path.Combine(AppContext.BaseDirectory, "study.yaml"));
    }
}
