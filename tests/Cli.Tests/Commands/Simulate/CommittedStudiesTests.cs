using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Cli.Tests.Commands.Simulate;

/// <summary>
/// The studies whose results are committed: study file, manifest and summary are of one run, and the file still draws its trials.
/// </summary>
public sealed class CommittedStudiesTests
{
    private static readonly string[] Folders =
        [.. Directory.GetFiles(Repository.File("simulations"), "manifest.json", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(path)!)!))
            .Order(StringComparer.Ordinal)];

    public static TheoryData<string> Names => [.. Folders];

    [Fact]
    public void There_are_seven_of_them()
    {
        Assert.Equal(
            ["dropout", "informative-size", "misspecified-effects", "noncollapsibility", "quadrature", "small-clusters", "stepped-wedge"],
            Folders);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_committed_results_belong_to_the_committed_study(string name)
    {
        using var manifest = Result(name, "manifest.json");
        using var summary = Result(name, "summary.json");
        var file = StudyFile(name);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))),
            manifest.RootElement.GetProperty("studyFileSha256").GetString());
        var study = StudyReader.Read(file);
        var hashes = study.Scenarios.Select(scenario => scenario.Hash.ToString("x16", CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(hashes, manifest.RootElement.GetProperty("scenarioHashes").EnumerateArray().Select(hash => hash.GetString()));
        Assert.Equal(
            hashes,
            summary.RootElement.GetProperty("scenarios").EnumerateArray().Select(scenario => scenario.GetProperty("hash").GetString()));
        foreach (var root in new[] { manifest.RootElement, summary.RootElement })
        {
            Assert.Equal(study.Name, root.GetProperty("study").GetString());
            Assert.Equal(study.Seed.ToString(CultureInfo.InvariantCulture), root.GetProperty("seed").GetString());
            Assert.Equal(study.Replicates, root.GetProperty("replicates").GetInt32());
            Assert.True(root.GetProperty("complete").GetBoolean());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_scenario_has_every_method_and_the_truth_that_the_study_file_gives(string name)
    {
        using var summary = Result(name, "summary.json");
        var study = StudyReader.Read(StudyFile(name));
        foreach (var (scenario, definition) in summary.RootElement.GetProperty("scenarios").EnumerateArray().Zip(study.Scenarios))
        {
            var rows = scenario.GetProperty("methods").EnumerateArray().ToList();
            Assert.Equal(study.Methods.Select(method => method.Name), rows.Select(row => row.GetProperty("method").GetString()));
            foreach (var (row, method) in rows.Zip(study.Methods))
            {
                Assert.Equal(definition.Truth(method.Target), row.GetProperty("truth").GetDouble(), 1e-9);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_first_replicate_of_every_scenario_is_drawn_and_estimated(string name)
    {
        var study = StudyReader.Read(StudyFile(name));
        for (var scenario = 0; scenario < study.Scenarios.Count; scenario++)
        {
            Assert.True(SimulationRunner.Draw(study, scenario, 0).Frame.Clusters.Count > 1);
            Assert.Contains(SimulationRunner.RunOne(study, scenario, 0), estimate => double.IsFinite(estimate.Value));
        }
    }

    private static string StudyFile(string name) => Repository.File("simulations", name, "study.yaml");

    private static JsonDocument Result(string name, string file) =>
        JsonDocument.Parse(File.ReadAllText(Repository.File("simulations", name, "results", file)));
}
