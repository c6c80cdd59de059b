using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Cli.Tests.Accuracy;

/// <summary>Functions of the libraries by the names that certified values have for them.</summary>
internal static class CertifiedFunctions
{
    /// <summary>The function's value.</summary>
    public static double Value(string function, IReadOnlyList<double> x) => function switch
    {
        "marginal mean, logit" => MarginalMean.For(Link.Logit).At(x[0], x[1]).Mean,
        "marginal slope, logit" => MarginalMean.For(Link.Logit).At(x[0], x[1]).MeanSlope,
        "marginal mean, probit" => MarginalMean.For(Link.Probit).At(x[0], x[1]).Mean,
        "marginal mean, cloglog" => MarginalMean.For(Link.Cloglog).At(x[0], x[1]).Mean,
        "conditional predictor, logit" => MarginalMean.For(Link.Logit).Invert(Math.Log(x[0] / (1 - x[0])), x[1]),
        "noncentral t, upper tail" => NoncentralStudentDistribution.UpperTail(x[0], x[1], x[2]),
        "bivariate normal" => BivariateNormal.Cumulative(x[0], x[1], x[2]),
        "normal, lower tail" => StandardNormal.Cumulative(x[0]),
        "normal quantile" => StandardNormal.Quantile(x[0]),
        "t, two-sided" => StudentDistribution.TwoSided(x[0], x[1]),
        "t quantile" => StudentDistribution.Quantile(x[0], x[1]),
        "F, upper tail" => FisherDistribution.UpperTail(x[0], x[1], x[2]),
        "chi-squared, upper tail" => ChiSquaredDistribution.UpperTail(x[0], x[1]),
        "studentized range, upper tail" => StudentizedRange.UpperTail(x[0], (int)x[1], x[2]),
        _ => throw new ArgumentException($"No function is called {function}.", nameof(function)),
    };
}
