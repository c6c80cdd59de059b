using MarginalConditional.Cli.Files;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Saving;

/// <summary>Puts the data, the formula and the options of a kept fit into a command line that names it by <c>--fit</c>.</summary>
internal static class SavedCommandLine
{
    /// <summary>Options about standard errors and tests, which a later question may choose anew.</summary>
    private static readonly string[] Free =
    [
        "--se", "--df", "--information", "--type", "--estimand", "--population", "--intercurrent", "--unit", "--event-is", "--no-checks",
        "--permutations", "--margin", "--dial", "--at",
    ];

    /// <summary>The command line as it would be typed without <c>--fit</c>; the same where there is none.</summary>
    /// <exception cref="InputException">The fit belongs to another command, its data have changed, or it is asked to change.</exception>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> commandLine)
    {
        if (commandLine.Count == 0 || commandLine[0] is not ("gee" or "glmm" or "lmm" or "compare") || PathIn(commandLine) is not { } path)
        {
            return commandLine;
        }

        var saved = SavedFile.Read(path);
        if (saved.Command != commandLine[0])
        {
            throw new InputException($"The fit was made by {saved.Command}, not by {commandLine[0]}.")
            {
                File = path,
                Hint = $"Say margcond {saved.Command} --fit {path}.",
            };
        }

        var ownData = commandLine.Count > 1 && !commandLine[1].StartsWith('-') ? commandLine[1] : null;
        var data = RequireData(saved, ownData);
        string[] asked = [.. commandLine.Skip(ownData is null ? 1 : 2)];
        return [commandLine[0], data, .. Kept(saved, asked).Skip(1), .. asked];
    }

    private static string? PathIn(IReadOnlyList<string> commandLine)
    {
        for (var i = 1; i < commandLine.Count; i++)
        {
            if (commandLine[i].StartsWith("--fit=", StringComparison.Ordinal))
            {
                return commandLine[i]["--fit=".Length..];
            }

            if (commandLine[i] == "--fit" && i + 1 < commandLine.Count)
            {
                return commandLine[i + 1];
            }
        }

        return null;
    }

    /// <summary>The data as they were named, or beside the kept fit.</summary>
    private static string DataOf(SavedFile saved)
    {
        var beside = Path.Combine(
            Path.GetDirectoryName(Path.GetFullPath(saved.Path)) ?? string.Empty, Path.GetFileName(saved.Arguments[0]));
        return !File.Exists(saved.Arguments[0]) && File.Exists(beside) ? beside : saved.Arguments[0];
    }

    /// <summary>Where the data of a kept fit are.</summary>
    /// <param name="saved">The kept fit.</param>
    /// <param name="named">Where the user says they are; null for as they were named, or beside the kept fit.</param>
    /// <exception cref="InputException">They are not there, or have changed.</exception>
    public static string RequireData(SavedFile saved, string? named)
    {
        var data = named ?? DataOf(saved);
        if (!File.Exists(data))
        {
            throw new InputException($"The data of the fit, {data}, are not there.")
            {
                File = saved.Path,
                Hint = $"Name them: margcond {saved.Command} DATA --fit {saved.Path}.",
            };
        }

        if (FileHash.Of(data) != saved.DataHash)
        {
            throw new InputException($"The data {data} are not those of the fit: their SHA-256 is another.")
            {
                File = saved.Path,
                Hint = "Fit again, or name the file that was fitted.",
            };
        }

        if (saved is { Joined: { } joined, JoinedHash: { } hash } && (!File.Exists(joined) || FileHash.Of(joined) != hash))
        {
            throw new InputException(File.Exists(joined)
                ? $"The file {joined} that was joined to the data is not the one of the fit: its SHA-256 is another."
                : $"The file {joined} that was joined to the data is not there.")
            {
                File = saved.Path,
                Hint = "Fit again, or put the file that was joined there.",
            };
        }

        return data;
    }

    /// <summary>The words of the fit, without those that the user chooses anew.</summary>
    private static IEnumerable<string> Kept(SavedFile saved, string[] asked)
    {
        var given = asked.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Select(Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < saved.Arguments.Count; i++)
        {
            var word = saved.Arguments[i];
            if (i > 1 && word.StartsWith("--", StringComparison.Ordinal) && given.Contains(Name(word)))
            {
                if (!Free.Contains(Name(word), StringComparer.Ordinal))
                {
                    throw new InputException($"{Name(word)} is part of the fit that was kept and cannot change.")
                    {
                        File = saved.Path,
                        Hint = "Leave it out, or fit again without --fit.",
                    };
                }

                continue;
            }

            yield return word;
        }

        static string Name(string word) => word.Split('=')[0];
    }
}
