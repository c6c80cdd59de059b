using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Mixed;

namespace MarginalConditional.Glmm.Profiles;

/// <summary>A generalized linear mixed model to profile.</summary>
internal sealed class ProfiledGlmm : ProfiledFit
{
    private readonly GlmmFit fit;
    private readonly double[] coefficients;

    /// <summary>Takes a fit.</summary>
    public ProfiledGlmm(GlmmFit fit)
    {
        this.fit = fit;
        coefficients = fit.Coefficients.ToArray();
        if (fit.Separated is not null)
        {
            // Where the estimate is infinite the search starts at what the iteration reached, far enough out.
            fit.Model.Scaling.ToData(fit.Solution.Parameters[..coefficients.Length], coefficients);
        }
    }

    /// <inheritdoc/>
    public override Solution Solution => fit.Solution;

    /// <inheritdoc/>
    public override IFixedScaling Scaling => fit.Model.Scaling;

    /// <inheritdoc/>
    public override IReadOnlyList<RandomLevel> Levels => fit.Model.Levels;

    /// <inheritdoc/>
    public override IReadOnlyList<RandomEffectEstimate> RandomEffects => fit.RandomEffects;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Fixed => coefficients;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> JointCovariance => fit.JointCovariance;

    /// <inheritdoc/>
    public override GlmmTolerances Tolerances => fit.Options.Tolerances;

    /// <inheritdoc/>
    public override int MaximumIterations => fit.Options.MaximumIterations;

    /// <inheritdoc/>
    public override bool HasMaximum => fit.Convergence.Converged || fit.Separated is not null;

    /// <inheritdoc/>
    public override MarginalLikelihood Open() => fit.Model.Open(fit.Nodes, fit.Solution);

    /// <inheritdoc/>
    public override (IReadOnlyList<RandomLevel> Levels, MarginalLikelihood Likelihood) With(
        RandomTermDesign term, RandomTermDesign replacement)
    {
        var frame = fit.Frame.WithTerms(
            fit.Frame.Design,
            [.. fit.Frame.RandomTerms.Select(other => ReferenceEquals(other, term) ? replacement : other)]);
        var model = new PreparedModel(frame, fit.Options);
        return (model.Levels, model.Open(fit.Nodes));
    }

    /// <inheritdoc/>
    public override (ProfiledFit Fit, double[] Weights) Within(double[] weights) =>
        fit is { Separated: { } separated, Finite: { } finite } && separated.Restrict(weights) is { } restricted
            ? new ProfiledGlmm(finite).Within(restricted)
            : (this, weights);
}
