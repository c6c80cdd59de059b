using MarginalConditional.Compare.Averaging;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>
/// The ladder of an ordered outcome on the scale of its link: rung 0 the mean contrast of the points given the effects (the coefficient),
/// rung 1 that of F⁻¹ of the rows' probabilities averaged over the clusters, rungs 2 to 4 that of F⁻¹ of the standardized probabilities,
/// each at every threshold and averaged over the thresholds with equal weights.
/// </summary>
internal sealed class OrdinalLadder
{
    private readonly OrdinalEstimates estimates;
    private readonly CumulativeLink link;
    private readonly IReadOnlyList<string> thresholds;
    private readonly SpreadEstimate spread;
    private readonly bool withoutCovariates;
    private readonly bool robust;
    private readonly double level;

    /// <summary>Prepares the ladder.</summary>
    /// <param name="estimates">The averages.</param>
    /// <param name="link">F.</param>
    /// <param name="thresholds">Their names.</param>
    /// <param name="spread">The variance of the random effects.</param>
    /// <param name="withoutCovariates">Whether all rows of an arm have one probability, so that rungs 1 and 2 are one.</param>
    /// <param name="robust">Whether rungs 3 and 4 are there: the population was seen under the values asked.</param>
    /// <param name="level">Of the intervals.</param>
    public OrdinalLadder(
        OrdinalEstimates estimates,
        CumulativeLink link,
        IReadOnlyList<string> thresholds,
        SpreadEstimate spread,
        bool withoutCovariates,
        bool robust,
        double level)
    {
        this.estimates = estimates;
        this.link = link;
        this.thresholds = thresholds;
        this.spread = spread;
        this.withoutCovariates = withoutCovariates;
        this.robust = robust;
        this.level = level;
    }

    /// <summary>Every arm against the reference, for both weightings; and each threshold's own rungs.</summary>
    /// <param name="questions">Each arm against the reference.</param>
    public (EstimandLadder Ladder, IReadOnlyList<OrdinalThresholdRung> ByThreshold) Build(IReadOnlyList<LadderQuestion> questions)
    {
        var rungs = new List<LadderRung>();
        var steps = new List<LadderStep>();
        var byThreshold = new List<OrdinalThresholdRung>();
        for (var arm = 1; arm <= questions.Count; arm++)
        {
            for (var weighting = 0; weighting < OrdinalAverages.Weightings; weighting++)
            {
                Add(questions[arm - 1], arm, weighting, rungs, steps);
                AddThresholds(questions[arm - 1], arm, weighting, byThreshold);
            }
        }

        return (new EstimandLadder(rungs, steps, []), byThreshold);
    }

    private void Add(LadderQuestion question, int arm, int weighting, List<LadderRung> rungs, List<LadderStep> steps)
    {
        LadderRung? above = null;
        for (var rung = 0; rung <= (robust ? LadderRungs.Last : 2); rung++)
        {
            var quantity = Quantity(rung, arm, weighting, [.. Enumerable.Range(0, thresholds.Count)]);
            if (!double.IsFinite(quantity.Inference.Estimate))
            {
                continue;
            }

            var own = new LadderRung
            {
                Rung = rung,
                Name = LadderRungs.Name(rung),
                Weighting = ClusterWeighting.At(weighting),
                Scale = OrdinalScale.Name(link),
                Question = question,
                Inference = quantity.Inference,
                StandardErrorType = quantity.Errors.DescriptionOf(rung <= 2),
                Influence = quantity.Influence,
            };
            rungs.Add(own);
            if (above is not null)
            {
                var zero = above.Rung == 0 ? spread.Variance == 0 : above.Rung == 1 && withoutCovariates;
                var cause = LadderTerms.Cause(above.Rung, EffectMeasure.OddsRatio);
                steps.Add(LadderSteps.Between(above, own, cause, zero, estimates.DegreesOfFreedom, level, spread));
            }

            above = own;
        }
    }

    private void AddThresholds(LadderQuestion question, int arm, int weighting, List<OrdinalThresholdRung> byThreshold)
    {
        for (var k = 0; k < thresholds.Count; k++)
        {
            for (var rung = 0; rung <= (robust ? LadderRungs.Last : 2); rung++)
            {
                var inference = Quantity(rung, arm, weighting, [k]).Inference;
                byThreshold.Add(new OrdinalThresholdRung(rung, thresholds[k], ClusterWeighting.At(weighting), question, inference));
            }
        }
    }

    private OrdinalQuantity Quantity(int rung, int arm, int weighting, IReadOnlyList<int> which)
    {
        // Rungs that cannot differ are computed at the lowest of them, so that the step between them is 0 to the bit.
        var computed = rung == 0 && spread.Variance == 0 ? 1 : rung;
        computed = computed == 1 && withoutCovariates ? 2 : computed;
        var functions = new OrdinalFunctions(estimates.Layout, rung == LadderRungs.Last ? 1 - weighting : weighting, robust: true);
        return estimates.Quantity(LadderRungs.Name(rung), functions.Rung(Math.Min(computed, 3), arm, which, link), rung <= 2);
    }
}
