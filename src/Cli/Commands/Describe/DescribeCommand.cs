using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Results;
using MarginalConditional.Data;
using MarginalConditional.Data.Descriptions;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Cli.Commands.Describe;

/// <summary><c>margcond describe</c>: what a file holds as it is read, before anything is fitted.</summary>
internal sealed class DescribeCommand : ICommandDefinition
{
    private readonly DataOptions data = new();
    private readonly OutputOptions output = new();
    private readonly Option<string?> cluster = Column("--cluster", "The column of clusters, or columns joined by colons: center:id.");
    private readonly Option<string?> wave = Column("--wave", "The column of visits.");
    private readonly Option<string?> treatment = Column("--treatment", "The column of arms.");
    private readonly Option<string?> outcome = Column(
        "--outcome", "The outcome: a visit without it counts as missed. By default a visit is missed where there is no row.");
    private readonly Option<string[]> factor = new("--factor")
    {
        Description = "A numeric column to be treated as categories; repeatable.",
        HelpName = "COLUMN",
        Arity = ArgumentArity.OneOrMore,
    };

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand(
            "describe", "What a file holds as it is read: types, missing values by arm and visit, clusters, dropout, and what to look at.")
        {
            Example = "margcond describe examples/toenail/toenail.csv --cluster patientID --wave visit --treatment treatment",
        };
        command.Arguments.Add(data.Path);
        command.AddGroup("Parts of columns", cluster, wave, treatment, outcome, factor);
        data.AddTo(command);
        output.AddTo(command, coefficients: false);
        runner.Handle(command, output, Run);
        return command;
    }

    private static Option<string?> Column(string name, string description) =>
        new(name) { Description = description, HelpName = "COLUMN" };

    private int Run(ParseResult parse, CommandContext context)
    {
        var arguments = data.Read(parse);
        var unread = new List<(string Column, string Problem)>();
        var table = Read(arguments, arguments.Reading with { Factors = parse.GetValue(factor) ?? [] }, unread);
        if ((parse.GetValue(factor) ?? []).FirstOrDefault(name => table.Find(name) is null) is { } missing)
        {
            throw table.NoColumn(missing);
        }

        var description = DataDescriber.Describe(
            table,
            new DescriptionRequest
            {
                Cluster = parse.GetValue(cluster),
                Wave = parse.GetValue(wave),
                Arm = parse.GetValue(treatment),
                Outcome = parse.GetValue(outcome),
            });
        string[] notes = [.. unread.Select(one => $"{one.Column} cannot be read: {one.Problem}"), .. description.Notes];
        ResultWriter.Write(
            context,
            () => DescribeOutput.Json(description, notes),
            () => DescribeOutput.Csv(description),
            () => DescribeTable.Write(description, arguments.Path, context.Console),
            notes,
            []);
        return ExitCode.Success;
    }

    /// <summary>Reads every column that can be read; what is wrong with another is told, and keeps nobody from the rest.</summary>
    private static Dataset Read(DataArguments arguments, DatasetReaderOptions reading, List<(string Column, string Problem)> unread)
    {
        while (true)
        {
            try
            {
                return arguments.Read(reading);
            }
            catch (InputException exception) when (exception.Column is not null && unread.TrueForAll(one => one.Column != exception.Column))
            {
                unread.Add((exception.Column, exception.Message));
                var header = arguments.Read(reading with { Columns = [], Factors = [] }).Header;
                reading = reading with { Columns = [.. header.Except(unread.Select(one => one.Column), StringComparer.Ordinal)] };
            }
        }
    }
}
