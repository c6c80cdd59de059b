using MarginalConditional.Data.Frames;

namespace MarginalConditional.Glmm;

/// <summary>Fits generalized linear mixed models by maximum likelihood with adaptive Gauss–Hermite quadrature. Stateless.</summary>
public static class GlmmFitter
{
    /// <summary>Fits the model of a frame; a frame without random terms gets a random intercept of its clusters.</summary>
    /// <param name="frame">Design, response and random terms.</param>
    /// <param name="options">Family, nodes, tolerances.</param>
    public static GlmmFit Fit(ModelFrame frame, GlmmOptions options)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        throw new NotSupportedException("The quadrature is not yet here.");
    }
}
