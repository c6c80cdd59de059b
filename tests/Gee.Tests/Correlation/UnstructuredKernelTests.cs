using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;

namespace MarginalConditional.Gee.Tests.Correlation;

/// <summary>One correlation a pair of waves against dense matrices, and its moments against sums over pairs.</summary>
public class UnstructuredKernelTests
{
    [Fact]
    public void Whitening_is_a_factor_of_the_inverse()
    {
        var input = KernelTwin.Input(3, MomentConvention.LiangZeger);
        var waves = input.Frame.Waves.ToArray();
        var count = waves.Max() + 1;
        double Correlation(int early, int late) => 0.5 - (0.05 * (late - early)) - (0.01 * early);
        var alpha = new List<double>();
        for (var j = 0; j < count; j++)
        {
            for (var k = j + 1; k < count; k++)
            {
                alpha.Add(Correlation(j, k));
            }
        }

        KernelTwin.Whitens(
            new UnstructuredKernel(input),
            input.Frame,
            [.. alpha],
            (j, k) => j == k ? 1 : Correlation(Math.Min(waves[j], waves[k]), Math.Max(waves[j], waves[k])));
    }

    [Fact]
    public void Each_estimate_is_the_mean_product_of_its_pair_of_waves()
    {
        var input = KernelTwin.Input(3, MomentConvention.Geepack);
        var frame = input.Frame;
        var random = new Sequence(4);
        double[] residuals = [.. Enumerable.Range(0, frame.Rows).Select(_ => random.Normal())];
        var kernel = new UnstructuredKernel(input);
        var count = frame.Waves.ToArray().Max() + 1;
        var alpha = new double[count * (count - 1) / 2];
        kernel.Estimate(KernelTwin.Add(kernel, frame, residuals), 1.3, alpha);
        var pair = 0;
        for (var early = 0; early < count; early++)
        {
            for (var late = early + 1; late < count; late++, pair++)
            {
                var products = new List<double>();
                for (var c = 0; c < frame.Clusters.Count; c++)
                {
                    var rows = Enumerable.Range(frame.Clusters.Start(c), frame.Clusters.Size(c)).ToList();
                    var (first, second) = (rows.FindIndex(i => frame.Waves[i] == early), rows.FindIndex(i => frame.Waves[i] == late));
                    if (first >= 0 && second >= 0)
                    {
                        products.Add(residuals[rows[first]] * residuals[rows[second]]);
                    }
                }

                Assert.Equal(products.Count > 0, kernel.Occurs(pair));
                Assert.Equal(products.Count == 0 ? 0 : products.Average() / 1.3, alpha[pair], 1e-12);
            }
        }
    }
}
