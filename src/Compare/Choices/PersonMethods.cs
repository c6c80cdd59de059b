using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Choices;

/// <summary>The estimators that a study of persons without clusters sets beside each other, as a study file writes them.</summary>
internal static class PersonMethods
{
    private const string ByPerson = "compare-by-person";

    private const string Adjusted = ", adjust: covariates";

    /// <summary>The methods, that of the analysis first.</summary>
    /// <param name="choice">The trial.</param>
    /// <param name="scale">The scale as estimands of study files have it.</param>
    /// <returns>The text of each, and the estimand that it is held to.</returns>
    public static IEnumerable<(string Text, StudyTarget Target)> For(EstimandChoice choice, string scale)
    {
        var (adjusted, target) = (choice.IsAdjusted ? Adjusted : string.Empty, Rung(choice.Rung, choice));
        yield return ($"{ByPerson}: {{name: rung-{choice.Rung}, rung: {choice.Rung}, scale: {scale}{adjusted}}}", target);
        if (choice.Rung == 3)
        {
            yield return ($"{ByPerson}: {{name: rung-3-ye, scale: {scale}, se: ye{adjusted}}}", target);
        }

        if (choice.IsAdjusted)
        {
            yield return ($"{ByPerson}: {{name: raw-means, row: raw-means, scale: {scale}}}", Rung(3, choice));
        }

        if (choice.Measure == choice.Outcome.Own)
        {
            yield return choice.IsAdjusted
                ? ("glm: {name: glm-adjusted, se: mancl-derouen, adjust: covariates}", StudyTarget.MarginalGivenCovariates)
                : ("glm: {se: mancl-derouen}", StudyTarget.Marginal);
        }
    }

    private static StudyTarget Rung(int rung, EstimandChoice choice) =>
        StudyTarget.Rung(rung, ClusterWeighting.Participant, choice.Measure);
}
