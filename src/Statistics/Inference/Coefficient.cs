using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.Inference;

/// <summary>One row of a coefficient table: an estimate with its Wald test and interval, on the link scale.</summary>
/// <param name="Term">The name of the coefficient or contrast.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="StandardError">Its standard error; not a number when it could not be computed.</param>
/// <param name="DegreesOfFreedom">Of the t distribution; null for the standard normal.</param>
/// <param name="Statistic">(Estimate − null value)/standard error.</param>
/// <param name="PValue">Two-sided, accurate however small.</param>
/// <param name="Lower">The lower limit of the interval.</param>
/// <param name="Upper">The upper limit of the interval.</param>
public sealed record Coefficient(
    string Term,
    double Estimate,
    double StandardError,
    double? DegreesOfFreedom,
    double Statistic,
    double PValue,
    double Lower,
    double Upper)
{
    /// <summary>
    /// The fraction of the information about the estimate that the missing values would have added, in [0, 1]; null where the row was not
    /// pooled over imputed data.
    /// </summary>
    public double? MissingInformation { get; init; }

    /// <summary>A coefficient or combination that the data say nothing about: no number has a value.</summary>
    /// <param name="term">Its name.</param>
    public static Coefficient NotEstimable(string term) =>
        new(term, double.NaN, double.NaN, null, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Whether the interval lies wholly on one side of a value.</summary>
    public bool LeavesOut(double value) => Lower > value || Upper < value;

    /// <summary>Computes test and interval of one estimate.</summary>
    /// <param name="term">The name.</param>
    /// <param name="estimate">The estimate.</param>
    /// <param name="standardError">Its standard error, 0 or more.</param>
    /// <param name="degreesOfFreedom">Of the t distribution; null for the standard normal.</param>
    /// <param name="level">The interval's level, in (0, 1).</param>
    /// <param name="nullValue">The value tested.</param>
    public static Coefficient Wald(
        string term, double estimate, double standardError, double? degreesOfFreedom, double level = 0.95, double nullValue = 0)
    {
        ArgumentNullException.ThrowIfNull(term);
        if (!double.IsFinite(estimate))
        {
            // An infinite estimate has nothing more to it.
            const double None = double.NaN;
            return new Coefficient(term, estimate, None, degreesOfFreedom is null ? null : None, None, None, None, None);
        }

        var df = degreesOfFreedom ?? double.PositiveInfinity;
        var statistic = (estimate - nullValue) / standardError;
        var half = CriticalValue(level, degreesOfFreedom) * standardError;
        return new Coefficient(
            term,
            estimate,
            standardError,
            degreesOfFreedom,
            statistic,
            StudentDistribution.TwoSided(statistic, df),
            estimate - half,
            estimate + half);
    }

    /// <summary>The number of standard errors from the estimate to either limit: 1.96 for 0.95 and the normal.</summary>
    /// <param name="level">The interval's level, in (0, 1).</param>
    /// <param name="degreesOfFreedom">Of the t distribution; null for the standard normal.</param>
    public static double CriticalValue(double level, double? degreesOfFreedom)
    {
        if (!(level is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level of an interval must lie between 0 and 1.");
        }

        // The lower tail keeps its digits where 1 − α/2 rounds to 1.
        return -StudentDistribution.Quantile((1 - level) / 2, degreesOfFreedom ?? double.PositiveInfinity);
    }
}
