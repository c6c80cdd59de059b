using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Correlation;

/// <summary>α to the power of the distance in waves against dense matrices and single pairs, with gaps and without.</summary>
public class Ar1KernelTests
{
    [Theory]
    [InlineData(0.6)]
    [InlineData(0)]
    [InlineData(-0.5)]
    public void Whitening_is_a_factor_of_the_inverse(double alpha)
    {
        var gaps = KernelTwin.Input(3, MomentConvention.LiangZeger);
        KernelTwin.Whitens(new Ar1Kernel(gaps), gaps.Frame, [alpha], (j, k) => Math.Pow(alpha, gaps.Frame.Waves[k] - gaps.Frame.Waves[j]));

        // Without gaps the clusters are whitened as one long series.
        var frame = ClusteredSample.Create(8, Family.Gaussian, clusters: 30, keep: 1.1).Frame;
        var input = gaps with { Frame = frame, PairWeights = [] };
        KernelTwin.Whitens(new Ar1Kernel(input), frame, [alpha], (j, k) => Math.Pow(alpha, k - j));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Liang_and_Zegers_estimate_is_the_mean_product_of_pairs_one_wave_apart(bool weighted)
    {
        var input = KernelTwin.Input(4, MomentConvention.LiangZeger, weighted);
        KernelTwin.Estimates(new Ar1Kernel(input), input, (j, k) => input.Frame.Waves[k] - input.Frame.Waves[j] == 1 ? 0 : -1);
    }

    /// <summary>±1 are not positive definite; what is no number is no correlation.</summary>
    [Theory]
    [InlineData(0.999, true)]
    [InlineData(-0.999, true)]
    [InlineData(1, false)]
    [InlineData(-1, false)]
    [InlineData(1.2, false)]
    [InlineData(double.NaN, false)]
    public void A_correlation_is_taken_where_its_matrix_is_positive_definite(double alpha, bool taken)
    {
        var kernel = new Ar1Kernel(KernelTwin.Input(3, MomentConvention.LiangZeger));
        kernel.Alpha[0] = alpha;
        Assert.Equal(taken, kernel.Prepare() is null);
    }

    /// <summary>Every second wave alone: no pair is one wave apart, and pairs two apart have the square of the correlation.</summary>
    [Fact]
    public void Rows_two_waves_apart_say_something_only_where_all_pairs_count()
    {
        foreach (var convention in new[] { MomentConvention.LiangZeger, MomentConvention.Geepack })
        {
            var input = KernelTwin.Input(3, convention);
            var frame = ClusteredSample.Create(8, Family.Gaussian, clusters: 10, waves: 2, keep: 1.1).Frame;
            frame = new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
            {
                Waves = [.. frame.Waves.ToArray().Select(wave => 2 * wave)],
            };
            var kernel = new Ar1Kernel(input with { Frame = frame, PairWeights = [] });
            double[] residuals = [.. Enumerable.Range(0, frame.Rows).Select(row => row % 2 == 0 ? 1 + row : 0.25 * row)];
            var alpha = new double[1];
            kernel.Estimate(KernelTwin.Add(kernel, frame, residuals), 60, alpha);
            var mean = Enumerable.Range(0, 10).Average(i => residuals[2 * i] * residuals[(2 * i) + 1]) / 60;
            Assert.InRange(mean, 0.1, 0.9);
            Assert.Equal(convention == MomentConvention.LiangZeger, kernel.Inestimable is not null);
            Assert.Equal(kernel.Inestimable is null ? Math.Sqrt(mean) : double.NaN, alpha[0], 1e-6);
        }
    }

    [Fact]
    public void Geepacks_estimate_fits_powers_to_the_products_of_all_pairs_by_least_squares()
    {
        var input = KernelTwin.Input(4, MomentConvention.Geepack, weighted: true);
        var kernel = new Ar1Kernel(input);
        var (products, weights, residuals) = KernelTwin.Pairs(input, 4, (j, k) => input.Frame.Waves[k] - input.Frame.Waves[j] - 1);
        var alpha = new double[1];
        kernel.Estimate(KernelTwin.Add(kernel, input.Frame, residuals), 1.7, alpha);
        for (var other = alpha[0] - 0.2; other < alpha[0] + 0.2; other += 0.01)
        {
            Assert.True(Loss(alpha[0]) <= Loss(other) + 1e-12);
        }

        double Loss(double value) =>
            Enumerable.Range(0, 4).Sum(lag => weights[lag] * Math.Pow((products[lag] / 1.7 / weights[lag]) - Math.Pow(value, lag + 1), 2));
    }
}
