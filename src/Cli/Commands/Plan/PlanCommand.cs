using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;
using MarginalConditional.Gee.Planning;

namespace MarginalConditional.Cli.Commands.Plan;

/// <summary><c>margcond plan</c>: number of clusters or power for a marginal effect between two arms.</summary>
internal sealed class PlanCommand : ICommandDefinition
{
    private readonly OutputOptions output = new();
    private readonly Option<double?> control = Number("--control", "Binary outcome: its probability in the control arm.");
    private readonly Option<double?> treatment = Number("--treatment", "Binary outcome: its probability in the treatment arm.");
    private readonly Option<double?> difference = Number("--difference", "Continuous outcome: the difference of means.");
    private readonly Option<double?> deviation = Number("--sd", "Continuous outcome: its standard deviation.");
    private readonly Option<string> correlation = Choice.Option("--corr", "Correlation within clusters.", "exchangeable", "ar1");
    private readonly Option<double?> rho = Number(
        "--rho",
        "The correlation of the outcomes of two rows of a cluster (of neighbouring waves, with ar1).");
    private readonly Option<double?> size = Number("--size", "Mean number of rows a cluster.");
    private readonly Option<double> variation = new("--cv")
    {
        Description = "Coefficient of variation of the cluster sizes.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 0,
    };
    private readonly Option<string?> sizes = new("--sizes")
    {
        Description = "All cluster sizes instead, such as 12,15,40; they are averaged exactly.",
        HelpName = "LIST",
    };
    private readonly Option<double> share = new("--share")
    {
        Description = "Share of clusters that are treated.",
        HelpName = "P",
        DefaultValueFactory = _ => 0.5,
    };
    private readonly Option<double> alpha = new("--alpha")
    {
        Description = "Two-sided level of the test.",
        HelpName = "P",
        DefaultValueFactory = _ => 0.05,
    };
    private readonly Option<string> reference = Choice.Option("--df", "Reference of the test.", "k-2", "normal");
    private readonly Option<double?> power = Number("--power", "Power wanted; 0.8 unless given.");
    private readonly Option<int?> clusters = new("--clusters")
    {
        Description = "Number of clusters, to compute the power instead.",
        HelpName = "K",
    };

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("plan", "Clusters needed, or power, for a marginal effect between two arms.")
        {
            Example = "margcond plan --control 0.3 --treatment 0.2 --size 30 --rho 0.05 --cv 0.4 --power 0.9",
        };
        command.AddGroup("Effect", control, treatment, difference, deviation);
        command.AddGroup("Clusters", size, variation, sizes, correlation, rho, share);
        command.AddGroup("Test", power, clusters, alpha, reference);
        output.AddTo(command, coefficients: false);
        command.HasEffect(
            power,
            result => result.GetValue(clusters) is null,
            "beside --clusters, for which the power is computed",
            "Leave one of them out.");
        foreach (var option in new Option[] { size, variation })
        {
            command.HasEffect(option, result => result.GetValue(sizes) is null, "beside --sizes, which says all of them");
        }

        runner.Handle(command, output, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var information = Guard(() => Information(parse));
        var plan = Guard(() => new TrialPlan
        {
            Outcome = Outcome(parse),
            Information = information.Average,
            TreatedShare = Proportion(parse, share),
            Level = Proportion(parse, alpha),
            UsesStudent = parse.GetValue(reference) != "normal",
        });
        var wanted = parse.GetValue(power) ?? 0.8;
        var count = parse.GetValue(clusters) ?? Guard(() => plan.Clusters(wanted))
            ?? throw new InputException("More than a hundred million clusters would be needed; the effect is too small to plan for.");
        if (count < 4)
        {
            throw new InputException($"--clusters is {count}; it has to be 4 or more.");
        }

        new PlanCommandReport
        {
            Plan = plan,
            Clusters = count,
            MeanSize = information.MeanSize,
            Correlation = parse.GetRequiredValue(correlation),
            Rho = parse.GetValue(rho) ?? 0,
        }.Write(context);
        return ExitCode.Success;
    }

    private PlannedOutcome Outcome(ParseResult parse) =>
        (parse.GetValue(control), parse.GetValue(treatment), parse.GetValue(difference), parse.GetValue(deviation)) switch
        {
            ({ } p0, { } p1, null, null) => PlannedOutcome.Binary(p0, p1),
            (null, null, { } delta, { } sd) => PlannedOutcome.Continuous(delta, sd),
            _ => throw new InputException("The effect is missing or given twice.")
            {
                Hint = "Give --control and --treatment (probabilities), or --difference and --sd.",
            },
        };

    private (double Average, double MeanSize) Information(ParseResult parse)
    {
        var value = parse.GetValue(rho) ?? throw new InputException("--rho, the correlation within clusters, is missing.");
        var information = parse.GetValue(correlation) == "ar1" ? ClusterInformation.Ar1(value) : ClusterInformation.Exchangeable(value);
        if (parse.GetValue(sizes) is { } list)
        {
            var numbers = new List<int>();
            foreach (var field in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                numbers.Add(int.TryParse(field, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0
                    ? number
                    : throw new InputException($"--sizes cannot read \"{field}\": cluster sizes are whole numbers from 1."));
            }

            return numbers.Count > 0 ? (information.Average(numbers), numbers.Average()) : throw new InputException("--sizes is empty.");
        }

        var mean = parse.GetValue(size) ?? throw new InputException("--size, the mean number of rows a cluster, is missing.");
        var cv = parse.GetValue(variation);
        return mean >= 1 && cv >= 0
            ? (information.Average(mean, cv), mean)
            : throw new InputException("--size has to be 1 or more, and --cv 0 or more.");
    }

    private static double Proportion(ParseResult parse, Option<double> option) =>
        parse.GetValue(option) is var value and > 0 and < 1
            ? value
            : throw new InputException($"{option.Name} has to lie between 0 and 1.");

    private static T Guard<T>(Func<T> compute)
    {
        try
        {
            return compute();
        }
        catch (ArgumentException exception)
        {
            throw new InputException(exception.Message.Split(" (Parameter", StringSplitOptions.None)[0], exception);
        }
    }

    private static Option<double?> Number(string name, string description) => new(name) { Description = description, HelpName = "NUMBER" };
}
