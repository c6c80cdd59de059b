namespace MarginalConditional.Properties.Estimators;

/// <summary>All coefficients of a fit with their covariance. Immutable.</summary>
public sealed class CoefficientEstimates
{
    private readonly double[] values;
    private readonly double[] covariance;

    /// <summary>Copies the numbers.</summary>
    /// <param name="values">p coefficients, in the order of the design: intercept, then the columns of the file.</param>
    /// <param name="covariance">p×p.</param>
    /// <param name="isUsable">Whether the fit converged to finite values.</param>
    public CoefficientEstimates(ReadOnlySpan<double> values, ReadOnlySpan<double> covariance, bool isUsable)
    {
        this.values = values.ToArray();
        this.covariance = covariance.ToArray();
        IsUsable = isUsable;
    }

    /// <summary>Whether the fit converged to finite values.</summary>
    public bool IsUsable { get; }

    /// <summary>p coefficients.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>p×p.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>p standard errors.</summary>
    public double StandardError(int coefficient) => Math.Sqrt(covariance[(coefficient * values.Length) + coefficient]);
}
