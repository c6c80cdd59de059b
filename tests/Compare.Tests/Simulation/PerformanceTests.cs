using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>The formulas of Morris, White and Crowther (2019), table 6, worked out by hand for four estimates.</summary>
/// <remarks>
/// Estimates 0.2, 0.4, 0.6, 1.0 with standard errors 0.1, 0.2, 0.2, 0.3 and truth 0.5: mean 0.55, squared deviations
/// 0.1225 + 0.0225 + 0.0025 + 0.2025 = 0.35, so s² = 0.35/3.
/// </remarks>
public sealed class PerformanceTests
{
    private const double Tolerance = 1e-12;
    private static readonly double[] Values = [0.2, 0.4, 0.6, 1.0];
    private static readonly double[] Errors = [0.1, 0.2, 0.2, 0.3];
    private static readonly double S = Math.Sqrt(0.35 / 3);

    // se²: 0.01, 0.04, 0.04, 0.09; mean 0.045; squared deviations 0.001225 + 0.000025 + 0.000025 + 0.002025 = 0.0033.
    private static readonly double ModelError = Math.Sqrt(0.045);
    private const double VarianceOfSquares = 0.0033 / 3;

    [Fact]
    public void Bias_and_empirical_error()
    {
        var row = Measure();
        Assert.Equal(0.55, row.Mean.Value, Tolerance);
        Assert.Equal(0.05, row.Bias.Value, Tolerance);
        Assert.Equal(S / 2, row.Bias.MonteCarloError, Tolerance);
        Assert.Equal(S, row.EmpiricalError.Value, Tolerance);
        Assert.Equal(S / Math.Sqrt(6), row.EmpiricalError.MonteCarloError, Tolerance);
    }

    [Fact]
    public void Monte_Carlo_intervals_are_of_ninety_five_per_cent_unless_told()
    {
        const double Z = 1.959963984540054;
        var (lower, upper) = new PerformanceMeasure(0.4, 0.1).Interval();
        Assert.Equal(0.4 - (0.1 * Z), lower, 1e-10);
        Assert.Equal(0.4 + (0.1 * Z), upper, 1e-10);
        Assert.Equal(new PerformanceMeasure(-0.2, 0.05), new PerformanceMeasure(0.4, 0.1).Over(-2));
        Assert.Equal(Math.Sqrt(0.05 * 0.95 / 400), PerformanceMeasure.Expected(0.05, 400).MonteCarloError, Tolerance);
    }

    [Fact]
    public void An_interval_of_a_replicate_covers_what_the_table_counts_as_covered()
    {
        var estimate = EffectEstimate.Of(0.2, 0.1, 4, converged: true, warned: false);
        var (lower, upper) = estimate.Interval(0.95);
        Assert.Equal(0.2 - (0.1 * 2.7764451051977987), lower, 1e-9);
        Assert.Equal(0.2 + (0.1 * 2.7764451051977987), upper, 1e-9);
        Assert.Equal(3, estimate.DistanceFrom(0.5), Tolerance);
        Assert.Equal(0.1 * 1.959963984540054, EffectEstimate.Of(0, 0.1, null, true, false).Interval(0.95).Upper, 1e-9);
    }

    [Fact]
    public void Mean_squared_error()
    {
        // (θ̂ − θ)²: 0.09, 0.01, 0.01, 0.25; mean 0.09; squared deviations 0, 0.0064, 0.0064, 0.0256.
        var row = Measure();
        Assert.Equal(0.09, row.MeanSquaredError.Value, Tolerance);
        Assert.Equal(Math.Sqrt(0.0384 / 12), row.MeanSquaredError.MonteCarloError, Tolerance);
    }

    [Fact]
    public void Model_error_and_its_relative_error()
    {
        var row = Measure();
        Assert.Equal(ModelError, row.ModelError.Value, Tolerance);
        Assert.Equal(Math.Sqrt(VarianceOfSquares / (16 * 0.045)), row.ModelError.MonteCarloError, Tolerance);
        Assert.Equal(100 * ((ModelError / S) - 1), row.RelativeError.Value, Tolerance);
        var expected = 100 * (ModelError / S) * Math.Sqrt((VarianceOfSquares / (16 * 0.045 * 0.045)) + (1 / 6.0));
        Assert.Equal(expected, row.RelativeError.MonteCarloError, Tolerance);
    }

    [Fact]
    public void Coverage_and_rejection()
    {
        // Half widths 0.196, 0.392, 0.392, 0.588: 0.5 is outside the first
        // interval only; 0.55 as well; 0 is inside none but that of no. ...
        var row = Measure();
        Assert.Equal(0.75, row.Coverage.Value);
        Assert.Equal(Math.Sqrt(0.75 * 0.25 / 4), row.Coverage.MonteCarloError, Tolerance);
        Assert.Equal(0.75, row.BiasEliminatedCoverage.Value);
        Assert.Equal(1, row.Rejection.Value);
        Assert.Equal(0, row.Rejection.MonteCarloError);
    }

    [Fact]
    public void Relative_precision_against_the_first_method_of_the_estimand()
    {
        // A second method with estimates 0.3, 0.5, 0.5, 0.9: mean 0.55, squared deviations 0.0625 + 0.0025 + 0.0025 + 0.1225 = 0.19;
        // cross products 0.0875 + 0.0075 − 0.0025 + 0.1575 = 0.25.
        var rows = Run(new Fixed("first", Values, Errors), new Fixed("second", [0.3, 0.5, 0.5, 0.9], Errors)).Scenarios[0].Performance;
        var ratio = 0.35 / 0.19;
        var rho2 = 0.25 * 0.25 / (0.35 * 0.19);
        Assert.Equal(100 * (ratio - 1), rows[1].RelativePrecision.Value, 1e-10);
        Assert.Equal(200 * ratio * Math.Sqrt((1 - rho2) / 3), rows[1].RelativePrecision.MonteCarloError, 1e-10);
        Assert.True(double.IsNaN(rows[0].RelativePrecision.Value));
    }

    [Fact]
    public void Degrees_of_freedom_widen_the_intervals()
    {
        // t with 1 degree of freedom: 12.706 standard errors, so every interval holds 0.
        var row = Run(new Fixed("t", Values, Errors) { DegreesOfFreedom = 1 }).Scenarios[0].Performance[0];
        Assert.Equal(1, row.Coverage.Value);
        Assert.Equal(0, row.Rejection.Value);
    }

    [Fact]
    public void Failures_are_counted_and_are_no_non_rejections()
    {
        var row = Run(new Fixed("f", [0.2, double.NaN, 0.6, 1.0], [0.1, 0.1, 0, 0.3])).Scenarios[0].Performance[0];
        Assert.Equal((4, 2, 2), (row.Attempted, row.Converged, row.Failed));
        Assert.Equal(1, row.Rejection.Value);
        Assert.Equal(0.6, row.Mean.Value, Tolerance);
    }

    [Fact]
    public void When_every_fit_fails_the_measures_are_unknown_and_not_zero()
    {
        var result = Run(new Fixed("f", [double.NaN, double.NaN, double.NaN, double.NaN], Errors));
        var row = result.Scenarios[0].Performance[0];
        Assert.Equal((4, 0, 4), (row.Attempted, row.Converged, row.Failed));
        Assert.True(double.IsNaN(row.Rejection.Value)
            && double.IsNaN(row.Coverage.Value)
            && double.IsNaN(row.Bias.Value)
            && double.IsNaN(row.ModelError.Value));
    }

    [Fact]
    public void An_exception_of_a_method_is_a_failure_that_is_reported()
    {
        var result = Run(new Throwing(), new Fixed("f", Values, Errors));
        Assert.Equal(4, result.Scenarios[0].Performance[0].Failed);
        Assert.Equal(0, result.Scenarios[0].Performance[1].Failed);
        Assert.Equal([new StudyFailure("throwing: no solution", 4)], result.Failures);
    }

    private static MethodPerformance Measure() => Run(new Fixed("m", Values, Errors)).Scenarios[0].Performance[0];

    private static StudyResult Run(params IEstimator[] methods)
    {
        var study = Studies.Read(Studies.Small) with { Replicates = 4, Methods = methods };
        return SimulationRunner.Run(study with { Scenarios = [study.Scenarios[2]] }, new SimulationOptions { Threads = 1 });
    }

    private sealed class Fixed(string name, double[] values, double[] errors) : IEstimator
    {
        private int next;

        public string Name => name;

        public IEstimand Target => StudyTarget.Conditional;

        public double? DegreesOfFreedom { get; init; }

        public EffectEstimate Estimate(Replicate replicate)
        {
            var index = next++;
            return EffectEstimate.Of(values[index], errors[index], DegreesOfFreedom, converged: true, warned: false);
        }
    }

    private sealed class Throwing : IEstimator
    {
        public string Name => "throwing";

        public IEstimand Target => StudyTarget.Conditional;

        public EffectEstimate Estimate(Replicate replicate) => throw new InvalidOperationException("no solution");
    }
}
