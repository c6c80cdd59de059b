using MarginalConditional.Compare.Dials;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Intercept;

namespace MarginalConditional.Compare.Comparison;

/// <summary>How the conditional effect and the rungs by the model move with the law of the random intercept. Immutable.</summary>
/// <param name="Changes">By law, question and rung.</param>
/// <param name="Skipped">The laws whose fit did not converge.</param>
/// <param name="Normal">The same rungs with the normal law.</param>
internal sealed record LawSensitivity(
    IReadOnlyList<LawChange> Changes, IReadOnlyList<InterceptLaw> Skipped, IReadOnlyList<DialPoint> Normal)
{
    /// <summary>Fits the other laws; null without one random intercept that has a variance, or where the link allows none.</summary>
    public static LawSensitivity? Of(ComparedModels comparison)
    {
        if (comparison.MarginalLikelihood is null || !LawDial.Laws(comparison.Glmm.Link).Any())
        {
            return null;
        }

        var (frame, options) = (comparison.Frame, comparison.Options);

        // The check reads the changes alone; standard errors without refits are found for those who ask for the dial.
        var leaveOneOut = options.Dials.Contains(Dial.Law) && comparison.Means.Errors != StandardizedErrors.Influence;
        var dial = new LawDial(comparison.Glmm, options, leaveOneOut);
        var skipped = new List<InterceptLaw>();
        var questions = LawQuestion.Of(Question(frame, comparison), comparison.Glmm.Link);
        var normal = questions.SelectMany(question => Rungs(comparison.Ladder, question))
            .Select(rung => LawDial.Point(rung, InterceptLaw.Normal))
            .ToList();
        if (normal.Count > 0)
        {
            return new LawSensitivity(dial.Rungs(questions, comparison.Ladder, skipped), skipped, normal);
        }

        var effect = comparison.Effects[0];
        var conditional = effect.Conditional.Inference;
        var point = new DialPoint
        {
            Setting = InterceptLaw.Normal.Name,
            Rung = 0,
            Weighting = ClusterWeighting.Participant,
            Scale = ScaleNames.Coefficient(comparison.Glmm.Family, comparison.Glmm.Link),
            Question = new LadderQuestion(effect.Effect.Name, string.Empty, [], []),
            Inference = conditional,
        };
        return new LawSensitivity(dial.Coefficient(effect.Effect.Column, conditional, point, skipped), skipped, [point]);
    }

    private static TrialStandardization? Question(ModelFrame frame, ComparedModels comparison) => TrialStandardization.Of(
        frame,
        comparison.Options,
        StandardizedResults.Levels(frame.Recipe, comparison.Options.Treatment, [.. comparison.Effects.Select(effect => effect.Effect)]));

    private static IEnumerable<LadderRung> Rungs(EstimandLadder ladder, LawQuestion question) => ladder.Rungs.Where(rung =>
        rung.Rung < LawRungs.Count && rung.Weighting == ClusterWeighting.Participant && rung.Scale == question.Scale
        && rung.Question == question.Question);
}
