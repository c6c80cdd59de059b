using System.CommandLine;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Results;
using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Cli.Commands.Gee;

internal sealed partial class GeeCommand
{
    private readonly OrdinalOptions ordinal = new();

    /// <summary>Fits ordered outcomes, ready to be shown.</summary>
    private FitSummary OrdinalSummary(ParseResult parse, FitArguments arguments, CumulativeLink link, CommandContext context)
    {
        RefuseBesideOrdinal(parse);
        var structure = correlation.Structure(parse);
        var frame = OrdinalFrame(parse, arguments, structure);
        var fit = OrdinalGeeFitter.Fit(frame, OptionsOf(parse, frame, link, context) with { Correlation = structure });
        if (ordinal.Tests(parse) && (fit.Thresholds.Length == 1 || !frame.Design.PredictorTerms.Any()))
        {
            context.Note("There is no test of proportional odds: it needs three categories and a term in the formula.");
        }

        var contrasts = ContrastTexts.Read(arguments.Contrasts, fit.Indicators.Frame.Design);
        var shown = ShownVariances.Read(parse, cluster, variances);
        var reference = Reference(parse);
        var inference = GeeInference.Of(fit.Indicators, shown[0], reference, context.Output.Level);
        var predicted = fit.Indicators.Separated is null ? newData.Of(parse, arguments.Data, fit, inference) : null;
        if (arguments.Data.Imputed is null)
        {
            GeeTables.Write(fit, inference, parse, predictions, diagnostics, context, predicted);
        }

        return new GeeReport(inference, shown, contrasts, parse.GetValue(score))
        {
            Ordinal = fit,
            Proportional = ordinal.Tests(parse)
                ? ProportionalOddsTest.OfAll(fit, shown[0], reference, context.Output.Level)
                : ProportionalOddsTest.OfNominal(fit, inference),
            Predictions = predicted,
            Means = means.Of(parse, () => FittedModel.Of(fit, inference), context.Output.Level),
            Keeping = keep.Read(parse, arguments.Data),
            Cures = fit.Indicators.Separated is null ? FitCures.Of(fit.Indicators, fit.Indicators.Frame) : [],
        }.Summary(arguments);
    }

    private int CompareOrdinalStructures(ParseResult parse, FitArguments arguments, CumulativeLink link, CommandContext context)
    {
        RefuseBesideOrdinal(parse);
        var structures = correlation.StructuresOfOrderedOutcomes(parse);
        var frame = OrdinalFrame(parse, arguments, structures[^1]);
        var options = OptionsOf(parse, frame, link, context);
        return StructuresReport.Write(frame, () => OrdinalGeeFitter.Choices(frame, options, structures), arguments, context);
    }

    private ModelFrame OrdinalFrame(ParseResult parse, FitArguments arguments, WorkingCorrelation structure)
    {
        var request = correlation.Apply(parse, structure, arguments.Request with { Cluster = cluster.First(parse) });
        var frame = FrameReading.Build(arguments, request);
        correlation.RequireNumericWaves(parse, structure, frame);
        return frame;
    }

    private OrdinalGeeOptions OptionsOf(ParseResult parse, ModelFrame frame, CumulativeLink link, CommandContext context) => new()
    {
        Link = link,
        Moments = correlation.Moments(parse),
        Nominal = ordinal.NominalColumns(parse, frame.Design),
        RepairCorrelation = parse.GetValue(repair) is not null,
        MaximumIterations = parse.GetValue(iterations),
        Threads = context.Output.Threads,
    };

    private void RefuseBesideOrdinal(ParseResult parse)
    {
        OrdinalOptions.RefuseBeside(parse, [scaleFix, biasReduction, dropouts.Staying, dropouts.Weights, association]);
        means.RefuseBesideOrdinal(parse);
        if (cluster.Second(parse) is { } second)
        {
            throw new InputException($"Ordinal outcomes have robust standard errors over one way of clustering, not over {second} as well.")
            {
                Hint = "Name one column by --cluster.",
            };
        }
    }
}
