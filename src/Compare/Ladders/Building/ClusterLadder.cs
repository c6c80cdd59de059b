using System.Collections.Immutable;
using MarginalConditional.Compare.Averaging;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Ladders.Building;

/// <summary>Builds the ladder of a trial by cluster from a mixed model's averages.</summary>
/// <remarks>
/// With av the average over rows by the weighting, h the measure's transform and m = E_b μ: rung 0 is av E_b[h(μ(1)) − h(μ(0))], rung 1
/// av[h(m(1)) − h(m(0))], rung 2 h(av m(1)) − h(av m(0)), rung 3 the same of the means whatever the model (Li and others 2025), rung 4 that
/// with the other weighting. Rungs that are equal by identity share one estimate and one influence, so that the step is 0 to the bit.
/// </remarks>
internal sealed class ClusterLadder
{
    private readonly TrialStandardization question;
    private readonly StandardizedAverages averages;
    private readonly LadderTerms terms;
    private readonly double level;
    private readonly double? degreesOfFreedom;
    private readonly SpreadEstimate? spread;

    /// <summary>Prepares the ladder.</summary>
    /// <param name="question">The arms and the population.</param>
    /// <param name="averages">The mixed model's averages.</param>
    /// <param name="terms">Which steps are zero whatever the data say.</param>
    /// <param name="options">Level of the intervals, reference.</param>
    /// <param name="spread">The variance of the random effects; null for a model without any.</param>
    public ClusterLadder(
        TrialStandardization question,
        StandardizedAverages averages,
        LadderTerms terms,
        ComparisonOptions options,
        SpreadEstimate? spread = null)
    {
        this.spread = spread;
        this.question = question;
        this.averages = averages;
        this.terms = terms;
        level = options.Level;
        degreesOfFreedom = options.NormalReference ? null : averages.ClustersSeen - 1;
        Ratios = question.Ratios;
    }

    /// <summary>The measures on transformed means that the averages have. Default: all of the question's.</summary>
    public ImmutableArray<EffectMeasure> Ratios { get; init; }

    /// <summary>One rung alone; null where it does not exist.</summary>
    /// <param name="rung">0 to 4.</param>
    /// <param name="measure">The scale.</param>
    /// <param name="weighting">Whom it averages over: 0 for participants, 1 for clusters.</param>
    /// <param name="arm">The arm, from 1.</param>
    public Coefficient? Rung(int rung, EffectMeasure measure, int weighting, int arm) =>
        Estimate(rung, measure, weighting, arm) is { } estimated
            ? Wald(LadderRungs.Name(rung), estimated.Estimate, estimated.Influence)
            : null;

    /// <summary>Every arm against the reference, on every scale, for both weightings.</summary>
    public EstimandLadder Build()
    {
        var rungs = new List<LadderRung>();
        var steps = new List<LadderStep>();
        for (var arm = 1; arm < question.Levels.Count; arm++)
        {
            var asked = question.Questions[arm - 1];
            foreach (var measure in question.Measures)
            {
                for (var weighting = 0; weighting < AverageLayout.Weightings; weighting++)
                {
                    Add(asked, measure, weighting, arm, rungs, steps);
                }
            }
        }

        return new EstimandLadder(rungs, steps, []);
    }

    private void Add(
        LadderQuestion asked, EffectMeasure measure, int weighting, int arm, List<LadderRung> rungs, List<LadderStep> steps)
    {
        LadderRung? above = null;
        for (var rung = 0; rung <= LadderRungs.Last; rung++)
        {
            if (Estimate(rung, measure, weighting, arm) is not { } estimated)
            {
                continue;
            }

            var own = new LadderRung
            {
                Rung = rung,
                Name = LadderRungs.Name(rung),
                Weighting = ClusterWeighting.At(weighting),
                Scale = measure.ScaleOf(question.Proportions),
                Question = asked,
                Inference = Wald(LadderRungs.Name(rung), estimated.Estimate, estimated.Influence),
                StandardErrorType = averages.Errors.DescriptionOf(rung <= 2),
                HasNoClusters = averages.Errors == StandardizedErrors.OfModel && rung <= 2,
                Influence = estimated.Influence,
            };
            rungs.Add(own);
            if (above is not null)
            {
                steps.Add(Step(above, own, measure));
            }

            above = own;
        }
    }

    private LadderStep Step(LadderRung above, LadderRung below, EffectMeasure measure) => LadderSteps.Between(
        above, below, LadderTerms.Cause(above.Rung, measure), terms.IsZero(above.Rung, measure), degreesOfFreedom, level, spread);

    /// <summary>The estimate and influence of a rung; null where it does not exist.</summary>
    private (double Estimate, ClusterInfluence Influence)? Estimate(int rung, EffectMeasure measure, int weighting, int arm)
    {
        if (rung >= 3 && !question.IsRobust)
        {
            return null;
        }

        // Rungs that cannot differ are computed at the lowest of them.
        var computed = rung == 0 && (terms.IsZero(0, measure) || terms.WithoutSpread) ? 1 : rung;
        computed = computed == 1 && terms.IsZero(1, measure) ? 2 : computed;
        var ratio = Ratios.IndexOf(measure);
        var layout = averages.Layout;
        var result = computed switch
        {
            0 => averages.Difference(
                layout.AverageConditional(weighting, arm, ratio), layout.AverageConditional(weighting, 0, ratio), null),
            1 => averages.Difference(
                layout.AverageTransformed(weighting, arm, ratio), layout.AverageTransformed(weighting, 0, ratio), null),
            2 => averages.Difference(layout.ModelMean(weighting, arm), layout.ModelMean(weighting, 0), measure),
            3 => averages.Difference(layout.RobustMean(weighting, arm), layout.RobustMean(weighting, 0), measure),
            _ => averages.Difference(layout.RobustMean(1 - weighting, arm), layout.RobustMean(1 - weighting, 0), measure),
        };
        return double.IsFinite(result.Estimate) ? result : null;
    }

    private Coefficient Wald(string name, double estimate, ClusterInfluence influence) =>
        Coefficient.Wald(name, estimate, influence.StandardError(0), degreesOfFreedom, level);
}
