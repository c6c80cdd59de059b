using System.CommandLine.Parsing;
using MarginalConditional.Cli.RowFiles;

namespace MarginalConditional.Cli.Options;

/// <summary>What the ending of a file's name says about its form.</summary>
internal static class FileEnding
{
    private const string Packed = ".gz";

    private static readonly string[] Texts = ["", ".txt", ".text", ".log", ".out"];

    /// <summary>Endings of forms that are no table of rows, or one that is not written.</summary>
    private static readonly string[] Others =
    [
        ".json", ".svg", ".html", ".htm", ".md", ".markdown", ".tex", ".docx", ".xls", ".png", ".pdf", ".xml", ".yaml",
        ".yml", ".xpt", ".sas7bdat", ".dta", ".sav", ".rds", ".rdata", ".feather", ".zip",
    ];

    /// <summary>The form that the ending asks for; null for one that no command writes.</summary>
    public static OutputFormat? FormOf(string path) => Of(path) switch
    {
        ".json" => OutputFormat.Json,
        ".csv" => OutputFormat.Csv,
        ".md" or ".markdown" => OutputFormat.Markdown,
        ".html" or ".htm" => OutputFormat.Html,
        ".tex" => OutputFormat.Latex,
        ".docx" => OutputFormat.Docx,
        ".csv.gz" => OutputFormat.Csv,
        ".parquet" => OutputFormat.Parquet,
        ".xlsx" => OutputFormat.Xlsx,
        var ending when Texts.Contains(ending, StringComparer.Ordinal) => OutputFormat.Table,
        _ => null,
    };

    /// <summary>What is wrong with a name for a result, to go on after an option's name; null when nothing is.</summary>
    /// <param name="path">The name.</param>
    /// <param name="format">The form asked for; null when none is.</param>
    public static string? ProblemOf(string path, OutputFormat? format) => (FormOf(path), format) switch
    {
        (null, _) =>
            $"is {path}, and nothing is written as {Of(path)}: its ending can be .txt (tables), .json, .md, "
                + $".html, .tex or .docx, or that of a table of rows: {RowsFile.Endings}",
        (not OutputFormat.Table, not null) and var (form, asked) when form != asked =>
            $"is {path}, which contradicts --format {format.ToString()!.ToLowerInvariant()}",
        _ => null,
    };

    /// <summary>What is wrong with a name for a file of rows, to go on after an option's name; null when nothing is.</summary>
    public static string? ProblemOfRows(string path) =>
        Others.Contains(Of(path), StringComparer.Ordinal) || (Of(path).EndsWith(Packed, StringComparison.Ordinal) && Of(path) != ".csv.gz")
            ? $"is {path}, but the file holds rows: end its name with {RowsFile.Endings}"
            : null;

    /// <summary>Whether a command line asks for a file of rows beside the result.</summary>
    public static bool WritesRows(CommandResult result) =>
        result.Command.Options.OfType<OutputFileOption>().Any(option => option.WritesRows && result.GetValue(option) is not null);

    /// <summary>The ending in small letters; of a packed file with what was packed.</summary>
    private static string Of(string path)
    {
        var ending = Path.GetExtension(path).ToLowerInvariant();
        return ending == Packed ? Path.GetExtension(Path.GetFileNameWithoutExtension(path)).ToLowerInvariant() + ending : ending;
    }
}
