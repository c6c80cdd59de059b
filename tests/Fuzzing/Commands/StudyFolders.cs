using System.Text;
using System.Text.Json.Nodes;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Compare.Simulation.Storage;

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Folders of small studies: finished, in two parts, cut off while it ran, and ended by a rule.</summary>
internal static class StudyFolders
{
    /// <summary>The study's file, beside the folders.</summary>
    public const string StudyName = "study.yaml";

    /// <summary>The file of the study that ends by a rule.</summary>
    public const string RuleName = "rule.yaml";

    private const string Study = """
        study: tiny
        seed: 3
        replicates: 4
        data-generating-mechanisms: {clusters: 6, cluster-size: 4, sigma: [0, 1], effect: 1}
        estimands: [conditional, marginal]
        methods: [gee: {correlation: independence}, glmm: {name: "a b", nodes: 3}]
        """;

    private const string Rule = """
        study: rule
        seed: 3
        replicates: {until: {coverage-mcse: 0.2, power: 0.5, every: 10}, max: 12}
        data-generating-mechanisms: {clusters: 6, cluster-size: 4, sigma: 0, effect: 1}
        estimands: [marginal]
        methods: [gee: {correlation: independence}]
        """;

    private static readonly Lazy<(string Name, byte[] Content)[]> Made = new(Make);

    /// <summary>The folders: <c>done</c>, <c>a</c> and <c>b</c>, <c>torn</c>, <c>rule</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["done", "a", "b", "torn", "rule"];

    /// <summary>All files, by their names from the folder on in which commands run.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> Files => Made.Value;

    /// <summary>A journal as a study writes it, of some rows.</summary>
    public static byte[] Journal(IEnumerable<string> blocks)
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var journal = RowJournal.Open(path))
            {
                foreach (var block in blocks)
                {
                    journal.Append(block);
                }
            }

            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (string Name, byte[] Content)[] Make()
    {
        Workshop.Prepare((StudyName, Encoding.UTF8.GetBytes(Study)), (RuleName, Encoding.UTF8.GetBytes(Rule)));
        string[] parallel = ["--threads", "1"];
        CommandRun.Require(["simulate", StudyName, "--out", "done", .. parallel]);
        CommandRun.Require(["simulate", StudyName, "--out", "a", "--shard", "1/2", .. parallel]);
        CommandRun.Require(["simulate", StudyName, "--out", "b", "--shard", "2/2", .. parallel]);
        CommandRun.Require(["simulate", RuleName, "--out", "rule", .. parallel]);
        var files = Workshop.Read();
        byte[] Content(string name) => files.Single(file => file.Name == name).Content;
        var manifest = JsonNode.Parse(Content($"done/{SimulateCommandManifest.FileName}"))!;
        (manifest["complete"], manifest["replicatesSha256"], manifest["replicatesBlocks"]) = (false, null, new JsonArray());
        var rows = Encoding.UTF8.GetString(Content($"done/{SimulateCommandFiles.ReplicatesName}")).Split('\n')[1..9];
        return
        [
            .. files,
            ($"torn/{SimulateCommandManifest.FileName}", Encoding.UTF8.GetBytes(manifest.ToJsonString())),
            ($"torn/{StudyName}", Content(StudyName)),
            ($"torn/{SimulateCommandFiles.PartialName}", Journal(rows.Chunk(4).Select(block => string.Join('\n', block) + "\n"))),
        ];
    }
}
