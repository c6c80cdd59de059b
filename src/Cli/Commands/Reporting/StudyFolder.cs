using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Files;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Reporting;

/// <summary>A study as its folder has it: study file, manifest, replicates.</summary>
internal sealed record StudyFolder
{
    /// <summary>The folder, or the study file of a study that was not run.</summary>
    public required string Path { get; init; }

    /// <summary>The study.</summary>
    public required Study Study { get; init; }

    /// <summary>The study as its file has it, whatever options changed when it was run.</summary>
    public required Study Written { get; init; }

    /// <summary>What the study file says.</summary>
    public required StudyOutline Outline { get; init; }

    /// <summary>SHA-256 of the study file.</summary>
    public required string StudyHash { get; init; }

    /// <summary>The manifest; null of a study that was not run.</summary>
    public SimulateCommandManifest? Manifest { get; init; }

    /// <summary>The results; null of a study that was not run.</summary>
    public StudyResult? Result { get; init; }

    /// <summary>Reads a folder of results, or a study file alone.</summary>
    /// <param name="path">The folder or the file.</param>
    /// <param name="fits">Reads the kept fits that trials are like.</param>
    /// <exception cref="InputException">There are no results, or they are not those that the manifest describes.</exception>
    public static StudyFolder Read(string path, ILikenessReader fits) => File.Exists(path) ? ReadFile(path, fits) : ReadFolder(path, fits);

    private static StudyFolder ReadFile(string path, ILikenessReader fits)
    {
        var study = StudyReader.Read(path, fits);
        return new StudyFolder
        {
            Path = path,
            Study = study,
            Written = study,
            Outline = StudyOutline.Parse(File.ReadAllText(path)),
            StudyHash = FileHash.Of(path),
        };
    }

    private static StudyFolder ReadFolder(string path, ILikenessReader fits)
    {
        if (!Directory.Exists(path))
        {
            throw new InputException("There is no such folder, and no such study file.")
            {
                File = path,
                Hint = "Name the folder given to margcond simulate as --out.",
            };
        }

        var manifest = SimulateCommandManifest.Read(path) ?? throw new InputException("There are no results of a study in this folder.")
        {
            File = path,
            Hint = "Name the folder given to margcond simulate as --out.",
        };
        var file = System.IO.Path.Combine(path, SimulateCommandFiles.StudyName);
        if (!File.Exists(file) || FileHash.Of(file) != manifest.StudyHash)
        {
            throw new InputException("The study file of these results is missing, or not the one the manifest describes.") { File = file };
        }

        var alone = ReadFile(file, fits);
        var study = alone.Study with { Seed = manifest.Seed, Replicates = manifest.Replicates, Until = manifest.Until };
        var estimates = new StudyEstimates(study);
        SimulateCommandFiles.ReadFinished(path, manifest, estimates);
        return alone with
        {
            Path = path,
            Study = study,
            Manifest = manifest,
            Result = estimates.ToResult(manifest.Complete && manifest.Shard == Shard.Whole),
        };
    }
}
