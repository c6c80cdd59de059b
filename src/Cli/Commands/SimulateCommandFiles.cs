using System.Globalization;
using System.Security.Cryptography;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands;

/// <summary>The folder of a study's results. Every file is there in full or not at all; the manifest comes last.</summary>
internal sealed class SimulateCommandFiles
{
    private SimulateCommandFiles(string folder) => Folder = folder;

    /// <summary>The folder as the user named it.</summary>
    public string Folder { get; }

    /// <summary>Makes the folder, before any time is spent on the study.</summary>
    /// <exception cref="InputException">It cannot be made.</exception>
    public static SimulateCommandFiles Prepare(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new SimulateCommandFiles(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException("The folder for the results cannot be made.", exception) { File = folder, Hint = "Give --out a folder that you may write to." };
        }
    }

    /// <summary>Writes replicates, summaries and manifest.</summary>
    public void Write(StudyResult result, string studyFile)
    {
        AtomicFile.Write(Path.Combine(Folder, "replicates.csv"), SimulateCommandSummary.Replicates(result));
        AtomicFile.Write(Path.Combine(Folder, "summary.csv"), SimulateCommandSummary.Csv(result));
        AtomicFile.Write(Path.Combine(Folder, "summary.json"), SimulateCommandSummary.Json(result));
        AtomicFile.Write(Path.Combine(Folder, "manifest.json"), Manifest(result, studyFile));
    }

    private static string Manifest(StudyResult result, string studyFile)
    {
        using var json = new JsonResult();
        json.Text("study", result.Study.Name);
        json.Text("studyFileSha256", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(studyFile))));
        json.Text("version", typeof(StudyResult).Assembly.GetName().Version?.ToString(3));
        json.Text("seed", result.Study.Seed.ToString(CultureInfo.InvariantCulture));
        json.Integer("scenarios", result.Study.Scenarios.Count);
        json.Integer("replicates", result.Study.Replicates);
        json.Boolean("complete", result.Complete);
        json.Texts("scenarioHashes", result.Study.Scenarios.Select(scenario => scenario.Hash.ToString("x16", CultureInfo.InvariantCulture)));
        json.Texts("methods", result.Study.Methods.Select(method => method.Name));
        return json.Complete([]);
    }
}
