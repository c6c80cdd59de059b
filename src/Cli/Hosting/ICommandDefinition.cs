using System.CommandLine;

namespace MarginalConditional.Cli.Hosting;

/// <summary>One command of the program. To add one, write one folder in <c>Commands</c> and one line in its <c>CommandList</c>.</summary>
/// <example>
/// <code>
/// internal sealed class GeeCommand : ICommandDefinition
/// {
///     private readonly CommonFitOptions common = new();
/// private readonly Option&lt;string&gt; cluster = new("--cluster") { Description = "The
/// column that says which rows belong together.", HelpName = "COLUMN", Required = true };
///
///     public Command Build(ICommandRunner runner)
///     {
///         var command = new DocumentedCommand("gee", "Marginal (population-averaged) model by GEE.")
///         {
///             Example = "margcond gee examples/toenail/toenail.csv \"y ~ treatment * time\" --cluster patientID",
///         };
///         command.AddGroup("Clusters", cluster);
///         common.AddTo(command);                                   // data, formula and everything common, last
///         runner.Handle(command, common.Output, Run);
///         return command;
///     }
///
///     private int Run(ParseResult parse, CommandContext context)
///     {
///         var arguments = common.Read(parse);
///         var frame = FrameReading.Build(arguments, arguments.Request with { Cluster = parse.GetRequiredValue(cluster) });
///         var fit = GeeFitter.Fit(frame, new GeeOptions { ... });
///         return FitOutput.Write(new FitSummary { ... }, context);   // table, JSON or CSV; the exit code
///     }
/// }
/// </code>
/// </example>
internal interface ICommandDefinition
{
    /// <summary>
    /// Makes the command with its arguments, options and example, and attaches its body by <see cref="ICommandRunner.Handle"/>.
    /// </summary>
    Command Build(ICommandRunner runner);
}
