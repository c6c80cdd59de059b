using System.CommandLine;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Results;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm;
using MarginalConditional.Profiling;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Commands.Profile;

/// <summary><c>margcond profile</c>: benchmarks units by their shrunken rates.</summary>
internal sealed class ProfileCommand : ICommandDefinition
{
    private readonly CommonFitOptions common = new(PictureKinds.Profile);
    private readonly NodesOption nodes = new(0, "15");
    private readonly Option<int> draws = new Option<int>("--rank-draws")
    {
        Description = "Joint draws of all units that ranks are taken from, 100 or more.",
        HelpName = "N",
        DefaultValueFactory = _ => 4000,
    }
        .Require(count => count >= 100, "has to be 100 or more");

    private readonly Option<ulong> seed = new("--seed")
    {
        Description = "Seed of these draws.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<bool> all = new("--all") { Description = "Show every unit; by default the 20 lowest and the 20 highest." };
    private readonly Option<bool> details = new("--details")
    {
        Description = "Add a table of observed and expected sums, ratios and shrinkage weights.",
    };
    private readonly Option<bool> funnel = new("--funnel")
    {
        Description = "Add a funnel plot: crude rates, standardized, against the standard errors that chance alone would give.",
    };

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("profile", "Benchmarking of units: crude and shrunken rates, standardized ratios, ranks.")
        {
            Example = "margcond profile examples/units/units.csv \"readmitted ~ age + (1 | unit)\"",
        };
        command.AddGroup("Profile", nodes.Option, draws, seed, all, details, funnel);
        common.AddTo(command);
        runner.Handle(command, common.Output, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var arguments = common.Read(parse);
        RequireOneUnit(arguments);
        var frame = FrameReading.Build(arguments, arguments.Request);
        RequireTwoUnits(frame, arguments);
        var options = new ProfileOptions { Level = context.Output.Level, RankDraws = parse.GetValue(draws), Seed = parse.GetValue(seed) };
        ProfileCommandResult result;
        if (arguments.Family == Family.Gaussian && arguments.Link == Link.Identity)
        {
            result = ProfileCommandResult.Of(LmmFitter.Fit(frame, new LmmOptions { Threads = context.Output.Threads }), arguments, options);
        }
        else
        {
            var fit = MixedModels.Fit(frame, nodes.Apply(parse, MixedModels.Options(arguments, context.Output.Threads)));
            if (fit.HasInfiniteEstimates)
            {
                return SeparatedResult.Write("profile", "profile of units", fit, arguments, context);
            }

            result = ProfileCommandResult.Of(fit, arguments, options);
        }

        return ProfileCommandOutput.Write(
            result with { ShowsAll = parse.GetValue(all), ShowsDetails = parse.GetValue(details), ShowsFunnel = parse.GetValue(funnel) },
            context);
    }

    private static void RequireOneUnit(FitArguments arguments)
    {
        if (arguments.Request.Formula.RandomTerms.Count != 1)
        {
            throw new InputException(arguments.Request.Formula.RandomTerms.Count == 0
                ? $"The formula \"{arguments.Request.Formula.Text}\" does not say what the units are."
                : "Profiling takes one random intercept, the effect of the units, and no other random effect.")
            {
                Hint = "Write (1 | unit) once, with the column that names the units.",
            };
        }
    }

    private static void RequireTwoUnits(ModelFrame frame, FitArguments arguments)
    {
        if (frame.RandomTerms is [{ GroupCount: < 2 } term])
        {
            throw new InputException($"All rows belong to one unit of {term.Group}, so there is nothing to compare it with.")
            {
                File = arguments.Data.Path,
            };
        }
    }
}
