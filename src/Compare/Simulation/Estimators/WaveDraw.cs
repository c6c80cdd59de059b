using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>Parameters of a wave's outcomes drawn from their posterior.</summary>
/// <param name="Coefficients">β, the intercept first; link scale.</param>
/// <param name="Deviation">σ of continuous outcomes; not a number for binary ones.</param>
internal sealed record WaveDraw(double[] Coefficients, double Deviation)
{
    /// <summary>Draws one outcome.</summary>
    /// <param name="predictors">Of the person, without the intercept.</param>
    /// <param name="stream">One number.</param>
    public double Outcome(ReadOnlySpan<double> predictors, RandomStream stream)
    {
        var eta = Coefficients[0];
        for (var j = 0; j < predictors.Length; j++)
        {
            eta += Coefficients[j + 1] * predictors[j];
        }

        return double.IsNaN(Deviation) ? stream.NextBernoulli(Elementary.Logistic(eta)) : eta + (Deviation * stream.NextNormal());
    }
}
