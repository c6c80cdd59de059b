using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Dials;

/// <summary>One arm against the reference, as rungs 0 to 2 under any law of the effects need it. Immutable.</summary>
/// <param name="Question">Which arms, where and for whom.</param>
/// <param name="Treated">The rows coded under the arm, n×p.</param>
/// <param name="Control">The rows coded under the reference, n×p.</param>
/// <param name="Rows">How often each row counts.</param>
/// <param name="Measure">The scale of the model's own coefficient.</param>
/// <param name="Scale">What the scale is called.</param>
internal sealed record LawQuestion(
    LadderQuestion Question, DesignMatrix Treated, DesignMatrix Control, TrialRows Rows, EffectMeasure Measure, string Scale)
{
    /// <summary>Every arm against the reference; empty where coefficients of the link are on the scale of no measure.</summary>
    /// <param name="question">What is asked of the trial; null where the treatment has no levels to set.</param>
    /// <param name="link">The model's link.</param>
    public static IReadOnlyList<LawQuestion> Of(TrialStandardization? question, Link link)
    {
        var measure = link == Link.Logit ? EffectMeasure.OddsRatio : link == Link.Log ? EffectMeasure.Ratio : null;
        if (question is null || measure is null)
        {
            return [];
        }

        var settings = question.Settings();
        return
        [
            .. question.Questions.Select((asked, arm) => new LawQuestion(
                asked, settings[arm + 1].Design, settings[0].Design, question.Rows, measure, measure.ScaleOf(question.Proportions))),
        ];
    }
}
