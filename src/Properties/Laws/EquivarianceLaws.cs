using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Generators;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Properties.Laws;

/// <summary>Laws of what must change with the data, and how.</summary>
internal static class EquivarianceLaws
{
    private const string Linear = "the model's predictor is linear in its columns";

    private static readonly double[] Factors = [2, 10, 0.5, -1, 3];

    /// <summary>The other arm as the reference.</summary>
    public static TrialLaw ReferenceLevel { get; } = new(
        "reference-level",
        "With the treatment coded 1 − t, the estimate is −θ̂ with the same s.",
        "every model with an intercept and no interaction of the treatment",
        Linear,
        _ => null,
        _ => new TrialShape(),
        (estimator, one, tolerances) => Agreement.Follows(
            estimator,
            one.Trial,
            one.Trial.With(one.Trial.Column(one.Trial.Model.Effect).Map(value => 1 - value)),
            "the arms exchanged",
            value => (-value, 1),
            tolerances));

    /// <summary>A covariate in other units.</summary>
    public static TrialLaw CovariateUnits { get; } = new(
        "covariate-units",
        "With a covariate x in other units, a + bx with b ≠ 0, θ̂ and s are the same.",
        "models with a covariate and an intercept",
        Linear,
        estimator => estimator.Model.Covariates.Count > 0 ? null : "its model has no covariate",
        _ => new TrialShape(),
        (estimator, one, tolerances) =>
        {
            var covariates = one.Trial.Model.Covariates;
            var name = covariates[one.Key % covariates.Count].Name;
            var (shift, factor) = (one.Key % 7, Factors[one.Key % Factors.Length]);
            return Agreement.Same(
                estimator,
                one.Trial,
                one.Trial.With(one.Trial.Column(name).Map(value => shift + (factor * value))),
                FormattableString.Invariant($"{name} as {shift} + {factor} {name}"),
                tolerances);
        });

    /// <summary>A continuous outcome in other units.</summary>
    public static TrialLaw OutcomeUnits { get; } = new(
        "outcome-units",
        "With the outcome a + by, b ≠ 0, the estimate is bθ̂ with the standard error |b|s.",
        "Gaussian outcomes with the identity link",
        "the family of normal laws is one of location and scale",
        estimator => estimator.Model.Family == Family.Gaussian && estimator.Model.EffectiveLink == Link.Identity
            ? null
            : "its outcome is not Gaussian with the identity link",
        _ => new TrialShape(),
        (estimator, one, tolerances) =>
        {
            var (shift, factor) = (one.Key % 7, Factors[one.Key % Factors.Length]);
            return Agreement.Follows(
                estimator,
                one.Trial,
                one.Trial.WithOutcome(value => shift + (factor * value)),
                FormattableString.Invariant($"the outcome as {shift} + {factor} {one.Trial.Model.Outcome}"),
                value => (factor * value, Math.Abs(factor)),
                tolerances);
        });

    /// <summary>A positive outcome in other units.</summary>
    public static TrialLaw OutcomeScale { get; } = new(
        "outcome-scale",
        "With the outcome cy, c > 0, the estimate is the same: log c goes to the intercept.",
        "the log link with gamma outcomes, and with counts where a marginal model's dispersion is estimated",
        "McCullagh and Nelder 1989: variances proportional to a power of the mean",
        estimator => estimator.Model.EffectiveLink != Link.Log ? "its link is not the logarithm"
            : estimator.Model.Family == Family.Gamma || (estimator.Model.Family == Family.Poisson && estimator.Traits.IsMarginal) ? null
            : "its likelihood is not one of scale",
        _ => new TrialShape(),
        (estimator, one, tolerances) =>
        {
            double factor = 2 + (one.Key % 5);
            return Agreement.Follows(
                estimator,
                one.Trial,
                one.Trial.WithOutcome(value => factor * value),
                FormattableString.Invariant($"the outcome as {factor} {one.Trial.Model.Outcome}"),
                value => (value, double.NaN),
                tolerances);
        });

    /// <summary>What does not happen in place of what happens.</summary>
    public static TrialLaw Complement { get; } = new(
        "outcome-complement",
        "With the outcome 1 − y, the estimate is −θ̂ with the same s.",
        "binary outcomes with the logit or probit link",
        "g(1 − μ) = −g(μ), and μ(1 − μ) is the same of both",
        estimator => estimator.Model.IsSymmetric ? null : "its link is not symmetric, or its outcome not binary",
        _ => new TrialShape(),
        (estimator, one, tolerances) => Agreement.Follows(
            estimator,
            one.Trial,
            one.Trial.WithOutcome(value => 1 - value),
            "events and non-events exchanged",
            value => (-value, 1),
            tolerances));

    /// <summary>Other columns of the same space.</summary>
    public static TrialLaw ChangeOfColumns { get; } = new(
        "change-of-columns",
        "With the columns XA, A invertible, β̂ = Aγ̂ and Cov β̂ = A Cov γ̂ Aᵀ.",
        "estimators that fit other columns of the same space (IDesignEstimator)",
        Linear,
        estimator => estimator is IDesignEstimator ? null : "it is not asked to fit other columns (IDesignEstimator)",
        _ => new TrialShape(),
        (estimator, one, tolerances) =>
        {
            var own = ((IDesignEstimator)estimator).Coefficients(one.Trial);
            var p = own.Values.Length;
            var change = Matrix(one.Trial, one.Key);
            var other = ((IDesignEstimator)estimator).Coefficients(one.Trial, change);
            return Agreement.Same(estimator, own, Back(other, change), $"the columns XA with A by row {Text(change)}", null, tolerances);
        });

    /// <summary>
    /// An upper triangle with a diagonal of factors, so that it is invertible, of columns in units of their largest value: mixing columns
    /// of thousands with others of thousandths would lose digits in any arithmetic.
    /// </summary>
    private static double[] Matrix(TrialData trial, int key)
    {
        var p = trial.Columns.Count + 1;
        var change = new double[p * p];
        for (var j = 0; j < p; j++)
        {
            var largest = 0.0;
            foreach (var value in j == 0 ? [1] : trial.Columns[j - 1].Values)
            {
                largest = Math.Max(largest, Math.Abs(value));
            }

            for (var k = j; k < p && largest > 0; k++)
            {
                change[(j * p) + k] = (j == k ? Factors[(key + j) % Factors.Length] : ((key + j + k) % 3) - 1) / largest;
            }
        }

        return change;
    }

    private static CoefficientEstimates Back(CoefficientEstimates other, double[] change)
    {
        var p = other.Values.Length;
        var (values, half, covariance) = (new double[p], new double[p * p], new double[p * p]);
        for (var j = 0; j < p; j++)
        {
            for (var k = 0; k < p; k++)
            {
                values[j] += change[(j * p) + k] * other.Values[k];
                for (var l = 0; l < p; l++)
                {
                    half[(j * p) + l] += change[(j * p) + k] * other.Covariance[(k * p) + l];
                }
            }
        }

        for (var j = 0; j < p; j++)
        {
            for (var l = 0; l < p; l++)
            {
                covariance[(j * p) + l] = Dense.Dot(half.AsSpan(j * p, p), change.AsSpan(l * p, p));
            }
        }

        return new CoefficientEstimates(values, covariance, other.IsUsable);
    }

    private static string Text(double[] change) => string.Join(" ", change.Select(value => FormattableString.Invariant($"{value}")));
}
