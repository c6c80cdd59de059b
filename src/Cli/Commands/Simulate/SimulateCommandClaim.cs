using MarginalConditional.Cli.Files;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>A folder of results in the hands of one process: nobody else writes there until this is disposed.</summary>
/// <remarks>
/// The lock is an open file, which the system lets go of however a process ends; a lock file that a killed process left behind hinders
/// nobody.
/// </remarks>
internal sealed class SimulateCommandClaim : IDisposable
{
    /// <summary>The file that is open while a process works on the folder.</summary>
    public const string LockName = "simulate.lock";

    private static readonly string[] Results =
    [
        SimulateCommandManifest.FileName, SimulateCommandFiles.PartialName, SimulateCommandFiles.ReplicatesName,
        SimulateCommandFiles.SummaryCsvName, SimulateCommandFiles.SummaryJsonName,
    ];

    private readonly string folder;
    private readonly FileStream gate;

    private SimulateCommandClaim(string folder, FileStream gate) => (this.folder, this.gate) = (folder, gate);

    /// <summary>Makes the folder if need be, and takes it.</summary>
    /// <exception cref="InputException">Another process works on it.</exception>
    public static SimulateCommandClaim Take(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, LockName);
        try
        {
            return new SimulateCommandClaim(
                folder, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new InputException("Another process is writing its results to this folder.", exception)
            {
                File = folder,
                Hint = "Wait until it has ended, or choose another folder.",
            };
        }
    }

    /// <summary>Refuses a folder that holds anything but the study file itself and what a start that was cut off at once leaves.</summary>
    /// <param name="study">The study.</param>
    /// <exception cref="InputException">There is something else, which would be lost.</exception>
    public void RequireUnused(StudyOrigin study)
    {
        var held = Directory.EnumerateFileSystemEntries(folder).Where(path => !IsOurs(path, study)).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal).ToArray();
        if (held.Length == 0)
        {
            return;
        }

        var interrupted = SimulateCommandManifest.Read(folder) is { Complete: false };
        throw new InputException(interrupted
            ? "The folder holds the replicates of a run that was cut off."
            : $"The folder is not empty: it holds {string.Join(", ", held.Take(3))}{(held.Length > 3 ? ", \u2026" : string.Empty)}.")
        {
            File = folder,
            Hint = interrupted
                ? "Say --resume to go on with it, --overwrite to lose it and start again, or choose another folder."
                : "Choose another folder, or say --overwrite to replace the results of a study that are there.",
        };
    }

    /// <summary>Removes the results of a study; files of other names stay.</summary>
    public void RemoveResults()
    {
        foreach (var name in Results)
        {
            File.Delete(Path.Combine(folder, name));
        }
    }

    /// <summary>Removes what a process that was killed while it wrote a file left of it.</summary>
    public void RemoveTorn()
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.tmp").Where(IsTorn))
        {
            File.Delete(path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private static bool IsOurs(string path, StudyOrigin study) => Path.GetFileName(path) is var name
        && (name == LockName
            || IsTorn(path)
            || study.Is(path)
            || (name == SimulateCommandFiles.StudyName && File.Exists(path)
                && FileHash.Of(path) == study.Hash));

    private static bool IsTorn(string path) => path.EndsWith(".tmp", StringComparison.Ordinal) && Path.GetFileName(path) is var name
        && Results.Append(SimulateCommandFiles.StudyName).Any(result => name.StartsWith(result + ".", StringComparison.Ordinal));
}
