using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Imputed;
using MarginalConditional.Cli.Means;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Predictions;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary>What <c>margcond gee</c> can be asked.</summary>
internal sealed class GeeQuestions
{
    /// <summary>Data, formula, distribution, output.</summary>
    public CommonFitOptions Common { get; } = new CommonFitOptions(PictureKinds.Gee, broom: true).TakeOrdinal();

    /// <summary>Which rows belong together.</summary>
    public ClusterOption Cluster { get; } = new(
        "The column that says which rows belong together, or several such as center:id.", required: true);

    /// <summary>The working correlation.</summary>
    public CorrelationOptions Correlation { get; } = new(all: true);

    /// <summary>Kinds of standard errors.</summary>
    public Option<string[]> Variances { get; } = Choice.Many(
        "--se",
        "Standard errors; the first is shown.",
        [.. GeeVariance.All.Select(variance => variance.Name), GeeVariance.JackknifeFull.Name, "all"]);

    /// <summary>The reference of tests.</summary>
    public Option<string> DegreesOfFreedom { get; } = Choice.Option(
        "--df", "Reference of tests and intervals.", [.. GeeDegreesOfFreedom.All.Select(choice => choice.Name), ImputationOptions.Mice]);

    /// <summary>A known scale.</summary>
    public Option<double?> ScaleFix { get; } = new Option<double?>("--scale-fix")
    {
        Description = "A known scale that is not to be estimated, such as 1.",
        HelpName = "NUMBER",
    }
        .Require(scale => scale is >= 1e-60 and <= 1e60, "has to be a positive number, from 1e-60 to 1e60");

    /// <summary>What is done about a correlation that is not positive definite.</summary>
    public Option<string?> Repair { get; } = Choice.Optional(
        "--repair",
        "What to do with a correlation that is not positive definite.",
        "nearest");

    /// <summary>What is done about few clusters.</summary>
    public Option<string> BiasReduction { get; } = Choice.Option(
        "--bias-reduction",
        "What is done about the bias of few clusters: penalized equations, finite under separation (firth), or its estimate subtracted.",
        [.. MarginalConditional.Gee.BiasReduction.All.Select(choice => choice.Name)]);

    /// <summary>Weights for dropout.</summary>
    public DropoutPart Dropouts { get; } = new();

    /// <summary>The model of alternating logistic regressions.</summary>
    public Option<string?> Association { get; } = new("--association")
    {
        Description = "Alternating logistic regressions instead of "
        + "--corr: exchangeable, or a formula on pairs with lag, pair, same(v), distance(v), sum(v) and product(v), such as \"~ "
        + "same(ward)\".",
        HelpName = "MODEL"
    };

    /// <summary>Whether contrasts are tested by the score too.</summary>
    public Option<bool> Score { get; } = new("--score-test")
    {
        Description = "Test each contrast, or all contrasts jointly, by the generalized score test too.",
    };

    /// <summary>Where fitted means go.</summary>
    public Option<string?> Predictions { get; } = OptionRule.OutputFile(
        "--predictions",
        "Write fitted means with standard errors and residuals, one line a row, to this file of rows.");

    /// <summary>Rows to predict.</summary>
    public NewDataOption NewData { get; } = new();

    /// <summary>Where influence goes.</summary>
    public Option<string?> Diagnostics { get; } = OptionRule.OutputFile(
        "--diagnostics",
        "Write leverage, Cook's distance and DFBETA, one line a cluster, to this file of rows.");

    /// <summary>Estimated means.</summary>
    public MeansOptions Means { get; } = new();

    /// <summary>What keeps a fit.</summary>
    public KeepOptions Keep { get; } = new();

    /// <summary>Several imputed data sets.</summary>
    public ImputationOptions Imputation { get; } = new();

    /// <summary>The largest number of passes.</summary>
    public Option<int> Iterations { get; } = new Option<int>("--max-iterations")
    {
        Description = "The largest number of passes over the data.",
        HelpName = "N",
        DefaultValueFactory = _ => 200,
    }
        .Require(count => count >= 1, "has to be 1 or more");

    /// <summary>What belongs to ordered outcomes.</summary>
    public OrdinalOptions Ordinal { get; } = new();

    /// <summary>How the equations are solved.</summary>
    public GeeOptions Options(ParseResult parse, FitArguments arguments, CommandContext context) => new()
    {
        Family = arguments.Family,
        Link = arguments.Link,
        Moments = Correlation.Moments(parse),
        FixedScale = parse.GetValue(ScaleFix),
        RepairCorrelation = parse.GetValue(Repair) is not null,
        BiasReduction = MarginalConditional.Gee.BiasReduction.All.Single(choice => choice.Name == parse.GetValue(BiasReduction)),
        MaximumIterations = parse.GetValue(Iterations),
        Threads = context.Output.Threads,
    };

    /// <summary>What tests refer to.</summary>
    public GeeDegreesOfFreedom Reference(ParseResult parse) =>
        GeeDegreesOfFreedom.TryParse(parse.GetValue(DegreesOfFreedom), out var named) ? named : GeeDegreesOfFreedom.Normal;
}
