namespace MarginalConditional.Lmm;

/// <summary>The estimated covariance of a subject's residuals over all waves.</summary>
/// <param name="Group">The group of subjects it belongs to; empty when there is one covariance.</param>
/// <param name="Waves">The labels of the m waves; empty, as is the matrix, when there are hundreds.</param>
/// <param name="Covariance">m×m, row-major, in squared units of the response.</param>
/// <param name="ParameterNames">The names of the structure's parameters.</param>
/// <param name="Parameters">Their estimates: variances and covariances, or variances and correlations.</param>
public sealed record ResidualCovarianceEstimate(
    string Group,
    IReadOnlyList<string> Waves,
    IReadOnlyList<double> Covariance,
    IReadOnlyList<string> ParameterNames,
    IReadOnlyList<double> Parameters)
{
    /// <summary>The correlation between two waves, given by rank.</summary>
    public double Correlation(int first, int second) =>
        Covariance[(first * Waves.Count) + second]
            / Math.Sqrt(Covariance[first * (Waves.Count + 1)] * Covariance[second * (Waves.Count + 1)]);
}
