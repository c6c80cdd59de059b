using System.CommandLine;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Imputed;
using MarginalConditional.Cli.Means;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Means.Models;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary><c>margcond glmm</c>: the conditional model by adaptive quadrature.</summary>
internal sealed partial class GlmmCommand : ICommandDefinition
{
    private readonly CommonFitOptions common =
        new CommonFitOptions(PictureKinds.Glmm, broom: true, mixtures: MixtureFamily.All).TakeOrdinal();
    private readonly ClusterOption cluster = new(
        "The clusters of --se robust, each of which contains whole groups of the random effects; the coarsest grouping by default.",
        required: false);
    private readonly PseudoLikelihoodPart pseudoLikelihood = new();
    private readonly GlmmFilesPart files = new();
    private readonly MeansOptions means = new();
    private readonly KeepOptions keep = new();
    private readonly ImputationOptions imputation = new();

    private readonly ResidualsPart residuals = new();
    private readonly ZeroInflationOption zeroInflation = new();
    private readonly NodesOption nodes = new(0, "15, or 9 in two dimensions and 7 in three");
    private readonly Option<bool> nonAdaptive = new("--non-adaptive")
    {
        Description = "Nodes at fixed places instead of around each cluster's mode. For teaching: see docs/quadrature.md.",
    };
    private readonly Option<string> standardErrors = Choice.Option("--se", "Standard errors.", "model", "robust");
    private readonly Option<string> intervals = Choice.Option(
        "--ci",
        "Intervals; profile ones cover standard deviations, correlations and dispersion too.",
        "wald",
        "profile");

    private readonly Option<double?> penalty = new Option<double?>("--penalty")
    {
        Description = "Standard deviation of a weakly informative normal penalty on the slopes, per standard deviation of a covariate: 2.5 "
            + "makes separated data estimable. None by default.",
        HelpName = "SD",
    }.Require(scale => scale is > 0 and < double.PositiveInfinity, "has to be a positive standard deviation, such as 2.5");

    private readonly Option<int> bootstrap = new Option<int>("--bootstrap")
    {
        Description = "Replicates of a parametric bootstrap: standard errors and percentile intervals from refits to draws from the fit.",
        HelpName = "N",
    }.Require(count => count is 0 or >= 2, "needs at least 2 replicates; 1000 give stable intervals");

    private readonly Option<ulong> seed = new("--seed")
    {
        Description = "Seed of the random numbers of --bootstrap, --simulated and --residuals.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("glmm", "Conditional (subject-specific) model by adaptive Gauss\u2013Hermite quadrature.")
        {
            Example = "margcond glmm examples/toenail/toenail.csv \"y ~ treatment * time + (1 | patientID)\" --nodes 25",
        };
        command.AddGroup("Distribution", zeroInflation.Option, residuals.Option);
        command.AddGroup("Quadrature", nodes.Option, nonAdaptive);
        command.AddGroup("Inference", [standardErrors, .. cluster.All, intervals, bootstrap, seed, penalty]);
        means.AddTo(command);
        keep.AddTo(command);
        command.AddGroup("Ordinal outcomes", ordinal.All);
        command.AddGroup("Files", files.Options);
        command.AddGroup("Pseudo-likelihood", pseudoLikelihood.Options);
        imputation.AddTo(command);
        common.AddTo(command);
        RefuseImputed(command);
        cluster.RefuseIdle(command, (_ => true, string.Empty));
        command.HasEffect(
            cluster.All[0], result => result.GetValue(standardErrors) == "robust", "without --se robust",
            "The model's clusters stand in its formula, as (1 | id). Add --se robust, or leave it out.");
        command.HasEffect(
            seed,
            result => result.GetValue(bootstrap) > 0 || files.Draws(result) || residuals.IsAsked(result),
            "without random numbers to draw",
            "Add --bootstrap N, --simulated FILE or --residuals, or leave it out.");
        runner.Handle(command, common.Output, Run);
        return command;
    }

    /// <summary>What belongs to one data set does not go with several imputed ones.</summary>
    private void RefuseImputed(DocumentedCommand command)
    {
        imputation.CheckMice(command, pseudoLikelihood.DegreesOfFreedom);
        imputation.Refuse(command, "what is kept is one fit", keep.All);
        imputation.Refuse(command, "it would have to draw anew in each set", bootstrap, seed);
        imputation.Refuse(
            command, "--ci profile", "a likelihood profile belongs to one data set", result => result.GetValue(intervals) == "profile");
        imputation.Refuse(command, "outcomes are drawn from one fit", files.OfDraws);
        imputation.Refuse(command, files.Common);
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var arguments = zeroInflation.Apply(parse, common.Read(parse));
        return imputation.IsAsked(parse)
            ? ImputedFits.Write(
                imputation.Read(parse, parse.GetValue(pseudoLikelihood.DegreesOfFreedom)), arguments, set => Summary(parse, set, context),
                context, parse.GetValue(files.Common.Predictions))
            : FitOutput.Write(Summary(parse, arguments, context), context);
    }

    private FitSummary Summary(ParseResult parse, FitArguments arguments, CommandContext context)
    {
        MixedModels.RequireRandomTerms(arguments, "Add a term such as (1 | id), or use gee for a marginal model.");
        ordinal.Check(parse, arguments, means.OfOrdinal);
        if (arguments.Ordinal is { } link)
        {
            return OrdinalSummary(parse, arguments, link, context);
        }

        var ways = cluster.Ways(parse);
        var frame = FrameReading.Build(arguments, arguments.Request with
        {
            Cluster = ways.Count == 0 ? arguments.Request.Cluster : string.Join(':', ways.SelectMany(GroupingName.Columns).Distinct()),
            AuxiliaryGroupings = ways,
        });
        GlmmInference.RequireContained(frame, ways);
        if (pseudoLikelihood.IsAsked(parse))
        {
            RefuseQuadratureOptions(parse);
            return pseudoLikelihood.Summary(frame, ContrastTexts.Read(arguments.Contrasts, frame.Design), arguments, parse, context);
        }

        if (pseudoLikelihood.AsksForDegreesOfFreedom(parse))
        {
            throw new InputException("Satterthwaite's and Kenward and Roger's degrees of freedom belong to pseudo-likelihood.")
            {
                Hint = "Add --method repl, or leave out --df.",
            };
        }

        var (robust, profile) = Intervals(parse);
        files.Check(parse);
        var contrasts = ContrastTexts.Read(arguments.Contrasts, frame.Design);
        var fit = MixedModels.Fit(frame, Options(parse, arguments, context));
        cluster.Require(parse, frame);
        var inference = ways.Count == 0 ? GlmmInference.Of(fit, robust) : GlmmInference.Of(fit, ways, cluster.Factor(parse));
        var resampled = Bootstrap(parse, count => ParametricBootstrap.Run(fit, count, parse.GetValue(seed), context.Output.Threads));
        var predicted = files.Write(fit, arguments.Data, parse.GetValue(seed), parse, context);
        return new GlmmReport(inference, profile, context.Output.Level)
        {
            WayColumns = ways.Count == 2 ? (ways[0], ways[1]) : default,
            Contrasts = contrasts,
            Bootstrap = resampled,
            Residuals = residuals.Of(fit, parse.GetValue(seed), parse),
            Predictions = predicted,
            Keeping = keep.Read(parse, arguments.Data),
            Means = means.Of(parse, () => FittedModel.Of(inference), context.Output.Level),
        }.Summary(arguments, context);
    }

    /// <summary>Whether standard errors are the sandwich's, and whether intervals are those of the profile likelihood.</summary>
    private (bool Robust, bool Profile) Intervals(ParseResult parse)
    {
        var (robust, profile) = (parse.GetValue(standardErrors) == "robust", parse.GetValue(intervals) == "profile");
        return robust && profile
            ? throw new InputException("--ci profile does not go with --se robust: a profile knows no sandwich.")
            {
                Hint = "Give one of the two.",
            }
            : (robust, profile);
    }

    private ParametricBootstrap? Bootstrap(ParseResult parse, Func<int, ParametricBootstrap> draw) =>
        parse.GetValue(bootstrap) is > 0 and var replicates ? draw(replicates) : null;

    // Nothing asked for may be passed over in silence.
    private void RefuseQuadratureOptions(ParseResult parse)
    {
        Option[] others =
        [
            nodes.Option,
                nonAdaptive,
                .. cluster.All,
                standardErrors,
                intervals,
                bootstrap,
                seed,
                penalty,
                residuals.Option,
                .. files.Options,
                .. means.All, .. keep.All,
            ];
        if (Array.Find(others, option => parse.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new InputException($"{given.Name} belongs to quadrature, and --method asks for pseudo-likelihood.")
            {
                Hint = "Leave one of the two out.",
            };
        }
    }

    private GlmmOptions Options(ParseResult parse, FitArguments arguments, CommandContext context) =>
        nodes.Apply(parse, MixedModels.Options(arguments, context.Output.Threads)) with
        {
            Adaptive = !parse.GetValue(nonAdaptive),
            PenaltyScale = parse.GetValue(penalty),
        };
}
