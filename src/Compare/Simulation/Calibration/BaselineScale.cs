using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Calibration;

/// <summary>What a baseline means: the level of the outcome under control, before anything else has an effect.</summary>
public abstract class BaselineScale
{
    private BaselineScale(string name) => Name = name;

    /// <summary>The linear predictor of an average cluster.</summary>
    public static BaselineScale Link { get; } = new LinkScale();

    /// <summary>The mean (risk, rate) in a cluster whose random effect is 0.</summary>
    public static BaselineScale ClusterMean { get; } = new ClusterMeanScale();

    /// <summary>The mean (risk, rate) of the population, over all clusters.</summary>
    public static BaselineScale PopulationMean { get; } = new PopulationMeanScale();

    /// <summary>All scales, the default first.</summary>
    public static IReadOnlyList<BaselineScale> All => [Link, ClusterMean, PopulationMean];

    /// <summary>As a study file writes it.</summary>
    public string Name { get; }

    /// <summary>Whether the value is a mean.</summary>
    public bool IsMean => this != Link;

    /// <summary>The linear predictor of an average cluster.</summary>
    internal abstract double Predictor(double value, Link link, OutcomePopulation population);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private sealed class LinkScale() : BaselineScale("link")
    {
        internal override double Predictor(double value, Link link, OutcomePopulation population) => value;
    }

    private sealed class ClusterMeanScale() : BaselineScale("cluster-mean")
    {
        internal override double Predictor(double value, Link link, OutcomePopulation population) => link.Predictor(value);
    }

    private sealed class PopulationMeanScale() : BaselineScale("population-mean")
    {
        internal override double Predictor(double value, Link link, OutcomePopulation population) => population.ControlPredictor(value);
    }
}
