using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Compare.Summaries;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Ladders.Building;

/// <summary>Sets other estimators beside the rungs whose estimands they share, and tests whether they agree.</summary>
internal sealed class LadderSides
{
    /// <summary>
    /// A difference this small against the rung's standard error, with as small an error, is where two searches for one number ended: no
    /// test can tell what it is.
    /// </summary>
    private const double Rounding = 1e-6;

    private readonly EstimandLadder ladder;
    private readonly double level;
    private readonly double? degreesOfFreedom;

    /// <summary>Prepares the sides of a ladder.</summary>
    /// <param name="ladder">The rungs.</param>
    /// <param name="level">Of the intervals.</param>
    /// <param name="degreesOfFreedom">Of tests and intervals; null means normal.</param>
    public LadderSides(EstimandLadder ladder, double level, double? degreesOfFreedom)
    {
        this.ladder = ladder;
        this.level = level;
        this.degreesOfFreedom = degreesOfFreedom;
    }

    /// <summary>A side of every rung that another working model also answers.</summary>
    /// <param name="name">The estimator, such as <c>GEE, exchangeable</c>.</param>
    /// <param name="rungs">What it says, as rungs of a ladder of its own.</param>
    /// <param name="numbers">The rungs that are set beside those of this ladder.</param>
    public IEnumerable<LadderSide> Of(string name, IReadOnlyList<LadderRung> rungs, params int[] numbers) =>
        from own in rungs
        where numbers.Contains(own.Rung)
        let shared = ladder.Rungs.FirstOrDefault(rung => rung.Rung == own.Rung && rung.Scale == own.Scale
            && rung.Weighting == own.Weighting && rung.Question == own.Question)
        where shared is not null
        select Beside(name, shared, own.Weighting, own.Inference.Estimate, own.Influence);

    /// <summary>
    /// What the marginalized multilevel model says of rung 1: its coefficients, where the treatment's effect is one number for all rows.
    /// </summary>
    /// <param name="fit">The fit; null where it does not apply.</param>
    /// <param name="effects">The coefficients of the treatment.</param>
    /// <param name="scale">The scale of the link, whose effects are coefficients; null where it has none.</param>
    /// <param name="errors">The kind of standard error of the ladder.</param>
    public IEnumerable<LadderSide> OfLikelihood(
        RandomInterceptFit? fit, IReadOnlyList<TreatmentEffect> effects, string? scale, StandardizedErrors errors)
    {
        if (fit is null || !fit.Convergence.Converged || effects.Any(effect => effect.IsInteraction))
        {
            return [];
        }

        var clusters = fit.Frame.Clusters.Count;
        var share = (clusters - 1.0) / clusters;
        var influence = errors == StandardizedErrors.Influence || fit.Deletions.IsEmpty
            ? fit.Influence()
            : new ClusterInfluence(clusters, Array.ConvertAll(fit.Deletions.ToArray(), change => share * change));
        return
            from effect in effects
            from rung in ladder.Rungs
            where rung.Rung == 1 && rung.Scale == scale && (effect.Level == rung.Question.Treated || effects.Count == 1)
            select Beside(
                "marginal likelihood", rung, rung.Weighting, fit.Coefficients[effect.Column], influence.At(effect.Column));
    }

    /// <summary>What the clusters' own means say of the rungs whatever the model, unadjusted.</summary>
    /// <param name="summaries">The cluster-level analysis.</param>
    /// <param name="errors">The kind of standard error of the ladder.</param>
    public IEnumerable<LadderSide> OfSummaries(ClusterSummaries summaries, StandardizedErrors errors) =>
        from own in summaries.Estimates
        where own.Estimand == SummaryEstimand.Marginal && !own.IsAdjusted
        from rung in ladder.Rungs
        where rung.Scale == own.Scale && rung.Question.Treated == own.Treated && rung.Question.At.Count == 0
            && ((rung.Rung == 3 && rung.Weighting == own.Weighting) || (rung.Rung == 4 && rung.Weighting != own.Weighting))
        select Beside(
            "clusters' own means",
            rung,
            rung.Weighting,
            own.Inference.Estimate,
            errors == StandardizedErrors.Influence ? own.Influence : own.Deletions);

    /// <summary>A side of one rung.</summary>
    /// <param name="name">The estimator.</param>
    /// <param name="rung">The rung whose estimand it aims at.</param>
    /// <param name="weighting">Whom it averages over; null where a working correlation decides.</param>
    /// <param name="estimate">Its estimate, on the rung's scale.</param>
    /// <param name="influence">φ_c of it, K×1.</param>
    public LadderSide Beside(string name, LadderRung rung, ClusterWeighting? weighting, double estimate, ClusterInfluence influence)
    {
        var isCompared = !rung.HasNoClusters && influence.Clusters == rung.Influence.Clusters;
        var difference = influence.Values.ToArray();
        if (isCompared)
        {
            Dense.AddScaled(-1, rung.Influence.Values, difference);
        }

        var (gap, error) = (estimate - rung.Inference.Estimate, new ClusterInfluence(difference.Length, difference).StandardError(0));
        var noise = Rounding * rung.Inference.StandardError;
        (gap, error) = Math.Abs(gap) <= noise && error <= noise ? (0, 0) : (gap, error);
        return new LadderSide
        {
            Name = name,
            Rung = rung.Rung,
            Weighting = weighting,
            Scale = rung.Scale,
            Question = rung.Question,
            Inference = Coefficient.Wald(name, estimate, influence.StandardError(0), degreesOfFreedom, level),
            Difference = !isCompared ? null : Coefficient.Wald($"{name} less rung {rung.Rung}", gap, error, degreesOfFreedom, level),
        };
    }
}
