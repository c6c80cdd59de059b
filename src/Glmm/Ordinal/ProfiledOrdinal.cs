using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Profiles;
using MarginalConditional.Mixed;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>A cumulative mixed model to profile.</summary>
internal sealed class ProfiledOrdinal : ProfiledFit
{
    private readonly OrdinalGlmmFit fit;
    private readonly OrdinalModel model;

    /// <summary>Takes a fit that ended at a solution.</summary>
    public ProfiledOrdinal(OrdinalGlmmFit fit)
    {
        this.fit = fit;
        model = new OrdinalModel(fit.Frame, fit.Options);
        Solution = fit.Solution ?? throw new ArgumentException("The fit has no solution.", nameof(fit));
    }

    /// <inheritdoc/>
    public override Solution Solution { get; }

    /// <inheritdoc/>
    public override IFixedScaling Scaling => model.Scaling;

    /// <inheritdoc/>
    public override IReadOnlyList<RandomLevel> Levels => model.Levels;

    /// <inheritdoc/>
    public override IReadOnlyList<RandomEffectEstimate> RandomEffects => fit.RandomEffects;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Fixed => fit.FixedParameters;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> JointCovariance => fit.JointCovariance;

    /// <inheritdoc/>
    public override GlmmTolerances Tolerances => fit.Options.Tolerances;

    /// <inheritdoc/>
    public override int MaximumIterations => fit.Options.MaximumIterations;

    /// <inheritdoc/>
    public override bool HasMaximum => fit.Convergence.Converged;

    /// <inheritdoc/>
    public override MarginalLikelihood Open()
    {
        var likelihood = model.Open(fit.Nodes);
        likelihood.StartAt(Solution.Modes);
        return likelihood;
    }

    /// <inheritdoc/>
    public override (IReadOnlyList<RandomLevel> Levels, MarginalLikelihood Likelihood) With(
        RandomTermDesign term, RandomTermDesign replacement)
    {
        var frame = fit.Frame.WithTerms(
            fit.Frame.Design,
            [.. fit.Frame.RandomTerms.Select(other => ReferenceEquals(other, term) ? replacement : other)]);
        var reordered = new OrdinalModel(frame, fit.Options);
        return (reordered.Levels, reordered.Open(fit.Nodes));
    }

    /// <inheritdoc/>
    /// <remarks>All thresholds move together, and all coefficients of a column, so that thresholds keep their order.</remarks>
    public override double[] Direction(double[] weights)
    {
        var layout = fit.Layout;
        var direction = (double[])weights.Clone();
        Spread(direction.AsSpan(0, layout.Thresholds));
        for (var c = 0; c < layout.Nominal.Length; c++)
        {
            Spread(direction.AsSpan(layout.NominalPlace(c, 0), layout.Thresholds));
        }

        return direction;
    }

    /// <summary>Gives all entries their sum where only one is not zero.</summary>
    private static void Spread(Span<double> entries)
    {
        if (entries.Length - System.MemoryExtensions.Count(entries, 0.0) == 1)
        {
            var sum = 0.0;
            foreach (var entry in entries)
            {
                sum += entry;
            }

            entries.Fill(sum);
        }
    }
}
