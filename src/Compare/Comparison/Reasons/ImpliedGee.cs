using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>
/// What GEE would estimate if the mixed model were true: its estimating equations with
/// the exact marginal means in place of the outcomes, and α held at its estimate.
/// </summary>
/// <remarks>
/// The limit of GEE's coefficients under the fitted mixed model, on the rows' own covariates (Zeger, Liang and Albert 1988, section 3).
/// </remarks>
internal static class ImpliedGee
{
    private const int MostWaves = 60;

    /// <summary>The coefficients; null when the correlation cannot be held, or the equations were not solved.</summary>
    public static double[]? Coefficients(ComparedModels comparison)
    {
        if (!(comparison.Gee.Scale > 0 && double.IsFinite(comparison.Gee.Scale)) || Held(comparison) is not { } correlation)
        {
            return null;
        }

        var points = comparison.Marginalized.Model.Points();
        var frame = Ordered(comparison).WithResponse(Array.ConvertAll(points, point => point.Mean));
        var options = comparison.Options.Gee with { Correlation = correlation, FixedScale = comparison.Gee.Scale };
        var fit = GeeFitter.Fit(frame, options);
        return fit.Convergence.Converged ? fit.Coefficients.ToArray() : null;
    }

    /// <summary>
    /// The frame with the waves that the held matrix goes by. Any two rows of a cluster are alike to an exchangeable correlation, and
    /// a second grouping or another key may have sorted them otherwise than by wave: there the position serves.
    /// </summary>
    private static ModelFrame Ordered(ComparedModels comparison) =>
        comparison.Gee.Correlation.Structure == WorkingCorrelation.Exchangeable
            ? comparison.Frame.WithPositionsAsWaves()
            : comparison.Frame;

    /// <summary>The working correlation as a matrix over waves, at its estimate.</summary>
    private static WorkingCorrelation? Held(ComparedModels comparison)
    {
        var fitted = comparison.Gee.Correlation;
        if (fitted.Structure == WorkingCorrelation.Independence)
        {
            return WorkingCorrelation.Independence;
        }

        var waves = 0;
        foreach (var wave in Ordered(comparison).Waves)
        {
            waves = Math.Max(waves, wave + 1);
        }

        var exchangeable = fitted.Structure == WorkingCorrelation.Exchangeable;
        if (waves is 0 or > MostWaves || (!exchangeable && fitted.Structure != WorkingCorrelation.Ar1))
        {
            return null;
        }

        var alpha = fitted.Alpha[0];
        if (!(Math.Abs(alpha) <= 1))
        {
            return null;
        }

        var matrix = new double[waves * waves];
        for (var j = 0; j < waves; j++)
        {
            for (var k = 0; k < waves; k++)
            {
                matrix[(j * waves) + k] = j == k ? 1 : exchangeable ? alpha : Math.Pow(alpha, Math.Abs(j - k));
            }
        }

        return WorkingCorrelation.Fixed(matrix);
    }
}
