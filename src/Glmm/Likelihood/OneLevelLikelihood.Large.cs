using MarginalConditional.Glmm.Effects;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>The large clusters, one after the other, each on all threads.</content>
internal sealed partial class OneLevelLikelihood
{
    /// <summary>Adds the large clusters' gradient and information, where they are needed; returns their log-likelihood.</summary>
    private double AddLarge(EvaluationNeeds needs, Span<double> gradient, Span<double> information)
    {
        var sum = 0.0;
        Span<double> own = stackalloc double[ParameterCount];
        for (var c = 0; c < large.Count; c++)
        {
            var multiplicity = large[c].Multiplicity;
            sum += multiplicity * largeIntegrator!.Integrate(large[c], LargeMode(c), needs);
            if (needs >= EvaluationNeeds.Gradient)
            {
                largeIntegrator.Differentiate(own);
                Dense.AddScaled(multiplicity, own, gradient);
            }

            if (needs >= EvaluationNeeds.Information)
            {
                largeIntegrator.AddInformation(multiplicity, information, ParameterCount);
            }
        }

        return sum;
    }

    /// <summary>Writes the gradients of the large patterns, patterns×m by row.</summary>
    private void FillLargeScores(double[] patternScores)
    {
        for (var c = 0; c < large.Count; c++)
        {
            largeIntegrator!.Integrate(large[c], LargeMode(c), EvaluationNeeds.Gradient);
            largeIntegrator.Differentiate(patternScores.AsSpan(large[c].Pattern * ParameterCount, ParameterCount));
        }
    }

    private void DescribeLarge(PosteriorModes patterns)
    {
        for (var c = 0; c < large.Count; c++)
        {
            largeIntegrator!.Maximize(large[c], LargeMode(c));
            largeIntegrator.Describe(Effects(patterns.Modes, c), Effects(patterns.StandardErrors, c));
        }
    }

    private void FillLargeMoments(PosteriorModes patterns)
    {
        for (var c = 0; c < large.Count; c++)
        {
            largeIntegrator!.Integrate(large[c], LargeMode(c), EvaluationNeeds.Value);
            largeIntegrator.Moments(Effects(patterns.Modes, c), Effects(patterns.StandardErrors, c));
        }
    }

    private Span<double> LargeMode(int c) => largeModes.AsSpan(c * data.Dimension, data.Dimension);

    private Span<double> Effects(double[] values, int c) => values.AsSpan(large[c].Pattern * data.Dimension, data.Dimension);
}
