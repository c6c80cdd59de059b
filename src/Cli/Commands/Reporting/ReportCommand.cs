using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Cli.Commands.Likeness;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Data;
using MarginalConditional.Report.Paper;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Reporting;

/// <summary>
/// <c>margcond report</c>: the report, the tables for a paper and the protocol of a simulation study, from its folder alone.
/// </summary>
internal sealed class ReportCommand : ICommandDefinition
{
    private const string PageName = "report.html";

    private readonly Argument<string> folder = new("DIR")
    {
        Description = "The folder of a study's results; for --preregistration also a study file that was not run.",
    };
    private readonly Option<string?> page = OptionRule.OutputFile(
        "--out", $"The page; by default {PageName} in the folder, unless something else is asked for.", rows: false);
    private readonly Option<string?> tables = OptionRule.OutputFile(
        "--tables", "Write the tables of results for a paper to this file: .md, .tex, .html or .docx; as rows .csv, .csv.gz, "
            + ".parquet or .xlsx; or .json or .txt.", rows: false);
    private readonly Option<string?> replicates = OptionRule.OutputFile(
        "--replicates", $"Write the estimates of every replicate to this file: {RowsFile.Endings}.");
    private readonly Option<string?> plan = OptionRule.OutputFile(
        "--preregistration",
        "Write the protocol for registration, filled in from the study file, to this file: .md, .tex, .html or .docx.", rows: false);
    private readonly Option<bool> noTimestamp = new("--no-timestamp") { Description = "Leave the time out of the page." };
    private readonly PictureOptions pictures = new(PictureKinds.Simulate);

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("report", "The report of a simulation study, its tables for a paper, and its protocol.")
        {
            Example = "margcond simulate simulations/noncollapsibility/study.yaml --replicates 4 --out results\n"
                + "margcond report results --out study.html",
        };
        command.Arguments.Add(folder);
        command.AddGroup("Output", page, tables, replicates, plan, noTimestamp);
        pictures.AddTo(command, report: false);
        command.Check(result =>
        {
            PictureOptions.RequireHtml(result, page);
            RequireForm(result, tables, "tables are", form => form is not null);
            RequireForm(result, plan, "a protocol is", PaperForms.IsPaper);
        });
        command.HasEffect(
            noTimestamp, result => WritesPage(result.GetValue(page), result), "without the page, whose time it leaves out",
            "Add --out FILE.html, or leave it out.");
        runner.Handle(command, output: null, Run);
        return command;
    }

    private static void RequireForm(CommandResult result, Option<string?> option, string what, Func<OutputFormat?, bool> isKnown)
    {
        if (result.GetValue(option) is { Length: > 0 } path && !isKnown(FileEnding.FormOf(path)))
        {
            result.AddError($"{option.Name} is {path}, and {what} not written as that: end its name with .md, .tex, .html or .docx.");
        }
    }

    private bool WritesPage(string? path, CommandResult result) =>
        path is not null || (result.GetValue(tables) is null && result.GetValue(replicates) is null
            && result.GetValue(plan) is null && !pictures.IsAsked(result));

    private int Run(ParseResult parse, CommandContext context)
    {
        var study = StudyFolder.Read(parse.GetRequiredValue(folder), new KeptFits(context));
        var writesPage = WritesPage(parse.GetValue(page), parse.CommandResult);
        var planPath = parse.GetValue(plan);
        if (study.Result is not { } result)
        {
            if (writesPage || parse.GetValue(tables) is not null || parse.GetValue(replicates) is not null
                || pictures.IsAsked(parse.CommandResult))
            {
                throw new InputException("This is a study file, and a report needs results.")
                {
                    File = study.Path,
                    Hint = $"Run margcond simulate {study.Path} --out DIR first, or ask for --preregistration FILE.md alone.",
                };
            }

            WritePlan(study, planPath!, context);
            return ExitCode.Success;
        }

        string[] warnings = [.. StudyReport.Warnings(study, result)];
        PictureFiles.Write(context, pictures.Places(parse), pictures.Drawing(parse), SimulatePictures.Of(result));
        if (writesPage)
        {
            var path = parse.GetValue(page) ?? Path.Combine(study.Path, PageName);
            var publication = StudyReport.Of(study, result, context, parse.GetValue(noTimestamp));
            ReportFile.Write(context, path, publication, () => new PaperDocument([]), [], warnings);
            context.Console.WriteLine($"{study.Study.Name}: {SimulateCommandTable.Size(study.Study)}");
            context.Console.WriteLine(publication.Answer);
            context.Console.WriteLine($"Written to {path}.");
        }

        if (parse.GetValue(tables) is { } tablesPath)
        {
            WriteTables(result, tablesPath, warnings, context);
        }

        if (parse.GetValue(replicates) is { } rowsPath)
        {
            AtomicFile.Write(rowsPath, CsvText.Content(
                context.Output.Rows, rowsPath, File.ReadAllText(Path.Combine(study.Path, SimulateCommandFiles.ReplicatesName))));
            context.Console.WriteLine($"Replicates written to {rowsPath}.");
        }

        if (planPath is not null)
        {
            WritePlan(study, planPath, context);
        }

        foreach (var warning in warnings)
        {
            context.Warn(warning);
        }

        return ExitCode.Success;
    }

    private static void WriteTables(StudyResult result, string path, IReadOnlyList<string> warnings, CommandContext context)
    {
        void Print() => SimulateCommandTable.Write(result, null, context.Console, common: true);
        switch (FileEnding.FormOf(path))
        {
            case OutputFormat.Json:
                AtomicFile.Write(path, SimulateCommandSummary.Json(result));
                break;
            case OutputFormat.Csv or OutputFormat.Parquet or OutputFormat.Xlsx:
                context.WriteTable(path, () => SimulateCommandSummary.Csv(result));
                break;
            default:
                PaperForms.Write(path, context.Paper(Print).With(warnings.Select(warning => "Warning. " + warning)));
                break;
        }

        context.Console.WriteLine($"Tables written to {path}.");
    }

    private static void WritePlan(StudyFolder study, string path, CommandContext context)
    {
        PaperForms.Write(path, StudyPlan.Of(study));
        context.Console.WriteLine($"Protocol written to {path}; what is in square brackets is for its authors.");
    }
}
