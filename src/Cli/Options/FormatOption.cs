using System.CommandLine;

namespace MarginalConditional.Cli.Options;

/// <summary>The option <c>--format</c>: what a result is written as.</summary>
/// <param name="description">What the format is of, for the help.</param>
internal sealed class FormatOption(string description)
{
    /// <summary>The option itself, for the command's list.</summary>
    public Option<string> Option { get; } = Choice.Option("--format", description, "table", "json", "csv");

    /// <summary>What was asked for.</summary>
    public OutputFormat Read(ParseResult parse) => parse.GetValue(Option) switch
    {
        "json" => OutputFormat.Json,
        "csv" => OutputFormat.Csv,
        _ => OutputFormat.Table,
    };
}
