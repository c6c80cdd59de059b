using MarginalConditional.Compare.Averaging;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>Computes the pieces of one comparison of ordered outcomes from two fits that can be read.</summary>
internal sealed class OrdinalComparisonBuilder
{
    private readonly GeeInference inference;
    private readonly OrdinalGeeFit gee;
    private readonly OrdinalGlmmFit glmm;
    private readonly OrdinalComparisonOptions options;
    private readonly IReadOnlyList<TreatmentEffect> effects;
    private readonly double[] deletions;
    private readonly MarginalizedThresholds marginalized;

    /// <summary>Keeps the fits, and what leaving clusters out does to the mixed one.</summary>
    public OrdinalComparisonBuilder(
        GeeInference inference,
        OrdinalGeeFit gee,
        OrdinalGlmmFit glmm,
        OrdinalComparisonOptions options,
        IReadOnlyList<TreatmentEffect> effects)
    {
        (this.inference, this.gee, this.glmm, this.options, this.effects) = (inference, gee, glmm, options, effects);
        deletions = OrdinalDeletions.Of(glmm);
        marginalized = MarginalizedThresholds.Of(glmm);
    }

    private bool IsPlain => options.Variance == GeeVariance.Robust || options.Variance == GeeVariance.Model;

    private bool IsModel => options.Variance == GeeVariance.Model;

    /// <summary>The comparison.</summary>
    public OrdinalComparison Build()
    {
        var rows = Rows();
        var comparison = new OrdinalComparison
        {
            Options = options,
            Gee = gee,
            Inference = inference,
            Glmm = glmm,
            Marginalized = marginalized,
            Effects = rows,
            Verdict = [],
        };
        var levels = StandardizedResults.Levels(glmm.Frame.Recipe, options.Treatment, effects);
        comparison = levels is null || glmm.Frame.Recipe is not { } recipe
            ? comparison with { Notes = [$"{options.Treatment} has no levels to set, so that there is no ladder."] }
            : !levels.All(level => recipe.IsEstimable([(options.Treatment, level), .. options.At]))
                ? comparison with { Notes = ["Some rows have no mean under an arm, so that there is no ladder."] }
                : Standardize(comparison, levels);
        return comparison with { Verdict = OrdinalVerdict.Of(comparison, HasSpread(glmm)) };
    }

    /// <summary>Whether a random effect of a fit varies.</summary>
    public static bool HasSpread(OrdinalGlmmFit fit) => fit.RandomEffects.Any(term => term.Covariance.ContainsAnyExcept(0.0));

    private List<OrdinalEffect> Rows()
    {
        var clusters = glmm.Frame.Clusters.Count;
        var own = IsPlain
            ? ClusterInfluence.FromScores(glmm.JointCovariance, glmm.ClusterScores)
            : new ClusterInfluence(clusters, deletions);
        var averaged = marginalized.Influence(own);
        var marginal = ClusterInfluence.Of(inference);
        var delta = marginalized.Covariance(glmm.JointCovariance);
        var spread = Spread(own.Values.ToArray(), leavesOut: false);
        var layout = glmm.Layout;
        var m = glmm.ParameterCount;
        var rows = new List<OrdinalEffect>();
        foreach (var effect in effects)
        {
            foreach (var j in Places(layout, effect.Column))
            {
                var degrees = inference.DegreesOfFreedom()?[j];
                var conditional = Row(
                    Estimand.Conditional,
                    $"GLMM, {(glmm.Nodes == 1 ? "Laplace" : $"{glmm.Nodes} nodes")}",
                    "each cluster's own",
                    Error,
                    layout.Names[j],
                    glmm.Parameters[j],
                    IsModel ? Math.Sqrt(glmm.JointCovariance[j * (m + 1)]) : own.StandardError(j),
                    degrees,
                    own.At(j));
                var implied = Row(
                    Estimand.Marginalized,
                    "GLMM averaged over its random effects",
                    "participant",
                    Error + ", covariates fixed",
                    layout.Names[j],
                    marginalized.Estimates[j],
                    IsModel ? Math.Sqrt(delta[j * (layout.Count + 1)]) : averaged.StandardError(j),
                    degrees,
                    averaged.At(j));
                var estimated = Row(
                    Estimand.Marginal,
                    $"GEE, {gee.Indicators.Correlation.Name}",
                    "as the working correlation weighs",
                    inference.Variance.Name,
                    layout.Names[j],
                    gee.Indicators.Coefficients[j],
                    inference.StandardErrors()[j],
                    degrees,
                    marginal.At(j));
                rows.Add(new OrdinalEffect(
                    layout.Names[j],
                    effect.Level,
                    conditional,
                    implied,
                    estimated,
                    GapDecomposition.Of(
                        (conditional.Inference.Estimate, conditional.Influence),
                        (implied.Inference.Estimate, implied.Influence),
                        (estimated.Inference.Estimate, estimated.Influence),
                        degrees,
                        options.Level,
                        spread)));
            }
        }

        return rows;
    }

    private string Error => IsModel ? "observed information" : IsPlain ? "robust" : "leave-one-out";

    private EstimandRow Row(
        Estimand estimand,
        string method,
        string weighting,
        string errors,
        string name,
        double estimate,
        double error,
        double? degrees,
        ClusterInfluence influence) => new(
        estimand,
        method,
        OrdinalScale.Name(glmm.Link),
        weighting,
        errors,
        Coefficient.Wald(name, estimate, error, degrees, options.Level),
        influence);

    /// <summary>Where a column's coefficients stand among the fixed parameters, one or one a threshold.</summary>
    private static IEnumerable<int> Places(OrdinalLayout layout, int column)
    {
        var shared = layout.Shared.IndexOf(column);
        var nominal = layout.Nominal.IndexOf(column);
        return shared >= 0
            ? [layout.Thresholds + shared]
            : Enumerable.Range(0, layout.Thresholds).Select(k => layout.NominalPlace(nominal, k));
    }

    private SpreadEstimate Spread(double[] changes, bool leavesOut) => SpreadEstimate.Of(
        glmm.Frame.Design,
        OrdinalArm.Observed(glmm).Blocks,
        glmm.Layout.Count,
        glmm.Parameters,
        glmm.Frame.Clusters,
        changes,
        leavesOut);

    private OrdinalComparison Standardize(OrdinalComparison comparison, List<string> levels)
    {
        var trial = new OrdinalTrial(glmm, options, levels, deletions);
        var answers = trial.Of(trial.Question(options.At)!);
        var (ladder, questions) = (answers.Ladder, answers.Question.Questions);
        var replaced = ladder.Rungs.Any(rung => rung.StandardErrorType != trial.Errors.DescriptionOf(rung.Rung <= 2));
        return comparison with
        {
            Ladder = ladder with { Sides = [.. Sides(ladder, answers.Estimates.DegreesOfFreedom, questions)] },
            ByThreshold = answers.ByThreshold,
            Notes = replaced
                ? ["Without some cluster there is no estimate of some rungs, as when it alone has a category: their standard errors "
                    + "are those of plain influences."]
                : [],
            Standardized = answers.Standardized,
            Change = trial.Change(),
            Exposures = trial.Exposures(),
            Subgroups = options.By is { } column
                ? OrdinalSubgroups.Of(glmm.Frame, column, options, subgroup => trial.Of(trial.Question(options.At, subgroup: subgroup)!))
                : null,
        };
    }

    /// <summary>What GEE says of rung 1, where the treatment's effect is one number for all rows and thresholds.</summary>
    private IEnumerable<LadderSide> Sides(EstimandLadder ladder, double? degreesOfFreedom, IReadOnlyList<LadderQuestion> questions)
    {
        if (effects.Any(effect => effect.IsInteraction || glmm.Layout.Nominal.Contains(effect.Column)))
        {
            yield break;
        }

        var sides = new LadderSides(ladder, options.Level, degreesOfFreedom);
        var influence = ClusterInfluence.Of(inference);
        foreach (var effect in effects)
        {
            var j = glmm.Layout.Thresholds + glmm.Layout.Shared.IndexOf(effect.Column);
            foreach (var rung in ladder.Rungs.Where(rung => rung.Rung == 1
                && rung.Weighting == ClusterWeighting.Participant
                && (rung.Question.Treated == effect.Level || questions.Count == 1)))
            {
                yield return sides.Beside(
                    $"GEE, {gee.Indicators.Correlation.Name}", rung, null, gee.Indicators.Coefficients[j], influence.At(j));
            }
        }
    }
}
