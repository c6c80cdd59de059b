using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Means.Estimates;

/// <summary>
/// The hypothesis that a term makes no difference to the means: its estimates with their covariance, and its test. Immutable.
/// </summary>
internal sealed class JointHypothesis
{
    private readonly double[] estimates;
    private readonly double[] covariance;

    /// <summary>Keeps it.</summary>
    /// <param name="result">The test.</param>
    /// <param name="estimates">Lβ, k values, not copied; none where nothing is estimable.</param>
    /// <param name="covariance">LVLᵀ, k×k; not copied.</param>
    public JointHypothesis(JointMeanTest result, double[] estimates, double[] covariance)
    {
        Result = result;
        this.estimates = estimates;
        this.covariance = covariance;
    }

    /// <summary>The test.</summary>
    public JointMeanTest Result { get; }

    /// <summary>Lβ, k values.</summary>
    public ReadOnlySpan<double> Estimates => estimates;

    /// <summary>LVLᵀ, k×k.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>The hypothesis that contrasts of a fit are zero.</summary>
    /// <param name="result">Its test.</param>
    /// <param name="contrasts">L, k rows.</param>
    /// <param name="coefficients">β.</param>
    /// <param name="variance">V.</param>
    public static JointHypothesis Of(
        JointMeanTest result, IReadOnlyList<Contrast> contrasts, ReadOnlySpan<double> coefficients, ReadOnlySpan<double> variance)
    {
        var k = contrasts.Count;
        var (estimates, covariance) = (new double[k], new double[k * k]);
        for (var i = 0; i < k; i++)
        {
            estimates[i] = contrasts[i].Estimate(coefficients);
            for (var j = 0; j < k; j++)
            {
                covariance[(i * k) + j] = Statistics.LinearAlgebra.Dense.BilinearForm(variance, contrasts[i].Weights, contrasts[j].Weights);
            }
        }

        return new JointHypothesis(result, estimates, covariance);
    }
}
