using MarginalConditional.Compare.Simulation.Effects;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>A covariate of a simulated trial, known at baseline. Immutable.</summary>
public sealed record Covariate
{
    /// <summary>Its name in the data.</summary>
    public required string Name { get; init; }

    /// <summary>Whether persons or clusters have values. Default: persons.</summary>
    public CovariateLevel Level { get; init; }

    /// <summary>The law of its values: mean 0, and standard deviation 1 unless the law says otherwise.</summary>
    public IEffectLaw Law { get; init; } = EffectLaw.Normal(1);

    /// <summary>What the linear predictor gains for a value higher by 1. Default 0.</summary>
    public double Slope { get; init; }

    /// <summary>What the treatment's effect gains for a value higher by 1. Default 0.</summary>
    public double Interaction { get; init; }

    /// <summary>The slope of a treated row, or of a control.</summary>
    internal double SlopeOf(bool treated) => treated ? Slope + Interaction : Slope;
}
