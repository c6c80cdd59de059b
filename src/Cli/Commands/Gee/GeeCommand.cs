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
    private readonly GeeQuestions asked = new();

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("gee", "Marginal (population-averaged) model by generalized estimating equations.")
        {
            Example =
                "margcond gee examples/toenail/toenail.csv \"y ~ treatment * time\" --cluster patientID --wave visit --corr exchangeable",
        };
        command.AddGroup(
            "Clusters and correlation",
            [.. asked.Cluster.All, .. asked.Correlation.All, asked.ScaleFix, asked.Repair, asked.Association, .. asked.Dropouts.All]);
        command.AddGroup("Standard errors", asked.Variances, asked.DegreesOfFreedom);
        command.AddGroup("Ordinal outcomes", asked.Ordinal.All);
        command.AddGroup("Tests and diagnostics", asked.Score, asked.Predictions, asked.NewData.Option, asked.Diagnostics);
        asked.Means.AddTo(command);
        asked.Keep.AddTo(command);
        command.AddGroup("Iteration", asked.Iterations, asked.BiasReduction);
        asked.Imputation.AddTo(command);
        asked.Common.AddTo(command);
        new GeeRefusals(asked).AddTo(command);
        runner.Handle(command, asked.Common.Output, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var arguments = asked.Common.Read(parse);
        if (arguments.Request.Formula.RandomTerms.Count > 0)
        {
            throw new InputException(
                $"The formula has the random part {arguments.Request.Formula.RandomTerms[0]}, which a marginal model does not have.")
            {
                Hint = "Leave it out (--cluster says which rows belong together), or use glmm.",
            };
        }

        asked.Ordinal.Check(parse, arguments, asked.Means.OfOrdinal);
        var ordered = new OrdinalGeeRun(asked);
        if (asked.Imputation.IsAsked(parse))
        {
            return ImputedFits.Write(
                asked.Imputation.Read(parse, parse.GetValue(asked.DegreesOfFreedom)), arguments,
                set => arguments.Ordinal is { } link ? ordered.Summary(parse, set, link, context) : Shown(parse, set, context), context,
                parse.GetValue(asked.Predictions));
        }

        if (arguments.Ordinal is { } cumulative)
        {
            return asked.Correlation.AsksForAll(parse.CommandResult)
                ? ordered.CompareStructures(parse, arguments, cumulative, context)
                : FitOutput.Write(ordered.Summary(parse, arguments, cumulative, context), context);
        }

        if (asked.Correlation.AsksForAll(parse.CommandResult))
        {
            return CompareStructures(parse, arguments, context);
        }

        return FitOutput.Write(Shown(parse, arguments, context), context);
    }

    private FitSummary Shown(ParseResult parse, FitArguments arguments, CommandContext context) =>
        parse.GetValue(asked.Association) is null ? Summary(parse, arguments, context) : Associate(parse, arguments, context);

    private FitSummary Associate(ParseResult parse, FitArguments arguments, CommandContext context)
    {
        var structure = asked.Dropouts.Structure(parse, asked.Correlation);
        MarginalModels.RefuseLocalOdds(structure);
        var pairs = parse.GetValue(asked.Association) is { } model && model != "exchangeable" ? PairFormula.Parse(model) : null;
        var request = asked.Correlation.Apply(parse, structure, arguments.Request with
        {
            Cluster = asked.Cluster.First(parse),
            Auxiliary = [.. pairs?.Columns ?? []],
            AuxiliaryGroupings = pairs?.Groupings ?? [],
        });
        var (_, frame) = MarginalModels.Frame(arguments, request with { PositionMatters = pairs is not null });
        var options = asked.Options(parse, arguments, context) with { Correlation = structure };
        asked.Correlation.RequireNumericWaves(parse, structure, frame);
        ContrastTexts.Read(arguments.Contrasts, frame.Design);
        return AssociationReport.Summary(frame, pairs, options, arguments, context.Output.Level);
    }

    private FitSummary Summary(ParseResult parse, FitArguments arguments, CommandContext context)
    {
        var structure = asked.Dropouts.Structure(parse, asked.Correlation);
        MarginalModels.RefuseLocalOdds(structure);
        var stayingFormula = asked.Dropouts.Formula(parse, asked.Correlation);
        var request = asked.Correlation.Apply(parse, structure, arguments.Request with
        {
            Cluster = asked.Cluster.First(parse),
            Auxiliary = [.. stayingFormula?.Variables.Where(name => name != StayingData.Column) ?? []],
            AuxiliaryGroupings = asked.Cluster.Groupings(parse),
        });
        var (data, frame) = MarginalModels.Frame(arguments, request);
        var options = asked.Options(parse, arguments, context) with { Correlation = structure };
        asked.Correlation.RequireNumericWaves(parse, structure, frame);
        asked.Cluster.Require(parse, frame);
        var contrasts = ContrastTexts.Read(arguments.Contrasts, frame.Design);
        var dropout = stayingFormula is null
            ? null
            : DropoutFit.Create(frame, DropoutPart.Frame(data, frame, request, stayingFormula), options, asked.Dropouts.Weighting(parse));
        var fit = dropout?.Fit ?? MarginalModels.Fit(frame, options, arguments, context);
        var shown = ShownVariances.Read(parse, asked.Cluster, asked.Variances);
        var inference = GeeInference.Of(fit, shown[0], asked.Reference(parse), context.Output.Level);
        if (inference.Ways is { } ways && asked.Reference(parse) == GeeDegreesOfFreedom.ClustersMinusCoefficients)
        {
            inference = inference.With(GeeDegreesOfFreedom.ClustersMinusCoefficientsOf(ways.Smaller));
        }

        var predicted = fit.Separated is null ? asked.NewData.Of(parse, arguments.Data, inference) : null;
        if (fit.Separated is not null)
        {
            context.WarnUnwritten(parse, asked.NewData.Option);
        }

        if (arguments.Data.Imputed is null)
        {
            GeeTables.Write(inference, parse, asked.Predictions, asked.Diagnostics, context, predicted);
        }

        return new GeeReport(inference, shown, contrasts, parse.GetValue(asked.Score), dropout)
        {
            Predictions = predicted,
            Keeping = asked.Keep.Read(parse, arguments.Data),
            Means = asked.Means.Of(
                parse, () => FittedModel.Of(inference, dropout is null ? inference.Covariance : dropout.Covariance), context.Output.Level),
            Cures = dropout is null ? FitCures.Of(fit, frame) : [],
        }.Summary(arguments);
    }

    private int CompareStructures(ParseResult parse, FitArguments arguments, CommandContext context)
    {
        var structures = asked.Correlation.Structures(parse);
        var request = asked.Correlation.Apply(parse, structures[^1], arguments.Request with { Cluster = asked.Cluster.First(parse) });
        var (_, frame) = MarginalModels.Frame(arguments, request);
        var options = asked.Options(parse, arguments, context);
        return StructuresReport.Write(frame, () => CorrelationChoice.Of(frame, options, structures), arguments, context);
    }
}
