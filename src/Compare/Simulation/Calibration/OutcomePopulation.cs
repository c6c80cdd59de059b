using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics.RootFinding;

namespace MarginalConditional.Compare.Simulation.Calibration;

/// <summary>The outcomes of all clusters under one treatment: their mean and correlation within a cluster, by quadrature.</summary>
internal sealed class OutcomePopulation
{
    private const double Accuracy = 1e-13;

    private const int MostSteps = 200;

    private const int MostDoublings = 60;

    /// <summary>What the outermost nodes may add to a moment that exists.</summary>
    private const double EdgeShare = 1e-10;

    private readonly Family family;
    private readonly Link link;
    private readonly double residualDeviation;
    private readonly EffectNodes nodes;
    private readonly double deviation;

    /// <summary>Creates the population of a law of random effects.</summary>
    public OutcomePopulation(Family family, Link link, double residualDeviation, IEffectLaw law)
    {
        this.family = family;
        this.link = link;
        this.residualDeviation = residualDeviation;
        nodes = law.Nodes();
        deviation = law.StandardDeviation;
    }

    /// <summary>E g⁻¹(η + b).</summary>
    public double Mean(double predictor) => nodes.Expect(b => link.Mean(predictor + b));

    /// <summary>The η with that population mean: not a number when no outcome has it.</summary>
    public double PredictorOf(double mean)
    {
        if (!family.IsMeanValid(mean))
        {
            return double.NaN;
        }

        // On the scale of the link the population's curve is nearly straight.
        var target = link.Predictor(mean);
        double Excess(double predictor) => link.Predictor(Mean(predictor)) - target;
        var width = 1 + deviation;
        for (var step = 0; step < MostDoublings; step++, width *= 2)
        {
            var (low, high) = (target - width, target + width);
            if (Excess(low) <= 0 && Excess(high) >= 0)
            {
                return Brent.TryFindRoot(Excess, low, high, Accuracy, MostSteps, out var root) ? root : double.NaN;
            }
        }

        return double.NaN;
    }

    /// <summary>The correlation of two outcomes of one cluster; not a number where the variance is infinite.</summary>
    public double Icc(double predictor)
    {
        var points = nodes.Points;
        var weights = nodes.Weights;
        var mean = Mean(predictor);
        var (between, within, edge) = (0.0, 0.0, 0.0);
        for (var k = 0; k < points.Length; k++)
        {
            var mu = link.Mean(predictor + points[k]);
            var term = weights[k] * (mu - mean) * (mu - mean);
            between += term;
            within += weights[k] * (family == Family.Gaussian ? residualDeviation * residualDeviation : family.Variance(mu));
            edge = points.Length > 2 && k == points.Length - 1 ? term : edge;
        }

        return edge > EdgeShare * between || !double.IsFinite(between) ? double.NaN : between / (between + within);
    }
}
