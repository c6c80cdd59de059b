using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
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

    /// <summary>Four waves have six correlations, and five have ten.</summary>
    [Theory]
    [InlineData(4, 6, null)]
    [InlineData(5, 10, null)]
    [InlineData(4, 5, "The data have 4 waves, between which an unstructured correlation has 6 correlations, more than the 5 rows.")]
    [InlineData(1001, 1001, "The data have 1001 waves, and an unstructured correlation of more than 1000 cannot be estimated.")]
    [InlineData(
        1000,
        1000,
        "The data have 1000 waves, between which an unstructured correlation has 499500 correlations, more than the 1000 rows.")]
    public void Correlations_are_as_many_as_rows_at_most(int waves, int rows, string? problem)
    {
        var frame = new ModelFrame(
            new DesignMatrix(rows, ["(Intercept)"], [.. Enumerable.Repeat(1.0, rows)], ["(Intercept)"]),
            new double[rows],
            new Clusters("id", [.. Enumerable.Range(0, rows).Where(row => row % waves == 0), rows], cluster => $"{cluster}"))
        { Waves = [.. Enumerable.Range(0, rows).Select(row => row % waves)] };
        var input = new CorrelationInput(frame, [], MomentConvention.Geepack, new GeeTolerances());
        if (problem is null)
        {
            Assert.Equal(waves * (waves - 1) / 2, new UnstructuredKernel(input).Alpha.Length);
        }
        else
        {
            Assert.Equal(problem, Assert.Throws<InputException>(() => new UnstructuredKernel(input)).Message);
        }
    }

    [Fact]
    public void A_cluster_whose_matrix_would_be_too_large_is_refused()
    {
        const int Rows = 10_001;
        var frame = new ModelFrame(
            new DesignMatrix(Rows, ["(Intercept)"], [.. Enumerable.Repeat(1.0, Rows)], ["(Intercept)"]),
            new double[Rows],
            new Clusters("id", [0, Rows], cluster => $"{cluster}"))
        { Waves = new int[Rows] };
        var refusal = Assert.Throws<InputException>(
            () => new UnstructuredKernel(new CorrelationInput(frame, [], MomentConvention.Geepack, new GeeTolerances())));
        Assert.Contains("it takes clusters of up to 10000 rows", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waves_that_no_cluster_was_seen_at_both_of_are_named()
    {
        // Waves a and b in one cluster, a and c in another: never b and c.
        Assert.Equal(
            "No cluster was seen at both waves of a pair: b and c; this correlation is not estimable, and not needed.",
            Note([0, 1, 0, 2], [0, 2, 4]));
        Assert.Null(Note([0, 1, 2, 0], [0, 3, 4]));

        static string? Note(int[] waves, int[] offsets)
        {
            var frame = new ModelFrame(
                new DesignMatrix(4, ["(Intercept)"], [1, 1, 1, 1], ["(Intercept)"]),
                new double[4],
                new Clusters("id", offsets, cluster => $"{cluster}"))
            { Waves = waves, WaveLabels = ["a", "b", "c"] };
            return new UnstructuredKernel(new CorrelationInput(frame, [], MomentConvention.Geepack, new GeeTolerances())).Note;
        }
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
