using System.CommandLine;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Results;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Cli.Commands.Glmm;

internal sealed partial class GlmmCommand
{
    private readonly OrdinalOptions ordinal = new();

    /// <summary>Fits ordered outcomes, ready to be shown.</summary>
    private FitSummary OrdinalSummary(ParseResult parse, FitArguments arguments, CumulativeLink link, CommandContext context)
    {
        RefuseBesideOrdinal(parse);
        var (robust, profile) = Intervals(parse);
        var frame = FrameReading.Build(arguments, arguments.Request);
        var options = OrdinalOptionsOf(parse, link, frame, context);
        var fit = OrdinalModels.Fit(frame, options);
        var contrasts = ContrastTexts.Read(arguments.Contrasts, fit.Layout.Names);
        var inference = OrdinalGlmmInference.Of(fit, robust);
        var resampled = Bootstrap(parse, count => OrdinalBootstrap.Run(fit, count, parse.GetValue(seed), context.Output.Threads));
        var predicted = files.Write(fit, inference, arguments.Data, parse, context);
        return new OrdinalReport(inference, profile, context.Output.Level)
        {
            Contrasts = contrasts,
            Bootstrap = resampled,
            Proportional = fit.HasInfiniteEstimates || options.PenaltyScale is not null ? []
                : ordinal.Tests(parse) && options.NominalColumns.Count == 0 ? ProportionalityTest.OfTerms(fit)
                : ProportionalityTest.OfNominal(fit),
            Predictions = predicted,
            Means = means.Of(parse, () => FittedModel.Of(inference), context.Output.Level),
            Keeping = keep.Read(parse, arguments.Data),
        }.Summary(arguments, context);
    }

    private OrdinalGlmmOptions OrdinalOptionsOf(ParseResult parse, CumulativeLink link, ModelFrame frame, CommandContext context) => new()
    {
        Link = link,
        NominalColumns = ordinal.NominalColumns(parse, frame.Design),
        Nodes = nodes.ForOrdinal(parse, OrdinalModels.HasOneGrouping(frame)),
        PenaltyScale = parse.GetValue(penalty),
        Threads = context.Output.Threads,
    };

    private void RefuseBesideOrdinal(ParseResult parse)
    {
        OrdinalOptions.RefuseBeside(
            parse,
            [nonAdaptive, .. cluster.All, residuals.Option, .. pseudoLikelihood.Options, .. files.OfOtherOutcomes]);
        means.RefuseBesideOrdinal(parse);
        if (parse.GetValue(penalty) is not null && ordinal.Tests(parse))
        {
            throw new InputException("--test-proportional compares likelihoods at their maxima, and --penalty holds slopes back.")
            {
                Hint = "Leave one of the two out.",
            };
        }
    }
}
