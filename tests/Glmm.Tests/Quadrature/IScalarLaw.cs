using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>A conditional density one number at a time, as a textbook writes it.</summary>
internal interface IScalarLaw
{
    /// <summary>The kernel that it is the twin of.</summary>
    public ConditionalDensity Density { get; }

    /// <summary>Any response that the law knows.</summary>
    public double Draw(RandomStream stream);

    /// <summary>ℓ with all that depends on the dispersion, and its first two derivatives in η.</summary>
    public (double Log, double First, double Second) At(double eta, double response, double dispersion);
}
