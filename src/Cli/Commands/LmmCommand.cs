using System.CommandLine;
using MarginalConditional.Cli.Frames;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Linear;
using MarginalConditional.Glmm.Linear.Inference;
using MarginalConditional.Glmm.Linear.Residual;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands;

/// <summary><c>margcond lmm</c>: the linear mixed model, and the linear model with residuals correlated over time.</summary>
internal sealed class LmmCommand : ICommandDefinition
{
    private readonly CommonFitOptions common = new();
    private readonly Option<bool> fullLikelihood = new("--ml") { Description = "Maximize the full likelihood; by default the restricted one (REML)." };
    private readonly Option<string> residual = new("--residual")
    {
        Description = $"Covariance of a subject's residuals over waves. One of {string.Join(", ", ResidualStructure.All.Select(structure => structure.Name))}.",
        HelpName = "WORD",
        DefaultValueFactory = _ => ResidualStructure.Identity.Name,
    };

    private readonly Option<string?> cluster = new("--cluster") { Description = "The column that names the subjects; by default the coarsest grouping of the random effects.", HelpName = "COLUMN" };
    private readonly Option<string?> wave = new("--wave") { Description = "The column that says at which visit a row was seen; gaps are allowed.", HelpName = "COLUMN" };
    private readonly Option<string?> by = new("--by") { Description = "A column, such as the arm, each of whose values has a residual covariance of its own.", HelpName = "COLUMN" };
    private readonly Option<string> degreesOfFreedom = Choice.Option("--df", "Reference of tests and intervals.", [.. LmmReference.All.Select(reference => reference.Name)]);

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("lmm", "Linear mixed model, or linear model with correlated residuals, by (restricted) maximum likelihood.")
        {
            Example = "margcond lmm tests/reference/data/sleepstudy.csv \"Reaction ~ Days + (Days | Subject)\" --df kenward-roger\n"
                + "margcond lmm tests/reference/data/orthodont.csv \"distance ~ age * Sex\" --residual un --cluster Subject --wave visit",
        };
        residual.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } word && !ResidualStructure.TryParse(word, out _))
            {
                var words = ResidualStructure.All.Select(structure => structure.Name).ToArray();
                result.AddError($"--residual does not know \"{word}\".{Suggestion.Sentence(word, words)}\nIt takes {string.Join(", ", words)}.");
            }
        });
        command.AddGroup("Residual covariance", residual, cluster, wave, by);
        command.AddGroup("Likelihood and tests", fullLikelihood, degreesOfFreedom);
        common.AddTo(command, "gaussian");
        runner.Handle(command, common.Output, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var arguments = common.Read(parse);
        var structure = ResidualStructure.TryParse(parse.GetRequiredValue(residual), out var known) ? known : ResidualStructure.Identity;
        var group = parse.GetValue(by);
        var frame = Frame(parse, arguments, structure, group);
        var options = new LmmOptions
        {
            Restricted = !parse.GetValue(fullLikelihood),
            Residual = structure,
            ResidualBy = group,
            Threads = context.Output.Threads,
        };
        var contrasts = Contrasts(arguments, frame);
        var fit = LmmFitter.Fit(frame, options);
        var inference = (LmmReference.TryParse(parse.GetValue(degreesOfFreedom), out var reference) ? reference : LmmReference.Normal).Of(fit);
        return new LmmReport(fit, inference, contrasts, arguments, context).Write();
    }

    private ModelFrame Frame(ParseResult parse, FitArguments arguments, ResidualStructure structure, string? group)
    {
        var correlates = structure != ResidualStructure.Identity || group is not null;
        var subjects = parse.GetValue(cluster);
        if (correlates && subjects is null && arguments.Request.Formula.RandomTerms.Count == 0)
        {
            throw new InputException("A residual covariance needs to know which rows belong to one subject.") { Hint = "Name the column of subjects by --cluster." };
        }

        return FrameReading.Build(arguments, arguments.Request with
        {
            Cluster = subjects,
            RequireClusters = correlates,
            Wave = parse.GetValue(wave),
            RequireDistinctWaves = correlates,
            PositionMatters = correlates,
            Auxiliary = group is null ? [] : [group],
        });
    }

    private static List<Contrast> Contrasts(FitArguments arguments, ModelFrame frame)
    {
        var contrasts = new List<Contrast>();
        foreach (var text in arguments.Contrasts)
        {
            contrasts.Add(Contrast.TryParse(text, frame.Design.Names, out var contrast, out var problem) ? contrast : throw new InputException(problem));
        }

        return contrasts;
    }
}
