using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Effects;

/// <summary>A parameter vector taken apart: what every cluster reads during one evaluation.</summary>
internal sealed class ParameterPoint
{
    private readonly IReadOnlyList<CovarianceFactor> factors;
    private readonly double[][] lambdas;

    /// <summary>Makes room for a model's parameters.</summary>
    /// <param name="columns">p.</param>
    /// <param name="factors">The covariance factor of each level, coarsest first.</param>
    /// <param name="inflation">Columns of the predictor of excess zeros.</param>
    public ParameterPoint(int columns, IReadOnlyList<CovarianceFactor> factors, int inflation = 0)
    {
        Inflation = new double[inflation];
        this.factors = factors;
        Coefficients = new double[columns];
        lambdas = [.. factors.Select(factor => new double[factor.Dimension * factor.Dimension])];
    }

    /// <summary>β of the scaled columns.</summary>
    public double[] Coefficients { get; }

    /// <summary>γ of the scaled columns: ζ = wᵀγ is the log odds of an excess zero.</summary>
    public double[] Inflation { get; }

    /// <summary>φ.</summary>
    public double Dispersion { get; private set; } = 1;

    /// <summary>Λ of a level, q×q by row; the same array at every evaluation.</summary>
    public double[] Lambda(int level) => lambdas[level];

    /// <summary>Takes a parameter vector (β, θ of each level, γ, and log φ when the dispersion is free).</summary>
    public void Set(ReadOnlySpan<double> parameters, bool freeDispersion, double fixedDispersion)
    {
        parameters[..Coefficients.Length].CopyTo(Coefficients);
        var start = Coefficients.Length;
        for (var level = 0; level < factors.Count; level++)
        {
            factors[level].Fill(parameters.Slice(start, factors[level].ParameterCount), lambdas[level]);
            start += factors[level].ParameterCount;
        }

        parameters.Slice(start, Inflation.Length).CopyTo(Inflation);
        Dispersion = freeDispersion ? Math.Exp(parameters[^1]) : fixedDispersion;
    }
}
