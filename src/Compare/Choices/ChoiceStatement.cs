using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Comparison.Statements;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Compare.Persons;

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
        var (units, isOfIndividuals) = (choice.Trial.Units, choice.Treated == TreatedUnit.Individuals);
        var isOverTime = choice.Treated == TreatedUnit.OverTime;
        var family = choice.Outcome.Family;
        var subject = new StatementSubject
        {
            Treatment = choice.Columns.Treatment,
            Levels = ["0", "1"],
            Trial = choice.Trial,
            Observed = $"those whom the {Wording.Count(choice.Clusters)} {units} stand for (not stated further)",
            Variable = choice.Columns.Outcome,
            Covariates =
            [
                .. isOverTime ? [choice.Columns.Period] : Array.Empty<string>(),
                .. choice.IsAdjusted ? [choice.Columns.Covariate] : Array.Empty<string>(),
            ],
            Family = family,
            Link = family.DefaultLink,
            Persons = isOfIndividuals ? units : "participants",
            Person = isOfIndividuals ? choice.Trial.Unit : "participant",
            HasVisits = choice.Visits > 1,
            Unit = choice.IsByPerson ? null : choice.Trial.Unit,
            Units = choice.IsByPerson ? null : units,
        };
        var statement = choice.IsByPerson ? ByPerson(choice, subject) : InClusters(choice, subject);
        return choice.Comparison is { } comparison ? statement with { Treatment = comparison } : statement;
    }

    /// <summary>That of a trial whose persons are in no clusters.</summary>
    private static EstimandStatement ByPerson(EstimandChoice choice, StatementSubject subject)
    {
        var seen = (int)Math.Round(choice.Clusters * (1 - choice.Missing));
        var coefficients = choice.IsAdjusted ? 3 : 2;
        return new LadderStatements(subject, "generalized linear model", PersonStatements.Method).Of(
            choice.Rung, PersonLadder.Name(choice.Rung), ScaleOf(choice), "nothing beside the treatment",
            $"{StandardizedErrors.Influence.Description}, covariates sampled",
            $"t with {Wording.Count(seen - coefficients)} degrees of freedom");
    }

    private static EstimandStatement InClusters(EstimandChoice choice, StatementSubject subject)
    {
        var scale = ScaleOf(choice);
        var errors = StandardizedErrors.OneStep.Description;
        var reference = $"t with {Wording.Count(choice.Clusters - 1)} degrees of freedom";
        var rung = choice.Whose.Rung;
        return choice.Treated == TreatedUnit.OverTime && rung > 0
            ? subject.OverPeriods(
                rung == 3 ? PeriodEstimand.HorizontalIndividual : PeriodEstimand.HorizontalCluster,
                StatementSubject.ScaleName(scale),
                $"the periods of {choice.Columns.Period} that have both arms",
                subject.Software($"cells' own means, GEE, exchangeable correlation, and {Method}", errors, reference))
            : new LadderStatements(subject, "mixed model", Method).Of(
                rung, LadderRungs.Name(rung), scale, "nothing beside the treatment", errors, reference);
    }

    private static string ScaleOf(EstimandChoice choice) => choice.Measure.ScaleOf(choice.Outcome == TrialOutcome.Binary);
}
