using System.Text;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Hosting;

/// <summary>Files that are there in full or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes the text, as UTF-8, beside the target and then renames it into place.</summary>
    /// <exception cref="InputException">The place cannot be written.</exception>
    public static void Write(string path, string text)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new InputException($"there is no folder {folder}.") { File = path, Hint = "Give --out a file in a folder that exists." };
        }

        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            throw new InputException($"the result cannot be written there: {FirstSentence(exception.Message)}", exception)
            {
                File = path,
                Hint = "Give --out a file in a folder that exists and that you may write to.",
            };
        }
    }

    private static string FirstSentence(string message) => message.TrimEnd().EndsWith('.') ? message.TrimEnd() : message.TrimEnd() + ".";
}
