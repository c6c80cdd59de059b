using System.Collections.Immutable;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison;

/// <summary>
/// A comparison of which nothing but rungs of the ladder is asked: the same bits as the whole of it, without tables, steps, sides and
/// words, and without means of transforms that no rung needs. For studies, which ask for one row of thousands of trials. Immutable.
/// </summary>
internal sealed class RungComparer
{
    private readonly TrialStandardization? question;
    private readonly ClusterLadder? ladder;
    private readonly HashSet<EffectMeasure> measures;

    private RungComparer(
        GeeInference marginal, GlmmFit glmm, TrialStandardization? question, ClusterLadder? ladder, ComparisonOptions options)
    {
        (this.question, this.ladder) = (question, ladder);
        measures = [.. TrialStandardization.MeasuresOf(options)];
        Glmm = glmm;
        Convergence = marginal.Fit.Convergence.Converged ? glmm.Convergence : marginal.Fit.Convergence;
        HasWarnings = marginal.Warnings.Count > 0 || glmm.Warnings.Count > 0;
    }

    /// <summary>The conditional model.</summary>
    public GlmmFit Glmm { get; }

    /// <summary>The less converged of the two fits.</summary>
    public Convergence Convergence { get; }

    /// <summary>Whether one of the fits has something to warn of.</summary>
    public bool HasWarnings { get; }

    /// <summary>Fits both models of a trial by cluster.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="options">As for <see cref="ModelComparer"/>; without periods, exposures and subgroups.</param>
    /// <param name="transformed">The measure of which a rung above the second will be asked; null when none will be.</param>
    public static RungComparer Of(ModelFrame frame, ComparisonOptions options, EffectMeasure? transformed)
    {
        var gee = GeeFitter.Fit(frame, options.Gee);
        var glmm = GlmmFitter.Fit(frame, options.Glmm);
        var effects = TreatmentEffect.Find(frame.Design, options.Treatment);
        (options, _) = TimeQuestion.Of(frame, options, effects);
        var marginal = GeeInference.Of(gee, options.Variance, options.DegreesOfFreedom, options.Level);
        var levels = StandardizedResults.Levels(frame.Recipe, options.Treatment, effects);
        if (TrialStandardization.Of(frame, options, levels) is not { } question)
        {
            return new RungComparer(marginal, glmm, null, null, options);
        }

        var mixed = new MixedWorkingModel(glmm);
        var errors = StandardizedAverages.Default(frame.Clusters.Count, frame.Rows);
        ImmutableArray<EffectMeasure> ratios = [.. question.Ratios.Where(ratio => ratio == transformed)];
        var averages = question.Averages(mixed, errors, mixed.Deletions(), ratios);
        var terms = LadderTerms.Of(glmm, effects, options.Treatment);
        return new RungComparer(
            marginal, glmm, question, new ClusterLadder(question, averages, terms, options) { Ratios = ratios }, options);
    }

    /// <summary>A rung; null where the ladder has none.</summary>
    /// <param name="rung">0 to 4.</param>
    /// <param name="weighting">Whom it averages over.</param>
    /// <param name="measure">The scale; of rungs above the second the one that the comparison was made for.</param>
    /// <param name="level">The arm's level; empty where there is no choice.</param>
    public Coefficient? Rung(int rung, ClusterWeighting weighting, EffectMeasure measure, string level)
    {
        if (question is null || ladder is null || !measures.Contains(measure))
        {
            return null;
        }

        var arm = level.Length == 0 ? 1 : question.Levels.ToList().IndexOf(level);
        return arm < 1 ? null : ladder.Rung(rung, measure, weighting == ClusterWeighting.At(0) ? 0 : 1, arm);
    }
}
