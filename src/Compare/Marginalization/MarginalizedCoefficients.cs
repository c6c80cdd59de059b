using MarginalConditional.Compare.Influence;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Marginalization;

/// <summary>
/// The marginal coefficients a conditional model implies, β_M = (XᵀX)⁻¹Xᵀ
/// g(p): the straight line on the link scale nearest to its marginal means.
/// </summary>
/// <remarks>
/// Hedeker et al. 2018, equation 8. It is a projection: exact when g(p) is linear in the design (a saturated design; probit, log and
/// identity links with a random intercept), else an approximation whose largest residual is <see cref="LargestResidual"/>. Immutable.
/// </remarks>
public sealed class MarginalizedCoefficients
{
    private readonly double[] estimates;
    private readonly double[] jacobian;
    private readonly double[] residuals;
    private readonly double[] zeroShift;

    internal MarginalizedCoefficients(
        ConditionalModel model,
        WeightedProjection projection,
        double[] estimates,
        double[] jacobian,
        double[] residuals,
        double[] zeroShift)
    {
        this.zeroShift = zeroShift;
        Model = model;
        Projection = projection;
        this.estimates = estimates;
        this.jacobian = jacobian;
        this.residuals = residuals;
        for (var i = 0; i < residuals.Length; i++)
        {
            if (Math.Abs(residuals[i]) > Math.Abs(LargestResidual))
            {
                LargestResidual = residuals[i];
                LargestResidualRow = i;
            }
        }
    }

    /// <summary>The conditional model.</summary>
    public ConditionalModel Model { get; }

    /// <summary>The coefficients' names.</summary>
    public IReadOnlyList<string> Names => Model.Design.Names;

    /// <summary>β_M, p values, link scale.</summary>
    public ReadOnlySpan<double> Estimates => estimates;

    /// <summary>
    /// How excess zeros move the coefficients of a cluster whose random effects are 0, p values (link scale): with one probability the
    /// intercept of a log link alone. Empty without excess zeros.
    /// </summary>
    public ReadOnlySpan<double> ExcessZeroShift => zeroShift;

    /// <summary>J = ∂β_M/∂(β, θ, γ), p×m, row-major, θ the variance parameters and γ those of excess zeros.</summary>
    public ReadOnlySpan<double> Jacobian => jacobian;

    /// <summary>The residual g(pᵢ) − offsetᵢ − xᵢᵀβ_M of largest size, with its sign, link scale.</summary>
    public double LargestResidual { get; }

    /// <summary>The frame's row where it is.</summary>
    public int LargestResidualRow { get; }

    internal WeightedProjection Projection { get; }

    /// <summary>
    /// Each cluster's share in the projection, (XᵀWX)⁻¹Σ_{i∈c} wᵢxᵢrᵢ with r the
    /// residuals: what the sampling of the covariates adds to the influence.
    /// </summary>
    /// <param name="clusters">The partition of the rows.</param>
    public ClusterInfluence CovariateInfluence(Clusters clusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        var shares = new double[clusters.Count * estimates.Length];
        for (var c = 0; c < clusters.Count; c++)
        {
            CancellationScope.Check();
            Projection.Share(residuals, clusters.Start(c), clusters.Size(c), shares.AsSpan(c * estimates.Length, estimates.Length));
        }

        return new ClusterInfluence(clusters.Count, shares);
    }

    /// <summary>The delta-method covariance J V Jᵀ, p×p, row-major.</summary>
    /// <param name="jointCovariance">V, the joint covariance of ψ, m×m, row-major,
    /// with (β, θ, γ) first; further parameters (a dispersion) do not matter.</param>
    public double[] Covariance(ReadOnlySpan<double> jointCovariance)
    {
        var size = (int)Math.Sqrt(jointCovariance.Length);
        var parameters = Model.Parameters;
        if (size * size != jointCovariance.Length || size < parameters)
        {
            throw new ArgumentException($"The joint covariance needs at least {parameters} rows and columns.", nameof(jointCovariance));
        }

        var p = estimates.Length;
        var covariance = new double[p * p];
        var image = new double[parameters];
        for (var a = 0; a < p; a++)
        {
            for (var k = 0; k < parameters; k++)
            {
                image[k] = 0;
                for (var l = 0; l < parameters; l++)
                {
                    image[k] += jointCovariance[(k * size) + l] * jacobian[(a * parameters) + l];
                }
            }

            for (var b = 0; b < p; b++)
            {
                for (var k = 0; k < parameters; k++)
                {
                    covariance[(a * p) + b] += jacobian[(b * parameters) + k] * image[k];
                }
            }
        }

        return covariance;
    }
}
