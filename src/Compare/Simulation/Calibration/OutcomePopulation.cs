using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics.RootFinding;

namespace MarginalConditional.Compare.Simulation.Calibration;

/// <summary>The outcomes of all clusters at the first period: their means and correlation within a cluster, by quadrature.</summary>
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
    private readonly PredictorLaw control;
    private readonly PredictorLaw treated;
    private readonly double deviation;

    /// <summary>Creates the population of a law of random effects and nothing else.</summary>
    public OutcomePopulation(Family family, Link link, double residualDeviation, IEffectLaw law)
        : this(family, link, residualDeviation, law, PredictorLaw.WithVariance(law, 0), PredictorLaw.WithVariance(law, 0))
    {
    }

    /// <summary>Creates the population of a mechanism, with whatever varies and covariates.</summary>
    public OutcomePopulation(Mechanism mechanism)
        : this(
            mechanism.Family,
            mechanism.Link,
            mechanism.ResidualDeviation,
            mechanism.RandomEffect,
            Population.EffectsOf(mechanism, treated: false, 0).And(Population.CovariatesOf(mechanism, treated: false)),
            Population.EffectsOf(mechanism, treated: true, 0).And(Population.CovariatesOf(mechanism, treated: true)))
    {
    }

    private OutcomePopulation(
        Family family, Link link, double residualDeviation, IEffectLaw law, PredictorLaw control, PredictorLaw treated)
    {
        this.family = family;
        this.link = link;
        this.residualDeviation = residualDeviation;
        this.control = control;
        this.treated = treated;
        nodes = law.Nodes();
        deviation = law.StandardDeviation;
    }

    /// <summary>The population mean under control, of a linear predictor at effects and covariates of 0.</summary>
    public double ControlMean(double predictor) => control.Mean(link, predictor);

    /// <summary>The population mean under treatment.</summary>
    public double TreatedMean(double predictor) => treated.Mean(link, predictor);

    /// <summary>The η of controls with that population mean: not a number when no outcome has it.</summary>
    public double ControlPredictor(double mean) => PredictorOf(mean, control);

    /// <summary>The η of the treated with that population mean: not a number when no outcome has it.</summary>
    public double TreatedPredictor(double mean) => PredictorOf(mean, treated);

    /// <summary>The correlation of two outcomes of one cluster; not a number where the variance is infinite.</summary>
    public double Icc(double predictor)
    {
        var points = nodes.Points;
        var weights = nodes.Weights;
        var mean = nodes.Expect(b => link.Mean(predictor + b));
        var (between, within, edge) = (0.0, 0.0, 0.0);
        for (var k = 0; k < points.Length; k++)
        {
            var mu = link.Mean(predictor + points[k]);
            var term = weights[k] * (mu - mean) * (mu - mean);
            between += term;
            within += weights[k] * (family == Family.Gaussian ? residualDeviation * residualDeviation : family.Variance(mu));

            // Beyond the last node that has a weight the density is below the smallest number.
            edge = points.Length > 2 && weights[k] > 0 ? term : edge;
        }

        return edge > EdgeShare * between || !double.IsFinite(between) ? double.NaN : between / (between + within);
    }

    private double PredictorOf(double mean, PredictorLaw law)
    {
        if (!family.IsMeanValid(mean))
        {
            return double.NaN;
        }

        // On the scale of the link the population's curve is nearly straight.
        var target = link.Predictor(mean);
        double Excess(double predictor) => link.Predictor(law.Mean(link, predictor)) - target;
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
}
