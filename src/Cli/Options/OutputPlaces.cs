using System.CommandLine.Parsing;

namespace MarginalConditional.Cli.Options;

/// <summary>Refuses files to be written that would lose something: an input, or one another.</summary>
internal static class OutputPlaces
{
    /// <summary>The option that allows a file to take the place of an input.</summary>
    public const string Overwrite = "--overwrite";

    /// <summary>Checks every option of the command that names a file to write.</summary>
    public static void Check(CommandResult result)
    {
        var overwrite = result.Children.OfType<OptionResult>().Any(child => child.Option.Name == Overwrite);
        foreach (var option in result.Command.Options.OfType<OutputFileOption>())
        {
            if (result.GetValue(option) is not { Length: > 0 } path)
            {
                continue;
            }

            if (option.WritesRows && FileEnding.ProblemOfRows(path) is { } problem)
            {
                result.AddError($"{option.Name} {problem}.");
            }

            // What is written need not be there yet; a word of another option is a file only where there is one.
            foreach (var other in result.Children.Where(child => NameOf(child) != option.Name).SelectMany(child => child.Tokens
                .Where(token => (IsWritten(child) || File.Exists(token.Value)) && SameFile(token.Value, path)).Select(_ => child)))
            {
                var name = NameOf(other);
                if (IsWritten(other))
                {
                    result.AddError($"{name} and {option.Name} name the same file, {path}.");
                }
                else if (!overwrite)
                {
                    result.AddError($"{option.Name} is {path}, the file that is read ({name}): it would be lost.\nName another file"
                        + $"{(result.Command.Options.Any(known => known.Name == Overwrite) ? $", or say {Overwrite}." : ".")}");
                }
            }
        }
    }

    private static bool IsWritten(SymbolResult result) => result is OptionResult { Option: OutputFileOption };

    private static string NameOf(SymbolResult result) => result switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult argument => argument.Argument.Name,
        _ => string.Empty,
    };

    private static bool SameFile(string one, string other)
    {
        try
        {
            return one.Length > 0 && string.Equals(
                Resolved(one),
                Resolved(other),
                OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Resolved(string path) =>
        new FileInfo(path) is { Exists: true } file && file.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? target.FullName
            : Path.GetFullPath(path);
}
