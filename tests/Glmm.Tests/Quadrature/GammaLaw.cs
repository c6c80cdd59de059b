using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;
using MathNet.Numerics;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>Gamma responses with the log link and a free dispersion φ; the shape is 1/φ.</summary>
internal sealed class GammaLaw : IScalarLaw
{
    public ConditionalDensity Density { get; } = ConditionalDensity.For(Family.Gamma, Link.Log, freeDispersion: true);

    public double Draw(RandomStream stream) => stream.NextGamma(2);

    public (double Log, double First, double Second) At(double eta, double response, double dispersion)
    {
        var shape = 1 / dispersion;
        var ratio = response * Math.Exp(-eta);
        var log = (shape * Math.Log(shape * ratio)) - Math.Log(response) - (shape * ratio) - SpecialFunctions.GammaLn(shape);
        return (log, shape * (ratio - 1), -shape * ratio);
    }
}
