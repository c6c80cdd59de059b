using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Properties.Estimators;

/// <summary>What laws have to know of an estimator. Immutable.</summary>
public sealed record EstimatorTraits
{
    /// <summary>What it estimates, such as <see cref="StudyTarget.Marginal"/> or <see cref="StudyTarget.Conditional"/>.</summary>
    public required IEstimand Target { get; init; }

    /// <summary>What estimates or standard errors do about few clusters. Default: divisors.</summary>
    public SmallSample SmallSample { get; init; } = SmallSample.Divisor;

    /// <summary>How far its iterations stop from the solution, in standard errors. Default 10⁻³, which geepack and lme4 keep.</summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>
    /// How near zero the sum of an equation's terms is at the estimate, beside the root of the sum of their squares over clusters. Null,
    /// the default, follows from <see cref="Tolerance"/>: as far as the estimate stops from the solution, ten times as far.
    /// </summary>
    public double? ScoreError { get; init; }

    /// <summary>Whether it estimates a cluster's effect, of a model with one normal random intercept a cluster.</summary>
    public bool IsConditional => Target.Name == StudyTarget.Conditional.Name;

    /// <summary>Whether it estimates the population's effect.</summary>
    public bool IsMarginal => Target.Name == StudyTarget.Marginal.Name || Target.Name == StudyTarget.MarginalGivenCovariates.Name;
}
