using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Planning;
using MarginalConditional.Data;
using MarginalConditional.Gee.Planning;

namespace MarginalConditional.Cli.Commands.Plan;

/// <summary><c>margcond plan</c>: number of clusters or power for an effect between two arms, and for its brothers.</summary>
internal sealed partial class PlanCommand : ICommandDefinition
{
    private readonly OutputOptions output = new();
    private readonly PlannedEffectOptions effect = new();
    private readonly WedgeOptions wedge = new();
    private readonly SimulatedPlanInput simulated = new();
    private readonly Option<string> correlation = Choice.Option("--corr", "Correlation within clusters.", "exchangeable", "ar1");
    private readonly Option<double?> rho = new("--rho")
    {
        Description = "The correlation of the outcomes of two rows of a cluster (of neighbouring waves, with ar1; of two times of a "
            + "participant, with slopes).",
        HelpName = "NUMBER",
    };
    private readonly ClusterSizeOptions sizes = new();
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
    private readonly Option<double?> power = new("--power") { Description = "Power wanted; 0.8 unless given.", HelpName = "NUMBER" };
    private readonly Option<int?> clusters = new("--clusters")
    {
        Description = "Number of clusters, to compute the power instead.",
        HelpName = "K",
    };

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("plan", "Clusters needed, or power, for an effect between two arms.")
        {
            Example = "margcond plan --control 0.3 --treatment 0.2 --size 30 --rho 0.05 --cv 0.4 --power 0.9",
        };
        command.AddGroup("Effect", [.. effect.All]);
        command.AddGroup("Clusters", [.. sizes.All, correlation, rho, share]);
        command.AddGroup("Stepped wedge", wedge.All);
        command.AddGroup("Test", power, clusters, alpha, reference);
        command.AddGroup("Drawn trials", simulated.All);
        output.AddTo(command, coefficients: false);
        effect.RefuseIdle(command);
        wedge.RefuseIdle(command, [.. effect.Others, correlation, share]);
        simulated.RefuseIdle(
            command, power, clusters,
            [.. effect.All, .. sizes.All, correlation, rho, share, .. wedge.All, alpha, reference]);
        sizes.RefuseIdle(command);
        runner.Handle(command, output, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        if (simulated.Study(parse) is { } file)
        {
            return Studied(parse, context, file);
        }

        var value = parse.GetValue(rho) ?? throw new InputException("--rho, the correlation within clusters, is missing.")
        {
            Hint = "Take it from a trial like this one (gee and glmm print it), such as --rho 0.05. See margcond plan --help.",
        };
        var kinds = effect.Kinds(parse);
        var report = Guard(() => wedge.IsAsked(parse.CommandResult) ? wedge.Report(
                parse, effect, value, sizes.Mean(parse), sizes.OfPeriods(parse), outcome => Plan(parse, outcome, information: 1))
            : kinds.Count > 0 ? OfKinds(parse, kinds, value)
            : effect.HasSlopes(parse) ? OfSlopes(parse, value)
            : Alike(parse, value));
        var wanted = Wanted(parse);
        var count = parse.GetValue(clusters) ?? report.Plan.Clusters(wanted)
            ?? throw new InputException("More than a hundred million clusters would be needed; the effect is too small to plan for.");
        RequireClusters(count);
        if (wedge.IsAsked(parse.CommandResult) && count % report.Plan.Multiple != 0)
        {
            throw new InputException($"--clusters is {count}, which is not the same number for each of {report.Plan.Multiple} sequences.")
            {
                Hint = $"Say --clusters {count + report.Plan.Multiple - (count % report.Plan.Multiple)}.",
            };
        }

        (report with
        {
            Clusters = count,
            Wanted = wanted,
            Simulated = simulated.IsAsked(parse) ? Guard(() => Drawn(parse, value, kinds, report.Plan, wanted, count)) : null,
        }).Write(context);
        return ExitCode.Success;
    }

    private PlanCommandReport OfKinds(ParseResult parse, IReadOnlyList<ClusterKind> kinds, double value)
    {
        Alone(parse, "--kind, which says the sizes", sizes.All);
        if (parse.GetValue(correlation) == "ar1" || effect.Risks(parse) is not null)
        {
            throw new InputException("--kind has the risks of its clusters and one correlation for their rows.")
            {
                Hint = "Leave --control, --treatment and --corr ar1 out.",
            };
        }

        var template = Plan(parse, PlannedOutcome.ClusterAverage(kinds, value), information: 1);
        var shares = kinds.Sum(one => one.Share);
        return new PlanCommandReport
        {
            Plan = template,
            Others = [("participant average", template with { Outcome = PlannedOutcome.ParticipantAverage(kinds, value) })],
            MeanSize = kinds.Sum(one => one.Share * one.Size) / shares,
            Setting = $"exchangeable correlation {Figures.Significant(value)} within clusters of {kinds.Count} kinds",
        };
    }

    private PlanCommandReport OfSlopes(ParseResult parse, double value)
    {
        Alone(parse, "slopes, of which each participant has one", [.. sizes.All, correlation]);
        return new PlanCommandReport
        {
            Plan = Plan(parse, effect.Outcome(parse, value), information: 1),
            MeanSize = 1,
            Unit = "participants",
            Setting = $"correlation {Figures.Significant(value)} of two times of a participant",
        };
    }

    private PlanCommandReport Alike(ParseResult parse, double value)
    {
        var structure = parse.GetRequiredValue(correlation);
        var information = structure == "ar1" ? ClusterInformation.Ar1(value) : ClusterInformation.Exchangeable(value);
        var (average, mean, each) = sizes.Read(parse, information);
        var plan = Plan(parse, effect.Outcome(parse, value), average);
        var conditional = structure != "ar1" && value > 0 && each.Any(one => one > 1) && effect.Risks(parse) is { } risks
            ? ConditionalPlan.Of(risks.Control, risks.Treatment, value, each, plan.TreatedShare)
            : null;
        return new PlanCommandReport
        {
            Perspective = "Marginal",
            Plan = plan,
            Others = conditional is null ? [] : [("conditional (GLMM)", plan with { Outcome = conditional.Outcome, Information = 1 })],
            MeanSize = mean,
            DesignEffect = mean / average,
            Setting = $"{structure} correlation {Figures.Significant(value)}",
        };
    }

    private TrialPlan Plan(ParseResult parse, PlannedOutcome outcome, double information) => new()
    {
        Outcome = outcome,
        Information = information,
        TreatedShare = Proportion(parse, share),
        Level = Proportion(parse, alpha),
        UsesStudent = parse.GetValue(reference) != "normal",
    };

    private static void Alone(ParseResult parse, string beside, params Option[] options)
    {
        foreach (var option in options.Where(option => parse.CommandResult.IsGiven(option)))
        {
            throw new InputException($"{option.Name} has no effect beside {beside}.") { Hint = "Leave it out." };
        }
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
}
