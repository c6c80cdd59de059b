using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Tests.Marginalization;

public sealed class MarginalizerTests
{
    private static readonly double[] Time = [0, 1, 2, 3, 0, 1, 2, 3, 0, 2];
    private static readonly double[] Arm = [0, 0, 0, 0, 1, 1, 1, 1, 1, 0];

    [Fact]
    public void Jacobian_matches_finite_differences_with_a_random_slope()
    {
        double[] beta = [-0.8, 0.6, -0.4];
        double[] theta = [1.4, -0.3, 0.5];
        var jacobian = Marginalizer.Marginalize(Slope(beta, theta)).Jacobian.ToArray();

        for (var k = 0; k < 6; k++)
        {
            const double Step = 1e-5;
            var forward = Moved(k, Step);
            var backward = Moved(k, -Step);
            for (var j = 0; j < 3; j++)
            {
                Assert.Equal((forward[j] - backward[j]) / (2 * Step), jacobian[(j * 6) + k], 1e-9);
            }
        }

        double[] Moved(int k, double step)
        {
            var (b, t) = (beta.ToArray(), theta.ToArray());
            (k < 3 ? b : t)[k % 3] += step;
            return Marginalizer.Marginalize(Slope(b, t)).Estimates.ToArray();
        }
    }

    [Fact]
    public void Covariance_is_the_product_with_the_jacobian()
    {
        var marginal = Marginalizer.Marginalize(Slope([-0.8, 0.6, -0.4], [1.4, -0.3, 0.5]));
        var joint = new double[49];
        for (var k = 0; k < 7; k++)
        {
            for (var l = 0; l < 7; l++)
            {
                joint[(k * 7) + l] = (k == l ? 2 : 0) + (1.0 / (1 + k + l)); // a seventh parameter, a dispersion, does not matter
            }
        }

        var covariance = marginal.Covariance(joint);
        for (var a = 0; a < 3; a++)
        {
            for (var b = 0; b < 3; b++)
            {
                var sum = 0.0;
                for (var k = 0; k < 6; k++)
                {
                    for (var l = 0; l < 6; l++)
                    {
                        sum += marginal.Jacobian[(a * 6) + k] * joint[(k * 7) + l] * marginal.Jacobian[(b * 6) + l];
                    }
                }

                Assert.Equal(sum, covariance[(a * 3) + b], 1e-13);
            }
        }
    }

    [Fact]
    public void Probit_with_a_random_intercept_is_exact_and_leaves_no_residual()
    {
        var marginal = Marginalizer.Marginalize(Intercept(Link.Probit, [0.5, -1, 0.25], 0.75));

        Assert.Equal(0.5 / 1.25, marginal.Estimates[0], 1e-13);
        Assert.Equal(-1 / 1.25, marginal.Estimates[1], 1e-13);
        Assert.Equal(0.25 / 1.25, marginal.Estimates[2], 1e-13);
        Assert.Equal(0, marginal.LargestResidual, 1e-13);
    }

    [Fact]
    public void Log_link_moves_the_intercept_only()
    {
        var marginal = Marginalizer.Marginalize(Intercept(Link.Log, [0.5, -1, 0.25], 0.6));

        Assert.Equal(0.5 + 0.18, marginal.Estimates[0], 1e-13);
        Assert.Equal(-1, marginal.Estimates[1], 1e-13);
        Assert.Equal(0.25, marginal.Estimates[2], 1e-13);
    }

    [Fact]
    public void A_random_slope_bends_the_log_mean()
    {
        // log E y = Xb + (s0^2 + 2 c t + s1^2 t^2) / 2: with L = [1.4; -0.3 0.5], D = [1.96, -0.42; -0.42, 0.34].
        double[] theta = [1.4, -0.3, 0.5];
        var model = new ConditionalModel(Slope([0, 0, 0], theta).Design, Link.Log, [0.1, 0.2, 0.3], [Block(theta)]);
        var points = model.Points();

        for (var i = 0; i < Time.Length; i++)
        {
            var eta = 0.1 + (0.2 * Arm[i]) + (0.3 * Time[i]);
            Assert.Equal(eta + ((1.96 - (0.84 * Time[i]) + (0.34 * Time[i] * Time[i])) / 2), points[i].Predictor, 1e-13);
        }

        Assert.True(Math.Abs(Marginalizer.Marginalize(model).LargestResidual) > 0.01, "the curve is not straight");
    }

    [Fact]
    public void No_variance_leaves_the_conditional_coefficients()
    {
        double[] beta = [0.5, -1, 0.25];
        var marginal = Marginalizer.Marginalize(Intercept(Link.Logit, beta, 0));

        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(beta[j], marginal.Estimates[j], 1e-13);
            Assert.Equal(0, marginal.Jacobian[(j * 4) + 3]);
        }
    }

    [Fact]
    public void A_row_of_three_trials_counts_as_three_rows()
    {
        double[] once = [0, 1, 2.5];
        double[] expanded = [0, 0, 0, 1, 2.5, 2.5];
        double[] beta = [-1, 0.8];
        var grouped = new ConditionalModel(
            TableFile.Design(("(Intercept)", [1, 1, 1]), ("x", once)), Link.Logit, beta, [Constant(3, 2)], rowWeights: [3, 1, 2]);
        var plain = new ConditionalModel(
            TableFile.Design(("(Intercept)", [1, 1, 1, 1, 1, 1]), ("x", expanded)), Link.Logit, beta, [Constant(6, 2)]);

        var (a, b) = (Marginalizer.Marginalize(grouped), Marginalizer.Marginalize(plain));
        for (var j = 0; j < 2; j++)
        {
            Assert.Equal(b.Estimates[j], a.Estimates[j], 1e-13);
        }
    }

    [Fact]
    public void An_offset_stays_an_offset()
    {
        double[] beta = [0.5, -1, 0.25];
        double[] offset = [.. Time.Select(t => 0.1 * t)];
        var marginal = Marginalizer.Marginalize(new ConditionalModel(Design(), Link.Log, beta, [Constant(10, 1)], offset));

        Assert.Equal(1.0, marginal.Estimates[0], 1e-13);
        Assert.Equal(0.25, marginal.Estimates[2], 1e-13);
    }

    [Fact]
    public void Closed_forms_agree_with_their_formulas()
    {
        var marginal = Marginalizer.Marginalize(Intercept(Link.Logit, [-1, 0.5, 0.1], 2));
        var closed = ClosedFormMarginals.Of(marginal)!;
        var rule = MarginalMean.For(Link.Logit);

        // rho0 = Var(p) / [pbar (1 - pbar)] at zero effects, by brute force.
        var mean = BruteForce.NormalMean(z => 1 / (1 + Math.Exp(1 - (2 * z))), 2);
        var square = BruteForce.NormalMean(z => Math.Pow(1 + Math.Exp(1 - (2 * z)), -2), 2);
        var rho = (square - (mean * mean)) / (mean * (1 - mean));

        Assert.Equal(0.5 / Math.Sqrt(1 + (4 * 768 / (225 * Math.PI * Math.PI))), closed.ZegerLiangAlbert[1], 1e-13);
        Assert.Equal(0.5 * (1 - rho), closed.NeuhausKalbfleischHauck[1], 1e-12);
        Assert.Equal(rule.At(-1, 2).Predictor, closed.NeuhausKalbfleischHauck[0], 1e-15);
        Assert.Equal(2, closed.Spread);
    }

    [Fact]
    public void Closed_forms_are_for_the_logit_alone()
    {
        Assert.Null(ClosedFormMarginals.Of(Marginalizer.Marginalize(Intercept(Link.Probit, [0.5, -1, 0.25], 0.75))));
    }

    private static DesignMatrix Design() => TableFile.Design(("(Intercept)", Ones(10)), ("arm", Arm), ("time", Time));

    private static ConditionalModel Intercept(Link link, double[] beta, double sigma) => new(Design(), link, beta, [Constant(10, sigma)]);

    private static ConditionalModel Slope(double[] beta, double[] theta) => new(Design(), Link.Logit, beta, [Block(theta)]);

    private static RandomEffectBlock Constant(int rows, double sigma) => new(Ones(rows), [sigma], 1, correlated: true);

    private static RandomEffectBlock Block(double[] theta) =>
        new([.. Ones(10), .. Time], [theta[0], 0, theta[1], theta[2]], 2, correlated: true);

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];
}
