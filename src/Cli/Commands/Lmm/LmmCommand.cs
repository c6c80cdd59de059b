using System.CommandLine;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Imputed;
using MarginalConditional.Cli.Means;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Profiles;
using MarginalConditional.Lmm.Reports;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Lmm.TwoWay;
using MarginalConditional.Means.Models;

namespace MarginalConditional.Cli.Commands.Lmm;

/// <summary><c>margcond lmm</c>: the linear mixed model, and the linear model with residuals correlated over time.</summary>
internal sealed partial class LmmCommand : ICommandDefinition
{
    private const string AllStructures = "all";
    private readonly CommonFitOptions common = new(PictureKinds.Lmm, broom: true);
    private readonly Option<bool> fullLikelihood = new("--ml")
    {
        Description = "Maximize the full likelihood; by default the restricted one (REML).",
    };
    private readonly Option<string> residual = new("--residual")
    {
        Description = $"Covariance of a subject's residuals over waves. One of "
            + $"{string.Join(", ", ResidualStructure.All.Select(structure => structure.Name))}; all compares them and shows the one of "
            + $"lowest AIC.",
        HelpName = "WORD",
        DefaultValueFactory = _ => ResidualStructure.Identity.Name,
    };

    private readonly ClusterOption cluster = new(
        "The column that names the subjects; by default the coarsest grouping of the random effects.", required: false);
    private readonly Option<string?> wave = new("--wave")
    {
        Description = "The column that says at which visit a row was seen; gaps are allowed.",
        HelpName = "COLUMN",
    };
    private readonly Option<string?> by = new("--residual-by")
    {
        Description = "A column, such as the arm, each of whose values has a residual covariance of its own.",
        HelpName = "COLUMN",
    };
    private readonly Option<string> degreesOfFreedom = Choice.Option(
        "--df",
        "Reference of tests and intervals.",
        [.. LmmReference.All.Select(reference => reference.Name), ImputationOptions.Mice]);

    private readonly Option<string?> information = Choice.Optional(
        "--information",
        "Of Kenward and Roger's method: the information of covariance parameters, by default observed with --residual, as in SAS and mmrm, "
            + "and expected for random effects alone, as in pbkrtest.",
        [.. CovarianceInformation.All.Select(choice => choice.Name)]);

    private readonly Option<string> errors = Choice.Option(
        "--se",
        "Standard errors: from the model, or the sandwich over subjects, as it is (CR0) or corrected for few of them (CR2, CR3).",
        ["model", .. SandwichCorrection.All.Select(correction => correction.Name)]);
    private readonly Option<string> interval = Choice.Option(
        "--ci",
        "Adds profile-likelihood intervals, also of all covariance parameters.",
        "wald",
        "profile");
    private readonly Option<bool> likelihoodRatio = new("--lrt")
    {
        Description = "Adds likelihood-ratio tests of the random and the fixed terms.",
    };
    private readonly Option<string> hypotheses = Choice.Option("--type", "Tests of terms: 3 averages over other factors with equal "
        + "weights, 2 adjusts each term for all that do not contain it, 1 for those before it.", ["3", "2", "1"]);
    private readonly MeansOptions means = new(ordinal: false);
    private readonly KeepOptions keep = new();
    private readonly ImputationOptions imputation = new();
    private readonly LmmFilesPart files = new();
    private readonly Option<bool> lags = new("--lags")
    {
        Description = "Adds the correlation of residuals by lag, in the data and in the model.",
    };

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand(
            "lmm",
            "Linear mixed model, or linear model with correlated residuals, by (restricted) maximum likelihood.")
        {
            Example = "margcond lmm tests/reference/data/sleepstudy.csv \"Reaction ~ Days + (Days | Subject)\" --df kenward-roger\n"
                + "margcond lmm tests/reference/data/orthodont.csv \"distance ~ age * Sex\" --residual un --cluster Subject --wave visit",
        };
        residual.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } word && word != AllStructures && !ResidualStructure.TryParse(word, out _))
            {
                var words = ResidualStructure.All.Select(structure => structure.Name).ToArray();
                result.AddError($"--residual does not know \"{word}\".{Suggestion.Sentence(word, words)}\nIt takes "
                    + $"{string.Join(", ", words)}, {AllStructures}.");
            }
        });
        command.AddGroup("Residual covariance", [residual, .. cluster.All, wave, by, lags]);
        command.AddGroup(
            "Likelihood and tests",
            fullLikelihood,
            degreesOfFreedom,
            information,
            errors,
            interval,
            hypotheses,
            likelihoodRatio);
        means.AddTo(command);
        keep.AddTo(command);
        command.AddGroup("Predictions", files.Options);
        imputation.AddTo(command);
        common.AddTo(command, "gaussian");
        RefuseImputed(command);
        command.HasEffect(
            wave, result => (result.GetValue(residual) is { } word && word != ResidualStructure.Identity.Name)
                || result.GetValue(by) is not null
                || result.GetValue(lags),
            "on independent residuals, which have no order", "Say --residual ar1 or another structure, or leave it out.");
        RefuseBesideTwoWays(command);
        runner.Handle(command, common.Output, Run);
        return command;
    }

    /// <summary>Two ways of clustering add up scores of single rows, and give standard errors alone.</summary>
    private void RefuseBesideTwoWays(DocumentedCommand command)
    {
        cluster.RefuseIdle(
            command,
            (result => result.GetValue(errors) == SandwichCorrection.None.Name
                    && (!result.IsGiven(degreesOfFreedom) || result.GetValue(degreesOfFreedom) == LmmReference.Normal.Name),
                "Two ways of clustering are for --se robust, with --df normal.\nAdd --se robust, or name one column by --cluster."),
            residual, by, lags);
    }

    /// <summary>What belongs to one data set does not go with several imputed ones.</summary>
    private void RefuseImputed(DocumentedCommand command)
    {
        imputation.CheckMice(command, degreesOfFreedom);
        imputation.Refuse(command, "what is kept is one fit", keep.All);
        imputation.Refuse(command, "correlations of residuals belong to one data set", lags);
        imputation.Refuse(
            command, "--ci profile", "a likelihood profile belongs to one data set", result => result.GetValue(interval) == "profile");
        imputation.Refuse(
            command, "--residual all", "criteria of different data sets do not compare",
            result => result.GetValue(residual) == AllStructures);
        imputation.Refuse(
            command, "--type", "terms are tested by D1, of their coefficients",
            result => result.IsGiven(hypotheses) && result.GetValue(hypotheses) != "3");
        imputation.Refuse(command, files.Common);
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var arguments = common.Read(parse);
        return imputation.IsAsked(parse)
            ? ImputedFits.Write(
                imputation.Read(parse, parse.GetValue(degreesOfFreedom)), arguments, set => Summary(parse, set, context), context,
                parse.GetValue(files.Common.Predictions))
            : FitOutput.Write(Summary(parse, arguments, context), context);
    }

    private FitSummary Summary(ParseResult parse, FitArguments arguments, CommandContext context)
    {
        var all = parse.GetRequiredValue(residual) == AllStructures;
        var structure = ResidualStructure.TryParse(parse.GetRequiredValue(residual), out var known)
            ? known
            : ResidualStructure.FirstOrderAutoregression;
        var group = parse.GetValue(by);
        var frame = Frame(parse, arguments, structure, group);
        var options = new LmmOptions
        {
            Restricted = !parse.GetValue(fullLikelihood),
            Residual = structure,
            ResidualBy = group,
            Threads = context.Output.Threads,
        };
        var contrasts = ContrastTexts.Read(arguments.Contrasts, frame.Design);
        var reference = Reference(parse);
        var structures = all ? StructureComparison.Of(frame, options) : [];
        var fit = StructureComparison.Best(structures)?.Fit ?? LmmFitter.Fit(frame, options);
        cluster.Require(parse, frame);
        LmmInference inference = cluster.Second(parse) is { } second
            ? TwoWayInference.Of(fit, second, cluster.Factor(parse))
            : reference.Of(fit);
        var extras = Extras(parse, inference, context.Output.Level) with
        {
            Structures = structures,
            Predictions = files.Write(inference, arguments.Data, parse, context),
            Keeping = keep.Read(parse, arguments.Data),
        };
        return new LmmReport(fit, inference, extras, contrasts, arguments, context, reference).Summary() with
        {
            Tested = parse.GetValue(likelihoodRatio) ? fit : null,
        };
    }

    private LmmReference Reference(ParseResult parse)
    {
        _ = LmmReference.TryParse(parse.GetValue(degreesOfFreedom), out var reference);
        if (CovarianceInformation.TryParse(parse.GetValue(information), out var chosen))
        {
            return reference == LmmReference.KenwardRoger && !SandwichCorrection.TryParse(parse.GetValue(errors), out _)
                ? LmmReference.KenwardRogerBy(chosen)
                : throw new InputException("--information chooses how Kenward and Roger's degrees of freedom are found, and is without "
                    + "effect on others.")
                {
                    Hint = "Add --df kenward-roger, without --se, or leave out --information.",
                };
        }

        if (!SandwichCorrection.TryParse(parse.GetValue(errors), out var correction))
        {
            return reference ?? LmmReference.Normal;
        }

        return reference != LmmReference.KenwardRoger
            ? LmmReference.WithSandwich(correction, moments: reference == LmmReference.Satterthwaite)
            : throw new InputException("Kenward and Roger's degrees of freedom belong to model-based standard errors.")
            {
                Hint = "Leave out --se, or use --df satterthwaite.",
            };
    }

    private LmmExtras Extras(ParseResult parse, LmmInference inference, double level)
    {
        var fit = inference.Fit;
        return new LmmExtras
        {
            AsksLikelihoodRatios = parse.GetValue(likelihoodRatio) && !imputation.IsAsked(parse),
            LikelihoodRatios =
                parse.GetValue(likelihoodRatio) && !imputation.IsAsked(parse) ? LikelihoodRatioTest.OfTerms(fit) : [],
            Profiles = parse.GetValue(interval) == "profile"
                ? ProfileIntervals.Of(fit, level)
                : [],
            Means = means.Of(parse, () => FittedModel.Of(inference), level),
            Hypothesis = TermHypothesis.TryParse(parse.GetValue(hypotheses), out var hypothesis) ? hypothesis : TermHypothesis.Balanced,
            Lags = parse.GetValue(lags) ? CorrelationByLag.Of(fit) : [],
        };
    }

    private ModelFrame Frame(ParseResult parse, FitArguments arguments, ResidualStructure structure, string? group)
    {
        var correlates = structure != ResidualStructure.Identity || group is not null || parse.GetValue(lags);
        var subjects = cluster.First(parse);
        if (correlates && subjects is null && arguments.Request.Formula.RandomTerms.Count == 0)
        {
            throw new InputException("A residual covariance needs to know which rows belong to one subject.")
            {
                Hint = "Name the column of subjects by --cluster.",
            };
        }

        return FrameReading.Build(arguments, arguments.Request with
        {
            Cluster = subjects,
            RequireClusters = correlates,
            Wave = parse.GetValue(wave),
            RequireDistinctWaves = correlates,
            PositionMatters = correlates,
            AuxiliaryGroupings = group is null ? cluster.Groupings(parse) : [group],
        });
    }
}
