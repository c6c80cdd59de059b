using System.Text;
using MarginalConditional.Cli.Errors;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Hosting;

/// <summary>Files that are there in full or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Refuses a place that cannot become a file, before any work is done for it.</summary>
    /// <exception cref="InputException">The path is empty, a folder, or in a folder that does not exist.</exception>
    public static void RequirePlace(string path)
    {
        if (path.Length == 0)
        {
            throw new InputException("--out needs the name of a file.");
        }

        if (Directory.Exists(path))
        {
            throw new InputException("This is a directory, not a file.") { File = path, Hint = "Give --out a file." };
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new InputException($"There is no folder {folder}.") { File = path, Hint = "Give --out a file in a folder that exists." };
        }
    }

    /// <summary>Writes the text, as UTF-8, beside the target and then renames it into place.</summary>
    /// <exception cref="InputException">The place cannot be written.</exception>
    public static void Write(string path, string text)
    {
        RequirePlace(path);
        var temporary = IsDevice(path) ? path : $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            if (temporary != path)
            {
                File.Move(temporary, path, overwrite: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (temporary != path && File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            throw new InputException($"The result cannot be written there: {MessageText.Sentence(exception.Message)}", exception)
            {
                File = path,
                Hint = "Give --out a file in a folder that exists and that you may write to.",
            };
        }
    }

    /// <summary>Devices such as /dev/stdout take the text as it comes; renaming a file onto one would replace it.</summary>
    private static bool IsDevice(string path) => Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);
}
