namespace MarginalConditional.Compare.Simulation.Calibration;

/// <summary>The parameters solved, and what they mean for the population.</summary>
/// <param name="Baseline">The linear predictor of an average cluster under control.</param>
/// <param name="Effect">The coefficient of the treatment given the cluster, link scale.</param>
/// <param name="Sigma">σ of the random effects, link scale.</param>
/// <param name="ControlMean">The population mean (risk, rate) under control.</param>
/// <param name="TreatedMean">The population mean under treatment.</param>
/// <param name="Icc">The correlation of two outcomes of one cluster under control; not a number where there is none.</param>
public sealed record CalibratedTrial(double Baseline, double Effect, double Sigma, double ControlMean, double TreatedMean, double Icc)
{
    /// <summary>The coefficients of further arms against the first, link scale.</summary>
    public IReadOnlyList<double> FurtherEffects { get; init; } = [];
}
