using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>Binary responses with the logit link; no dispersion.</summary>
internal sealed class BernoulliLaw : IScalarLaw
{
    public ConditionalDensity Density { get; } = ConditionalDensity.For(Family.Binomial, Link.Logit, freeDispersion: false);

    public double Draw(RandomStream stream) => stream.NextUniform() < 0.6 ? 1 : 0;

    public (double Log, double First, double Second) At(double eta, double response, double dispersion)
    {
        var mean = 1 / (1 + Math.Exp(-eta));
        return ((response * Math.Log(mean)) + ((1 - response) * Math.Log(1 - mean)), response - mean, -mean * (1 - mean));
    }
}
