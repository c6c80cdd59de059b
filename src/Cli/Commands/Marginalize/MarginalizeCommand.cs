using System.CommandLine;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Cli.Commands.Marginalize;

/// <summary><c>margcond marginalize</c>: the marginal coefficients that a mixed model implies.</summary>
internal sealed partial class MarginalizeCommand : ICommandDefinition
{
    private readonly CommonFitOptions common = new CommonFitOptions(broom: true, mixtures: MixtureFamily.All).TakeOrdinal();
    private readonly ZeroInflationOption zeroInflation = new();
    private readonly NodesOption nodes = new(25, "25");

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("marginalize", "Marginal coefficients implied by a mixed model, with the delta method.")
        {
            Example = "margcond marginalize examples/toenail/toenail.csv \"y ~ treatment * time + (1 | patientID)\"",
        };
        command.AddGroup("Distribution", zeroInflation.Option);
        command.AddGroup("Quadrature", nodes.Option);
        command.AddGroup("Ordinal outcomes", ordinal.All);
        common.AddTo(command);
        runner.Handle(command, common.Output, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var arguments = zeroInflation.Apply(parse, common.Read(parse));
        MixedModels.RequireRandomTerms(arguments, "There is nothing to average over: add a random part, such as \"+ (1 | id)\".");
        RequireMean(arguments.Link);
        ordinal.Check(parse, arguments);
        if (arguments.Ordinal is { } link)
        {
            return RunOrdinal(parse, arguments, link, context);
        }

        var frame = FrameReading.Build(arguments, arguments.Request with { RequireClusters = true });
        var contrasts = ContrastTexts.Read(arguments.Contrasts, frame.Design);
        var fit = MixedModels.Fit(frame, nodes.Apply(parse, MixedModels.Options(arguments, context.Output.Threads), frame));
        if (fit.HasInfiniteEstimates)
        {
            return SeparatedResult.Write("marginalize", "marginal model", fit, arguments, context);
        }

        return MarginalizeCommandReport.Write(fit, Marginalizer.Marginalize(ConditionalModel.Of(fit)), contrasts, arguments, context);
    }

    /// <summary>Refuses links under which the mean over normal effects does not exist.</summary>
    internal static void RequireMean(Link link)
    {
        if (!MarginalMean.Exists(link))
        {
            throw new InputException($"With the {link} link the mean over normal random effects does not exist.")
            {
                Hint = "Use a logit, probit, cloglog, log, identity or sqrt link.",
            };
        }
    }
}
