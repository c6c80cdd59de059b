using System.Text.Json;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Tests.Results;

/// <summary>What <see cref="FitOutput"/> writes of any fit, in each format.</summary>
public sealed class FitOutputTests
{
    private const string Fit = "gee examples/toenail/toenail.csv 'y ~ treatment * time' --cluster patientID";

    [Fact]
    public void A_fit_that_did_not_converge_is_printed_and_ends_with_3()
    {
        var result = Margcond.RunLine(Fit + " --max-iterations 2 --format json");
        Assert.Equal(3, result.ExitCode);
        using var json = JsonDocument.Parse(result.Out);
        Assert.False(json.RootElement.GetProperty("convergence").GetProperty("converged").GetBoolean());
        Assert.Equal("iteration-limit", json.RootElement.GetProperty("convergence").GetProperty("status").GetString());
        Assert.Equal(4, json.RootElement.GetProperty("coefficients").GetArrayLength());
    }

    [Theory]
    [InlineData(Fit, "scale correlation")]
    [InlineData(
        "glmm examples/toenail/toenail.csv 'y ~ treatment * time + (1 | patientID)'",
        "logLik aic bic nodes randomEffects icc medianOddsRatio designEffect")]
    [InlineData(
        "lmm tests/reference/data/sleepstudy.csv 'Reaction ~ Days + (Days | Subject)'",
        "logLik aic bic randomEffects residualSd reml")]
    [InlineData("marginalize examples/toenail/toenail.csv 'y ~ treatment * time + (1 | patientID)'", "conditional")]
    public void Json_keeps_the_contract(string line, string further)
    {
        var result = Margcond.RunLine(line + " --format json");
        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Out);
        string[] common = [
            "command", "formula", "family", "link", "observations", "dropped", "clusters", "clusterSizes", "coefficients", "convergence",
            "warnings",
        ];
        var members = json.RootElement.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(common.Concat(further.Split(' ')), name => Assert.Contains(name, members));
        var coefficient = json.RootElement.GetProperty("coefficients")[0].EnumerateObject().Select(member => member.Name);
        Assert.Equal(["term", "estimate", "se", "statistic", "df", "p", "lower", "upper"], coefficient);
    }

    [Fact]
    public void Csv_is_the_coefficient_table()
    {
        var lines = Margcond.RunLine(Fit + " --format csv").Out.TrimEnd('\n').Split('\n');
        Assert.Equal("term,estimate,se,statistic,df,p,lower,upper", lines[0]);
        Assert.Equal(5, lines.Length);
    }

    [Fact]
    public void Tolerances_are_shown_to_those_who_ask_for_more()
    {
        var fit = Summary(new Convergence(ConvergenceStatus.Converged, 3, 1e-9, 1e-8)) with
        {
            Tolerances = [new Tolerance("Step", 1e-8, "when to stop")],
        };
        Assert.DoesNotContain("Tolerances", Written(fit, new OutputArguments()).Out, StringComparison.Ordinal);
        Assert.Contains("\nTolerances\n", Written(fit, new OutputArguments { Verbose = true }).Out, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Step",
            Written(fit, new OutputArguments { Verbose = true, Format = OutputFormat.Json }).Out,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Fit)]
    [InlineData(Fit + " --association exchangeable")]
    [InlineData("glmm examples/toenail/toenail.csv 'y ~ treatment + (1 | patientID)' --nodes 5")]
    [InlineData("glmm tests/reference/data/cbpp.csv 'incidence / size ~ period + (1 | herd)' --factor period --method repl")]
    [InlineData("lmm tests/reference/data/sleepstudy.csv 'Reaction ~ Days + (Days | Subject)'")]
    [InlineData("marginalize examples/toenail/toenail.csv 'y ~ treatment + (1 | patientID)' --nodes 5")]
    [InlineData("profile tests/reference/data/sleepstudy.csv 'Reaction ~ Days + (1 | Subject)' --family gaussian --rank-draws 100")]
    [InlineData("meta examples/bcg/bcg.csv --measure RR --treat tpos,tneg --control cpos,cneg")]
    public void Every_estimator_lists_its_tolerances_once_and_last(string line)
    {
        var plain = Margcond.RunLine(line).Out;
        var verbose = Margcond.RunLine(line + " --verbose").Out;
        Assert.StartsWith(plain + "\nTolerances\n", verbose, StringComparison.Ordinal);
        Assert.Equal(
            verbose.IndexOf("\nTolerances", StringComparison.Ordinal),
            verbose.LastIndexOf("\nTolerances", StringComparison.Ordinal));
        Assert.All(verbose.Split('\n'), text => Assert.True(text.Length <= 80, text));
    }

    [Theory]
    [InlineData("The step became too small.", "margcond: warning: The step became too small.\n")]
    [InlineData("", "margcond: warning: The fit did not converge (step-failure after 3 iterations): do not use its numbers.\n")]
    public void A_fit_that_failed_says_so_once(string message, string warning)
    {
        var run = Written(Summary(new Convergence(ConvergenceStatus.StepFailure, 3, 1, 1e-8, message)) with
        {
            Warnings = message.Length > 0 ? [message] : [],
        }, new OutputArguments(), width: 200);
        Assert.Equal(ExitCode.NotConverged, run.ExitCode);
        Assert.Equal(warning, run.Error[run.Error.IndexOf("margcond: warning", StringComparison.Ordinal)..]);
    }

    private static FitSummary Summary(Convergence convergence) => new()
    {
        Command = "gee",
        Title = "A model",
        Source = "folder/trial.csv",
        Formula = "y ~ x",
        Family = "binomial",
        Link = "logit",
        Frame = Frame(),
        Coefficients = [new Coefficient("x", 1, 0.5, null, 2, 0.0455, 0.02, 1.98)],
        Convergence = convergence,
    };

    private static ModelFrame Frame()
    {
        var data = DatasetReader.Read("trial.csv", "y,x,id\n0,1,a\n1,2,a\n1,3,b\n"u8.ToArray(), new DatasetReaderOptions());
        return ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ x"), Cluster = "id" });
    }

    private static RunResult Written(FitSummary fit, OutputArguments output, int width = 80)
    {
        using var text = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var context = new CommandContext(new ConsoleStreams { Out = text, Error = error, Width = width }, output);
        var code = FitOutput.Write(fit, context);
        context.Deliver();
        return new RunResult(code, text.ToString(), error.ToString());
    }
}
