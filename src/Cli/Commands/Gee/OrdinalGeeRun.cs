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

/// <summary>Ordered outcomes in <c>margcond gee</c>.</summary>
/// <param name="asked">What can be asked.</param>
internal sealed class OrdinalGeeRun(GeeQuestions asked)
{
    /// <summary>Fits ordered outcomes, ready to be shown.</summary>
    public FitSummary Summary(ParseResult parse, FitArguments arguments, CumulativeLink link, CommandContext context)
    {
        RefuseBesideOrdinal(parse);
        var fit = Fit(parse, arguments, link, asked.Correlation.Structure(parse), context);
        var frame = fit.Frame;
        if (asked.Ordinal.Tests(parse) && (fit.Thresholds.Length == 1 || !frame.Design.PredictorTerms.Any()))
        {
            context.Note("There is no test of proportional odds: it needs three categories and a term in the formula.");
        }

        var contrasts = ContrastTexts.Read(arguments.Contrasts, fit.Indicators.Frame.Design);
        var shown = ShownVariances.Read(parse, asked.Cluster, asked.Variances);
        var reference = asked.Reference(parse);
        var inference = GeeInference.Of(fit.Indicators, shown[0], reference, context.Output.Level);
        var predicted = fit.Indicators.Separated is null ? asked.NewData.Of(parse, arguments.Data, fit, inference) : null;
        if (arguments.Data.Imputed is null)
        {
            GeeTables.Write(fit, inference, parse, asked.Predictions, asked.Diagnostics, context, predicted);
        }

        return new GeeReport(inference, shown, contrasts, parse.GetValue(asked.Score))
        {
            Ordinal = fit,
            Proportional = asked.Ordinal.Tests(parse)
                ? ProportionalOddsTest.OfAll(fit, shown[0], reference, context.Output.Level)
                : ProportionalOddsTest.OfNominal(fit, inference),
            Predictions = predicted,
            Means = asked.Means.Of(parse, () => FittedModel.Of(fit, inference), context.Output.Level),
            Keeping = asked.Keep.Read(parse, arguments.Data),
            Cures = fit.Indicators.Separated is null ? FitCures.Of(fit.Indicators, fit.Indicators.Frame) : [],
        }.Summary(arguments);
    }

    /// <summary>Fits the model with one structure.</summary>
    public OrdinalGeeFit Fit(
        ParseResult parse, FitArguments arguments, CumulativeLink link, WorkingCorrelation structure, CommandContext context)
    {
        var frame = OrdinalFrame(parse, arguments, structure);
        return OrdinalGeeFitter.Fit(frame, OptionsOf(parse, frame, link, context) with { Correlation = structure });
    }

    /// <summary>Fits every structure and compares their criteria.</summary>
    public int CompareStructures(ParseResult parse, FitArguments arguments, CumulativeLink link, CommandContext context)
    {
        RefuseBesideOrdinal(parse);
        var structures = asked.Correlation.StructuresOfOrderedOutcomes(parse);
        var frame = OrdinalFrame(parse, arguments, structures[^1]);
        var options = OptionsOf(parse, frame, link, context);
        return StructuresReport.Write(frame, () => OrdinalGeeFitter.Choices(frame, options, structures), arguments, context);
    }

    private ModelFrame OrdinalFrame(ParseResult parse, FitArguments arguments, WorkingCorrelation structure)
    {
        var request = asked.Correlation.Apply(parse, structure, arguments.Request with { Cluster = asked.Cluster.First(parse) });
        var frame = FrameReading.Build(arguments, request);
        asked.Correlation.RequireNumericWaves(parse, structure, frame);
        return frame;
    }

    private OrdinalGeeOptions OptionsOf(ParseResult parse, ModelFrame frame, CumulativeLink link, CommandContext context) => new()
    {
        Link = link,
        Moments = asked.Correlation.Moments(parse),
        Nominal = asked.Ordinal.NominalColumns(parse, frame.Design),
        RepairCorrelation = parse.GetValue(asked.Repair) is not null,
        MaximumIterations = parse.GetValue(asked.Iterations),
        Threads = context.Output.Threads,
    };

    private void RefuseBesideOrdinal(ParseResult parse)
    {
        OrdinalOptions.RefuseBeside(
            parse, [asked.ScaleFix, asked.BiasReduction, asked.Dropouts.Staying, asked.Dropouts.Weights, asked.Association]);
        asked.Means.RefuseBesideOrdinal(parse);
        if (asked.Cluster.Second(parse) is { } second)
        {
            throw new InputException($"Ordinal outcomes have robust standard errors over one way of clustering, not over {second} as well.")
            {
                Hint = "Name one column by --cluster.",
            };
        }
    }
}
