using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Ordinal;

namespace MarginalConditional.Cli.Fitting;

/// <summary>What the commands that fit a cumulative mixed model have in common.</summary>
internal static class OrdinalModels
{
    /// <summary>Whether the random effects have one grouping, whose nodes are the command's own.</summary>
    public static bool HasOneGrouping(ModelFrame frame) =>
        frame.RandomTerms.Select(term => term.Group).Distinct(StringComparer.Ordinal).Count() <= 1;

    /// <summary>Fits.</summary>
    /// <exception cref="InputException">There is no such model.</exception>
    public static OrdinalGlmmFit Fit(ModelFrame frame, OrdinalGlmmOptions options)
    {
        Require(frame, options);
        return OrdinalGlmmFitter.Fit(frame, options);
    }

    /// <summary>Refuses a frame and options that have no model.</summary>
    /// <exception cref="InputException">They have none.</exception>
    public static void Require(ModelFrame frame, OrdinalGlmmOptions options)
    {
        if (OrdinalGlmmFitter.Problem(frame, options) is { } problem)
        {
            throw new InputException(problem);
        }
    }
}
