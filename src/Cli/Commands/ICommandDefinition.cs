using System.CommandLine;
using MarginalConditional.Cli.Hosting;

namespace MarginalConditional.Cli.Commands;

/// <summary>One command of the program. To add one, write one file in this folder and one line in <see cref="CommandList"/>.</summary>
/// <example>
/// <code>
/// internal sealed class GeeCommand : ICommandDefinition
/// {
///     private readonly CommonFitOptions common = new();
///     private readonly Option&lt;string&gt; correlation = Choice.Option("--corr", "Working correlation.", "exchangeable", "independence", "ar1");
///
///     public Command Build(ICommandRunner runner)
///     {
///         var command = new DocumentedCommand("gee", "Marginal (population-averaged) model by GEE.")
///         {
///             Example = "margcond gee examples/toenail/toenail.csv \"y ~ treatment * time\" --cluster patientID",
///         };
///         command.Options.Add(correlation);
///         common.AddTo(command);                                   // data, formula and everything common, last
///         runner.Handle(command, common.Output, Run);
///         return command;
///     }
///
///     private int Run(ParseResult parse, CommandContext context)
///     {
///         var arguments = common.Read(parse);
///         var frame = FrameReading.Build(arguments, arguments.Request with { Cluster = parse.GetValue(cluster) });
///         var fit = GeeFitter.Fit(frame, new GeeOptions { ... });
///         return FitOutput.Write(new FitSummary { ... }, arguments, context);   // table, JSON or CSV; the exit code
///     }
/// }
/// </code>
/// </example>
internal interface ICommandDefinition
{
    /// <summary>Makes the command with its arguments, options and example, and attaches its body by <see cref="ICommandRunner.Handle"/>.</summary>
    Command Build(ICommandRunner runner);
}
