using System.CommandLine;
using MarginalConditional.Cli.Commands.Marginalize;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Imputed;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary><c>margcond compare</c>: GEE and mixed model side by side, and why they differ.</summary>
internal sealed partial class CompareCommand : ICommandDefinition
{
    private readonly CommonFitOptions common =
        new CommonFitOptions(PictureKinds.Compare, broom: true, mixtures: MixtureFamily.All).TakeOrdinal();
    private readonly Option<string?> cluster = new("--cluster")
    {
        Description = "The column that says which rows belong together; it also "
        + "gets the random intercept unless the formula has a random part. Without it the trial is randomized by person.",
        HelpName = "COLUMN"
    };
    private readonly ComparedEffectOptions effects = new();
    private readonly CorrelationOptions correlation = new();
    private readonly Option<string> variance = Choice.Option(
        "--se",
        "Standard errors of GEE's coefficients; the mixed model's rows follow it.",
        [
            GeeVariance.ManclDeRouen.Name,
            .. GeeVariance.All.Select(choice => choice.Name).Where(name => name != GeeVariance.ManclDeRouen.Name),
        ]);
    private readonly ZeroInflationOption zeroInflation = new();
    private readonly StandardizationOptions standardization = new();
    private readonly RandomizationOptions randomization = new();
    private readonly OverTimeOptions overTime = new();
    private readonly ArmOptions arms = new();
    private readonly DialOptions dials = new();
    private readonly NodesOption nodes = new(25, "25, and more until the log-likelihood is stable", raises: true);
    private readonly Option<bool> randomCovariates = new("--random-covariates")
    {
        Description = "Count the covariates as a sample, not as fixed, in the standard errors of marginalized coefficients.",
    };
    private readonly Option<bool> noChecks = new("--no-checks") { Description = "Leave out the further fits that look for other reasons." };
    private readonly TrialWordOptions words = new();
    private readonly ImputationOptions imputation = new();
    private readonly KeepOptions keep = new();

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("compare", "GEE and mixed model side by side, and why their effects differ.")
        {
            Example = "margcond compare examples/toenail/toenail.csv \"y ~ treatment * time\" --cluster patientID --treatment treatment "
                + "--unit patient",
        };
        command.AddGroup("Question", [.. effects.All, .. words.All]);
        command.AddGroup("Arms, margins and subgroups", arms.All);
        command.AddGroup("Clusters and correlation", [cluster, .. correlation.All]);
        command.AddGroup("Randomization", randomization.All);
        command.AddGroup("Trials over time", overTime.All);
        command.AddGroup(
            "Fits",
            [zeroInflation.Option, nodes.Option, variance, .. standardization.All, randomCovariates, noChecks, dials.Option]);
        command.AddGroup("Ordinal outcomes", [.. ordinal.All, .. scoring.All]);
        keep.AddTo(command);
        imputation.AddTo(command);
        common.AddTo(command);
        RefuseImputed(command);
        correlation.RefuseIdle(command);
        runner.Handle(command, common.Output, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var arguments = zeroInflation.Apply(parse, common.Read(parse));
        ordinal.Check(parse, arguments, scoring.All);
        return arguments.Ordinal is { } link ? RunOrdinal(parse, arguments, link, context)
            : imputation.IsAsked(parse)
            ? RunImputed(parse, arguments, context)
            : Write(Compare(parse, arguments, context), parse, arguments, context);
    }

    private int Write(ComparedSet compared, ParseResult parse, FitArguments arguments, CommandContext context)
    {
        var view = words.View(parse, compared.Answers);
        return compared.Separated is { } separated ? SeparatedResult.Write("compare", "comparison", separated, arguments, context)
            : compared.Clusters is { } clusters
                ? CompareCommandReport.Write(clusters, arguments, view, keep.Read(parse, arguments.Data), context)
            : new PersonReport(compared.Persons!, arguments, view, compared.HiddenSpread, context).Write(keep.Read(parse, arguments.Data));
    }

    private ComparedSet Compare(ParseResult parse, FitArguments arguments, CommandContext context)
    {
        if (parse.GetValue(cluster) is null && arguments.Request.Formula.RandomTerms.Count == 0)
        {
            return CompareByPerson(parse, context, arguments, null);
        }

        MarginalizeCommand.RequireMean(arguments.Link);
        var structure = correlation.Structure(parse);
        var request = ClusteredRequest(parse, arguments, structure);
        var effect = effects.Of(parse, request.Formula);
        var frame = FrameReading.Build(arguments, request);
        correlation.RequireNumericWaves(parse, structure, frame);
        if (RandomizationOptions.HidesSpread(frame, arguments.Family))
        {
            return CompareByPerson(parse, context, arguments, frame);
        }

        randomization.RefusePersons(parse);
        ComparedEffectOptions.Require(frame, effect, request.Formula);

        ComparedClusters.Check(frame);
        var gee = new GeeOptions
        {
            Family = arguments.Family,
            Link = arguments.Link,
            Correlation = structure,
            Moments = correlation.Moments(parse),
            Threads = context.Output.Threads,
        };
        var glmm = nodes.Apply(parse, MixedModels.Options(arguments, context.Output.Threads), frame);
        var conditional = MixedModels.Fit(frame, glmm);
        if (conditional.HasInfiniteEstimates)
        {
            return new ComparedSet(null, null, conditional, new ArmAnswers([], [], []));
        }

        var options = new ComparisonOptions
        {
            Treatment = effect,
            Gee = gee,
            Variance = GeeVariance.TryParse(parse.GetValue(variance), out var errors) ? errors : GeeVariance.ManclDeRouen,
            DegreesOfFreedom = standardization.IsNormal(parse) ? GeeDegreesOfFreedom.Normal : GeeDegreesOfFreedom.ClustersMinusCoefficients,
            Level = context.Output.Level,
            Glmm = glmm,
            At = effects.Settings(parse),
            CheckReasons = !parse.GetValue(noChecks),
            RandomCovariates = parse.GetValue(randomCovariates),
            Strata = randomization.Groupings(parse),
            Permutations = randomization.Assignments(parse),
            Trial = words.Trial(parse),
        };
        options = standardization.Apply(parse, options, StandardizedResults.Levels(frame, effect));
        options = dials.Apply(parse, overTime.Apply(parse, options)) with { Wave = correlation.Wave(parse), By = arms.By(parse, effect) };
        var comparison = ModelComparer.Compare(GeeFitter.Fit(frame, gee), conditional, options);
        var standardized = comparison.Standardized.Select(result => result.Arms);
        var answers = arms.Answers(parse, [.. standardized], comparison.Ladder, words.HigherIsBetter(parse), options.Level);
        return new ComparedSet(comparison, null, null, answers);
    }

    /// <summary>What a comparison of clusters asks of the rows.</summary>
    private FrameRequest ClusteredRequest(ParseResult parse, FitArguments arguments, WorkingCorrelation structure)
    {
        var request = correlation.Apply(
            parse, structure, ComparedRequest.Of(parse.GetValue(cluster), randomization.Apply(parse, arguments.Request)));
        return arms.Apply(parse, overTime.Apply(parse, request));
    }

    /// <summary>A trial randomized by person: without clusters, or with one row in each, which tell nothing of how they differ.</summary>
    private ComparedSet CompareByPerson(ParseResult parse, CommandContext context, FitArguments arguments, ModelFrame? frame)
    {
        overTime.RefusePersons(parse);
        ZeroInflationOption.RefusePersons(arguments);
        var hidden = frame is null ? null : RandomizationOptions.HiddenSpread(frame);
        if (frame is null)
        {
            RandomizationOptions.RefuseClusterOptions(
                parse,
                [
                    .. correlation.All, nodes.Option, variance, standardization.Probability, randomCovariates,
                    randomization.Permutations, dials.Option,
                ]);
            frame = FrameReading.Build(arguments, arms.Apply(parse, randomization.Apply(parse, arguments.Request)));
        }

        var effect = effects.Of(parse, arguments.Request.Formula);
        ComparedEffectOptions.Require(frame, effect, arguments.Request.Formula);

        var comparison = PersonComparer.Compare(frame, randomization.Apply(parse, new PersonOptions
        {
            Treatment = effect,
            Family = arguments.Family,
            EstimatesTheta = arguments.EstimatesTheta,
            Link = arguments.Link,
            Errors = standardization.Errors(parse),
            Level = context.Output.Level,
            NormalReference = standardization.IsNormal(parse),
            By = arms.By(parse, effect),
            At = effects.Settings(parse),
            CheckReasons = !parse.GetValue(noChecks),
            Trial = words.Trial(parse, "participant"),
            Threads = context.Output.Threads,
        }));
        ArmMeans[] means = comparison.Standardized is { } standardized ? [standardized.Arms] : [];
        var answers = arms.Answers(parse, means, comparison.Ladder, words.HigherIsBetter(parse), context.Output.Level);
        return new ComparedSet(null, comparison, null, answers) { HiddenSpread = hidden };
    }
}
