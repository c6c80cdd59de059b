using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Choices;

/// <summary>The estimators that a study of a planned trial sets beside each other, as a study file writes them.</summary>
internal static class CandidateMethods
{
    private const string SmallSample = "se: mancl-derouen, df: k-p";

    private const string Adjusted = "adjust: covariates";

    /// <summary>The methods, that of the analysis first.</summary>
    /// <param name="choice">The trial.</param>
    /// <returns>The text of each, and the estimand that it is held to.</returns>
    public static IReadOnlyList<(string Text, StudyTarget Target)> For(EstimandChoice choice)
    {
        if (choice.IsByPerson)
        {
            return [.. PersonMethods.For(choice, Scale(choice))];
        }

        var isPatient = choice.Whose == EffectPerspective.Patient;
        var words = string.Join(
            ", ",
            [
                .. choice.Outcome == TrialOutcome.Continuous ? ["df: kenward-roger"] : Array.Empty<string>(),
                .. choice.IsAdjusted ? [Adjusted] : Array.Empty<string>(),
            ]);
        var model = choice.Outcome == TrialOutcome.Continuous ? "lmm" : "glmm";
        var conditional = (words.Length == 0 ? model : $"{model}: {{{words}}}", StudyTarget.Conditional);
        return
        [
            .. Rungs(choice),
            .. isPatient ? [conditional] : Array.Empty<(string, StudyTarget)>(),
            .. choice.Measure == choice.Outcome.Own ? Coefficients(choice) : Differences(choice),
            .. !isPatient && choice.Outcome == TrialOutcome.Binary ? [conditional] : Array.Empty<(string, StudyTarget)>(),
        ];
    }

    /// <summary>Whether no method of the study is on the scale of the effect, so that the difference stands in for it.</summary>
    public static bool IsStandIn(EstimandChoice choice) =>
        choice.Treated == TreatedUnit.OverTime && choice.Measure != choice.Outcome.Own && choice.Measure != EffectMeasure.Difference;

    private static IEnumerable<(string Text, StudyTarget Target)> Coefficients(EstimandChoice choice)
    {
        yield return ($"gee: {{{SmallSample}}}", StudyTarget.Marginal);
        yield return ($"gee: {{name: gee-independence, correlation: independence, {SmallSample}}}", StudyTarget.Marginal);
        if (choice.IsAdjusted)
        {
            yield return ($"gee: {{name: gee-adjusted, {SmallSample}, {Adjusted}}}", StudyTarget.MarginalGivenCovariates);
        }

        if (choice.Treated == TreatedUnit.OverTime && choice.Outcome != TrialOutcome.Continuous)
        {
            yield return ("marginalized-glmm", StudyTarget.Marginal);
        }
    }

    private static IEnumerable<(string Text, StudyTarget Target)> Differences(EstimandChoice choice)
    {
        if (choice.Measure == EffectMeasure.Difference || IsStandIn(choice))
        {
            yield return ($"standardized-gee: {{{SmallSample}{More(choice)}}}", StudyTarget.RiskDifference);
            yield return (choice.IsAdjusted ? $"standardized-glmm: {{{Adjusted}}}" : "standardized-glmm", StudyTarget.RiskDifference);
        }
    }

    /// <summary>What the comparison estimates; in trials over time it averages over periods, which the methods of studies do not.</summary>
    private static IEnumerable<(string Text, StudyTarget Target)> Rungs(EstimandChoice choice)
    {
        if (choice.Treated == TreatedUnit.OverTime)
        {
            yield break;
        }

        yield return Ladder(choice, choice.Rung);
        if (choice.Whose == EffectPerspective.Patient)
        {
            yield break;
        }

        yield return Ladder(choice, 2);
        if (choice.TreatsWholeClusters)
        {
            var weighting = Weighting(choice);
            var target = StudyTarget.Rung(2, weighting, choice.Measure);
            var more = choice.Measure == EffectMeasure.Difference ? More(choice) : string.Empty;
            yield return ($"cluster-means: {{weighting: {weighting.Name}, scale: {Scale(choice)}{more}, estimand: {target.Name}}}", target);
        }
    }

    /// <summary>The last rung is the other weighting's; the model's own names its weighting.</summary>
    private static (string Text, StudyTarget Target) Ladder(EstimandChoice choice, int rung)
    {
        var weighting = rung == 2 ? Weighting(choice) : ClusterWeighting.Participant;
        var words = weighting == ClusterWeighting.Cluster ? $", weighting: {weighting.Name}" : string.Empty;
        var target = StudyTarget.Rung(rung, weighting, choice.Measure);
        var options = FormattableString.Invariant($"name: rung-{rung}, rung: {rung}{words}, scale: {Scale(choice)}{More(choice)}");
        return ($"compare: {{{options}, estimand: {target.Name}}}", target);
    }

    /// <summary>That a method adjusts, behind its other words.</summary>
    private static string More(EstimandChoice choice) => choice.IsAdjusted ? $", {Adjusted}" : string.Empty;

    private static ClusterWeighting Weighting(EstimandChoice choice) =>
        choice.Whose == EffectPerspective.Clusters ? ClusterWeighting.Cluster : ClusterWeighting.Participant;

    /// <summary>The scale as estimands of study files have it.</summary>
    private static string Scale(EstimandChoice choice) => choice.Measure.Word;
}
