using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;

namespace MarginalConditional.Compare.Persons;

/// <summary>The mean outcome if everybody had each arm, with the joint covariance of all of them. Immutable.</summary>
/// <remarks>
/// μ(a) = n⁻¹Σ mᵢ(a) + the mean residual of those who had the arm: right whatever the model, because arms were randomized. With a
/// canonical link, an intercept and the arm among the covariates that residual is 0, and the mean is the model's own.
/// </remarks>
public sealed class PersonStandardization
{
    private readonly double[] means;
    private readonly double[] covariance;

    internal PersonStandardization(double[] means, double[] covariance)
    {
        this.means = means;
        this.covariance = covariance;
    }

    /// <summary>The same with means, covariance and contrasts pooled over imputed data sets.</summary>
    internal PersonStandardization Pooled(double[] pooled, double[] total, IReadOnlyList<StandardizedContrast> contrasts) =>
        new(pooled, total)
        {
            Levels = Levels,
            Counts = Counts,
            Errors = Errors,
            StandardErrorType = StandardErrorType,
            DegreesOfFreedom = DegreesOfFreedom,
            Contrasts = contrasts,
            Influence = Influence,
            Arms = Arms,
        };

    /// <summary>The treatment's levels, the reference first.</summary>
    public required IReadOnlyList<string> Levels { get; init; }

    /// <summary>How many persons had each level.</summary>
    public required IReadOnlyList<int> Counts { get; init; }

    /// <summary>How the covariance was found.</summary>
    public required StandardizedErrors Errors { get; init; }

    /// <summary>The standard errors in words: whether the covariates are fixed or sampled, and what the strata did.</summary>
    public required string StandardErrorType { get; init; }

    /// <summary>n − p, or null for the normal.</summary>
    public required double? DegreesOfFreedom { get; init; }

    /// <summary>Every arm against the reference by every measure that the means allow.</summary>
    public required IReadOnlyList<StandardizedContrast> Contrasts { get; init; }

    /// <summary>
    /// φᵢ of the means, n × arms, by influence or leaving one out; beside a covariance of Ye or Ge the plain influence.
    /// </summary>
    public required ClusterInfluence Influence { get; init; }

    /// <summary>The means with what any further contrast of them needs.</summary>
    public required ArmMeans Arms { get; init; }

    /// <summary>μ(a), response scale.</summary>
    public ReadOnlySpan<double> Means => means;

    /// <summary>The covariance of the means, arms × arms, row-major: any contrast of arms follows from it.</summary>
    public ReadOnlySpan<double> Covariance => covariance;
}
