using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Gee.Tests.Ordinal;

/// <summary>Fits of ordered outcomes against their equations with nJ×nJ matrices.</summary>
public class OrdinalTwinTests
{
    public static TheoryData<string, string, int, bool> Fits
    {
        get
        {
            var fits = new TheoryData<string, string, int, bool>();
            string[] structures = ["independence", "exchangeable", "ar1", "unstructured", "toeplitz", "nested", "decay"];
            foreach (var (structure, i) in structures.Select((structure, i) => (structure, i)))
            {
                foreach (var link in CumulativeLink.Names)
                {
                    fits.Add(structure, link, 1 + (i % 4), i % 2 == 0);
                    fits.Add(structure, link, 2 + (i % 3), i % 2 == 1);
                }
            }

            return fits;
        }
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void Scores_and_informations_are_those_of_the_definition(string structure, string link, int thresholds, bool weighted)
    {
        Assert.True(CumulativeLink.TryParse(link, out var named));
        var frame = OrdinalSample.Create(17 + thresholds, thresholds, weighted, withOffset: !weighted);
        var options = new OrdinalGeeOptions
        {
            Link = named,
            Correlation = Structure(structure),
            Moments = weighted ? MomentConvention.Geepack : MomentConvention.LiangZeger,
            Nominal = thresholds > 2 ? [1] : [],
        };
        var fit = OrdinalGeeFitter.Fit(frame, options);
        Assert.True(fit.Indicators.Convergence.Converged, fit.Indicators.Convergence.Message);
        var twin = new OrdinalTwin(fit, Correlation(structure, fit));
        var p = fit.Indicators.Coefficients.Length;
        var informations = fit.Indicators.ClusterInformations();
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            for (var j = 0; j < p; j++)
            {
                Assert.Equal(twin.Scores[i][j, 0], fit.Indicators.ClusterScores[(i * p) + j], 1e-9 * (1 + Math.Abs(twin.Scores[i][j, 0])));
            }

            Assert.InRange(
                Matrices.Distance(twin.Informations[i], Matrices.FromRows(informations.AsSpan(i * p * p, p * p), p)), 0, 1e-8);
        }

        for (var j = 0; j < p; j++)
        {
            Assert.InRange(Math.Abs(twin.Score[j, 0]) / Math.Sqrt(twin.Information[j, j]), 0, 1e-8);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_exchangeable_correlation_is_the_mean_product_of_whitened_residuals(bool lessCoefficients)
    {
        var frame = OrdinalSample.Create(5, 3);
        var fit = OrdinalGeeFitter.Fit(frame, new OrdinalGeeOptions
        {
            Moments = lessCoefficients ? MomentConvention.LiangZeger : MomentConvention.Geepack,
        });
        var twin = new OrdinalTwin(fit, (_, _) => 0);
        var (sum, pairs) = (0.0, 0.0);
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            for (var t = frame.Clusters.Start(i); t < frame.Clusters.Start(i) + frame.Clusters.Size(i); t++)
            {
                for (var s = frame.Clusters.Start(i); s < t; s++)
                {
                    sum += Matrices.Multiply(Matrices.Transpose(twin.Whitened(t)), twin.Whitened(s))[0, 0];
                    pairs += 3;
                }
            }
        }

        Assert.Equal(sum / (pairs - (lessCoefficients ? 5 : 0)), fit.Indicators.Correlation.Alpha[0], 1e-8);
    }

    [Theory]
    [InlineData("logit")]
    [InlineData("probit")]
    [InlineData("cloglog")]
    [InlineData("loglog")]
    public void Under_independence_the_likelihood_is_at_its_maximum(string link)
    {
        Assert.True(CumulativeLink.TryParse(link, out var named));
        var options = new OrdinalGeeOptions { Link = named, Correlation = WorkingCorrelation.Independence };
        var fit = OrdinalGeeFitter.Fit(OrdinalSample.Create(9, 4, weighted: true), options);
        var best = fit.Indicators.Coefficients.ToArray();
        for (var j = 0; j < best.Length; j++)
        {
            const double step = 1e-4;
            var (up, down) = (LogLikelihood(j, step), LogLikelihood(j, -step));
            Assert.Equal(0, (up - down) / (2 * step), 1e-5);
            Assert.True(up + down < 2 * LogLikelihood(j, 0));
        }

        double LogLikelihood(int j, double step)
        {
            double[] at = [.. best];
            at[j] += step;
            return new OrdinalTwin(fit, (_, _) => 0, at).LogLikelihood();
        }
    }

    private static WorkingCorrelation Structure(string name) => name switch
    {
        "independence" => WorkingCorrelation.Independence,
        "ar1" => WorkingCorrelation.Ar1,
        "unstructured" => WorkingCorrelation.Unstructured,
        "toeplitz" => WorkingCorrelation.Toeplitz,
        "nested" => WorkingCorrelation.Nested("group"),
        "decay" => WorkingCorrelation.Decay,
        _ => WorkingCorrelation.Exchangeable,
    };

    private static Func<int, int, double> Correlation(string name, OrdinalGeeFit fit)
    {
        var alpha = fit.Indicators.Correlation.Alpha.ToArray();
        var frame = fit.Frame;
        int Lag(int t, int s) => Math.Abs(frame.Waves[t] - frame.Waves[s]);
        double Group(int row) => ((Data.Tables.NumericColumn)frame.Auxiliary("group")).Values[row];
        return name switch
        {
            "independence" => (_, _) => 0,
            "ar1" or "decay" => (t, s) => Math.Pow(alpha[0], Lag(t, s)),
            "toeplitz" => (t, s) => alpha[Lag(t, s) - 1],
            "nested" => (t, s) => alpha[Group(t) == Group(s) ? 0 : 1],
            "unstructured" => (t, s) => alpha[Pair(Math.Min(frame.Waves[t], frame.Waves[s]), Math.Max(frame.Waves[t], frame.Waves[s]))],
            _ => (_, _) => alpha[0],
        };
    }

    /// <summary>The place of a pair of four waves in the upper triangle.</summary>
    private static int Pair(int early, int late) => (early * (7 - early) / 2) + late - early - 1;
}
