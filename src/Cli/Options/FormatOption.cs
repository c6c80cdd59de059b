using System.CommandLine;
using System.CommandLine.Parsing;

namespace MarginalConditional.Cli.Options;

/// <summary>The option <c>--format</c>: what a result is written as.</summary>
/// <param name="description">What the format is of, for the help.</param>
internal sealed class FormatOption(string description)
{
    /// <summary>The option itself, for the command's list.</summary>
    public Option<string> Option { get; } = Choice.Option(
        "--format", description, "table", "json", "csv", "markdown", "html", "latex", "docx");

    /// <summary>What was asked for.</summary>
    public OutputFormat Read(ParseResult parse) => Named(parse.GetValue(Option));

    /// <summary>What was asked for, while the command line is checked.</summary>
    public OutputFormat Read(SymbolResult result) => Named(result.GetValue(Option));

    private static OutputFormat Named(string? word) => word switch
    {
        "json" => OutputFormat.Json,
        "csv" => OutputFormat.Csv,
        "markdown" => OutputFormat.Markdown,
        "html" => OutputFormat.Html,
        "latex" => OutputFormat.Latex,
        "docx" => OutputFormat.Docx,
        _ => OutputFormat.Table,
    };
}
