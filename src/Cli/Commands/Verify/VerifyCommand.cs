using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare.Simulation.Commands;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Laws;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Parallelism;
using Spectre.Console;
using Link = MarginalConditional.Statistics.Families.Link;

namespace MarginalConditional.Cli.Commands.Verify;

/// <summary><c>margcond verify</c>: tries the laws on a program of any language that speaks the protocol.</summary>
internal sealed class VerifyCommand : ICommandDefinition
{
    private readonly Option<string?> program = new("--command")
    {
        Description = "The program, such as \"Rscript mine.R\": it reads a line and writes a line, as docs/protocol.md has it.",
        HelpName = "TEXT",
    };
    private readonly Option<int> timeLimit = Count("--time-limit", "Seconds that an answer may take.", "S", 60, 1);
    private readonly Option<string> formula = new("--formula")
    {
        Description = "What the program fits: the treatment first, then covariates.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "y ~ treatment",
    };
    private readonly Option<string[]> ofClusters = new("--cluster-covariate")
    {
        Description = "A covariate that all rows of a cluster share; repeatable.",
        HelpName = "COLUMN",
        DefaultValueFactory = _ => [],
    };
    private readonly Option<string> family = Choice.Option(
        "--family", "Distribution of the outcome.", "binomial", "poisson", "gaussian", "gamma");
    private readonly Option<string?> link = Choice.Optional("--link", "The link; by default the family's own.", [.. Link.Names]);
    private readonly Option<string> target = Choice.Option(
        "--target", "Whether the effect is that of the population or that of a cluster.", "marginal", "conditional");
    private readonly Option<string> smallSample = Choice.Option(
        "--small-sample",
        "What the program does about few clusters: divisors such as n - p, nothing, or leverages.",
        "divisor",
        "none",
        "leverage");
    private readonly Option<double> tolerance = new Option<double>("--tolerance")
    {
        Description = "How far its iterations stop from the solution, in standard errors.",
        HelpName = "X",
        DefaultValueFactory = _ => 1e-3,
    }
        .Require(value => value is > 0 and < 1, "has to lie between 0 and 1, such as 0.001");
    private readonly Option<string[]> laws = Choice.Many(
        "--law", "The laws to try, instead of all.", [.. LawBook.All.Select(law => law.Name)]);
    private readonly Option<int> tests = Count("--tests", "Data sets a law.", "N", 100, 1);
    private readonly Option<int> replicates = Count("--replicates", "The most simulated trials of the law of coverage.", "N", 4000, 1);
    private readonly Option<int> seed = Count("--seed", "Names the data sets: the same number gives the same ones.", "S", 1, 0);
    private readonly Option<bool> list = new("--list") { Description = "List the laws, with what each says and of whom, and try none." };
    private readonly FormatOption format = new("What to print.");

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand(
            "verify", "Laws that estimators have to obey, tried on any program: broken ones come with a few rows that show it.")
        {
            Example = "margcond verify --list",
        };
        command.AddGroup("Program", program, timeLimit);
        command.AddGroup("Model", formula, ofClusters, family, link, target, smallSample, tolerance);
        command.AddGroup("Laws", laws, tests, replicates, seed, list);
        command.AddGroup("Output", format.Option);
        foreach (var option in new Option[]
        {
            program, timeLimit, formula, ofClusters, family, link, target, smallSample, tolerance, laws, tests, replicates, seed,
        })
        {
            command.HasEffect(option, result => !result.GetValue(list), "beside --list, which tries nothing");
        }

        command.Check(result =>
        {
            if (!result.GetValue(list) && string.IsNullOrWhiteSpace(result.GetValue(program)))
            {
                result.AddError("There is no program to try the laws on.\nAdd --command \"Rscript mine.R\", or --list to see the laws.");
            }
        });
        runner.Handle(command, output: null, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        if (parse.GetValue(list))
        {
            LawList.Write(format.Read(parse), context);
            return ExitCode.Success;
        }

        var chosen = Family.TryParse(parse.GetRequiredValue(family), out var named) ? named : Family.Binomial;
        var given = Link.TryParse(parse.GetValue(link), out var known) ? known : null;
        var model = TrialModel.Parse(parse.GetRequiredValue(formula), chosen, given, parse.GetRequiredValue(ofClusters));
        var command = new ChildCommand
        {
            Text = parse.GetRequiredValue(program)!,
            TimeLimit = TimeSpan.FromSeconds(parse.GetValue(timeLimit)),
        };
        try
        {
            var version = VersionOf(command);
            var estimator = TrialEstimator.Of(command, model, Traits(parse, model));
            var results = Try(estimator, parse, context);
            new VerifyReport(version, estimator, results, parse.GetValue(seed), parse.GetValue(tests)).Write(format.Read(parse), context);
            return results.Any(result => VerifyReport.IsFault(result.Verdict)) ? ExitCode.NotConverged : ExitCode.Success;
        }
        finally
        {
            ChildPool.Of(command).Dispose();
        }
    }

    private List<LawResult> Try(ITrialEstimator estimator, ParseResult parse, CommandContext context)
    {
        var options = new LawOptions
        {
            Seed = parse.GetValue(seed),
            Tests = parse.GetValue(tests),
            MostReplicates = parse.GetValue(replicates),
            ReplayLine = law => ReplayLine(parse, law),
            Cancellation = context.Cancellation,
        };
        var asked = parse.GetRequiredValue(laws);
        var results = new List<LawResult>();
        Law[] tried = [.. asked.Length > 0 ? asked.Select(LawBook.Named) : LawBook.For(estimator)];
        using var work = LongWork.Begin("laws", tried.Length);
        foreach (var law in work.Each(tried))
        {
            results.Add(law.Check(estimator, options));
        }

        return results;
    }

    private EstimatorTraits Traits(ParseResult parse, TrialModel model) => new()
    {
        Target = parse.GetValue(target) == "conditional" ? StudyTarget.Conditional
            : model.Covariates.Count > 0 ? StudyTarget.MarginalGivenCovariates
            : StudyTarget.Marginal,
        SmallSample = parse.GetValue(smallSample) switch
        {
            "none" => SmallSample.None,
            "leverage" => SmallSample.Leverage,
            _ => SmallSample.Divisor,
        },
        Tolerance = parse.GetValue(tolerance),
    };

    /// <summary>The line that tries one law on the same data: what was given, but for the laws, the seed and the form.</summary>
    private string ReplayLine(ParseResult parse, string law)
    {
        Option[] kept = [timeLimit, formula, ofClusters, family, link, target, smallSample, tolerance, tests, replicates];
        var words = new List<string> { "margcond", "verify", "--command", Quoted(parse.GetRequiredValue(program)!) };
        foreach (var option in kept)
        {
            if (parse.GetResult(option) is { Implicit: false } given)
            {
                foreach (var token in given.Tokens)
                {
                    words.AddRange([option.Name, Quoted(token.Value)]);
                }
            }
        }

        words.AddRange(["--law", law, "--seed", FormattableString.Invariant($"{parse.GetValue(seed)}")]);
        return string.Join(' ', words);
    }

    private static string Quoted(string word) =>
        word.All(character => char.IsLetterOrDigit(character) || "-_./,".Contains(character, StringComparison.Ordinal)) ? word
        : word.Contains('"', StringComparison.Ordinal) ? $"'{word}'"
        : $"\"{word}\"";

    private static string VersionOf(ChildCommand command)
    {
        try
        {
            return ChildPool.Of(command).Version();
        }
        catch (ChildException exception)
        {
            throw new InputException($"The program does not answer: {exception.Message}.", exception)
            {
                Hint = "It runs in this folder, and its first line has to be {\"ready\": \"name version\"}; docs/protocol.md has examples.",
            };
        }
    }

    private static Option<int> Count(string name, string description, string word, int standard, int least) =>
        new Option<int>(name) { Description = description, HelpName = word, DefaultValueFactory = _ => standard }
            .Require(value => value >= least, $"has to be {least} or more");
}
