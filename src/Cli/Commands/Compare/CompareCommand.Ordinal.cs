using System.CommandLine;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Imputed;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Cli.Commands.Compare;

internal sealed partial class CompareCommand
{
    private readonly OrdinalOptions ordinal = new(tests: false);

    private readonly ScoringOptions scoring = new();

    /// <summary>Compares ordered outcomes, writes in the format asked for, and returns the exit code.</summary>
    private int RunOrdinal(ParseResult parse, FitArguments arguments, CumulativeLink link, CommandContext context)
    {
        RefuseBesideOrdinal(parse);
        var comparison = imputation.IsAsked(parse)
            ? PooledOrdinal(parse, arguments, link, context)
            : CompareOrdinal(parse, arguments, link, context);
        bool? higherIsBetter = scoring.LowerIsBetter(parse) ? false : null;
        return OrdinalCompareReport.Write(
            comparison,
            comparison.Ladder.Rungs.Count == 0 ? [] : arms.Margins(parse, comparison.Ladder, higherIsBetter, context.Output.Level),
            arguments,
            keep.Read(parse, arguments.Data),
            context);
    }

    private OrdinalComparison PooledOrdinal(ParseResult parse, FitArguments arguments, CumulativeLink link, CommandContext context)
    {
        var request = imputation.Read(parse, null);
        return PooledSets.Of(
            ImputedFits.Each(
                request, arguments, set => CompareOrdinal(parse, set, link, context), one => one.Convergence, one => one.Frame),
            request);
    }

    private OrdinalComparison CompareOrdinal(ParseResult parse, FitArguments arguments, CumulativeLink link, CommandContext context)
    {
        if (parse.GetValue(cluster) is null && arguments.Request.Formula.RandomTerms.Count == 0)
        {
            throw new InputException("A comparison of ordinal outcomes needs clusters.")
            {
                Hint = "Name them by --cluster, or add a random part such as (1 | id).",
            };
        }

        var structure = correlation.Structure(parse);
        var request = correlation.Apply(parse, structure, ComparedRequest.Of(parse.GetValue(cluster), arguments.Request));
        var effect = effects.Of(parse, request.Formula);
        var frame = FrameReading.Build(arguments, arms.Apply(parse, request) with { RequireClusters = true });
        correlation.RequireNumericWaves(parse, structure, frame);
        ComparedEffectOptions.Require(frame, effect, request.Formula);

        var nominal = ordinal.NominalColumns(parse, frame.Design);
        var options = new OrdinalComparisonOptions
        {
            Treatment = effect,
            Gee = new OrdinalGeeOptions
            {
                Link = link,
                Correlation = structure,
                Moments = correlation.Moments(parse),
                Nominal = nominal,
                Threads = context.Output.Threads,
            },
            Glmm = OrdinalOptionsOf(parse, link, frame, context),
            Variance = GeeVariance.TryParse(parse.GetValue(variance), out var errors) ? errors : GeeVariance.ManclDeRouen,
            DegreesOfFreedom = standardization.IsNormal(parse) ? GeeDegreesOfFreedom.Normal : GeeDegreesOfFreedom.ClustersMinusCoefficients,
            StandardizedErrors = standardization.ErrorsOfOrderedOutcomes(parse),
            NormalReference = standardization.IsNormal(parse),
            Level = context.Output.Level,
            By = arms.By(parse, effect),
            Wave = correlation.Wave(parse),
            Between = overTime.Between(parse),
            Exposure = overTime.Exposure(parse),
            At = effects.Settings(parse),
            Scores = scoring.Scores(parse, frame.Categories),
            LowerIsBetter = scoring.LowerIsBetter(parse),
            Trial = words.Trial(parse),
        };
        OrdinalModels.Require(frame, options.Glmm);
        return OrdinalModelComparer.Compare(frame, options);
    }

    private OrdinalGlmmOptions OrdinalOptionsOf(ParseResult parse, CumulativeLink link, ModelFrame frame, CommandContext context) => new()
    {
        Link = link,
        NominalColumns = ordinal.NominalColumns(parse, frame.Design),
        Nodes = nodes.ForOrdinal(parse, OrdinalModels.HasOneGrouping(frame)),
        Threads = context.Output.Threads,
    };

    private void RefuseBesideOrdinal(ParseResult parse)
    {
        overTime.RefusePeriods(parse);
        OrdinalOptions.RefuseBeside(
            parse,
            [
                dials.Option, .. arms.OfMeans, .. randomization.All, standardization.Probability, randomCovariates, .. words.OfEstimand,
            ]);
    }
}
