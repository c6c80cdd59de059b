using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm.Ordinal;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The models of a replicate with an ordered outcome, as the commands fit them, shared by the methods of one replicate.</summary>
internal static class OrdinalTrial
{
    /// <summary>Where a column's coefficient stands behind the thresholds.</summary>
    /// <param name="frame">The frame that was fitted, in whose design the intercept is a column.</param>
    /// <param name="column">The column of the design, from 0.</param>
    public static int PlaceOf(ModelFrame frame, int column) =>
        frame.Categories.Count - 1 + column - (frame.Design.Intercept >= 0 && frame.Design.Intercept < column ? 1 : 0);

    /// <summary>The marginal model.</summary>
    public static OrdinalGeeFit Fit(Replicate replicate, OrdinalGeeOptions options, bool adjusted) =>
        replicate.Shared((options, adjusted), () => OrdinalGeeFitter.Fit(FrameOf(replicate, adjusted), options));

    /// <summary>The mixed model with a random intercept a cluster.</summary>
    public static OrdinalGlmmFit Fit(Replicate replicate, OrdinalGlmmOptions options, bool adjusted) =>
        replicate.Shared((options, adjusted), () => OrdinalGlmmFitter.Fit(FrameOf(replicate, adjusted), options));

    /// <summary>The data with the categories that were seen.</summary>
    private static ModelFrame FrameOf(Replicate replicate, bool adjusted) => replicate.Shared((nameof(OrdinalTrial), adjusted), () =>
    {
        var frame = (adjusted ? replicate.AdjustedFrame : replicate.Frame).WithoutEmptyCategories();
        return frame.Categories.Count > 1
            ? frame
            : throw new InvalidOperationException("All outcomes are in one category.");
    });
}
