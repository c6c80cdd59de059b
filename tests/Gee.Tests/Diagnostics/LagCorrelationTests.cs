using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Diagnostics;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Diagnostics;

/// <summary><see cref="LagCorrelation"/> against lists of pairs, and the working correlations' own definitions.</summary>
public sealed class LagCorrelationTests
{
    public static TheoryData<string> Structures => ["independence", "exchangeable", "ar1", "toeplitz"];

    [Theory]
    [MemberData(nameof(Structures))]
    public void Observed_and_fitted_are_those_of_the_pairs(string structure)
    {
        var sample = ClusteredSample.Create(7, Family.Binomial);
        var fit = GeeFitter.Fit(sample.Frame, new GeeOptions { Family = Family.Binomial, Correlation = Of(structure) });
        var pairs = Pairs(fit);
        var lags = LagCorrelation.Of(fit);
        Assert.Equal(pairs.Keys.Order(), lags.Select(lag => lag.Lag));
        var alpha = fit.Correlation.Alpha.ToArray();
        Assert.All(lags, lag =>
        {
            var own = pairs[lag.Lag];
            Assert.Equal(own.Count, lag.Pairs);
            var cross = own.Sum(pair => pair.One * pair.Other);
            var scale = Math.Sqrt(own.Sum(pair => pair.One * pair.One) * own.Sum(pair => pair.Other * pair.Other));
            Assert.Equal(cross / scale, lag.Observed, 12);
            Assert.Equal(
                structure switch
                {
                    "independence" => 0,
                    "exchangeable" => alpha[0],
                    "ar1" => Math.Pow(alpha[0], lag.Lag),
                    _ => alpha[lag.Lag - 1],
                },
                lag.Fitted,
                10);
        });
    }

    [Fact]
    public void Weights_belong_to_the_residuals()
    {
        var sample = ClusteredSample.Create(11, Family.Poisson, weighted: true);
        var fit = GeeFitter.Fit(sample.Frame, new GeeOptions { Family = Family.Poisson, Correlation = Of("exchangeable") });
        var pairs = Pairs(fit);
        Assert.All(LagCorrelation.Of(fit), lag => Assert.Equal(
            pairs[lag.Lag].Sum(pair => pair.One * pair.Other)
                / Math.Sqrt(pairs[lag.Lag].Sum(pair => pair.One * pair.One) * pairs[lag.Lag].Sum(pair => pair.Other * pair.Other)),
            lag.Observed,
            12));
    }

    private static WorkingCorrelation Of(string structure) => structure switch
    {
        "independence" => WorkingCorrelation.Independence,
        "exchangeable" => WorkingCorrelation.Exchangeable,
        "ar1" => WorkingCorrelation.Ar1,
        _ => WorkingCorrelation.Toeplitz,
    };

    /// <summary>The Pearson residuals of every pair of one cluster, the later row first, by the distance of their waves.</summary>
    private static Dictionary<int, List<(double One, double Other)>> Pairs(GeeFit fit)
    {
        var frame = fit.Frame;
        var residuals = new double[frame.Rows];
        for (var i = 0; i < residuals.Length; i++)
        {
            var eta = frame.Offset.IsEmpty ? 0 : frame.Offset[i];
            for (var j = 0; j < frame.Design.Columns; j++)
            {
                eta += frame.Design.Column(j)[i] * fit.Coefficients[j];
            }

            var mean = fit.Options.EffectiveLink.Mean(eta);
            var weight = frame.Weights.IsEmpty ? 1 : frame.Weights[i];
            residuals[i] = (frame.Response[i] - mean) * Math.Sqrt(weight / fit.Options.Family.Variance(mean));
        }

        var pairs = new Dictionary<int, List<(double, double)>>();
        var cluster = Enumerable.Range(0, frame.Clusters.Count)
            .SelectMany(c => Enumerable.Repeat(c, frame.Clusters.Size(c)))
            .ToArray();
        for (var i = 0; i < frame.Rows; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (cluster[i] == cluster[j])
                {
                    var lag = Math.Abs(frame.Waves[i] - frame.Waves[j]);
                    pairs.TryAdd(lag, []);
                    pairs[lag].Add((residuals[i], residuals[j]));
                }
            }
        }

        return pairs;
    }
}
