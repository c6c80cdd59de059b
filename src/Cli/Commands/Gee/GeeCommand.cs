using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Imputed;
using MarginalConditional.Cli.Means;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Predictions;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Data;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Association;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Dropout;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Means.Models;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary><c>margcond gee</c>: the marginal model by generalized estimating equations.</summary>
internal sealed partial class GeeCommand : ICommandDefinition
{
    private readonly CommonFitOptions common = new CommonFitOptions(PictureKinds.Gee, broom: true).TakeOrdinal();
    private readonly ClusterOption cluster = new(
        "The column that says which rows belong together, or several such as center:id.", required: true);
    private readonly CorrelationOptions correlation = new(all: true);
    private readonly Option<string[]> variances = Choice.Many(
        "--se",
        "Standard errors; the first is shown.",
        [.. GeeVariance.All.Select(variance => variance.Name), GeeVariance.JackknifeFull.Name, "all"]);
    private readonly Option<string> degreesOfFreedom = Choice.Option(
        "--df", "Reference of tests and intervals.", [.. GeeDegreesOfFreedom.All.Select(choice => choice.Name), ImputationOptions.Mice]);
    private readonly Option<double?> scaleFix = new Option<double?>("--scale-fix")
    {
        Description = "A known scale that is not to be estimated, such as 1.",
        HelpName = "NUMBER",
    }
        .Require(scale => scale is > 0 and < double.PositiveInfinity, "has to be a positive number");
    private readonly Option<string?> repair = Choice.Optional(
        "--repair",
        "What to do with a correlation that is not positive definite.",
        "nearest");
    private readonly Option<string> biasReduction = Choice.Option(
        "--bias-reduction",
        "What is done about the bias of few clusters: penalized equations, finite under separation (firth), or its estimate subtracted.",
        [.. BiasReduction.All.Select(choice => choice.Name)]);
    private readonly DropoutPart dropouts = new();
    private readonly Option<string?> association = new("--association")
    {
        Description = "Alternating logistic regressions instead of "
        + "--corr: exchangeable, or a formula on pairs with lag, pair, same(v), distance(v), sum(v) and product(v), such as \"~ "
        + "same(ward)\".",
        HelpName = "MODEL"
    };
    private readonly Option<bool> score = new("--score-test")
    {
        Description = "Test each contrast, or all contrasts jointly, by the generalized score test too.",
    };
    private readonly Option<string?> predictions = OptionRule.OutputFile(
        "--predictions",
        "Write fitted means with standard errors and residuals, one line a row, to this CSV file.");
    private readonly NewDataOption newData = new();
    private readonly Option<string?> diagnostics = OptionRule.OutputFile(
        "--diagnostics",
        "Write leverage, Cook's distance and DFBETA, one line a cluster, to this CSV file.");
    private readonly MeansOptions means = new();
    private readonly KeepOptions keep = new();
    private readonly ImputationOptions imputation = new();
    private readonly Option<int> iterations = new Option<int>("--max-iterations")
    {
        Description = "The largest number of passes over the data.",
        HelpName = "N",
        DefaultValueFactory = _ => 200,
    }
        .Require(count => count >= 1, "has to be 1 or more");

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("gee", "Marginal (population-averaged) model by generalized estimating equations.")
        {
            Example =
                "margcond gee examples/toenail/toenail.csv \"y ~ treatment * time\" --cluster patientID --wave visit --corr exchangeable",
        };
        command.AddGroup("Clusters and correlation", [.. cluster.All, .. correlation.All, scaleFix, repair, association, .. dropouts.All]);
        command.AddGroup("Standard errors", variances, degreesOfFreedom);
        command.AddGroup("Ordinal outcomes", ordinal.All);
        command.AddGroup("Tests and diagnostics", score, predictions, newData.Option, diagnostics);
        means.AddTo(command);
        keep.AddTo(command);
        command.AddGroup("Iteration", iterations, biasReduction);
        imputation.AddTo(command);
        common.AddTo(command);
        RefuseIdle(command);
        RefuseImputed(command);
        runner.Handle(command, common.Output, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var arguments = common.Read(parse);
        if (arguments.Request.Formula.RandomTerms.Count > 0)
        {
            throw new InputException(
                $"The formula has the random part {arguments.Request.Formula.RandomTerms[0]}, which a marginal model does not have.")
            {
                Hint = "Leave it out (--cluster says which rows belong together), or use glmm.",
            };
        }

        ordinal.Check(parse, arguments, means.OfOrdinal);
        if (imputation.IsAsked(parse))
        {
            return ImputedFits.Write(
                imputation.Read(parse, parse.GetValue(degreesOfFreedom)), arguments,
                set => arguments.Ordinal is { } link ? OrdinalSummary(parse, set, link, context) : Shown(parse, set, context), context,
                parse.GetValue(predictions));
        }

        if (arguments.Ordinal is { } cumulative)
        {
            return correlation.AsksForAll(parse.CommandResult)
                ? CompareOrdinalStructures(parse, arguments, cumulative, context)
                : FitOutput.Write(OrdinalSummary(parse, arguments, cumulative, context), context);
        }

        if (correlation.AsksForAll(parse.CommandResult))
        {
            return CompareStructures(parse, arguments, context);
        }

        return FitOutput.Write(Shown(parse, arguments, context), context);
    }

    private FitSummary Shown(ParseResult parse, FitArguments arguments, CommandContext context) =>
        parse.GetValue(association) is null ? Summary(parse, arguments, context) : Associate(parse, arguments, context);

    private FitSummary Associate(ParseResult parse, FitArguments arguments, CommandContext context)
    {
        var structure = dropouts.Structure(parse, correlation);
        MarginalModels.RefuseLocalOdds(structure);
        var pairs = parse.GetValue(association) is { } model && model != "exchangeable" ? PairFormula.Parse(model) : null;
        var request = correlation.Apply(parse, structure, arguments.Request with
        {
            Cluster = cluster.First(parse),
            Auxiliary = [.. pairs?.Columns ?? []],
            AuxiliaryGroupings = pairs?.Groupings ?? [],
        });
        var (_, frame) = MarginalModels.Frame(arguments, request with { PositionMatters = pairs is not null });
        var options = Options(parse, arguments, context) with { Correlation = structure };
        correlation.RequireNumericWaves(parse, structure, frame);
        ContrastTexts.Read(arguments.Contrasts, frame.Design);
        return AssociationReport.Summary(frame, pairs, options, arguments, context.Output.Level);
    }

    private FitSummary Summary(ParseResult parse, FitArguments arguments, CommandContext context)
    {
        var structure = dropouts.Structure(parse, correlation);
        MarginalModels.RefuseLocalOdds(structure);
        var stayingFormula = dropouts.Formula(parse, correlation);
        var request = correlation.Apply(parse, structure, arguments.Request with
        {
            Cluster = cluster.First(parse),
            Auxiliary = [.. stayingFormula?.Variables.Where(name => name != StayingData.Column) ?? []],
            AuxiliaryGroupings = cluster.Groupings(parse),
        });
        var (data, frame) = MarginalModels.Frame(arguments, request);
        var options = Options(parse, arguments, context) with { Correlation = structure };
        correlation.RequireNumericWaves(parse, structure, frame);
        cluster.Require(parse, frame);
        var contrasts = ContrastTexts.Read(arguments.Contrasts, frame.Design);
        var dropout = stayingFormula is null
            ? null
            : DropoutFit.Create(frame, DropoutPart.Frame(data, frame, request, stayingFormula), options, dropouts.Weighting(parse));
        var fit = dropout?.Fit ?? MarginalModels.Fit(frame, options, arguments, context);
        var shown = ShownVariances.Read(parse, cluster, variances);
        var inference = GeeInference.Of(fit, shown[0], Reference(parse), context.Output.Level);
        if (inference.Ways is { } ways && Reference(parse) == GeeDegreesOfFreedom.ClustersMinusCoefficients)
        {
            inference = inference.With(GeeDegreesOfFreedom.ClustersMinusCoefficientsOf(ways.Smaller));
        }

        var predicted = fit.Separated is null ? newData.Of(parse, arguments.Data, inference) : null;
        if (fit.Separated is not null)
        {
            context.WarnUnwritten(parse, newData.Option);
        }

        if (arguments.Data.Imputed is null)
        {
            GeeTables.Write(inference, parse, predictions, diagnostics, context, predicted);
        }

        return new GeeReport(inference, shown, contrasts, parse.GetValue(score), dropout)
        {
            Predictions = predicted,
            Keeping = keep.Read(parse, arguments.Data),
            Means = means.Of(
                parse, () => FittedModel.Of(inference, dropout is null ? inference.Covariance : dropout.Covariance), context.Output.Level),
            Cures = dropout is null ? FitCures.Of(fit, frame) : [],
        }.Summary(arguments);
    }

    private int CompareStructures(ParseResult parse, FitArguments arguments, CommandContext context)
    {
        var structures = correlation.Structures(parse);
        var request = correlation.Apply(parse, structures[^1], arguments.Request with { Cluster = cluster.First(parse) });
        var (_, frame) = MarginalModels.Frame(arguments, request);
        var options = Options(parse, arguments, context);
        return StructuresReport.Write(frame, () => CorrelationChoice.Of(frame, options, structures), arguments, context);
    }

    private GeeOptions Options(ParseResult parse, FitArguments arguments, CommandContext context) => new()
    {
        Family = arguments.Family,
        Link = arguments.Link,
        Moments = correlation.Moments(parse),
        FixedScale = parse.GetValue(scaleFix),
        RepairCorrelation = parse.GetValue(repair) is not null,
        BiasReduction = BiasReduction.All.Single(choice => choice.Name == parse.GetValue(biasReduction)),
        MaximumIterations = parse.GetValue(iterations),
        Threads = context.Output.Threads,
    };

    private GeeDegreesOfFreedom Reference(ParseResult parse) =>
        GeeDegreesOfFreedom.TryParse(parse.GetValue(degreesOfFreedom), out var named) ? named : GeeDegreesOfFreedom.Normal;
}
