using MarginalConditional.Data.Frames;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Predictions;

/// <summary>√Var(b̂ − b) of every random effect, β estimated: Henderson's (1975) errors, SAS's "Std Err Pred".</summary>
public static class EffectPredictionErrors
{
    /// <summary>For each random term groups×effects errors, in the order of the modes.</summary>
    /// <param name="fit">A fit.</param>
    public static IReadOnlyList<double[]> Of(LmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.RandomEffects.Count == 0)
        {
            return [];
        }

        var (posterior, known, terms) = (EffectPosterior.Of(fit), new KnownGroups(fit.Frame.RandomTerms), fit.Frame.RandomTerms);
        var fixedPart = new double[fit.Coefficients.Length];
        var errors = new List<double[]>();
        for (var t = 0; t < terms.Count; t++)
        {
            var own = new double[terms[t].GroupCount * terms[t].Dimension];
            for (var k = 0; k < own.Length; k++)
            {
                var (group, effect) = (k / terms[t].Dimension, k % terms[t].Dimension);
                var home = known.FirstRow(t, group);
                double[][] loadings = [.. terms.Select(term => new double[term.Dimension])];
                loadings[t][effect] = 1;
                var row = new NewRow(
                    home, fixedPart, 0, loadings, [.. terms.Select(term => term.Groups[home])], [.. terms.Select(_ => (string?)null)]);
                var (variance, slope) = posterior.Of(row);
                own[k] = Math.Sqrt(variance + Dense.QuadraticForm(fit.Covariance, slope));
            }

            errors.Add(own);
        }

        return errors;
    }
}
