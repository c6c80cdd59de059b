using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Statistics.Ordinal;
using MathNet.Numerics.RootFinding;

namespace MarginalConditional.Compare.Simulation.Calibration;

/// <summary>The ordered outcomes of all controls at the first period, by quadrature: the thresholds that give them probabilities.</summary>
internal sealed class CategoryPopulation
{
    private const double Accuracy = 1e-13;

    private const int MostSteps = 200;

    private const int MostDoublings = 60;

    private readonly PredictorLaw law;
    private readonly CumulativeLink link;

    /// <summary>The controls of a mechanism, whose predictor at effects and covariates of 0 is 0.</summary>
    /// <param name="mechanism">The mechanism.</param>
    /// <param name="link">F.</param>
    public CategoryPopulation(Mechanism mechanism, CumulativeLink link)
    {
        this.link = link;
        law = Population.EffectsOf(mechanism, treated: false, 0).And(Population.CovariatesOf(mechanism, treated: false));
    }

    /// <summary>The thresholds of a cluster whose effect is 0: F⁻¹ of the cumulative probabilities.</summary>
    /// <param name="probabilities">Of the categories, above 0, with sum 1.</param>
    /// <param name="link">F.</param>
    public static double[] ThresholdsOfCluster(ReadOnlySpan<double> probabilities, CumulativeLink link) =>
        [.. Cumulative(probabilities).Select(link.Quantile)];

    /// <summary>P(Y ≤ k) of the population at a threshold.</summary>
    public double AtMost(double threshold) => law.Expect(effect => link.Cumulative(threshold - effect));

    /// <summary>The thresholds that give the population the probabilities.</summary>
    /// <param name="probabilities">Of the categories, above 0, with sum 1.</param>
    public double[] Thresholds(ReadOnlySpan<double> probabilities) => [.. Cumulative(probabilities).Select(Threshold)];

    /// <summary>P(Y ≤ k) for all but the highest category.</summary>
    private static double[] Cumulative(ReadOnlySpan<double> probabilities)
    {
        var sums = new double[probabilities.Length - 1];
        for (var k = 0; k < sums.Length; k++)
        {
            sums[k] = (k == 0 ? 0 : sums[k - 1]) + probabilities[k];
        }

        return sums;
    }

    private double Threshold(double probability)
    {
        // On the scale of the link the population's curve is nearly straight.
        var target = link.Quantile(probability);
        double Excess(double threshold) => link.Quantile(AtMost(threshold)) - target;
        var width = 1.0;
        for (var step = 0; step < MostDoublings; step++, width *= 2)
        {
            if (Excess(target - width) <= 0 && Excess(target + width) >= 0)
            {
                return Brent.FindRoot(Excess, target - width, target + width, Accuracy, MostSteps);
            }
        }

        return double.NaN;
    }
}
