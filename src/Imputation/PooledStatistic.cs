using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Imputation;

/// <summary>Tests of which only the statistics are known in each completed data set, pooled (D2).</summary>
public static class PooledStatistic
{
    /// <summary>The test D2.</summary>
    /// <remarks>
    /// With d_l χ² on k degrees of freedom, r₂ = (1 + 1/m)·Var √d_l and D2 = (d̄/k − (m + 1)/(m − 1)·r₂)/(1 + r₂), F with k and
    /// k^(−3/m)(m − 1)(1 + 1/r₂)² degrees of freedom (Li, Meng, Raghunathan and Rubin 1991). It is coarser than D1, which needs the
    /// estimates and their covariances: between half and twice D1's p.
    /// </remarks>
    /// <param name="tests">The test in each set, m of them, at least 2; F statistics count as χ² over their rank.</param>
    /// <returns>Statistic and p are not numbers where a set has none, or the sets differ in rank.</returns>
    public static JointPool Of(IReadOnlyList<WaldTest> tests)
    {
        ArgumentNullException.ThrowIfNull(tests);
        var (m, k) = (tests.Count, tests[0].Rank);
        double[] statistics =
            [.. tests.Select(test => test.DenominatorDegreesOfFreedom is null ? test.Statistic : test.Statistic * test.Rank)];
        if (m < 2 || k == 0 || tests.Any(test => test.Rank != k) || statistics.Any(value => !(value >= 0) || !double.IsFinite(value)))
        {
            return new JointPool(new WaldTest(double.NaN, k, null, double.NaN), double.NaN);
        }

        var roots = statistics.Select(Math.Sqrt).ToArray();
        var mean = roots.Average();
        var increase = (1 + (1.0 / m)) * roots.Sum(root => (root - mean) * (root - mean)) / (m - 1);
        var statistic = ((statistics.Average() / k) - ((m + 1.0) / (m - 1) * increase)) / (1 + increase);
        if (increase == 0)
        {
            return new JointPool(tests[0], 0);
        }

        var ratio = 1 + (1 / increase);
        var degrees = Math.Pow(k, -3.0 / m) * (m - 1) * ratio * ratio;
        var p = statistic <= 0 ? 1 : FisherDistribution.UpperTail(statistic, k, degrees);
        return new JointPool(new WaldTest(Math.Max(0, statistic), k, degrees, p), increase);
    }
}
