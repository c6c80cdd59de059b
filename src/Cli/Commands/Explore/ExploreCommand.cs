using System.CommandLine;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Exploration;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;

namespace MarginalConditional.Cli.Commands.Explore;

/// <summary><c>margcond explore</c>: a page on this machine with sliders, curves and the odds ratio at every rung.</summary>
internal sealed class ExploreCommand : ICommandDefinition
{
    private const int HighestPort = 65_535;

    private readonly CommonFitOptions common = new();
    private readonly Option<string?> cluster = new("--cluster")
    {
        Description = "The column that says which rows belong together; it gets the random intercept unless the formula has one.",
        HelpName = "COLUMN",
    };
    private readonly Option<string?> treatment = new("--treatment")
    {
        Description = "The column of the arms; by default the formula's first.",
        HelpName = "COLUMN",
    };
    private readonly Option<string?> setting = new("--setting")
    {
        Description = "Where to start: a link that was copied from a page, or what stands after its question mark.",
        HelpName = "LINK",
    };
    private readonly Option<int?> port = new Option<int?>("--port")
    {
        Description = "The port on this machine; by default any that is free.",
        HelpName = "N",
    }
        .Require(number => number is null or (>= 1 and <= HighestPort), "has to be from 1 to 65,535");

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("explore", "A page on this machine: sliders, curves, the odds ratio at every rung.")
        {
            Example = "margcond explore\nmargcond explore examples/toenail/toenail.csv \"y ~ treatment + time\" --cluster patientID "
                + "--treatment treatment\nmargcond explore --setting \"risk=0.3&sigma=2\"",
        };
        command.AddGroup("Page", setting, port);
        command.AddGroup("Trial", cluster, treatment);
        common.AddOptionalTo(command);
        foreach (var option in new Option[] { cluster, treatment })
        {
            command.HasEffect(
                option, result => result.GetValue(common.Data.Path) is not null, "without a file", "Name a file and a formula first.");
        }

        runner.Handle(command, null, (parse, context) => Run(parse, context, runner.Streams));
        return command;
    }

    private int Run(ParseResult parse, CommandContext context, ConsoleStreams streams)
    {
        var start = parse.GetValue(common.Data.Path) is null ? new ExplorationStart() : FromTrial(parse);
        if (parse.GetValue(setting) is { } asked)
        {
            start = start with { Setting = SettingRules.Write(SettingRules.Parse(asked)) };
        }

        var stop = context.Cancellation;
        using var page = ExploreProcess.Start(start with { Port = parse.GetValue(port) ?? 0 }, ExploreProgram.Find());
        streams.Out.Write(
            $"""
            Open this address in a browser; it holds the key to the page:

              {page.Address}

            The page stands on this machine alone: nothing is stored, nothing is sent.
            Ctrl-C ends it.

            """.ReplaceLineEndings("\n"));
        streams.Out.Flush();
        page.Wait(stop);
        return stop.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Success;
    }

    private ExplorationStart FromTrial(ParseResult parse)
    {
        var arguments = common.Read(parse);
        var formula = arguments.Request.Formula;
        var effect = parse.GetValue(treatment) ?? FirstVariable(formula);
        var frame = FrameReading.Build(arguments, WithIntercept(arguments.Request, parse.GetValue(cluster)));
        if (TreatmentEffect.Find(frame.Design, effect).Count == 0)
        {
            throw new InputException($"--treatment is {effect}, but the formula \"{formula}\" has no such term.")
            {
                Hint = "Name the column of the arms.",
            };
        }

        var fit = MixedModels.Fit(frame, MixedModels.Options(arguments, 0) with { AutomaticNodes = true, Nodes = 15 });
        if (fit.HasInfiniteEstimates)
        {
            throw new InputException(
                "The model has no finite estimates: in some group every outcome is the same, and no page can start there.")
            {
                Hint = "Leave the covariate out that tells outcomes apart without error, or start without a file.",
            };
        }

        var start = TrialStart.Of(fit, effect);
        var written = SettingRules.Write(start.Setting);

        // A fit may be beyond what the page has room for: the sentence says which number.
        SettingRules.Parse(written);
        return new ExplorationStart
        {
            Setting = written,
            TrialSetting = written,
            Trial = Sentence(start, fit, arguments),
            CompareCommand = ShellText.Of(["margcond", "compare", .. CompareArguments(parse)]),
            CovariateValues = start.Covariates.Values.ToArray(),
            CovariateDifferences = start.Covariates.Differences.ToArray(),
            CovariateWeights = start.Covariates.Weights.ToArray(),
        };
    }

    private static string Sentence(TrialStart start, GlmmFit fit, FitArguments arguments)
    {
        var name = Path.GetFileName(arguments.Data.Path);
        var groups = fit.Frame.Clusters.Count;
        var differing = start.EffectsDiffer
            ? " The effect differs between rows: the setting has its average, and each row keeps its difference."
            : string.Empty;
        return $"It starts at {name}: {start.Treated} against {start.Control}, {Figures.Counted(fit.Frame.Rows, "row")} in "
            + $"{Figures.Count(groups)} clusters. Risk, effect and \u03C3 are those of the mixed model, the covariates those of its rows; "
            + $"sizes are their mean.{differing}";
    }

    /// <summary>The command line without what only the page has.</summary>
    private IEnumerable<string> CompareArguments(ParseResult parse)
    {
        var own = new[] { setting.Name, port.Name };
        var tokens = parse.Tokens.Select(token => token.Value).ToArray();
        for (var i = 1; i < tokens.Length; i++)
        {
            if (own.Contains(tokens[i], StringComparer.Ordinal))
            {
                i++;
                continue;
            }

            yield return tokens[i];
        }
    }

    private static FrameRequest WithIntercept(FrameRequest request, string? column)
    {
        if (request.Formula.RandomTerms.Count > 0)
        {
            return request with { RequireClusters = true };
        }

        if (column is null)
        {
            throw new InputException("The page shows trials of clusters, and --cluster names none.")
            {
                Hint = "Say --cluster COLUMN, the column that says which rows belong together.",
            };
        }

        var intercept = new RandomTerm { HasIntercept = true, Terms = [], Grouping = GroupingName.Columns(column), Correlated = true };
        return request with { Formula = request.Formula with { RandomTerms = [intercept] }, Cluster = column };
    }

    private static string FirstVariable(Formula formula) => formula.Terms.Count > 0 && formula.Terms[0].Factors[0].Variables.Count > 0
        ? formula.Terms[0].Factors[0].Variables[0]
        : throw new InputException($"The formula \"{formula}\" has no covariate whose effect could be shown.")
        {
            Hint = "Put the treatment on the right side: \"y ~ treatment\".",
        };
}
