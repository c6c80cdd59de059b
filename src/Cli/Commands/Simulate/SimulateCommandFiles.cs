using System.Text;
using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Storage;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>The folder of a study's results.</summary>
/// <remarks>
/// While the study runs, finished replicates are appended to a partial file, so that a killed run loses only those in flight. At the end
/// replicates.csv, the summaries and the manifest appear, each in full or
/// not at all, in the same order and bytes whatever the run's history.
/// </remarks>
internal sealed class SimulateCommandFiles : IDisposable
{
    /// <summary>The copy of the study file, which merging needs.</summary>
    public const string StudyName = "study.yaml";

    /// <summary>All estimates.</summary>
    public const string ReplicatesName = "replicates.csv";

    private const string PartialName = "replicates.partial.csv";
    private readonly StudyEstimates estimates;
    private SimulateCommandManifest manifest;
    private StreamWriter? partial;

    private SimulateCommandFiles(string folder, StudyEstimates estimates, SimulateCommandManifest manifest)
    {
        Folder = folder;
        this.estimates = estimates;
        this.manifest = manifest;
    }

    /// <summary>The folder as the user named it.</summary>
    public string Folder { get; }

    /// <summary>Makes the folder ready, before any time is spent on the study; with resume, reads what an earlier run left.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="studyFile">The study file, to be copied.</param>
    /// <param name="estimates">Receives what is known.</param>
    /// <param name="manifest">What is to be run.</param>
    /// <param name="resume">Whether to go on with an earlier run.</param>
    /// <exception cref="InputException">The folder cannot be made, or holds something else.</exception>
    public static SimulateCommandFiles Open(
        string folder,
        string studyFile,
        StudyEstimates estimates,
        SimulateCommandManifest manifest,
        bool resume)
    {
        var files = new SimulateCommandFiles(folder, estimates, manifest);
        try
        {
            Directory.CreateDirectory(folder);
            if (resume)
            {
                files.ReadEarlier();
            }
            else if (File.Exists(files.At(PartialName)))
            {
                throw new InputException("The folder holds the replicates of a run that was cut off.")
                {
                    File = folder,
                    Hint = $"Say --resume to go on with it, or delete {PartialName}, or choose another folder.",
                };
            }

            if (Path.GetFullPath(studyFile) != Path.GetFullPath(files.At(StudyName)))
            {
                File.Copy(studyFile, files.At(StudyName), overwrite: true);
            }

            AtomicFile.Write(files.At(SimulateCommandManifest.FileName), manifest.ToJson(estimates.Study));
            files.partial = new StreamWriter(files.At(PartialName), append: true, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return files;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException("The folder for the results cannot be used.", exception)
            {
                File = folder,
                Hint = "Give --out a folder that you may write to.",
            };
        }
    }

    /// <summary>Appends finished replicates.</summary>
    public void Append(StudyEstimates all, int scenario, IReadOnlyList<int> replicates)
    {
        if (partial is not null)
        {
            ReplicateTable.WriteRows(partial, all, scenario, replicates);
            partial.Flush();
        }
    }

    /// <summary>Writes replicates, summaries and manifest, and removes the partial file.</summary>
    public void Finish(StudyResult result)
    {
        using (var text = new StringWriter())
        {
            ReplicateTable.Write(text, estimates);
            AtomicFile.Write(At(ReplicatesName), text.ToString());
        }

        AtomicFile.Write(At("summary.csv"), SimulateCommandSummary.Csv(result));
        AtomicFile.Write(At("summary.json"), SimulateCommandSummary.Json(result));
        manifest = manifest with { Complete = result.Complete, ReplicatesHash = SimulateCommandManifest.HashOf(At(ReplicatesName)) };
        AtomicFile.Write(At(SimulateCommandManifest.FileName), manifest.ToJson(estimates.Study));
        Dispose();
        File.Delete(At(PartialName));
    }

    /// <summary>Reads the finished replicates of a folder, whose bytes must be those its manifest names.</summary>
    public static void ReadFinished(string folder, SimulateCommandManifest manifest, StudyEstimates estimates)
    {
        var path = Path.Combine(folder, ReplicatesName);
        if (!File.Exists(path) || (manifest.ReplicatesHash is not null && manifest.ReplicatesHash != SimulateCommandManifest.HashOf(path)))
        {
            throw new InputException("The file is missing, torn or edited: it is not the one the manifest describes.")
            {
                File = path,
                Hint = "Run that part again.",
            };
        }

        ReplicateTable.ReadRows(File.ReadLines(path).Skip(1), firstLine: 2, path, estimates);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        partial?.Dispose();
        partial = null;
    }

    private string At(string name) => Path.Combine(Folder, name);

    private void ReadEarlier()
    {
        if (SimulateCommandManifest.Read(Folder) is not { } earlier)
        {
            return;
        }

        if (earlier.StudyHash != manifest.StudyHash
            || earlier.Seed != manifest.Seed
            || earlier.Shard != manifest.Shard
            || earlier.Replicates != manifest.Replicates)
        {
            throw new InputException("The folder holds another study, or this one with another seed, shard or number of replicates.")
            {
                File = Folder,
                Hint = "Resume with the same study file and options, or choose another folder.",
            };
        }

        if (File.Exists(At(ReplicatesName)) && earlier.ReplicatesHash is not null)
        {
            ReadFinished(Folder, earlier, estimates);
        }

        ReadPartial();
    }

    /// <summary>Reads what an interrupted run left.</summary>
    /// <remarks>
    /// The last line may be torn; rows that were finished already may be there again if the run was cut off while it was finishing.
    /// </remarks>
    private void ReadPartial()
    {
        var path = At(PartialName);
        if (!File.Exists(path))
        {
            return;
        }

        var text = File.ReadAllText(path);
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        var known = new StudyEstimates(estimates.Study);
        ReplicateTable.ReadRows(
            whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal),
            firstLine: 1,
            path,
            known);
        for (var scenario = 0; scenario < estimates.Study.Scenarios.Count; scenario++)
        {
            for (var replicate = 0; replicate < estimates.Study.Replicates; replicate++)
            {
                for (var m = 0; known.IsRun(scenario, replicate) && m < estimates.Study.Methods.Count; m++)
                {
                    estimates.Record(scenario, m, replicate, known[scenario, m, replicate]);
                }
            }
        }

        AtomicFile.Write(path, whole);
    }
}
