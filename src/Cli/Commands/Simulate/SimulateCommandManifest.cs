using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Stopping;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>What a folder of results holds: which study, which part of it, and whether it is complete.</summary>
internal sealed record SimulateCommandManifest
{
    /// <summary>The file's name.</summary>
    public const string FileName = "manifest.json";

    /// <summary>SHA-256 of the study file's bytes.</summary>
    public required string StudyHash { get; init; }

    /// <summary>The seed in force.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Replicates a scenario, over all parts.</summary>
    public required int Replicates { get; init; }

    /// <summary>The part of them this folder holds.</summary>
    public required Shard Shard { get; init; }

    /// <summary>The rule by which scenarios end before that; null where there is none.</summary>
    public StoppingRule? Until { get; init; }

    /// <summary>Whether all of the part is there.</summary>
    public bool Complete { get; init; }

    /// <summary>SHA-256 of replicates.csv; null while there is none.</summary>
    public string? ReplicatesHash { get; init; }

    /// <summary>SHA-256 of the replicates.csv that is about to take the place of the one there is; null at all other times.</summary>
    public string? NextReplicatesHash { get; init; }

    /// <summary>The hashes of a thousand lines of replicates.csv each; empty while there is none.</summary>
    public IReadOnlyList<string> BlockHashes { get; init; } = [];

    /// <summary>The commands of the study's methods and generators, each with what its children say they are.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>Whether it vouches for a replicates.csv.</summary>
    public bool HasReplicates => ReplicatesHash is not null || NextReplicatesHash is not null;

    /// <summary>Whether replicates.csv may have this hash.</summary>
    public bool Names(string hash) => hash == ReplicatesHash || hash == NextReplicatesHash;

    /// <summary>The hash that a file of this text will have.</summary>
    public static string HashOfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The manifest as JSON.</summary>
    /// <param name="study">The study.</param>
    /// <param name="result">Its result; null before there is one.</param>
    public string ToJson(Study study, StudyResult? result)
    {
        using var json = new JsonResult();
        json.Text("study", study.Name);
        json.Text("studyFileSha256", StudyHash);
        json.Text("version", typeof(StudyResult).Assembly.GetName().Version?.ToString(3));
        json.Text("seed", Seed.ToString(CultureInfo.InvariantCulture));
        json.Integer("scenarios", study.Scenarios.Count);
        json.Integer("replicates", Replicates);
        StopsOutput.Rule(json, Until);
        json.Text("shard", Shard.ToString());
        json.Boolean("complete", Complete);
        json.Text("replicatesSha256", ReplicatesHash);
        if (NextReplicatesHash is not null)
        {
            json.Text("nextReplicatesSha256", NextReplicatesHash);
        }

        json.Texts("replicatesBlocks", BlockHashes);
        if (Commands.Count > 0)
        {
            json.Texts("commands", Commands);
            json.Text("commandsNote", "An answer later than its time limit is a failure: these bits may depend on the machine's speed.");
        }

        if (Until is not null && result is not null)
        {
            json.Objects("stopped", result.Scenarios, scenario => StopsOutput.Ending(json, scenario));
        }

        WriteFits(json, study);
        json.Texts("scenarioHashes", study.Scenarios.Select(scenario => scenario.Hash.ToString("x16", CultureInfo.InvariantCulture)));
        json.Texts("methods", study.Methods.Select(method => method.Name));
        return json.Complete([]);
    }

    /// <summary>The kept fits that trials are like, with the hashes of their data and of files that were joined to them.</summary>
    private static void WriteFits(JsonResult json, Study study)
    {
        var fits = study.Scenarios.Select(KeptHashes.Of).OfType<KeptHashes>().Distinct().ToList();
        if (fits.Count > 0)
        {
            json.Objects("fits", fits, fit =>
            {
                json.Text("model", fit.Model);
                json.Text("dataSha256", fit.Data);
                if (fit.Joined is not null)
                {
                    json.Text("joinedSha256", fit.Joined);
                }
            });
        }
    }

    /// <summary>Reads the manifest of a folder; null if there is none.</summary>
    /// <exception cref="InputException">It is not a manifest.</exception>
    public static SimulateCommandManifest? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var root = document.RootElement;
            return new SimulateCommandManifest
            {
                StudyHash = root.GetProperty("studyFileSha256").GetString() ?? string.Empty,
                Seed = ulong.Parse(root.GetProperty("seed").GetString() ?? string.Empty, CultureInfo.InvariantCulture),
                Replicates = root.GetProperty("replicates").GetInt32() is > 0 and <= StudyReader.LargestRun and var count
                    ? count
                    : throw new FormatException(),
                Shard = Shard.TryParse(root.GetProperty("shard").GetString(), zeroBased: false, out var shard)
                    ? shard
                    : throw new FormatException(),
                Until = root.TryGetProperty("until", out var rule) ? StopsOutput.ReadRule(rule) : null,
                Complete = root.GetProperty("complete").GetBoolean(),
                ReplicatesHash = root.GetProperty("replicatesSha256").GetString(),
                Commands = root.TryGetProperty("commands", out var commands)
                    ? [.. commands.EnumerateArray().Select(command => command.GetString() ?? string.Empty)]
                    : [],
                BlockHashes = root.TryGetProperty("replicatesBlocks", out var blocks)
                    ? [.. blocks.EnumerateArray().Select(block => block.GetString() ?? string.Empty)]
                    : [],
                NextReplicatesHash = root.TryGetProperty("nextReplicatesSha256", out var next) ? next.GetString() : null,
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException
            or OverflowException or InvalidOperationException)
        {
            throw new InputException("This is not the manifest of a simulation study, or it was edited.", exception) { File = path };
        }
    }
}
