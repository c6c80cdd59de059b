using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Distributions;

/// <summary>Fisher's F distribution.</summary>
public static class FisherDistribution
{
    /// <summary>P(F ≥ f), accurate however small. Infinite denominator degrees of freedom give χ²/numerator.</summary>
    public static double UpperTail(double f, double numerator, double denominator)
    {
        if (double.IsPositiveInfinity(denominator))
        {
            return ChiSquaredDistribution.UpperTail(f * numerator, numerator);
        }

        if (double.IsNaN(f) || !(numerator > 0) || !(denominator > 0))
        {
            return double.NaN;
        }

        return f <= 0
            ? 1
            : double.IsPositiveInfinity(f)
                ? 0
                : IncompleteBeta.AtOdds(denominator / 2, numerator / 2, numerator * f / denominator);
    }
}
