namespace MarginalConditional.Compare.Simulation.Calibration;

/// <summary>What a trial is to look like, from which the parameters of its mechanism are solved.</summary>
public sealed record CalibrationTarget
{
    /// <summary>The level under control, on <see cref="BaselineScale"/>.</summary>
    public double Baseline { get; init; }

    /// <summary>Default: the linear predictor of an average cluster.</summary>
    public BaselineScale BaselineScale { get; init; } = BaselineScale.Link;

    /// <summary>The treatment's effect, on <see cref="EffectScale"/>.</summary>
    public double Effect { get; init; }

    /// <summary>The effects of further arms against the first, on the same scale. Default: none.</summary>
    public IReadOnlyList<double> FurtherEffects { get; init; } = [];

    /// <summary>Default: the coefficient given the cluster.</summary>
    public EffectScale EffectScale { get; init; } = EffectScale.Coefficient;

    /// <summary>σ ≥ 0 of the random effects, link scale; null when <see cref="Icc"/> is given instead.</summary>
    public double? Sigma { get; init; }

    /// <summary>The intracluster correlation, 0 or more and below 1; null when <see cref="Sigma"/> is given.</summary>
    public double? Icc { get; init; }

    /// <summary>Default: of the outcomes.</summary>
    public IccScale IccScale { get; init; } = IccScale.Outcome;
}
