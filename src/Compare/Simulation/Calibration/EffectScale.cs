using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Calibration;

/// <summary>What the size of a treatment's effect is measured in.</summary>
public abstract class EffectScale
{
    private EffectScale(string name) => Name = name;

    /// <summary>The coefficient given the cluster, link scale.</summary>
    public static EffectScale Coefficient { get; } = new ConditionalScale("coefficient", value => value, isRatio: false);

    /// <summary>The odds ratio given the cluster.</summary>
    public static EffectScale OddsRatio { get; } = new ConditionalScale("odds-ratio", Math.Log, isRatio: true);

    /// <summary>The difference of the population means' linear predictors.</summary>
    public static EffectScale MarginalCoefficient { get; } =
        new MarginalScale("marginal-coefficient", (mean, value, link) => link.Mean(link.Predictor(mean) + value), isRatio: false);

    /// <summary>The odds ratio of the population risks, whatever the link.</summary>
    public static EffectScale MarginalOddsRatio { get; } = new MarginalScale(
        "marginal-odds-ratio", (mean, value, _) => value * mean / (1 - mean + (value * mean)), isRatio: true);

    /// <summary>The ratio of the population risks.</summary>
    public static EffectScale RiskRatio { get; } = new MarginalScale("risk-ratio", (mean, value, _) => value * mean, isRatio: true);

    /// <summary>The difference of the population risks.</summary>
    public static EffectScale RiskDifference { get; } =
        new MarginalScale("risk-difference", (mean, value, _) => mean + value, isRatio: false);

    /// <summary>The ratio of the population means of counts.</summary>
    public static EffectScale MeanRatio { get; } = new MarginalScale("mean-ratio", (mean, value, _) => value * mean, isRatio: true);

    /// <summary>The difference of the population means of counts or of a continuous outcome.</summary>
    public static EffectScale MeanDifference { get; } =
        new MarginalScale("mean-difference", (mean, value, _) => mean + value, isRatio: false);

    /// <summary>All scales, the default first.</summary>
    public static IReadOnlyList<EffectScale> All { get; } =
        [Coefficient, OddsRatio, MarginalCoefficient, MarginalOddsRatio, RiskRatio, RiskDifference, MeanRatio, MeanDifference];

    /// <summary>As a study file writes it.</summary>
    public string Name { get; }

    /// <summary>Whether the value is a ratio, which has to be positive.</summary>
    public abstract bool IsRatio { get; }

    /// <summary>Whether the value says something about one cluster, not about the population.</summary>
    public abstract bool IsConditional { get; }

    /// <summary>The scales that a model has.</summary>
    public static IReadOnlyList<EffectScale> Of(Family family, Link link)
    {
        ArgumentNullException.ThrowIfNull(family);
        EffectScale[] conditional = family == Family.Binomial && link == Link.Logit ? [Coefficient, OddsRatio] : [Coefficient];
        EffectScale[] own = family == Family.Binomial ? [MarginalOddsRatio, RiskRatio, RiskDifference]
            : family == Family.Gaussian ? [MeanDifference]
            : [MeanRatio, MeanDifference];
        return [.. conditional, MarginalCoefficient, .. own];
    }

    /// <summary>The coefficient given the cluster; not a number when no treated population has that effect.</summary>
    /// <param name="value">The effect on this scale.</param>
    /// <param name="baseline">The linear predictor of an average cluster under control.</param>
    /// <param name="link">The link.</param>
    /// <param name="population">The population.</param>
    internal abstract double Solve(double value, double baseline, Link link, OutcomePopulation population);

    /// <summary>The treated population's mean; not a number for effects given the cluster.</summary>
    internal virtual double TreatedMean(double value, double controlMean, Link link) => double.NaN;

    /// <inheritdoc/>
    public override string ToString() => Name;

    private sealed class ConditionalScale(string name, Func<double, double> coefficient, bool isRatio) : EffectScale(name)
    {
        public override bool IsRatio => isRatio;

        public override bool IsConditional => true;

        internal override double Solve(double value, double baseline, Link link, OutcomePopulation population) => coefficient(value);
    }

    private sealed class MarginalScale(string name, Func<double, double, Link, double> treatedMean, bool isRatio) : EffectScale(name)
    {
        public override bool IsRatio => isRatio;

        public override bool IsConditional => false;

        internal override double Solve(double value, double baseline, Link link, OutcomePopulation population) =>
            population.TreatedPredictor(TreatedMean(value, population.ControlMean(baseline), link)) - baseline;

        internal override double TreatedMean(double value, double controlMean, Link link) => treatedMean(controlMean, value, link);
    }
}
