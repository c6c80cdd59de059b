using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Simulation.Performance;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>A performance measure as the summary shows it.</summary>
/// <param name="Name">As a study file and the summary files write it.</param>
/// <param name="Heading">The table's heading.</param>
/// <param name="Factor">100 for proportions, which tables show in per cent.</param>
/// <param name="Of">The measure of a method.</param>
internal sealed record SimulateCommandMeasure(string Name, string Heading, double Factor, Func<EstimatePerformance, PerformanceMeasure> Of)
{
    /// <summary>All measures, in the order of the summary.</summary>
    public static IReadOnlyList<SimulateCommandMeasure> All { get; } =
    [
        new("mean", "mean", 1, row => row.Mean),
        new("bias", "bias", 1, row => row.Bias),
        new("relative-bias", "bias %", 100, row => row.RelativeBias),
        new("empirical-se", "empirical SE", 1, row => row.EmpiricalError),
        new("mse", "MSE", 1, row => row.MeanSquaredError),
        new("model-se", "model SE", 1, row => row.ModelError),
        new("relative-error", "SE error %", 0, row => row.RelativeError),
        new("coverage", "coverage %", 100, row => row.Coverage),
        new("bias-eliminated-coverage", "without bias %", 100, row => row.BiasEliminatedCoverage),
        new("rejection", "rejected %", 100, row => row.Rejection),
        new("relative-precision", "precision %", 0, row => row.RelativePrecision),
    ];

    /// <summary>The value with its Monte Carlo error in brackets; decimals show two digits of that error.</summary>
    public string Text(EstimatePerformance row)
    {
        var measure = Of(row);
        if (!double.IsFinite(measure.Value) || !double.IsFinite(measure.MonteCarloError))
        {
            return "\u2013";
        }

        var percent = Factor is 0 or 100;
        var factor = Factor == 100 ? 100 : 1;
        var (value, error) = (factor * measure.Value, factor * measure.MonteCarloError);
        var decimals = percent ? 1 : error > 0 ? Math.Clamp(Figures.DecimalsFor(error, 2), 0, 5) : 4;
        return $"{Figures.Fixed(value, decimals)} ({Figures.Fixed(error, decimals)})";
    }
}
