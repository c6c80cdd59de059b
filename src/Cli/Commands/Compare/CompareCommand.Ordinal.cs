using System.CommandLine;
using System.Globalization;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
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

    private readonly Option<string?> scores = new("--scores")
    {
        Description = "The scores of an ordinal outcome's categories, lowest first, such as 0,1,2,5; by default 1,2,\u2026.",
        HelpName = "NUMBERS",
    };

    private readonly Option<bool> lowerBetter = new("--lower-better")
    {
        Description = "The lower category of an ordinal outcome wins, for the win probability.",
    };

    /// <summary>The link of ordered outcomes, null for others, for which options of ordered ones are refused.</summary>
    private CumulativeLink? CheckOrdinal(ParseResult parse, FitArguments arguments)
    {
        ordinal.Check(parse, arguments);
        Option[] own = [scores, lowerBetter];
        if (arguments.Ordinal is null && Array.Find(own, option => parse.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new InputException($"{given.Name} belongs to ordinal outcomes.") { Hint = "Add --family ordinal, or leave it out." };
        }

        return arguments.Ordinal;
    }

    /// <summary>Compares ordered outcomes, writes in the format asked for, and returns the exit code.</summary>
    private int RunOrdinal(ParseResult parse, FitArguments arguments, CumulativeLink link, CommandContext context)
    {
        RefuseBesideOrdinal(parse);
        if (imputation.IsAsked(parse))
        {
            throw new InputException("Comparisons of ordinal outcomes are not pooled over imputed sets.")
            {
                Hint = "Leave the imputations out; glmm and gee pool ordinal fits.",
            };
        }

        if (parse.GetValue(cluster) is null && arguments.Request.Formula.RandomTerms.Count == 0)
        {
            throw new InputException("A comparison of ordinal outcomes needs clusters.")
            {
                Hint = "Name them by --cluster, or add a random part such as (1 | id).",
            };
        }

        var structure = correlation.Structure(parse);
        var request = correlation.Apply(parse, structure, ComparedRequest.Of(parse.GetValue(cluster), arguments.Request));
        var effect = ComparedTreatment.Of(parse.GetValue(treatment), request.Formula);
        var frame = FrameReading.Build(arguments, request with { RequireClusters = true });
        correlation.RequireNumericWaves(parse, structure, frame);
        if (TreatmentEffect.Find(frame.Design, effect).Count == 0)
        {
            throw ComparedTreatment.NoEffect(effect, request.Formula);
        }

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
            Glmm = new OrdinalGlmmOptions
            {
                Link = link,
                NominalColumns = nominal,
                Nodes = nodes.ForOrdinal(parse, OrdinalModels.HasOneGrouping(frame)),
                Threads = context.Output.Threads,
            },
            Variance = GeeVariance.TryParse(parse.GetValue(variance), out var errors) ? errors : GeeVariance.ManclDeRouen,
            DegreesOfFreedom = standardization.IsNormal(parse) ? GeeDegreesOfFreedom.Normal : GeeDegreesOfFreedom.ClustersMinusCoefficients,
            StandardizedErrors = Errors(parse),
            NormalReference = standardization.IsNormal(parse),
            Level = context.Output.Level,
            At = [.. (parse.GetValue(at) ?? []).Select(ComparedRequest.Setting)],
            Scores = Scores(parse, frame),
            LowerIsBetter = parse.GetValue(lowerBetter),
            Trial = Trial(parse),
        };
        OrdinalModels.Require(frame, options.Glmm);
        return OrdinalCompareReport.Write(OrdinalModelComparer.Compare(frame, options), arguments, context);
    }

    private StandardizedErrors? Errors(ParseResult parse)
    {
        var asked = standardization.Errors(parse);
        return asked is null || asked == StandardizedErrors.OneStep || asked == StandardizedErrors.Closed
            || asked == StandardizedErrors.Influence
            ? asked
            : throw new InputException($"--standardized-se {asked} is not for ordinal outcomes.")
            {
                Hint = "Choose one of one-step, closed, influence.",
            };
    }

    private double[] Scores(ParseResult parse, ModelFrame frame)
    {
        if (parse.GetValue(scores) is not { } text)
        {
            return [];
        }

        double[] numbers =
        [
            .. text.Split(',').Select(part =>
                double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN),
        ];
        return numbers.Length == frame.Categories.Count && numbers.All(double.IsFinite)
            ? numbers
            : throw new InputException($"--scores cannot read \"{text}\": every category needs one number.")
            {
                Hint = $"Give {frame.Categories.Count} numbers with commas between, for {string.Join(", ", frame.Categories)}.",
            };
    }

    // Nothing asked for may be passed over in silence.
    private void RefuseBesideOrdinal(ParseResult parse)
    {
        Option[] others =
        [
            dials.Option, .. arms.All, .. overTime.All, .. randomization.All, permutations, standardization.Probability, randomCovariates,
            outcomeEvent, estimand, population, intercurrent,
        ];
        if (Array.Find(others, option => parse.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new InputException($"{given.Name} has no meaning for ordinal outcomes.") { Hint = "Leave it out." };
        }
    }
}
