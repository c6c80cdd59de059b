using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Choices;

/// <summary>The estimators that a study of a planned trial sets beside each other, as a study file writes them.</summary>
internal static class CandidateMethods
{
    private const string SmallSample = "se: mancl-derouen, df: k-p";

    /// <summary>The methods, those of the estimand that was chosen first.</summary>
    /// <param name="choice">The trial.</param>
    /// <returns>The name of each, its options, and the estimand it is held to.</returns>
    public static IReadOnlyList<(string Name, string Text, StudyTarget Target)> For(EstimandChoice choice)
    {
        var conditional = ("glmm", "glmm", StudyTarget.Conditional);
        (string, string, StudyTarget)[] coefficients =
        [
            ("gee", $"gee: {{{SmallSample}}}", StudyTarget.Marginal),
            ("gee-independence", $"gee: {{name: gee-independence, correlation: independence, {SmallSample}}}", StudyTarget.Marginal),
            ("marginalized-glmm", "marginalized-glmm", StudyTarget.Marginal),
        ];
        (string, string, StudyTarget)[] differences =
        [
            ("standardized-gee", $"standardized-gee: {{{SmallSample}}}", StudyTarget.RiskDifference),
            ("standardized-glmm", "standardized-glmm", StudyTarget.RiskDifference),
        ];
        return choice.Whose == EffectPerspective.Patient ? [conditional, .. coefficients]
            : choice.Measure == choice.Outcome.Own ? [.. coefficients, conditional]
            : [.. differences, .. coefficients, conditional];
    }

    /// <summary>The estimand that the first methods are held to.</summary>
    public static StudyTarget Primary(EstimandChoice choice) => For(choice)[0].Target;

    /// <summary>Whether the study's scale stands in for the chosen one: its test asks the same, its size is another.</summary>
    public static bool IsStandIn(EstimandChoice choice) =>
        choice.Whose != EffectPerspective.Patient && choice.Measure != choice.Outcome.Own && choice.Measure != EffectMeasure.Difference;
}
