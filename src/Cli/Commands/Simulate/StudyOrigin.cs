using MarginalConditional.Cli.Files;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>Where a study is from: a file, or the options of a command line, which are written as one.</summary>
internal sealed class StudyOrigin
{
    private readonly string? path;
    private readonly string text;

    private StudyOrigin(string? path, string text, string hash) => (this.path, this.text, Hash) = (path, text, hash);

    /// <summary>SHA-256 of the study file.</summary>
    public string Hash { get; }

    /// <summary>A study file.</summary>
    public static StudyOrigin OfFile(string path) => new(path, string.Empty, FileHash.Of(path));

    /// <summary>A study that was not written by the user.</summary>
    public static StudyOrigin OfText(string text) => new(null, text, SimulateCommandManifest.HashOfText(text));

    /// <summary>Whether a file is the study file itself.</summary>
    public bool Is(string other) => path is not null && Path.GetFullPath(path) == Path.GetFullPath(other);

    /// <summary>Puts the study there.</summary>
    public void CopyTo(string target)
    {
        if (path is null)
        {
            AtomicFile.Write(target, text);
        }
        else if (!Is(target))
        {
            File.Copy(path, target, overwrite: true);
        }
    }
}
