using System.CommandLine;
using MarginalConditional.Cli.Frames;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;

namespace MarginalConditional.Cli.Commands;

/// <summary><c>margcond gee</c>: the marginal model by generalized estimating equations.</summary>
internal sealed class GeeCommand : ICommandDefinition
{
    private readonly CommonFitOptions common = new();
    private readonly Option<string> cluster = new("--cluster") { Description = "The column that says which rows belong together.", HelpName = "COLUMN", Required = true };
    private readonly Option<string?> wave = new("--wave") { Description = "The column that orders rows within a cluster; gaps are allowed.", HelpName = "COLUMN" };
    private readonly Option<string> correlation = Choice.Option(
        "--corr", "Working correlation.", "exchangeable", "independence", "ar1", "unstructured");
    private readonly Option<string[]> variances = Choice.Many(
        "--se", "Standard errors; the first is shown.", [.. GeeVariance.All.Select(variance => variance.Name), GeeVariance.JackknifeFull.Name, "all"]);
    private readonly Option<string> degreesOfFreedom = Choice.Option(
        "--df", "Reference of tests and intervals.", [.. GeeDegreesOfFreedom.All.Select(choice => choice.Name)]);
    private readonly Option<string> moments = Choice.Option("--moments", "Divisors of the moment estimates.", "n-p", "geepack");
    private readonly Option<double?> scaleFix = new("--scale-fix") { Description = "A known scale that is not to be estimated, such as 1.", HelpName = "NUMBER" };
    private readonly Option<string?> repair = Choice.Optional("--repair", "What to do with a correlation that is not positive definite.", "nearest");
    private readonly Option<int> iterations = new("--max-iterations") { Description = "The largest number of passes over the data.", HelpName = "N", DefaultValueFactory = _ => 200 };

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("gee", "Marginal (population-averaged) model by generalized estimating equations.")
        {
            Example = "margcond gee examples/toenail/toenail.csv \"y ~ treatment * time\" --cluster patientID --wave visit --corr exchangeable",
        };
        command.AddGroup("Clusters and correlation", cluster, wave, correlation, moments, scaleFix, repair);
        command.AddGroup("Standard errors", variances, degreesOfFreedom);
        command.AddGroup("Iteration", iterations);
        scaleFix.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is not (null or > 0 and < double.PositiveInfinity))
            {
                result.AddError("--scale-fix has to be a positive number.");
            }
        });
        iterations.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--max-iterations has to be 1 or more.");
            }
        });
        common.AddTo(command);
        runner.Handle(command, common.Output, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var arguments = common.Read(parse);
        var structure = Structure(parse);
        var frame = FrameReading.Build(arguments, arguments.Request with
        {
            Cluster = parse.GetRequiredValue(cluster),
            RequireClusters = true,
            Wave = parse.GetValue(wave),
            RequireDistinctWaves = true,
            PositionMatters = structure.DependsOnWaves,
        });
        var shown = Variances(parse);
        var options = new GeeOptions
        {
            Family = arguments.Family,
            Link = arguments.Link,
            Correlation = structure,
            Moments = parse.GetValue(moments) == MomentConvention.Geepack.Name ? MomentConvention.Geepack : MomentConvention.LiangZeger,
            FixedScale = parse.GetValue(scaleFix),
            RepairCorrelation = parse.GetValue(repair) is not null,
            Variance = shown[0],
            DegreesOfFreedom = GeeDegreesOfFreedom.TryParse(parse.GetValue(degreesOfFreedom), out var reference) ? reference : GeeDegreesOfFreedom.Normal,
            Level = context.Output.Level,
            MaximumIterations = parse.GetValue(iterations),
            Threads = context.Output.Threads,
        };
        var contrasts = ContrastTexts.Read(arguments.Contrasts, frame.Design.Names);
        var fit = GeeFitter.Fit(frame, options);
        return GeeReport.Write(fit, shown, contrasts, arguments, context);
    }

    private WorkingCorrelation Structure(ParseResult parse) => parse.GetValue(correlation) switch
    {
        "independence" => WorkingCorrelation.Independence,
        "ar1" => WorkingCorrelation.Ar1,
        "unstructured" => WorkingCorrelation.Unstructured,
        _ => WorkingCorrelation.Exchangeable,
    };

    private List<GeeVariance> Variances(ParseResult parse)
    {
        var shown = new List<GeeVariance>();
        foreach (var name in parse.GetValue(variances) ?? [])
        {
            shown.AddRange(GeeVariance.TryParse(name, out var variance) ? [variance] : GeeVariance.All);
        }

        return shown.Count == 0 ? [GeeVariance.Robust] : [.. shown.Distinct()];
    }
}
