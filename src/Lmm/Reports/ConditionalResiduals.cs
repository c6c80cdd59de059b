using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Reports;

/// <summary>The residuals of a linear mixed model given the predicted effects.</summary>
public static class ConditionalResiduals
{
    /// <summary>y − Xβ̂ − Zb̂ in the units of the outcome, n values in the frame's order.</summary>
    /// <param name="fit">The fit.</param>
    public static double[] Of(LmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var frame = fit.Frame;
        var residuals = LinearPredictor.Of(frame, fit.Coefficients);
        SpanMath.Subtract(frame.Response, residuals, residuals);
        for (var t = 0; t < fit.RandomEffects.Count; t++)
        {
            var (effects, term) = (fit.RandomEffects[t], frame.RandomTerms[t]);
            for (var a = 0; a < effects.Dimension; a++)
            {
                var column = term.Column(a);
                for (var row = 0; row < residuals.Length; row++)
                {
                    residuals[row] -= column[row] * effects.Modes[(term.Groups[row] * effects.Dimension) + a];
                }
            }
        }

        return residuals;
    }
}
