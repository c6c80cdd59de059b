using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Comparison.Statements;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Longitudinal;

namespace MarginalConditional.Compare.Choices;

/// <summary>
/// The estimand of a planned trial in the terms of ICH E9(R1), in the words that the comparison will have for its estimate.
/// </summary>
internal static class ChoiceStatement
{
    private const string Method = "mixed model by adaptive Gauss\u2013Hermite quadrature";

    /// <summary>The statement.</summary>
    public static EstimandStatement Of(EstimandChoice choice)
    {
        var isOverTime = choice.Treated == TreatedUnit.OverTime;
        var family = choice.Outcome.Family;
        var subject = new StatementSubject
        {
            Treatment = choice.Columns.Treatment,
            Levels = ["0", "1"],
            Trial = choice.Trial,
            Observed = $"those whom the {Wording.Count(choice.Clusters)} {choice.Trial.Units} stand for (not stated further)",
            Variable = choice.Columns.Outcome,
            Covariates =
            [
                .. isOverTime ? [choice.Columns.Period] : Array.Empty<string>(),
                .. choice.IsAdjusted ? [choice.Columns.Covariate] : Array.Empty<string>(),
            ],
            Family = family,
            Link = family.DefaultLink,
            Persons = "participants",
            Person = "participant",
            Unit = choice.Trial.Unit,
            Units = choice.Trial.Units,
        };
        var scale = choice.Measure.ScaleOf(choice.Outcome == TrialOutcome.Binary);
        var errors = StandardizedErrors.OneStep.Description;
        var reference = $"t with {Wording.Count(choice.Clusters - 1)} degrees of freedom";
        var rung = choice.Whose.Rung;
        var statement = isOverTime && rung > 0
            ? subject.OverPeriods(
                rung == 3 ? PeriodEstimand.HorizontalIndividual : PeriodEstimand.HorizontalCluster,
                StatementSubject.ScaleName(scale),
                $"the periods of {choice.Columns.Period} that have both arms",
                subject.Software($"cells' own means, GEE, exchangeable correlation, and {Method}", errors, reference))
            : new LadderStatements(subject, "mixed model", Method).Of(
                rung, LadderRungs.Name(rung), scale, "nothing beside the treatment", errors, reference);
        return choice.Comparison is { } comparison ? statement with { Treatment = comparison } : statement;
    }
}
