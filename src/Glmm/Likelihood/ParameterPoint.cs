using MarginalConditional.Glmm.RandomEffects;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>A parameter vector taken apart: what every cluster reads during one evaluation.</summary>
internal sealed class ParameterPoint
{
    private readonly CovarianceFactor factor;

    /// <summary>Makes room for a model's parameters.</summary>
    public ParameterPoint(int columns, CovarianceFactor factor)
    {
        this.factor = factor;
        Coefficients = new double[columns];
        Theta = new double[factor.ParameterCount];
        Lambda = new double[factor.Dimension * factor.Dimension];
    }

    /// <summary>β of the scaled columns.</summary>
    public double[] Coefficients { get; }

    /// <summary>θ, the free entries of Λ.</summary>
    public double[] Theta { get; }

    /// <summary>Λ, q×q by row.</summary>
    public double[] Lambda { get; }

    /// <summary>φ.</summary>
    public double Dispersion { get; private set; } = 1;

    /// <summary>Takes a parameter vector (β, θ, and log φ when the dispersion is free).</summary>
    public void Set(ReadOnlySpan<double> parameters, bool freeDispersion, double fixedDispersion)
    {
        parameters[..Coefficients.Length].CopyTo(Coefficients);
        parameters.Slice(Coefficients.Length, Theta.Length).CopyTo(Theta);
        factor.Fill(Theta, Lambda);
        Dispersion = freeDispersion ? Math.Exp(parameters[^1]) : fixedDispersion;
    }
}
