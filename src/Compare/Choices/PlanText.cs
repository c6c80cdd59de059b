using System.Globalization;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Running;

namespace MarginalConditional.Compare.Choices;

/// <summary>The paragraphs of a statistical analysis plan that a choice makes.</summary>
internal static class PlanText
{
    /// <summary>Truths found by different integrals are one value to this much.</summary>
    private const double SameTruth = 1e-8;

    /// <summary>Estimand, analysis, missing data, supplementary analyses, and the trial's size.</summary>
    public static IReadOnlyList<string> Of(EstimandChoice choice, EstimandStatement statement)
    {
        var (unit, units) = (choice.Trial.Unit, choice.Trial.Units);
        return
        [
            $"Estimand. The primary estimand is the {statement.Summary} ({statement.Treatment}; outcome {statement.Variable}), "
                + $"{statement.Name}. Population: {statement.Population}. It is conditional on {statement.ConditionalOn}, and averages "
                + $"over "
                + $"{statement.AveragedOver}. Intercurrent events: {choice.Events.Words}. {choice.Events.Data}",
            $"Analysis. The estimator is {Article(statement.Estimator)}, by {statement.Software}. The estimate is reported with its 95 % "
                + "confidence interval and a two-sided test at the level of 5 %"
                + (choice.Measure.IsLogarithm ? ", both made on the logarithm." : ".")
                + (choice.IsAdjusted ? $" It adjusts for {choice.Columns.Covariate}, which is known before treatment." : string.Empty),
            Missing(choice, statement),
            Supplementary(choice, unit, units),
            Size(choice, units),
        ];
    }

    /// <summary>What simulation says of the trial's size: power and coverage of each estimator of the chosen value.</summary>
    /// <param name="choice">The trial.</param>
    /// <param name="result">The study's result, the method of the analysis first.</param>
    public static string Performance(EstimandChoice choice, StudyResult result)
    {
        var all = result.Scenarios[0].Performance;
        var rows = all.Where(row => Math.Abs(row.Truth - all[0].Truth) <= SameTruth).ToList();
        var sentences = rows.Select(row =>
            $"{row.Method} rejects in {Percent(row.Rejection)} and covers in {Percent(row.Coverage)}"
                + (row.Failed > 0
                    ? string.Create(CultureInfo.InvariantCulture, $" ({row.Failed} of {row.Attempted} fits failed)")
                    : string.Empty));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Operating characteristics. In {all[0].Attempted} simulated trials of this size, ")
            + $"{string.Join("; ", sentences)}. Monte Carlo standard errors are in brackets."
            + (CandidateMethods.IsStandIn(choice)
                ? $" The figures are of the difference: whether treatment changes it and whether it "
                    + $"changes the {ScaleOf(choice)} is one question."
                : string.Empty);
    }

    /// <summary>The scale as people read it: ratios without their logarithm.</summary>
    public static string ScaleOf(EstimandChoice choice) => choice.Outcome.NameOf(choice.Measure).Replace('-', ' ');

    private static string Missing(EstimandChoice choice, EstimandStatement statement) =>
        (choice.Missing > 0 ? $"Missing outcomes. About {Shown(100 * choice.Missing)} % of the outcomes are expected to be missing. "
            : "Missing outcomes. No missing outcomes are expected. ")
        + $"The analysis is valid if outcomes are {statement.MissingData}. Where that is in doubt, sets of multiply imputed data are "
        + $"analysed "
        + "by the same command with --imputed, and outcomes that differ after dropout are looked at by --dial dropout in trials with "
        + "visits.";

    private static string Supplementary(EstimandChoice choice, string unit, string units) => choice.IsByPerson
        ? $"Supplementary analyses. The same command reports every other rung, from {units} with the same covariates to all {units}, with "
            + "the reason for each step and its standard error, and the arms' raw means without covariates. They answer other questions "
            + "and do not replace the primary analysis, whatever their p-values."
        : "Supplementary analyses. The same command reports every other rung, from one participant in one "
            + $"{unit} to all {units} alike, with the reason for each step and its standard error; GEE with exchangeable correlation and "
            + $"the "
            + "marginal likelihood beside them; and tests of whether size goes with outcome or effect. They answer other questions and do "
            + "not "
            + "replace the primary analysis, whatever their p-values."
            + (choice.Treated == TreatedUnit.OverTime ? " The averages over periods are given with all four weightings." : string.Empty);

    private static string Size(EstimandChoice choice, string units)
    {
        var level = choice.Outcome == TrialOutcome.Binary ? "risk" : "mean";
        return $"Size. The trial has {Participants(choice, units)}. Expected are a {level} of {Shown(choice.Control)} under control, "
            + (choice.Outcome == TrialOutcome.Continuous ? $"a standard deviation of {Shown(choice.Deviation)}, " : string.Empty)
            + Correlation(choice, units)
            + $"and as effect {(ScaleOf(choice)[0] == 'o' ? "an" : "a")} {ScaleOf(choice)} of {Shown(choice.Effect)}"
            + $"{(choice.Whose == EffectPerspective.Patient ? Condition(choice) : string.Empty)}.";
    }

    /// <summary>Who takes part, and how they are randomized.</summary>
    private static string Participants(EstimandChoice choice, string units)
    {
        var count = Wording.Count(choice.Clusters);
        if (choice.Treated == TreatedUnit.Individuals)
        {
            return $"{count} {units}, randomized one by one"
                + (choice.Visits > 1 ? $" and seen {Wording.Count(choice.Visits)} times" : string.Empty);
        }

        var sizes = choice.Variation > 0 ? $" (coefficient of variation {Shown(choice.Variation)})" : string.Empty;
        var design = choice.Treated == TreatedUnit.Clusters ? "randomized as a whole"
            : choice.Treated == TreatedUnit.Persons ? "within which participants are randomized"
            : choice.Periods == 2 ? "that cross over between two periods"
            : $"in a stepped wedge of {Wording.Count(choice.Periods)} periods";
        return $"{count} {units} {design}, with {Shown(choice.Size)} participants each on average{sizes}";
    }

    /// <summary>How outcomes go together, and with the covariate where there is one; empty where there is nothing to say.</summary>
    private static string Correlation(EstimandChoice choice, string units) =>
        !choice.IsByPerson ? $"a correlation of {Shown(choice.Icc)} within {units}{Given(choice)}, "
        : choice.IsAdjusted ? $"a covariate {choice.Columns.Covariate} that {Moves(choice)}, "
        : string.Empty;

    /// <summary>Whom an effect that is no average is about.</summary>
    private static string Condition(EstimandChoice choice) => !choice.IsByPerson ? $" given the {choice.Trial.Unit}"
        : choice.IsAdjusted ? $" among those who are alike in {choice.Columns.Covariate}"
        : string.Empty;

    /// <summary>Among whom outcomes correlate beside a covariate.</summary>
    private static string Given(EstimandChoice choice) => !choice.IsAdjusted ? string.Empty
        : $" among those who are alike in {choice.Columns.Covariate}, which {Moves(choice)}";

    /// <summary>What the covariate does.</summary>
    private static string Moves(EstimandChoice choice) =>
        "moves the "
            + (choice.Outcome == TrialOutcome.Continuous ? "mean" : $"{(choice.Outcome == TrialOutcome.Binary ? "log odds" : "log mean")}")
            + $" by {Shown(choice.Covariate)} for a standard deviation of it";

    private static string Article(string estimator) =>
        estimator.StartsWith("means ", StringComparison.Ordinal) ? "the " + estimator : estimator;

    private static string Percent(PerformanceMeasure measure) => string.Create(
        CultureInfo.InvariantCulture, $"{100 * measure.Value:0.0} % ({100 * measure.MonteCarloError:0.0})");

    private static string Shown(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
