using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Persons;

/// <summary>The covariance of standardized means with covariates held fixed (Ge and others 2011), by the model or by residuals.</summary>
/// <remarks>
/// A mean moves by Lᵢ(a) when person i's outcome does: directly through the arm's mean residual and by the coefficients,
/// L = ∂μ_a/∂yᵢ + (∂μ_a/∂β) A⁻¹ xᵢ w μ′/v. With the canonical link the direct part is what the coefficients take away, and
/// L = n⁻¹Σ∂m(a)/∂β A⁻¹xᵢ…, the delta method D Σ_β Dᵀ. The covariance is Σ L Lᵀ times the variance of an outcome: φv/w by the
/// model, squared residuals for HC0, times n/(n − p), over 1 − h or over (1 − h)² for HC1 to HC3 (MacKinnon and White 1985).
/// </remarks>
internal static class GeVariance
{
    /// <summary>The covariance of the means, arms × arms.</summary>
    /// <param name="model">The fit.</param>
    /// <param name="sums">The persons and what the model says of them.</param>
    /// <param name="influence">The derivatives of the estimates.</param>
    /// <param name="errors">One of Ge's kinds.</param>
    public static double[] Of(PersonModel model, PersonSums sums, PersonInfluence influence, StandardizedErrors errors)
    {
        var (functional, persons) = (sums.Functional, model.Persons);
        var (arms, n, p) = (functional.Arms, persons.Count, model.P);
        var gradient = new double[arms * p];
        for (var a = 0; a < arms; a++)
        {
            // dμ_a/dβ times the inverse of the information.
            Dense.Multiply(
                model.ExpectedBread, influence.Gradient.AsSpan(functional.RobustMean(a) * p, p), gradient.AsSpan(a * p, p));
        }

        var (covariance, move) = (new double[arms * arms], new double[arms]);
        for (var i = 0; i < n; i++)
        {
            var row = persons.Row[i];
            for (var a = 0; a < arms; a++)
            {
                move[a] = model.Pull[i] * Dense.Dot(gradient.AsSpan(a * p, p), model.Covariates(i));
                if (persons.Arm[row] == a)
                {
                    move[a] += persons.Weight[i]
                        * influence.Jacobian[(functional.RobustMean(a) * functional.Sums) + functional.Residual(sums.StratumOf(row), a)];
                }
            }

            var squared = errors == StandardizedErrors.Ge
                ? model.Dispersion * model.Variance[i] / persons.Weight[i]
                : model.Residual[i] * model.Residual[i] * Correction(model, i, errors);
            Dense.RankOneUpdateLower(squared, move, covariance);
        }

        Dense.MirrorLower(covariance, arms);
        return covariance;
    }

    private static double Correction(PersonModel model, int person, StandardizedErrors errors)
    {
        var n = model.Persons.Count;
        if (errors == StandardizedErrors.GeHc1)
        {
            return n / (double)(n - model.P);
        }

        var rest = errors == StandardizedErrors.GeHc0 ? 1 : 1 - model.Leverage(person);
        return errors == StandardizedErrors.GeHc3 ? 1 / (rest * rest) : 1 / rest;
    }
}
