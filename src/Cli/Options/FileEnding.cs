namespace MarginalConditional.Cli.Options;

/// <summary>What the ending of a file's name says about its form.</summary>
internal static class FileEnding
{
    private static readonly string[] Texts = ["", ".txt", ".text", ".log", ".out"];

    /// <summary>Endings of forms that nobody takes a table of commas for.</summary>
    private static readonly string[] Others =
    [
        ".json", ".svg", ".html", ".htm", ".md", ".markdown", ".tex", ".docx", ".xlsx", ".xls", ".png", ".pdf", ".xml", ".yaml",
        ".yml", ".parquet", ".sas7bdat", ".dta", ".sav", ".rds", ".rdata",
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
        var ending when Texts.Contains(ending, StringComparer.Ordinal) => OutputFormat.Table,
        _ => null,
    };

    /// <summary>What is wrong with a name for a result, to go on after an option's name; null when nothing is.</summary>
    /// <param name="path">The name.</param>
    /// <param name="format">The form asked for; null when none is.</param>
    public static string? ProblemOf(string path, OutputFormat? format) => (FormOf(path), format) switch
    {
        (null, _) =>
            $"is {path}, and nothing is written as {Of(path)}: its ending can be .txt (tables), .csv, .json, .md, .html, .tex or .docx",
        (not OutputFormat.Table, not null) and var (form, asked) when form != asked =>
            $"is {path}, which contradicts --format {format.ToString()!.ToLowerInvariant()}",
        _ => null,
    };

    /// <summary>What is wrong with a name for a file of commas, to go on after an option's name; null when nothing is.</summary>
    public static string? ProblemOfCsv(string path) => Others.Contains(Of(path), StringComparer.Ordinal)
        ? $"is {path}, but the file is written as CSV: end its name with .csv"
        : null;

    private static string Of(string path) => Path.GetExtension(path).ToLowerInvariant();
}
