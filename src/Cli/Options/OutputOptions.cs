using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Report.Drawing;

namespace MarginalConditional.Cli.Options;

/// <summary>The options of every command that prints a result: <c>--format --out --level --exponentiate --threads --verbose</c>.</summary>
/// <param name="kinds">The pictures that the command can draw; null for a command without pictures and report.</param>
/// <param name="broom">Whether its CSV can have the columns of R's broom.</param>
internal sealed class OutputOptions(IReadOnlyList<PictureKind>? kinds = null, bool broom = false)
{
    private readonly PictureOptions? pictures = kinds is null ? null : new PictureOptions(kinds);
    private readonly Option<string> names = broom
        ? Choice.Option(
            "--names", "Names of the columns of files of rows: this program's, those of R's package broom, or such as R or SAS take.",
            "margcond", "broom", "r", "sas")
        : Choice.Option(
            "--names", "Names of the columns of files of rows: this program's, or such as R or SAS take.", "margcond", "r", "sas");
    private readonly FormatOption format = new("What to print.");
    private readonly Option<string?> outPath = OptionRule.OutputFile(
        "--out", "Write the result to this file instead of stdout.", rows: false);
    private readonly Option<bool> overwrite = new(OutputPlaces.Overwrite)
    {
        Description = "Let --out take the place of a file that is read.",
    };
    private readonly Option<bool> rawCsv = new("--raw-csv")
    {
        Description = "Write texts that begin with =, +, - or @ into CSV as they are, for programs; by default an apostrophe before them "
            + "keeps spreadsheets from running them.",
    };
    private readonly Option<double> level = new Option<double>("--level")
    {
        Description = "Level of the intervals.",
        HelpName = "P",
        DefaultValueFactory = _ => 0.95,
    }
        .Require(value => value is > 0 and < 1, "has to lie between 0 and 1, such as 0.95");
    private readonly Option<bool> exponentiate = new("--exponentiate") { Description = "Show odds ratios or rate ratios." };
    private readonly Option<int> threads = OptionRule.Threads();
    private readonly Option<bool> verbose = new("--verbose")
    {
        Description = "Say more about the fit, and show the stack trace of a defect.",
    };

    /// <summary>
    /// Adds the options to a command under a heading of their own. Without
    /// coefficients there is no <c>--level</c> and <c>--exponentiate</c>, and without ratios there is no <c>--exponentiate</c>.
    /// </summary>
    public void AddTo(DocumentedCommand command, bool coefficients = true, bool ratios = true)
    {
        Option[] all =
        [
            format.Option, outPath, overwrite, rawCsv, names,
            .. coefficients ? [level, .. ratios ? [exponentiate] : Array.Empty<Option>()] : Array.Empty<Option>(), threads, verbose,
        ];
        command.AddGroup("Output", all);
        pictures?.AddTo(command);
        command.Check(result =>
        {
            if (result.GetValue(outPath) is { Length: > 0 } path
                && FileEnding.ProblemOf(path, result.IsGiven(format.Option) ? format.Read(result) : null) is { } problem)
            {
                result.AddError($"--out {problem}.");
            }

            if (format.Read(result) == OutputFormat.Docx && result.GetValue(outPath) is null)
            {
                result.AddError("--format docx is a file for Word, which cannot be shown here.\nAdd --out FILE.docx.");
            }
        });
        command.HasEffect(
            names,
            result => IsRows(FormOf(result)) || (result.GetValue(names) != "broom" && FileEnding.WritesRows(result)),
            "on a result that is no table of rows",
            $"Add --format csv, or --out FILE with the ending {RowsFile.Endings}, or leave it out.");

        command.HasEffect(
            overwrite, result => result.GetValue(outPath) is not null, "without --out, the file that may take another's place");
    }

    private static bool IsRows(OutputFormat form) => form is OutputFormat.Csv or OutputFormat.Parquet or OutputFormat.Xlsx;

    /// <summary>The form that is asked for, by --format or by the ending of --out.</summary>
    private OutputFormat FormOf(SymbolResult result) =>
        !result.IsGiven(format.Option) && result.GetValue(outPath) is { } path && FileEnding.FormOf(path) is { } form
            ? form
            : format.Read(result);

    /// <summary>What the user asked for.</summary>
    public OutputArguments Read(ParseResult parse) => new()
    {
        Format = FormOf(parse.CommandResult),
        Rows = new RowsFile(NamesOf(parse.GetValue(names)), parse.GetValue(rawCsv)),
        OutPath = parse.GetValue(outPath),
        Level = parse.GetValue(level),
        Exponentiate = parse.GetValue(exponentiate),
        Threads = parse.GetValue(threads),
        Verbose = parse.GetValue(verbose),
        Plots = pictures?.Places(parse) ?? [],
        Drawing = pictures?.Drawing(parse) ?? new DrawingOptions(),
        ReportPath = pictures?.ReportPath(parse),
        NoTimestamp = pictures?.LeavesTimeOut(parse) ?? false,
    };

    private static RowNames NamesOf(string? word) => word switch
    {
        "broom" => RowNames.Broom,
        "r" => RowNames.R,
        "sas" => RowNames.Sas,
        _ => RowNames.Own,
    };
}
