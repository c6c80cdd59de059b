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
        var frame = FrameReading.Build(arguments, arguments.Request);
        var options = new OrdinalGlmmOptions
        {
            Link = link,
            NominalColumns = ordinal.NominalColumns(parse, frame.Design),
            Nodes = nodes.ForOrdinal(parse, OrdinalModels.HasOneGrouping(frame)),
            Threads = context.Output.Threads,
        };
        var fit = OrdinalModels.Fit(frame, options);
        var contrasts = ContrastTexts.Read(arguments.Contrasts, fit.Layout.Names);
        var inference = OrdinalGlmmInference.Of(fit, parse.GetValue(standardErrors) == "robust");
        var predicted = files.Write(fit, inference, arguments.Data, parse, context);
        return new OrdinalReport(inference, context.Output.Level)
        {
            Contrasts = contrasts,
            Proportional = fit.HasInfiniteEstimates ? []
                : ordinal.Tests(parse) && options.NominalColumns.Count == 0 ? ProportionalityTest.OfTerms(fit)
                : ProportionalityTest.OfNominal(fit),
            Predictions = predicted,
            Means = means.Of(parse, () => FittedModel.Of(inference), context.Output.Level),
            Keeping = keep.Read(parse, arguments.Data),
        }.Summary(arguments, context);
    }

    private void RefuseBesideOrdinal(ParseResult parse)
    {
        OrdinalOptions.RefuseBeside(
            parse,
            [nonAdaptive, bootstrap, seed, penalty, residuals.Option, .. pseudoLikelihood.Options, .. files.OfOtherOutcomes]);
        means.RefuseBesideOrdinal(parse);
        if (parse.GetValue(intervals) == "profile")
        {
            throw new InputException("Ordinal outcomes have no profile intervals.") { Hint = "Leave --ci out." };
        }
    }
}
