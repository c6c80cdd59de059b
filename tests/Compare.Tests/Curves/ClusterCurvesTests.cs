using MarginalConditional.Compare.Curves;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Curves;

/// <summary>
/// <see cref="ClusterCurves"/> against predictors written out by hand, integrals summed finely, and means of rows; <see cref="BinnedMean"/>
/// against its definition.
/// </summary>
public sealed class ClusterCurvesTests
{
    [Fact]
    public void Curves_of_a_random_intercept_are_written_out_by_hand()
    {
        var fit = Fit("y ~ treatment * time + (1 | patientID)");
        var curves = ClusterCurves.Of(fit, "treatment")!;
        var (beta, sigma) = (fit.Coefficients.ToArray(), fit.RandomEffects[0].StandardDeviations[0]);
        Assert.Equal(("time", "treatment"), (curves.Covariate, curves.Grouping));
        Assert.Equal(["itraconazole", "terbinafine"], curves.Groups.Select(group => group.Level));
        for (var arm = 0; arm < 2; arm++)
        {
            var group = curves.Groups[arm];
            Assert.Equal(40, group.Clusters.Count);
            for (var k = 0; k < group.Values.Count; k += 5)
            {
                var t = group.Values[k];
                var eta = beta[0] + (beta[1] * arm) + (beta[2] * t) + (beta[3] * arm * t);
                Assert.Equal(Expit(eta), group.Typical[k], 12);
                Assert.Equal(Integral(eta, sigma), group.Population[k], 9);
                for (var c = 0; c < 40; c += 13)
                {
                    Assert.Equal(Expit(eta + (sigma * StandardNormal.Quantile((c + 0.5) / 40))), group.Clusters[c][k], 10);
                }
            }
        }
    }

    [Fact]
    public void With_a_random_slope_the_population_averages_over_both_effects()
    {
        var fit = Fit("y ~ treatment + time + (time | patientID)", 1);
        var group = ClusterCurves.Of(fit, "treatment")!.Groups[1];
        var (beta, cov) = (fit.Coefficients.ToArray(), fit.RandomEffects[0].Covariance.ToArray());
        for (var k = 0; k < group.Values.Count; k += 6)
        {
            var t = group.Values[k];
            var spread = Math.Sqrt(cov[0] + (2 * t * cov[1]) + (t * t * cov[3]));
            Assert.Equal(Integral(beta[0] + beta[1] + (beta[2] * t), spread), group.Population[k], 8);
        }

        // The forty clusters fill the distribution evenly: half of them below the typical one, two thirds within σ of it.
        var (center, sigma) = (Logit(group.Typical[0]), Math.Sqrt(cov[0]));
        Assert.InRange(group.Clusters.Count(cluster => cluster[0] < group.Typical[0]), 18, 22);
        Assert.InRange(group.Clusters.Count(cluster => Math.Abs(Logit(cluster[0]) - center) < sigma), 25, 30);
    }

    [Fact]
    public void Points_are_means_of_the_rows_of_an_arm()
    {
        var fit = Fit("y ~ treatment * time + (1 | patientID)");
        var frame = fit.Frame;
        for (var arm = 0; arm < 2; arm++)
        {
            var data = ClusterCurves.Of(fit, "treatment")!.Groups[arm].Data;
            var rows = Enumerable.Range(0, frame.Rows).Where(i => frame.Design.Column(1)[i] == arm).ToArray();
            Assert.Equal(rows.Length, data.Sum(bin => bin.Rows));
            Assert.Equal(rows.Sum(i => frame.Response[i]), data.Sum(bin => bin.Rows * bin.Mean), 9);
            Assert.Equal(rows.Sum(i => frame.Design.Column(2)[i]), data.Sum(bin => bin.Rows * bin.Value), 6);
            Assert.Equal(data.OrderBy(bin => bin.Value), data);
        }
    }

    [Fact]
    public void Without_a_numeric_covariate_there_are_none() => Assert.Null(ClusterCurves.Of(Fit("y ~ treatment + (1 | patientID)")));

    [Fact]
    public void Few_values_have_a_bin_each_and_many_share_bins_of_equal_values_together()
    {
        var few = BinnedMean.Of([(2, 1, 1), (1, 0, 1), (2, 0, 3), (1, 1, 1)], 3);
        Assert.Equal([new BinnedMean(1, 0.5, 2), new BinnedMean(2, 0.25, 2)], few);
        var many = BinnedMean.Of([.. Enumerable.Range(0, 100).Select(i => ((double)(i / 2), (double)i, 1.0))], 10);
        Assert.InRange(many.Count, 8, 10);
        Assert.Equal(100, many.Sum(bin => bin.Rows));
        Assert.All(many, bin => Assert.Equal(0, bin.Rows % 2));
        Assert.Equal(4950, many.Sum(bin => bin.Rows * bin.Mean), 9);
        Assert.Single(BinnedMean.Of([(1, 2, 1)], 1));
    }

    private static GlmmFit Fit(string formula, int nodes = 25) =>
        GlmmFitter.Fit(ReferenceFrames.Build("toenail", formula), new GlmmOptions { Family = Family.Binomial, Nodes = nodes });

    private static double Integral(double predictor, double spread)
    {
        const double Step = 0.002;
        var sum = 0.0;
        for (var k = -5000; k <= 5000; k++)
        {
            sum += Expit(predictor + (spread * Step * k)) * Math.Exp(-0.5 * Step * Step * k * k);
        }

        return sum * Step / Math.Sqrt(2 * Math.PI);
    }

    private static double Expit(double value) => 1 / (1 + Math.Exp(-value));

    private static double Logit(double mean) => Math.Log(mean / (1 - mean));
}
