using System.Text.Json;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Saving;

/// <summary>A fit that was kept: the command that makes it again, the data's hash, and its coefficients.</summary>
/// <param name="Path">The file.</param>
/// <param name="Command">Such as <c>glmm</c>.</param>
/// <param name="Arguments">The words after the command: data, formula, and the options that the fit depends on.</param>
/// <param name="DataHash">SHA-256 of the data.</param>
/// <param name="JoinedHash">SHA-256 of the file that was joined to them; null without one.</param>
/// <param name="Version">The program's version that kept it.</param>
/// <param name="Coefficients">The estimates by name; those that are no finite numbers are left out.</param>
internal sealed record SavedFile(
    string Path,
    string Command,
    IReadOnlyList<string> Arguments,
    string DataHash,
    string? JoinedHash,
    string Version,
    IReadOnlyDictionary<string, double> Coefficients)
{
    private const string JoinOption = "--join=";

    /// <summary>The file that was joined to the data, as it was named; null without one.</summary>
    public string? Joined =>
        Arguments.FirstOrDefault(word => word.StartsWith(JoinOption, StringComparison.Ordinal))?[JoinOption.Length..];

    /// <summary>What tells whether the data are still the same, the joined file's content included.</summary>
    public string ContentHash => JoinedHash is null ? DataHash : $"{DataHash}+{JoinedHash}";

    /// <summary>Reads a file that <c>--save</c> wrote.</summary>
    /// <exception cref="InputException">There is no such file, or it holds something else.</exception>
    public static SavedFile Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var saved = document.RootElement.GetProperty("saved");
            return new SavedFile(
                path,
                Text(saved.GetProperty("command")),
                Words(saved.GetProperty("arguments")),
                Text(saved.GetProperty("sha256")),
                saved.TryGetProperty("joinedSha256", out var joined) ? joined.GetString() : null,
                Text(saved.GetProperty("version")),
                (saved.TryGetProperty("coefficients", out var own) ? own : document.RootElement.GetProperty("coefficients"))
                    .EnumerateArray()
                    .Where(row => row.GetProperty("estimate").ValueKind == JsonValueKind.Number)
                    .ToDictionary(
                        row => Text(row.GetProperty("term")),
                        row => row.GetProperty("estimate").GetDouble(),
                        StringComparer.Ordinal));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException("There is no such file with a kept fit.", exception) { File = path };
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new InputException("This is not a fit that --save kept.", exception)
            {
                File = path,
                Hint = "Keep one: margcond glmm DATA FORMULA --save fit.json.",
            };
        }
    }

    /// <summary>The words of a command line: one that names the data, and none that no command line can hold.</summary>
    private static string[] Words(JsonElement arguments)
    {
        string[] words = [.. arguments.EnumerateArray().Select(Text)];
        return words.Length > 0 && !words.Any(word => word.Contains('\0', StringComparison.Ordinal))
            ? words
            : throw new InvalidOperationException("No command line has these words.");
    }

    private static string Text(JsonElement element) =>
        element.GetString() ?? throw new InvalidOperationException("Nothing stands where a text has to.");
}
