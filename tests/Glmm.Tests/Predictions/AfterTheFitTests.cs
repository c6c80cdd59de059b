using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Predictions;

/// <summary>Posterior means, predictions, draws from a fit and the bootstrap, against integrals done by brute force.</summary>
public sealed class AfterTheFitTests
{
    private static readonly GlmmOptions Binomial = new() { Family = Family.Binomial, Nodes = 25 };
    private static readonly GlmmFit Toenail = GlmmFitter.Fit(
        ReferenceCase.Frame("toenail", "y ~ treatment * time + (1 | patientID)"),
        Binomial with { Nodes = 50 });

    [Fact]
    public void Posterior_mean_and_deviation_equal_a_fine_sum_over_the_effect()
    {
        var moments = PosteriorMoments.Of(Toenail)[0];
        foreach (var cluster in new[] { 0, 7, 100 })
        {
            var (total, mean, square) = (0.0, 0.0, 0.0);
            for (var b = -40.0; b <= 40; b += 0.005)
            {
                var density = Math.Exp(LogIntegrand(cluster, b));
                total += density;
                mean += density * b;
                square += density * b * b;
            }

            mean /= total;
            Assert.Equal(mean, moments.Modes[cluster], 2e-3);
            Assert.Equal(Math.Sqrt((square / total) - (mean * mean)), moments.ModeStandardErrors[cluster], 2e-3);
        }
    }

    [Fact]
    public void Conditional_modes_maximize_the_integrand()
    {
        var modes = Toenail.RandomEffects[0].Modes;
        for (var cluster = 0; cluster < 294; cluster += 13)
        {
            var at = LogIntegrand(cluster, modes[cluster]);
            Assert.True(at >= LogIntegrand(cluster, modes[cluster] + 1e-4) && at >= LogIntegrand(cluster, modes[cluster] - 1e-4));
        }
    }

    [Fact]
    public void Marginal_predictions_average_the_conditional_ones_over_the_effect()
    {
        var marginal = PredictedMeans.Marginal(Toenail, out var errors);
        var typical = PredictedMeans.Typical(Toenail);
        var sigma = Toenail.RandomEffects[0].StandardDeviations[0];
        var sum = 0.0;
        var logit = Math.Log(typical[3] / (1 - typical[3]));
        for (var z = -9.0; z <= 9; z += 0.001)
        {
            sum += 0.001 * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI) / (1 + Math.Exp(-(logit + (sigma * z))));
        }

        Assert.Equal(sum, marginal[3], 1e-10);
        Assert.All(errors, error => Assert.InRange(error, 1e-4, 0.2));
        var conditional = PredictedMeans.Conditional(Toenail);
        Assert.Equal(conditional.Average(), Toenail.Frame.Response.ToArray().Average(), 0.02);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(10)]
    public void Marginal_predictions_are_exact_however_large_the_variance(double sigma)
    {
        var data = StubbornClusters.Near(sigma);
        var design = new DesignMatrix(
            data.Rows,
            [DesignMatrix.InterceptName, "x"],
            [.. Enumerable.Repeat(1.0, data.Rows), .. data.X],
            [DesignMatrix.InterceptName, "x"]);
        var frame = new ModelFrame(design, data.Response, new Clusters("id", data.Offsets, cluster => $"{cluster}"));
        foreach (var link in new[] { Link.Logit, Link.Probit, Link.Cloglog })
        {
            var fit = GlmmFitter.Fit(frame, Binomial with { Link = link, Nodes = 25, CheckNodes = false });
            var deviation = fit.RandomEffects[0].StandardDeviations[0];
            var marginal = PredictedMeans.Marginal(fit, out _);
            foreach (var row in new[] { 0, 2 })
            {
                var eta = fit.Coefficients[0] + (fit.Coefficients[1] * data.X[row]);
                Assert.Equal(BruteForce.NormalMean(z => link.Mean(eta + (deviation * z)), deviation), marginal[row], 1e-10);
            }
        }
    }

    [Fact]
    public void Marginal_standard_errors_equal_the_delta_method_by_differences()
    {
        var fit = GlmmFitter.Fit(ReferenceCase.Frame("slope_binary", "y ~ arm * t + (t | id)"), Binomial with { Nodes = 7 });
        PredictedMeans.Marginal(fit, out var errors);
        const int Row = 5;
        var m = fit.ParameterCount;
        var slope = new double[m];
        for (var j = 0; j < m; j++)
        {
            slope[j] = (At(fit, Row, j, 1e-5) - At(fit, Row, j, -1e-5)) / 2e-5;
        }

        var variance = 0.0;
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < m; j++)
            {
                variance += slope[i] * fit.JointCovariance[(i * m) + j] * slope[j];
            }
        }

        Assert.Equal(Math.Sqrt(variance), errors[Row], 1e-6);
    }

    // A link that is not the family's own may give such means: no outcome has them, and a draw says so.
    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void A_mean_that_the_family_does_not_have_draws_no_outcome(double mean) =>
        Assert.True(double.IsNaN(GlmmSimulator.DrawOutcome(Toenail, new RandomStream(5, 0, 0), mean, 0)));

    /// <summary>A mean at the end of its range, where rounding may put it, leaves nothing to chance.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_certain_outcome_is_drawn(double mean)
    {
        for (ulong draw = 0; draw < 20; draw++)
        {
            Assert.Equal(mean, GlmmSimulator.DrawOutcome(Toenail, new RandomStream(5, 0, draw), mean, 0));
        }
    }

    [Fact]
    public void Draws_have_the_mean_that_the_model_predicts()
    {
        var marginal = PredictedMeans.Marginal(Toenail, out _);
        var sum = 0.0;
        const int Draws = 60;
        for (var r = 0; r < Draws; r++)
        {
            sum += GlmmSimulator.Draw(Toenail, new RandomStream(5, 0, (ulong)r)).Average();
        }

        Assert.Equal(marginal.Average(), sum / Draws, 0.012);
    }

    [Fact]
    public void Bootstrap_standard_errors_resemble_those_of_the_information_and_do_not_depend_on_threads()
    {
        var fit = GlmmFitter.Fit(
            ReferenceCase.Frame("ohio", "resp ~ age + smoke + (1 | id)"),
            Binomial with { Nodes = 9, CheckNodes = false });
        var heard = new HeardProgress();
        var bootstrap = ParametricBootstrap.Run(fit, 60, 3, threads: 2, heard);
        Assert.Equal(60, bootstrap.Attempted);
        Assert.Equal(Enumerable.Range(0, 61), heard.Reports.Select(report => report.Done));
        Assert.True(bootstrap.Converged >= 58);
        Assert.InRange(bootstrap.StandardError(1) / fit.StandardErrors[1], 0.7, 1.4);
        var (lower, upper) = bootstrap.PercentileInterval(1);
        Assert.True(lower < fit.Coefficients[1] && fit.Coefficients[1] < upper);
        var serial = ParametricBootstrap.Run(fit, 4, 3, threads: 1);
        Assert.Equal(bootstrap.Replicate(2), serial.Replicate(2));
    }

    [Theory]
    [InlineData("binomial")]
    [InlineData("poisson")]
    public void A_bootstrap_of_frequency_weights_spreads_as_the_standard_errors_say(string name)
    {
        Assert.True(Family.TryParse(name, out var family));
        var frame = SyntheticFrames.Make(6, family, [80], deviation: 0.6);
        var weights = new double[frame.Rows];
        Array.Fill(weights, 5);
        var weighted = new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
        {
            RandomTerms = frame.RandomTerms,
            Weights = weights,
        };
        var fit = GlmmFitter.Fit(weighted, new GlmmOptions { Family = family, Nodes = 9, CheckNodes = false });
        var bootstrap = ParametricBootstrap.Run(fit, 150, 8);
        Assert.InRange(bootstrap.StandardError(1) / fit.StandardErrors[1], 0.8, 1.25);
    }

    // E g⁻¹ at one row with one parameter moved, by a fine sum over the row's normal effect.
    private static double At(GlmmFit fit, int row, int parameter, double change)
    {
        var psi = fit.Parameters.ToArray();
        psi[parameter] += change;
        var p = fit.Coefficients.Length;
        var eta = Enumerable.Range(0, p).Sum(j => psi[j] * fit.Frame.Design.Column(j)[row]);
        var t = fit.Frame.RandomTerms[0].Column(1)[row];
        var (first, second) = (psi[p] + (t * psi[p + 1]), t * psi[p + 2]);
        var deviation = Math.Sqrt((first * first) + (second * second));
        var sum = 0.0;
        for (var z = -9.0; z <= 9; z += 0.01)
        {
            sum += 0.01 * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI) / (1 + Math.Exp(-(eta + (deviation * z))));
        }

        return sum;
    }

    private static double LogIntegrand(int cluster, double b)
    {
        var frame = Toenail.Frame;
        var sigma = Toenail.RandomEffects[0].StandardDeviations[0];
        var value = -0.5 * b * b / (sigma * sigma);
        for (var i = frame.Clusters.Start(cluster); i < frame.Clusters.Start(cluster) + frame.Clusters.Size(cluster); i++)
        {
            var eta = b;
            for (var j = 0; j < frame.Design.Columns; j++)
            {
                eta += frame.Design.Column(j)[i] * Toenail.Coefficients[j];
            }

            value += (frame.Response[i] * eta) - Math.Max(eta, 0) - Math.Log(1 + Math.Exp(-Math.Abs(eta)));
        }

        return value;
    }
}
