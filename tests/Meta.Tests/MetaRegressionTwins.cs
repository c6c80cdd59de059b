using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Meta.Regression;

namespace MarginalConditional.Meta.Tests;

/// <summary>
/// The kernels <see cref="ModeratorBasis"/>, <see cref="ComponentLikelihood"/>, <see cref="RobustVariance"/> and the fits that
/// <see cref="MetaRegressionSummary"/> makes, against whole matrices by their definitions.
/// </summary>
public sealed class MetaRegressionTwins
{
    [Fact]
    public void Moments_of_a_regression_are_those_of_whole_matrices()
    {
        var data = MetaRegressionGolden.Vaccine("ablat + alloc");
        var scaled = ScaledStudies.From(data.Studies, data.Design, 4);
        const double Tau2 = 0.3;
        var twin = new Dense(scaled, data.Design, [(Enumerable.Range(0, scaled.Count).ToArray(), Tau2)]);
        var moments = scaled.At(Tau2);
        Assert.Equal(twin.Quadratic(twin.Precision), moments.Q, 10);
        Assert.Equal(-twin.Quadratic(Dense.Times(twin.Projection, twin.Projection)), moments.QSlope, 10);
        Assert.Equal(Dense.Trace(twin.Projection), moments.SumWeights - moments.Absorbed, 10);

        // The information of other columns of the same space differs by a constant.
        var other = new Dense(scaled, data.Design, [(Enumerable.Range(0, scaled.Count).ToArray(), 0)]);
        Assert.Equal(
            Dense.LogDeterminant(twin.Information) - Dense.LogDeterminant(other.Information),
            moments.LogInformation - scaled.At(0).LogInformation,
            10);
        Assert.Equal(ModeratorBasis.Of([[1, 1], [3, 5]], [2, 4]).Coefficients([0, 0]), [-1, 1], Closely);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Derivatives_of_several_variances_are_differences_of_the_likelihood_of_whole_matrices(bool restricted)
    {
        var data = MetaRegressionGolden.Schools("y1 + (1 | district / school)", null);
        var scaled = ScaledStudies.From(data.Studies, data.Design, 2);
        int[][] groupings = [.. data.Groupings.Select(grouping => scaled.Order.ToArray().Select(i => grouping.Groups[i]).ToArray())];
        var likelihood = new ComponentLikelihood(scaled, groupings, restricted);
        double[] at = [0.7, 0.4], gradient = new double[2], information = new double[4];
        var value = likelihood.Derivatives(at, gradient, information);
        const double Step = 1e-5;
        for (var s = 0; s < 2; s++)
        {
            double[] above = [.. at], below = [.. at];
            (above[s], below[s]) = (at[s] + Step, at[s] - Step);
            Assert.Equal((Value(above) - Value(below)) / (4 * Step), gradient[s], 6);
        }

        Assert.Equal(Value([0.2, 0.1]) - Value(at), likelihood.Value([0.2, 0.1]) - value, 8);
        var twin = At(at);
        var middle = restricted ? twin.Projection : twin.Precision;
        for (var s = 0; s < 2; s++)
        {
            for (var t = 0; t < 2; t++)
            {
                var product = Dense.Times(Dense.Times(middle, Same(groupings[s])), Dense.Times(middle, Same(groupings[t])));
                Assert.Equal(Dense.Trace(product) / 2, information[(s * 2) + t], 6);
            }
        }

        Dense At(double[] variances) => new(scaled, data.Design, [.. groupings.Zip(variances)]);

        double Value(double[] variances)
        {
            var dense = At(variances);
            return -Dense.LogDeterminant(dense.Covariance) - dense.Quadratic(dense.Precision)
                - (restricted ? Dense.LogDeterminant(dense.Information) : 0);
        }
    }

    [Fact]
    public void Robust_variances_are_unbiased_under_the_working_covariance()
    {
        // E of the sandwich is (XᵀV⁻¹X)⁻¹ when residuals have their covariance V − XMXᵀ, and the degrees of freedom are twice the squared
        // mean over the variance, here by drawing residuals through every direction of a root of that covariance.
        var data = MetaRegressionGolden.Schools("y1 + (1 | district)", "district");
        var scaled = ScaledStudies.From(data.Studies, data.Design, 2);
        int[] groups = [.. scaled.Order.ToArray().Select(i => data.Groupings[0].Groups[i])];
        var blocks = EffectBlock.Of(EffectBlock.Connected(scaled.Count, [groups]), scaled.Variances, [(groups, 0.8)]);
        var regression = BlockRegression.Of(scaled, blocks);
        var robust = RobustVariance.Of(scaled, blocks, regression, new MetaTolerances());

        var twin = new Dense(scaled, data.Design, [(groups, 0.8)]);
        var slope = scaled.Basis!.Contrast([0, 1]);
        var form = new double[scaled.Count, scaled.Count];
        foreach (var block in blocks)
        {
            var influence = twin.Influence(block.Rows, 1);
            foreach (var (i, first) in block.Rows.Zip(influence))
            {
                foreach (var (j, second) in block.Rows.Zip(influence))
                {
                    form[i, j] = first * second;
                }
            }
        }

        var rest = twin.Rest;
        var product = Dense.Times(form, rest);
        Assert.Equal(twin.Bread[1, 1], Dense.Trace(product), 9);
        var spread = 2 * Dense.Trace(Dense.Times(product, product));
        Assert.Equal(2 * twin.Bread[1, 1] * twin.Bread[1, 1] / spread, robust.DegreesOfFreedom(slope), 6);
        var residuals = twin.Residuals;
        var observed = 0.0;
        for (var i = 0; i < residuals.Length; i++)
        {
            for (var j = 0; j < residuals.Length; j++)
            {
                observed += residuals[i] * form[i, j] * residuals[j];
            }
        }

        Assert.Equal(observed, Statistics.LinearAlgebra.Dense.QuadraticForm(robust.Covariance, slope), 9);
    }

    [Fact]
    public void One_variance_by_groupings_of_single_effects_is_the_usual_one()
    {
        var grouped = MetaRegression.Fit(MetaRegressionGolden.Schools("y1 + (1 | district:school)", null), new MetaAnalysisOptions());
        var usual = MetaRegression.Fit(MetaRegressionGolden.Schools("y1", null), new MetaAnalysisOptions());
        Assert.Equal(usual.Tau2, grouped.Tau2, 9);
        Assert.Equal(usual.Coefficients[1].StandardError, grouped.Coefficients[1].StandardError, 9);
        Assert.Equal(usual.LogLikelihood!.Value, grouped.LogLikelihood!.Value, 9);
    }

    [Fact]
    public void Limits_of_a_profile_lie_where_the_best_of_the_other_variance_falls_by_the_quantile()
    {
        var data = MetaRegressionGolden.Schools("1 + (1 | district / school)", null);
        var fit = MetaRegression.Fit(data, new MetaAnalysisOptions());
        var scaled = ScaledStudies.From(data.Studies, data.Design, 1);
        int[][] groupings = [.. data.Groupings.Select(grouping => scaled.Order.ToArray().Select(i => grouping.Groups[i]).ToArray())];
        var likelihood = new ComponentLikelihood(scaled, groupings, restricted: true);
        var unit2 = scaled.Unit * scaled.Unit;
        var top = likelihood.Value([.. fit.Components.Select(component => component.Variance / unit2)]);
        var limits = ComponentProfiles.Of(fit);
        foreach (var limit in new[] { limits[0].Lower, limits[0].Upper })
        {
            // The other variance by brute force over a fine grid.
            var best = Enumerable.Range(500, 1_500).Max(step =>
                likelihood.Value([limit / unit2, fit.Components[1].Variance / unit2 * step / 1_000]));
            Assert.Equal(3.841458820694124, top - best, 4);
        }
    }

    [Theory]
    [InlineData("REML")]
    [InlineData("DL")]
    [InlineData("PM")]
    [InlineData("HE")]
    public void A_regression_without_moderators_is_the_meta_analysis(string method)
    {
        var options = new MetaAnalysisOptions
        {
            Estimator = HeterogeneityEstimator.All.Single(one => one.Code == method),
            Interval = MeanInterval.HartungKnapp,
        };
        var data = MetaRegressionGolden.Vaccine("1");
        var alone = MetaAnalysis.Fit(data.Studies, options);
        var fit = MetaRegression.Fit(data, options);
        Assert.Equal(alone.Tau2, fit.Tau2, 12);
        Assert.Equal(alone.Estimate, fit.Coefficients[0].Estimate, 12);
        Assert.Equal(alone.StandardError, fit.Coefficients[0].StandardError, 12);
        Assert.Equal(alone.I2, fit.I2, 10);
        Assert.Equal(alone.PredictionInterval.Upper, fit.Predict([1]).PredictionInterval.Upper, 11);
        Assert.Null(fit.ModeratorTest);
    }

    [Fact]
    public void Units_and_shifts_of_moderators_change_nothing()
    {
        var plain = MetaRegression.Fit(MetaRegressionGolden.Vaccine("ablat"), new MetaAnalysisOptions());
        var moved = MetaRegression.Fit(MetaRegressionGolden.Vaccine("I(ablat * 1000 + 1000000)"), new MetaAnalysisOptions());
        Assert.Equal(plain.Tau2, moved.Tau2, 12);
        Assert.Equal(plain.Coefficients[1].Estimate, 1000 * moved.Coefficients[1].Estimate, 11);
        Assert.Equal(plain.ModeratorTest!.Statistic, moved.ModeratorTest!.Statistic, 8);
    }

    private static bool Closely(double a, double b) => Math.Abs(a - b) < 1e-12;

    private static double[,] Same(int[] groups)
    {
        var matrix = new double[groups.Length, groups.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            for (var j = 0; j < groups.Length; j++)
            {
                matrix[i, j] = groups[i] == groups[j] ? 1 : 0;
            }
        }

        return matrix;
    }
}
