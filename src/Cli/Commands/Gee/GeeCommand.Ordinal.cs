using System.CommandLine;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Results;
using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Cli.Commands.Gee;

internal sealed partial class GeeCommand
{
    private readonly OrdinalOptions ordinal = new();

    /// <summary>Fits ordered outcomes, ready to be shown.</summary>
    private FitSummary OrdinalSummary(ParseResult parse, FitArguments arguments, CumulativeLink link, CommandContext context)
    {
        RefuseBesideOrdinal(parse);
        var all = correlation.AsksForAll(parse.CommandResult) ? correlation.StructuresOfOrderedOutcomes(parse) : [];
        var structure = all.Count > 0 ? all[^1] : correlation.Structure(parse);
        var request = correlation.Apply(parse, structure, arguments.Request with { Cluster = parse.GetRequiredValue(cluster) });
        var frame = FrameReading.Build(arguments, request);
        correlation.RequireNumericWaves(parse, structure, frame);
        var options = new OrdinalGeeOptions
        {
            Link = link,
            Correlation = structure,
            Moments = correlation.Moments(parse),
            Nominal = ordinal.NominalColumns(parse, frame.Design),
            RepairCorrelation = parse.GetValue(repair) is not null,
            MaximumIterations = parse.GetValue(iterations),
            Threads = context.Output.Threads,
        };
        if (all.Count > 0)
        {
            return StructuresReport.Write(frame, () => OrdinalGeeFitter.Choices(frame, options, all), arguments, context);
        }

        var fit = OrdinalGeeFitter.Fit(frame, options);
        if (ordinal.Tests(parse) && (fit.Thresholds.Length == 1 || !frame.Design.PredictorTerms.Any()))
        {
            context.Note("There is no test of proportional odds: it needs three categories and a term in the formula.");
        }

        var contrasts = ContrastTexts.Read(arguments.Contrasts, fit.Indicators.Frame.Design);
        var shown = Variances(parse);
        var reference = GeeDegreesOfFreedom.TryParse(parse.GetValue(degreesOfFreedom), out var named) ? named : GeeDegreesOfFreedom.Normal;
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
            Keeping = keep.Read(parse, arguments.Data),
            Cures = fit.Indicators.Separated is null ? FitCures.Of(fit.Indicators, fit.Indicators.Frame) : [],
        }.Summary(arguments);
    }

    private static void RefuseLocalOdds(WorkingCorrelation structure)
    {
        if (structure.IsForOrderedOutcomes)
        {
            throw new InputException($"--corr {structure.Name} is the association of ordinal outcomes.")
            {
                Hint = "Add --family ordinal, or take another structure; for binary outcomes --association models odds ratios.",
            };
        }
    }

    private void RefuseBesideOrdinal(ParseResult parse)
    {
        foreach (var option in (Option[])[scaleFix, biasReduction, dropouts.Staying, dropouts.Weights, association, .. means.All])
        {
            if (parse.GetResult(option) is { Implicit: false })
            {
                throw new InputException($"{option.Name} has no meaning for ordinal outcomes.") { Hint = "Leave it out." };
            }
        }
    }
}
