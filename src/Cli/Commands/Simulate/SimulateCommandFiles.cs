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
/// not at all, in the same order and bytes whatever the run's history. At every moment the manifest names the bytes of replicates.csv:
/// before new ones take the place of old ones it names both. Rows that were safe once are therefore safe until the end, however often
/// the run is killed and resumed.
/// </remarks>
internal sealed class SimulateCommandFiles : IDisposable
{
    /// <summary>The copy of the study file, which merging needs.</summary>
    public const string StudyName = "study.yaml";

    /// <summary>All estimates.</summary>
    public const string ReplicatesName = "replicates.csv";

    /// <summary>The estimates of a run that has not ended.</summary>
    public const string PartialName = "replicates.partial.csv";

    /// <summary>The summary as CSV.</summary>
    public const string SummaryCsvName = "summary.csv";

    /// <summary>The summary as JSON.</summary>
    public const string SummaryJsonName = "summary.json";

    private readonly StudyEstimates estimates;
    private readonly SimulateCommandClaim claim;
    private SimulateCommandManifest manifest;
    private StreamWriter? partial;
    private bool disposed;

    private SimulateCommandFiles(
        string folder, SimulateCommandClaim claim, StudyEstimates estimates, SimulateCommandManifest manifest)
    {
        Folder = folder;
        this.claim = claim;
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
    /// <param name="use">What may be there already.</param>
    /// <exception cref="InputException">The folder cannot be made, is in use, or holds something else.</exception>
    public static SimulateCommandFiles Open(
        string folder,
        string studyFile,
        StudyEstimates estimates,
        SimulateCommandManifest manifest,
        FolderUse use)
    {
        SimulateCommandFiles? files = null;
        try
        {
            files = new SimulateCommandFiles(folder, SimulateCommandClaim.Take(folder), estimates, manifest);
            files.Prepare(studyFile, use);
            return files;
        }
        catch (Exception exception)
        {
            files?.Dispose();
            if (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                throw new InputException("The folder for the results cannot be used.", exception)
                {
                    File = folder,
                    Hint = "Give --out a folder that you may write to.",
                };
            }

            throw;
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
        using (var writer = new StringWriter())
        {
            ReplicateTable.Write(writer, estimates);
            var text = writer.ToString();
            var hash = SimulateCommandManifest.HashOfText(text);
            WriteManifest(manifest with { NextReplicatesHash = hash });
            AtomicFile.Write(At(ReplicatesName), text);
            manifest = manifest with { Complete = result.Complete, ReplicatesHash = hash };
        }

        AtomicFile.Write(At(SummaryCsvName), SimulateCommandSummary.Csv(result));
        AtomicFile.Write(At(SummaryJsonName), SimulateCommandSummary.Json(result));
        WriteManifest(manifest);
        partial?.Dispose();
        partial = null;
        File.Delete(At(PartialName));
        Dispose();
    }

    /// <summary>Reads the finished replicates of a folder, whose bytes must be those its manifest names.</summary>
    public static void ReadFinished(string folder, SimulateCommandManifest manifest, StudyEstimates estimates)
    {
        var path = Path.Combine(folder, ReplicatesName);
        if (!manifest.HasReplicates && !File.Exists(path))
        {
            throw new InputException("The run in this folder has not ended: its manifest vouches for no replicates yet.")
            {
                File = folder,
                Hint = "Wait for it, or go on with it by margcond simulate --resume.",
            };
        }

        if (!File.Exists(path) || !manifest.Names(SimulateCommandManifest.HashOf(path)))
        {
            throw new InputException("The file is missing, torn or edited: it is not the one the manifest describes.")
            {
                File = path,
                Hint = "Run that part again, with --overwrite or in another folder.",
            };
        }

        ReplicateTable.ReadRows(File.ReadLines(path).Skip(1), firstLine: 2, path, estimates);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        partial?.Dispose();
        partial = null;
        if (!disposed)
        {
            disposed = true;
            claim.Dispose();
        }
    }

    private string At(string name) => Path.Combine(Folder, name);

    private void WriteManifest(SimulateCommandManifest state) =>
        AtomicFile.Write(At(SimulateCommandManifest.FileName), state.ToJson(estimates.Study));

    /// <summary>
    /// The manifest comes before everything else: a run that is cut off here is known by it.
    /// </summary>
    private void Prepare(string studyFile, FolderUse use)
    {
        claim.RemoveTorn();
        if (use == FolderUse.Resume && SimulateCommandManifest.Read(Folder) is { } earlier)
        {
            ReadEarlier(earlier);
        }
        else if (use == FolderUse.Overwrite)
        {
            claim.RemoveResults();
        }
        else
        {
            claim.RequireUnused(studyFile);
        }

        WriteManifest(manifest);
        if (Path.GetFullPath(studyFile) != Path.GetFullPath(At(StudyName)))
        {
            File.Copy(studyFile, At(StudyName), overwrite: true);
        }

        partial = new StreamWriter(At(PartialName), append: true, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private void ReadEarlier(SimulateCommandManifest earlier)
    {
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

        if (earlier.ReplicatesHash is not null || File.Exists(At(ReplicatesName)))
        {
            ReadFinished(Folder, earlier, estimates);
            manifest = manifest with { ReplicatesHash = SimulateCommandManifest.HashOf(At(ReplicatesName)) };
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
