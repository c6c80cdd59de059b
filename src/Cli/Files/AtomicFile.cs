using System.Text;
using MarginalConditional.Cli.Errors;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Files;

/// <summary>Files that are there in full or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>ERROR_DISK_FULL of Windows, as an HRESULT.</summary>
    private const int DiskFull = unchecked((int)0x80070070);

    /// <summary>ENOSPC of Unix.</summary>
    private const int NoSpaceOnDevice = 28;

    /// <summary>The last file that was begun under another name; it is gone if it was renamed.</summary>
    private static volatile string? unfinished;

    /// <summary>Why a path cannot become a file, to go on after an option's name; null when it can, as far as one can tell.</summary>
    public static string? ProblemOf(string path) =>
        path.Length == 0 ? "needs the name of a file"
        : Directory.Exists(path) ? $"is {path}, but that is a directory"
        : Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder)
            ? $"is {path}, but there is no folder {folder}"
            : null;

    /// <summary>Makes and writes the text of a file that an option may ask for; nothing without a path.</summary>
    /// <exception cref="InputException">The place cannot be written.</exception>
    public static void WriteIfAsked(string? path, Func<string> text)
    {
        if (path is not null)
        {
            Write(path, text());
        }
    }

    /// <summary>Writes the text, as UTF-8, beside the target and then renames it into place.</summary>
    /// <exception cref="InputException">The place cannot be written.</exception>
    public static void Write(string path, string text) =>
        Write(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text));

    /// <summary>Writes the bytes beside the target and then renames them into place.</summary>
    /// <exception cref="InputException">The place cannot be written.</exception>
    public static void Write(string path, byte[] content)
    {
        var temporary = IsDevice(path) ? path : $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            unfinished = temporary == path ? null : temporary;
            File.WriteAllBytes(temporary, content);
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

            // The other name is nobody's business.
            var reason = exception.Message.Replace($" : '{Path.GetFullPath(temporary)}'", string.Empty, StringComparison.Ordinal);
            throw new InputException($"The result cannot be written there: {MessageText.Sentence(reason)}", exception)
            {
                File = path,
                Hint = exception.HResult is DiskFull or NoSpaceOnDevice
                    ? "Make room, or name a file on another disk; nothing was written."
                    : "Name a file in a folder that exists and that you may write to.",
            };
        }
    }

    /// <summary>Removes the file that is being written, before the process is ended in the middle of that.</summary>
    public static void Abandon()
    {
        if (unfinished is { } file)
        {
            File.Delete(file);
        }
    }

    /// <summary>Devices such as /dev/stdout take the text as it comes; renaming a file onto one would replace it.</summary>
    private static bool IsDevice(string path) => Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);
}
