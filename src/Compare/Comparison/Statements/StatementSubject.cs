using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Statements;

/// <summary>What all estimands of one trial have in common, and the words for it.</summary>
internal sealed record StatementSubject
{
    /// <summary>The treatment's column.</summary>
    public required string Treatment { get; init; }

    /// <summary>Its levels, the reference first; empty where it has none to set.</summary>
    public required IReadOnlyList<string> Levels { get; init; }

    /// <summary>What the user said about the trial.</summary>
    public required TrialDescription Trial { get; init; }

    /// <summary>Whom the data stand for, where the user did not say.</summary>
    public required string Observed { get; init; }

    /// <summary>The outcome.</summary>
    public required string Variable { get; init; }

    /// <summary>The model's other terms.</summary>
    public required IReadOnlyList<string> Covariates { get; init; }

    /// <summary>The family of the outcome.</summary>
    public required Family Family { get; init; }

    /// <summary>The link.</summary>
    public required Link Link { get; init; }

    /// <summary>One person.</summary>
    public required string Person { get; init; }

    /// <summary>Several of those whom a row stands for, or who are seen in several rows.</summary>
    public required string Persons { get; init; }

    /// <summary>What counts once in a participant average: <c>participant</c>, or <c>row</c> where a person has several.</summary>
    public string Counted => HasVisits ? "row" : Person;

    /// <summary>Whether rows are visits of the persons.</summary>
    public bool HasVisits { get; init; }

    /// <summary>One cluster; null in a trial by person.</summary>
    public string? Unit { get; init; }

    /// <summary>Several of them; null in a trial by person.</summary>
    public string? Units { get; init; }

    /// <summary>The treatments compared.</summary>
    public string TreatmentText =>
        Levels.Count == 0 ? $"each unit of {Treatment}" : $"{Treatment}: {string.Join(", ", Levels.Skip(1))} against {Levels[0]}";

    /// <summary>Family and link of the model, as the software line has them.</summary>
    public string Model => $"{Family}, {Link} link";

    /// <summary>What a coefficient is called: by its ratio where it has one.</summary>
    public string CoefficientName => ScaleNames.Ratio(Family, Link) ?? ScaleNames.Coefficient(Family, Link);

    /// <summary>What a scale is called in a protocol: a ratio rather than its logarithm.</summary>
    public static string ScaleName(string scale) => scale.StartsWith("log ", StringComparison.Ordinal) ? scale["log ".Length..] : scale;

    /// <summary>The statement that the others of the trial are made from.</summary>
    public EstimandStatement Common() => new()
    {
        Estimand = Estimand.Conditional,
        Rung = null,
        Name = string.Empty,
        Treatment = TreatmentText,
        Population = Trial.Population ?? Observed,
        Variable = Variable,
        IntercurrentEvents = Trial.IntercurrentEvents ?? "not stated",
        Summary = string.Empty,
        ConditionalOn = string.Empty,
        AveragedOver = string.Empty,
        MissingData = string.Empty,
        Estimator = string.Empty,
        Software = string.Empty,
    };

    /// <summary>The covariates held fixed, with what else is.</summary>
    /// <param name="first">What comes before them; null when nothing.</param>
    public string Given(string? first) => (first, Covariates.Count) switch
    {
        (null, 0) => "nothing beside the treatment",
        (null, _) => string.Join(", ", Covariates),
        (_, 0) => first!,
        _ => $"{first}, and {string.Join(", ", Covariates)}",
    };

    /// <summary>What an unconditional estimand still holds fixed: set values and the subgroup.</summary>
    public static string Held(LadderQuestion question)
    {
        List<string> held = [.. question.At.Concat(question.By).Select(pair => $"{pair.Variable} = {pair.Value}")];
        return held.Count == 0 ? "nothing beside the treatment" : string.Join(", ", held);
    }

    /// <summary>The statement of the effects in subgroups, which are standardized over their own rows.</summary>
    /// <param name="analysis">The subgroups.</param>
    /// <param name="rung">The rung that is shown of one of them.</param>
    /// <param name="method">How the model is fitted.</param>
    public EstimandStatement InSubgroups(SubgroupAnalysis analysis, LadderRung rung, string method)
    {
        var common = Common();
        var isRobust = rung.Rung == 3;
        return common with
        {
            Estimand = Estimand.Standardized,
            Rung = rung.Rung,
            Name = $"{rung.Name}, in each subgroup by {analysis.Column}",
            Population = $"{common.Population}, with {analysis.Column} = "
                + string.Join(" or ", analysis.Subgroups.Select(subgroup => subgroup.Value)),
            Summary = "difference and ratios of the means in the subgroup if all of it had either treatment",
            ConditionalOn = string.Join(", ", rung.Question.At.Select(pair => $"{pair.Variable} = {pair.Value}").Prepend(analysis.Column)),
            AveragedOver = $"{Persons} of the subgroup: each {Counted} counts once",
            MissingData = isRobust ? "missing completely at random, or at random given treatment and covariates if the model holds"
                : "missing at random given what was observed, if the model holds",
            Estimator = $"{(isRobust ? "model-robust standardization" : "standardization")} over the subgroup's rows, of the model fitted "
                + "to all rows",
            Software = Software(method, rung.StandardErrorType, rung.Inference),
        };
    }

    /// <summary>The statement of an average over the periods of a trial.</summary>
    /// <param name="estimand">Whom it counts alike.</param>
    /// <param name="scales">The scales, in words.</param>
    /// <param name="periods">The column and the periods that have both arms, in words.</param>
    /// <param name="software">The software line.</param>
    public EstimandStatement OverPeriods(PeriodEstimand estimand, string scales, string periods, string software) => Common() with
    {
        Estimand = Estimand.Standardized,
        Name = $"{estimand.Key}, {estimand.Words}",
        Summary = $"{scales} of the means if all clusters had either treatment in {periods}",
        ConditionalOn = "nothing beside the treatment",
        AveragedOver = estimand == PeriodEstimand.HorizontalIndividual ? $"{Counted}s, each alike over the whole trial"
            : estimand == PeriodEstimand.HorizontalCluster ? $"{Units}, each alike over the whole trial"
            : estimand == PeriodEstimand.VerticalIndividual ? $"periods, each alike, and {Counted}s within them"
            : $"cells of {Unit} and period, each alike",
        MissingData = "missing completely at random, or at random given treatment and covariates if the model holds",
        Estimator = "means of the arms within each period, by the cells' own means and with the residuals of a working model, averaged "
            + "over the periods that have both arms",
        Software = software,
    };

    /// <summary>What an estimate's tests refer to, in words.</summary>
    public static string Reference(Coefficient row) => row.DegreesOfFreedom is { } df
        ? $"t with {Wording.Number(df, df % 1 == 0 ? 0 : 1)} degrees of freedom"
        : "normal reference";

    /// <summary>The software line of an estimate.</summary>
    /// <param name="method">Model and method.</param>
    /// <param name="errors">The kind of standard error.</param>
    /// <param name="row">Its reference.</param>
    public string Software(string method, string errors, Coefficient row) => Software(method, errors, Reference(row));

    /// <summary>The software line of an estimate that is planned.</summary>
    /// <param name="method">Model and method.</param>
    /// <param name="errors">The kind of standard error.</param>
    /// <param name="reference">What its tests refer to.</param>
    public string Software(string method, string errors, string reference)
    {
        var version = typeof(StatementSubject).Assembly.GetName().Version?.ToString(3);
        return $"MarginalConditional {version}, compare: {method} ({Model}); standard error: {errors}; {reference}";
    }
}
