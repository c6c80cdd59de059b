using MarginalConditional.Compare.Influence;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.RandomIntercept;

/// <summary>
/// A fitted model with one random intercept: Heagerty's marginalized model, or one with a bridge-distributed intercept. Immutable.
/// </summary>
public sealed class RandomInterceptFit
{
    private readonly double[] parameters;
    private readonly double[] covariance;
    private readonly double[] scores;

    internal RandomInterceptFit(ModelFrame frame, double[] parameters, double[] covariance, double[] scores)
    {
        Frame = frame;
        this.parameters = parameters;
        this.covariance = covariance;
        this.scores = scores;
    }

    /// <summary>The rows fitted.</summary>
    public ModelFrame Frame { get; }

    /// <summary>β, p values, link scale: marginal in Heagerty's model, conditional with a bridge intercept.</summary>
    public ReadOnlySpan<double> Coefficients => parameters.AsSpan(0, parameters.Length - 1);

    /// <summary>σ, the standard deviation of the intercept, link scale.</summary>
    public double StandardDeviation => parameters[^1];

    /// <summary>The inverse of the observed information of (β, σ), (p + 1)×(p + 1), row-major.</summary>
    public ReadOnlySpan<double> JointCovariance => covariance;

    /// <summary>The log-likelihood with all constants.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>The number of quadrature nodes.</summary>
    public required int Nodes { get; init; }

    /// <summary>How the iteration ended.</summary>
    public required Convergence Convergence { get; init; }

    /// <summary>The influence of each cluster on (β, σ): φ_c = I⁻¹s_c.</summary>
    public ClusterInfluence Influence() => ClusterInfluence.FromScores(covariance, scores);
}
