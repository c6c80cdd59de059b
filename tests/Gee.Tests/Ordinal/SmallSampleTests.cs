using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Gee.Tests.Ordinal;

/// <summary>Few clusters and many categories: whatever comes, a fit returns and says how it ended; threads change no bit.</summary>
public class SmallSampleTests
{
    private static readonly WorkingCorrelation[] Structures =
    [
        WorkingCorrelation.Exchangeable, WorkingCorrelation.Ar1, WorkingCorrelation.Unstructured, WorkingCorrelation.LocalOddsUniform,
        WorkingCorrelation.LocalOddsByPairAndScore,
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_fit_returns_with_a_status_that_its_numbers_bear_out(int place)
    {
        var converged = 0;
        for (var seed = 1; seed <= 40; seed++)
        {
            var thresholds = 1 + (seed % 4);
            var frame = OrdinalSample.Create(seed, thresholds, clusters: 4 + (seed % 9), waves: 3);
            if (frame.Response.ToArray().Distinct().Count() <= thresholds)
            {
                continue;
            }

            var fit = OrdinalGeeFitter.Fit(frame, new OrdinalGeeOptions
            {
                Link = CumulativeLink.All[seed % 4],
                Correlation = Structures[place],
                Nominal = seed % 5 == 0 ? [2] : [],
            });
            var indicators = fit.Indicators;
            foreach (var variance in GeeVariance.All)
            {
                GeeInference.Of(indicators, variance, GeeDegreesOfFreedom.Satterthwaite).CoefficientTable();
            }

            ProportionalOddsTest.OfAll(fit);
            if (indicators.Convergence.Status == ConvergenceStatus.Converged)
            {
                converged++;
                Assert.DoesNotContain(double.NaN, indicators.Coefficients.ToArray());
                Assert.Equal(fit.Thresholds.ToArray().Order(), fit.Thresholds.ToArray());
            }
            else
            {
                Assert.NotEqual("", indicators.Convergence.Message);
            }
        }

        Assert.InRange(converged, 5, 40);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Threads_change_no_bit(int place)
    {
        var frame = OrdinalSample.Create(1, 3, clusters: 900);
        var options = new OrdinalGeeOptions { Correlation = Structures[place], Threads = 1 };
        var one = OrdinalGeeFitter.Fit(frame, options).Indicators;
        var many = OrdinalGeeFitter.Fit(frame, options with { Threads = 4 }).Indicators;
        Assert.Equal(one.Coefficients.ToArray(), many.Coefficients.ToArray());
        Assert.Equal(
            GeeInference.Of(one, GeeVariance.ManclDeRouen).Covariance.ToArray(),
            GeeInference.Of(many, GeeVariance.ManclDeRouen).Covariance.ToArray());
    }
}
