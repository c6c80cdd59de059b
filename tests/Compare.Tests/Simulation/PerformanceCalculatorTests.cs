using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>Every measure of random estimates against the formulas of Morris, White and Crowther (2019), table 6, term by term.</summary>
public sealed class PerformanceCalculatorTests
{
    private const double Truth = 0.3;
    private const double Critical = 1.959963984540054;
    private static readonly EffectEstimate[] Estimates = Draw(seed: 21, 57);

    [Fact]
    public void Measures_and_their_errors_follow_the_table()
    {
        var usable = Estimates.Where(estimate => estimate.IsUsable).ToArray();
        var n = usable.Length;
        var mean = usable.Sum(estimate => estimate.Value) / n;
        var variance = usable.Sum(estimate => Math.Pow(estimate.Value - mean, 2)) / (n - 1);
        var mse = usable.Sum(estimate => Math.Pow(estimate.Value - Truth, 2)) / n;
        var mseVariance = usable.Sum(estimate => Math.Pow(Math.Pow(estimate.Value - Truth, 2) - mse, 2)) / (n - 1);
        var model = usable.Sum(estimate => Math.Pow(estimate.StandardError, 2)) / n;
        var modelVariance = usable.Sum(estimate => Math.Pow(Math.Pow(estimate.StandardError, 2) - model, 2)) / (n - 1);
        var calculator = new PerformanceCalculator(Estimates, Truth, 0.95);

        Near(mean, Math.Sqrt(variance / n), calculator.Mean);
        Near(mean - Truth, Math.Sqrt(variance / n), calculator.Bias);
        Near(Math.Sqrt(variance), Math.Sqrt(variance / (2 * (n - 1))), calculator.EmpiricalError);
        Near(mse, Math.Sqrt(mseVariance / n), calculator.MeanSquaredError);
        Near(Math.Sqrt(model), Math.Sqrt(modelVariance / (4 * n * model)), calculator.ModelError);
        var ratio = Math.Sqrt(model / variance);
        Near(
            100 * (ratio - 1),
            100 * ratio * Math.Sqrt((modelVariance / (4 * n * model * model)) + (1.0 / (2 * (n - 1)))),
            calculator.RelativeError);
        Proportion(usable, estimate => Math.Abs(estimate.Value - Truth) <= Critical * estimate.StandardError, calculator.Coverage);
        Proportion(
            usable,
            estimate => Math.Abs(estimate.Value - mean) <= Critical * estimate.StandardError,
            calculator.BiasEliminatedCoverage);
        Proportion(usable, estimate => Math.Abs(estimate.Value) > Critical * estimate.StandardError, calculator.Rejection);
    }

    [Fact]
    public void Relative_precision_is_over_replicates_usable_for_both()
    {
        var other = Draw(seed: 22, 57);
        var pairs = Estimates.Zip(other).Where(pair => pair.First.IsUsable && pair.Second.IsUsable).ToArray();
        var n = pairs.Length;
        var (a, b) = (pairs.Average(pair => pair.First.Value), pairs.Average(pair => pair.Second.Value));
        var aa = pairs.Sum(pair => Math.Pow(pair.First.Value - a, 2)) / (n - 1);
        var bb = pairs.Sum(pair => Math.Pow(pair.Second.Value - b, 2)) / (n - 1);
        var ab = pairs.Sum(pair => (pair.First.Value - a) * (pair.Second.Value - b)) / (n - 1);

        Assert.True(n < 57);
        Near(
            100 * ((aa / bb) - 1),
            200 * aa / bb * Math.Sqrt((1 - (ab * ab / (aa * bb))) / (n - 1)),
            PerformanceCalculator.RelativePrecision(Estimates, other));
    }

    private static EffectEstimate[] Draw(ulong seed, int count)
    {
        var random = new RandomStream(seed, 1, 1);
        return [.. Enumerable.Range(0, count).Select(k => k % 19 == 7
            ? EffectEstimate.Failed
            : EffectEstimate.Of(
                0.4 + (0.2 * random.NextNormal()),
                0.1 + (0.15 * random.NextUniform()),
                null,
                converged: true,
                warned: k % 5 == 0))];
    }

    private static void Proportion(EffectEstimate[] usable, Func<EffectEstimate, bool> holds, PerformanceMeasure measure)
    {
        var share = usable.Count(holds) / (double)usable.Length;
        Near(share, Math.Sqrt(share * (1 - share) / usable.Length), measure);
    }

    private static void Near(double value, double error, PerformanceMeasure measure)
    {
        Assert.Equal(value, measure.Value, 1e-12);
        Assert.Equal(error, measure.MonteCarloError, 1e-12);
    }
}
