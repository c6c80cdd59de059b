using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;

namespace MarginalConditional.Gee.Tests.Correlation;

/// <summary>α to the power of a time against dense matrices, and its least squares against a grid.</summary>
public class DecayKernelTests
{
    [Theory]
    [InlineData(0.7)]
    [InlineData(0)]
    [InlineData(0.05)]
    public void Whitening_is_a_factor_of_the_inverse(double alpha)
    {
        var input = Stretched(MomentConvention.LiangZeger);
        KernelTwin.Whitens(
            new DecayKernel(input),
            input.Frame,
            [alpha],
            (j, k) => Math.Pow(alpha, input.Frame.WaveValues[k] - input.Frame.WaveValues[j]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_estimate_fits_powers_to_the_products_by_least_squares(bool allPairs)
    {
        var input = Stretched(allPairs ? MomentConvention.Geepack : MomentConvention.LiangZeger);
        var frame = input.Frame;
        var pairs = Enumerable.Range(0, frame.Clusters.Count)
            .SelectMany(i => Enumerable.Range(frame.Clusters.Start(i), frame.Clusters.Size(i)).SelectMany(j =>
                Enumerable.Range(frame.Clusters.Start(i), j - frame.Clusters.Start(i))
                    .Where(k => allPairs || k == j - 1)
                    .Select(k => (First: k, Second: j))))
            .ToList();
        var random = new Sequence(2);
        double[] effects = [.. Enumerable.Range(0, frame.Clusters.Count).Select(_ => random.Normal())];
        var residuals = new double[frame.Rows];
        for (var i = 0; i < effects.Length; i++)
        {
            for (var row = frame.Clusters.Start(i); row < frame.Clusters.Start(i) + frame.Clusters.Size(i); row++)
            {
                residuals[row] = effects[i] + random.Normal();
            }
        }

        var kernel = new DecayKernel(input);
        var alpha = new double[1];
        kernel.Estimate(KernelTwin.Add(kernel, frame, residuals), 2.1, alpha);
        Assert.InRange(alpha[0], 0.05, 0.95);

        // With Liang and Zeger's divisor every weight is smaller by the same factor, which the products have to be compared with.
        var factor = allPairs ? 1 : (pairs.Count - (double)input.Coefficients) / pairs.Count;
        for (var other = 0.01; other < 0.99; other += 0.01)
        {
            Assert.True(Loss(alpha[0]) <= Loss(other) + 1e-12);
        }

        double Loss(double value) => pairs.GroupBy(pair => frame.WaveValues[pair.Second] - frame.WaveValues[pair.First]).Sum(lag =>
        {
            var weight = lag.Count() * factor;
            var product = lag.Sum(pair => residuals[pair.First] * residuals[pair.Second]) / 2.1;
            return weight * Math.Pow((product / weight) - Math.Pow(value, lag.Key), 2);
        });
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.999, true)]
    [InlineData(1, false)]
    [InlineData(1.5, false)]
    [InlineData(-0.1, false)]
    [InlineData(double.NaN, false)]
    public void A_correlation_is_taken_from_zero_to_below_one(double alpha, bool taken)
    {
        var kernel = new DecayKernel(Stretched(MomentConvention.Geepack));
        kernel.Alpha[0] = alpha;
        Assert.Equal(taken, kernel.Prepare() is null);
    }

    private static CorrelationInput Stretched(MomentConvention moments)
    {
        var input = KernelTwin.Input(3, moments);
        var frame = input.Frame;
        return input with
        {
            Frame = new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
            {
                Waves = frame.Waves,
                WaveValues = (double[])[.. frame.Waves.ToArray().Select(wave => 0.5 * wave * (wave + 1))],
            },
        };
    }
}
