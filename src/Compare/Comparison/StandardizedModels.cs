using MarginalConditional.Compare.Averaging;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;

namespace MarginalConditional.Compare.Comparison;

/// <summary>Both fits as working models, with what each cluster does to their parameters: computed once, read by every table.</summary>
internal sealed record StandardizedModels
{
    /// <summary>The marginal fit.</summary>
    public required GeeFit Gee { get; init; }

    /// <summary>The mixed fit.</summary>
    public required GlmmFit Glmm { get; init; }

    /// <summary>The marginal fit as a working model.</summary>
    public required WorkingModel Marginal { get; init; }

    /// <summary>The mixed fit as a working model.</summary>
    public required WorkingModel Mixed { get; init; }

    /// <summary>The kind of standard error of standardized effects.</summary>
    public required StandardizedErrors Errors { get; init; }

    /// <summary>The same of those that come from the mixed model: its own where crossed effects reach across the clusters.</summary>
    public required StandardizedErrors MixedErrors { get; init; }

    /// <summary>Whether crossed random effects reach across the clusters.</summary>
    public bool HasNoClusters => MixedErrors == StandardizedErrors.OfModel;

    /// <summary>What each cluster does to β of the marginal model, as the kind of standard error needs it, K×p by rows.</summary>
    public required double[] MarginalChanges { get; init; }

    /// <summary>The same for ψ of the mixed model, K×m by rows.</summary>
    public required double[] MixedChanges { get; init; }

    /// <summary>ψ̂ − ψ₍ᵢ₎ of the mixed model by one step, K×m by rows; empty when no table needs it.</summary>
    public required double[] MixedDeletions { get; init; }

    /// <summary>
    /// How much the random effects vary, with what each cluster does to it as the kind of standard error needs it; null where crossed
    /// effects reach across the clusters.
    /// </summary>
    public required SpreadEstimate? Spread { get; init; }

    /// <summary>Both, each with what the clusters do to its parameters.</summary>
    public IReadOnlyList<(WorkingModel Model, StandardizedErrors Errors, double[] Changes)> All =>
        [(Marginal, Errors, MarginalChanges), (Mixed, MixedErrors, MixedChanges)];

    /// <summary>Prepares both fits.</summary>
    public static StandardizedModels Of(GeeInference inference, GlmmFit glmm, ComparisonOptions options)
    {
        var (marginal, mixed) = (WorkingModel.Of(inference), new MixedWorkingModel(glmm));
        var errors = options.StandardizedErrors ?? StandardizedAverages.Default(glmm.Frame.Clusters.Count, glmm.Frame.Rows);
        var oneStep = errors == StandardizedErrors.OneStep || errors == StandardizedErrors.Closed;
        var crossed = mixed.HasNoClusters;
        var deletions = !crossed && (oneStep || !options.IsPlain) ? mixed.Deletions() : [];
        var changes = crossed ? mixed.Influence.Values.ToArray() : oneStep ? deletions : Changes(mixed, errors);
        return new StandardizedModels
        {
            Gee = inference.Fit,
            Glmm = glmm,
            Marginal = marginal,
            Mixed = mixed,
            Errors = errors,
            MarginalChanges = Changes(marginal, errors),
            MixedErrors = crossed ? StandardizedErrors.OfModel : errors,
            MixedChanges = changes,
            MixedDeletions = deletions,
            Spread = crossed ? null : SpreadEstimate.Of(
                mixed.Conditional, glmm.Parameters, glmm.Frame.Clusters, changes, errors != StandardizedErrors.Influence),
        };
    }

    private static double[] Changes(WorkingModel model, StandardizedErrors errors) =>
        errors == StandardizedErrors.Influence ? model.Influence.Values.ToArray()
        : errors == StandardizedErrors.Jackknife ? model.Refits()
        : model.Deletions();
}
