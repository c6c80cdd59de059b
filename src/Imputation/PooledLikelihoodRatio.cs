using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Imputation;

/// <summary>Likelihood-ratio tests pooled over completed data sets: D3 of Meng and Rubin, D4 of Chan and Meng.</summary>
/// <remarks>
/// With d̄ the mean of the statistics of the sets and d that of all at one parameter vector a hypothesis, r = (m + 1)/(k(m − 1))(d̄ − d)
/// and D = d/(k(1 + r)). D3 (Meng and Rubin 1992) takes d at the means of the sets' estimates, and F with Li, Raghunathan and Rubin's
/// degrees of freedom; D4 (Chan and Meng 2022) at the maximum of the mean of the log-likelihoods, so that it depends on no
/// parametrization, and F with k(m − 1)(1 + 1/r)². r is never below 0 here.
/// </remarks>
public static class PooledLikelihoodRatio
{
    /// <summary>The test D3.</summary>
    /// <param name="mean">d̄, the mean of twice the log-likelihood ratios of the sets.</param>
    /// <param name="atMeans">The mean of twice the log-likelihood ratios at the means of the estimates.</param>
    /// <param name="parameters">k, the number of parameters tested.</param>
    /// <param name="sets">m, 2 or more.</param>
    public static JointPool AtMeans(double mean, double atMeans, int parameters, int sets)
    {
        var increase = Increase(mean, atMeans, parameters, sets);
        return Test(atMeans, parameters, increase, JointDegrees.Of(parameters, sets, increase, null));
    }

    /// <summary>The test D4.</summary>
    /// <param name="mean">d̄, the mean of twice the log-likelihood ratios of the sets.</param>
    /// <param name="stacked">Twice the log-likelihood ratio of the sets stacked, over m.</param>
    /// <param name="parameters">k, the number of parameters tested.</param>
    /// <param name="sets">m, 2 or more.</param>
    public static JointPool Stacked(double mean, double stacked, int parameters, int sets)
    {
        var increase = Increase(mean, stacked, parameters, sets);
        var ratio = 1 + (1 / increase);
        return Test(stacked, parameters, increase, increase == 0 ? null : parameters * (sets - 1.0) * ratio * ratio);
    }

    private static double Increase(double mean, double joint, int parameters, int sets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sets, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters, 1);
        return Math.Max(0, (sets + 1.0) / (parameters * (sets - 1.0)) * (mean - joint));
    }

    private static JointPool Test(double joint, int parameters, double increase, double? degrees)
    {
        var statistic = Math.Max(0, joint / (parameters * (1 + increase)));
        return new JointPool(
            degrees is { } finite
                ? new WaldTest(statistic, parameters, finite, FisherDistribution.UpperTail(statistic, parameters, finite))
                : new WaldTest(
                    statistic * parameters, parameters, null, ChiSquaredDistribution.UpperTail(statistic * parameters, parameters)),
            increase);
    }
}
