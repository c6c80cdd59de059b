using System.CommandLine;
using MarginalConditional.Compare.Planning;
using MarginalConditional.Compare.Planning.Simulated;
using MarginalConditional.Data;
using MarginalConditional.Gee.Planning;

namespace MarginalConditional.Cli.Commands.Plan;

/// <summary>Trials that are drawn: <c>--simulate</c>.</summary>
internal sealed partial class PlanCommand
{
    /// <summary>Draws the trial of the formulas and finds what each estimand needs.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="value">The correlation.</param>
    /// <param name="kinds">The kinds of clusters; empty where all are alike.</param>
    /// <param name="plan">The formula's plan, whose test is the drawn trials' too.</param>
    /// <param name="wanted">The power wanted.</param>
    /// <param name="count">The number of clusters given, or the formula's.</param>
    private SimulatedPlanPart Drawn(
        ParseResult parse, double value, IReadOnlyList<ClusterKind> kinds, TrialPlan plan, double wanted, int count)
    {
        var (means, rates) = (effect.Means(parse), effect.Rates(parse));
        if (wedge.IsAsked(parse.CommandResult) || parse.GetValue(correlation) == "ar1"
            || (kinds.Count == 0 && means is null && rates is null && effect.Risks(parse) is null))
        {
            throw new InputException(
                "--simulate draws two arms of clusters of one correlation, with a binary, continuous or count outcome.")
            {
                Hint = "Describe other trials in a study file, by --study, or give --control and --treatment, --difference and --sd, "
                    + "--control-rate and --treatment-rate, or --kind.",
            };
        }

        IReadOnlyList<int> each = kinds.Count > 0 ? [] : sizes.Drawn(parse);
        var trial = kinds.Count > 0 ? PlannedClusters.OfKinds(kinds, value)
            : means is var (difference, deviation) ? PlannedClusters.Continuous(difference, deviation, value, each)
            : rates is var (control, treatment, time) ? PlannedClusters.Counts(control, treatment, time, value, each)
            : PlannedClusters.Alike(effect.Risks(parse)!.Value.Control, effect.Risks(parse)!.Value.Treatment, value, each);
        var options = simulated.Options(parse) with
        {
            Power = wanted,
            Level = plan.Level,
            UsesStudent = plan.UsesStudent,
            TreatedShare = plan.TreatedShare,
        };
        var isGiven = parse.GetValue(clusters) is not null;
        var findsEffect = isGiven && parse.GetValue(power) is not null;
        return new SimulatedPlanPart(
            trial,
            options,
            findsEffect ? SimulatedPlanner.Effects(trial, count, options)
                : isGiven ? SimulatedPlanner.Powers(trial, count, options)
                : SimulatedPlanner.Clusters(trial, count, options),
            Formulas(parse, value, kinds, each, plan),
            isGiven ? count : null,
            findsEffect);
    }

    /// <summary>The formulas' plans of the estimands that are drawn.</summary>
    private Dictionary<PlannedEstimand, TrialPlan> Formulas(
        ParseResult parse, double value, IReadOnlyList<ClusterKind> kinds, IReadOnlyList<int> each, TrialPlan plan)
    {
        var formulas = new Dictionary<PlannedEstimand, TrialPlan>();
        if (effect.Rates(parse) is not null)
        {
            // The formula has one correlation in both arms; clusters of one spread are more alike where rates are higher.
            return formulas;
        }

        if (effect.Means(parse) is not null)
        {
            if (each.Distinct().Count() == 1)
            {
                formulas[PlannedEstimand.ParticipantAverage] = plan;
                formulas[PlannedEstimand.ClusterAverage] = plan;
            }

            return formulas;
        }

        if (effect.Risks(parse) is var (control, treatment) && kinds.Count == 0)
        {
            kinds = [.. each.GroupBy(one => one).Select(group => new ClusterKind(group.Key, control, treatment, group.Count()))];
            if (value > 0 && each.Any(one => one > 1) && each.Max() <= ConditionalPlan.LargestCluster)
            {
                var conditional = ConditionalPlan.Of(control, treatment, value, each, plan.TreatedShare);
                formulas[PlannedEstimand.Patient] = plan with { Outcome = conditional.Outcome, Information = 1 };
            }
        }

        formulas[PlannedEstimand.ParticipantAverage] =
            plan with { Outcome = PlannedOutcome.ParticipantAverage(kinds, value), Information = 1 };
        formulas[PlannedEstimand.ClusterAverage] = plan with { Outcome = PlannedOutcome.ClusterAverage(kinds, value), Information = 1 };
        return formulas;
    }
}
