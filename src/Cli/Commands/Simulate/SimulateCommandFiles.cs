using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Storage;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>The folder of a study's results.</summary>
/// <remarks>
/// While the study runs, finished replicates are appended to a journal, the partial file, so that a killed run loses only those in flight.
/// At the end replicates.csv, the summaries and the manifest appear, each in full or not at all, in the same order and bytes whatever the
/// run's history. At every moment the manifest names the bytes of replicates.csv:
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
    private RowJournal? partial;
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

    /// <summary>Replicates of an earlier run that were found here, and are not computed again.</summary>
    public int Kept { get; private set; }

    /// <summary>Lines of replicates that a killed process had not finished to write; they were dropped, and are computed again.</summary>
    public int TornRows { get; private set; }

    /// <summary>Makes the folder ready, before any time is spent on the study; with resume, reads what an earlier run left.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="study">The study, to be copied.</param>
    /// <param name="estimates">Receives what is known.</param>
    /// <param name="manifest">What is to be run.</param>
    /// <param name="use">What may be there already.</param>
    /// <exception cref="InputException">The folder cannot be made, is in use, or holds something else.</exception>
    public static SimulateCommandFiles Open(
        string folder,
        StudyOrigin study,
        StudyEstimates estimates,
        SimulateCommandManifest manifest,
        FolderUse use)
    {
        SimulateCommandFiles? files = null;
        try
        {
            files = new SimulateCommandFiles(folder, SimulateCommandClaim.Take(folder), estimates, manifest);
            files.Prepare(study, use);
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
    /// <exception cref="InputException">They cannot be written, as on a full disk; what was written before is safe.</exception>
    public void Append(StudyEstimates all, int scenario, IReadOnlyList<int> replicates)
    {
        using var rows = new StringWriter();
        ReplicateTable.WriteRows(rows, all, scenario, replicates);
        try
        {
            partial?.Append(rows.ToString());
        }
        catch (IOException exception)
        {
            throw new InputException($"Finished replicates cannot be written: {MessageText.Sentence(exception.Message)}", exception)
            {
                File = At(PartialName),
                Hint = "Make room, and go on with the same command and --resume: what was written before is safe.",
            };
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
            manifest = manifest with { Complete = result.Complete, ReplicatesHash = hash, BlockHashes = BlockHashes.Of(text) };
        }

        AtomicFile.Write(At(SummaryCsvName), SimulateCommandSummary.Csv(result).ToString());
        AtomicFile.Write(At(SummaryJsonName), SimulateCommandSummary.Json(result));
        WriteManifest(manifest, result);
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

        if (!File.Exists(path) || !manifest.Names(FileHash.Of(path)))
        {
            throw Changed(path, manifest);
        }

        ReplicateTable.ReadRows(File.ReadLines(path).Select((row, index) => (index + 1, row)).Skip(1), path, estimates);
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

    private static InputException Changed(string path, SimulateCommandManifest manifest)
    {
        var lines = File.Exists(path) ? BlockHashes.FirstChange(File.ReadAllText(path), manifest.BlockHashes) : null;
        return new InputException(
            !File.Exists(path) ? "The file is missing, although the manifest describes it."
            : lines is var (first, last) ? FormattableString.Invariant($"Lines {first} to {last} are torn or edited: they are not those ")
                + "the manifest describes."
            : "The file is torn or edited: it is not the one the manifest describes.")
        {
            File = path,
            Line = lines?.First,
            Hint = "Run that part again, with --overwrite or in another folder.",
        };
    }

    private string At(string name) => Path.Combine(Folder, name);

    private void WriteManifest(SimulateCommandManifest state, StudyResult? result = null) =>
        AtomicFile.Write(At(SimulateCommandManifest.FileName), state.ToJson(estimates.Study, result));

    /// <summary>
    /// The manifest comes before everything else: a run that is cut off here is known by it.
    /// </summary>
    private void Prepare(StudyOrigin study, FolderUse use)
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
            claim.RequireUnused(study);
        }

        WriteManifest(manifest);
        study.CopyTo(At(StudyName));
        partial = RowJournal.Open(At(PartialName));
        TornRows = partial.TornRows;
        ReadPartial(partial);
        Kept = estimates.CountRun();
    }

    private void ReadEarlier(SimulateCommandManifest earlier)
    {
        StudyCommands.RequireSame(earlier.Commands, manifest.Commands, Folder);
        if (earlier.StudyHash != manifest.StudyHash
            || earlier.Seed != manifest.Seed
            || earlier.Shard != manifest.Shard
            || earlier.Until != manifest.Until
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
            manifest = manifest with { ReplicatesHash = FileHash.Of(At(ReplicatesName)) };
        }

    }

    /// <summary>
    /// Reads what an interrupted run left; rows that were finished already are there again if the run was cut off while it was finishing.
    /// </summary>
    private void ReadPartial(RowJournal journal)
    {
        var known = new StudyEstimates(estimates.Study);
        ReplicateTable.ReadRows(journal.Rows, At(PartialName), known);
        foreach (var (scenario, replicate) in known.Run())
        {
            for (var m = 0; m < estimates.Study.Methods.Count; m++)
            {
                estimates.Record(scenario, m, replicate, known[scenario, m, replicate]);
            }
        }
    }
}
