using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Residual;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Inference;

/// <summary>
/// What D3 and D4 are made of, by the likelihood written out with a dense covariance, and for clusters of one size by sums of squares.
/// </summary>
public sealed class StackedLikelihoodRatioTests
{
    private static readonly LmmOptions Full = new() { Restricted = false, Tolerance = 1e-12 };

    /// <summary>Twice the log-likelihood of all sets at the means of their estimates, by n×n matrices, with a term and without.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Ratios_at_means_are_those_of_dense_matrices(bool slope, bool correlated)
    {
        LmmFit[] fits = [.. Sets(slope, correlated).Select(frame => LmmFitter.Fit(frame, Full))];
        var ratios = StackedLikelihoodRatio.OfTerms(fits);
        Assert.Equal(["arm", "time"], ratios.Select(ratio => ratio.Term));
        foreach (var ratio in ratios)
        {
            LmmFit[] smaller = [.. fits.Select(fit => LmmFitter.Fit(LikelihoodRatioTest.Without(fit.Frame, ratio.Term), Full))];
            Assert.Equal(1, ratio.Parameters);
            Assert.Equal(TwiceAtMeans(fits) - TwiceAtMeans(smaller), ratio.AtMeans!.Value, 1e-6);
            for (var set = 0; set < fits.Length; set++)
            {
                var own = 2 * (DenseLikelihood.LogLikelihood(fits[set]) - DenseLikelihood.LogLikelihood(smaller[set]));
                Assert.Equal(own, ratio.Statistics[set], 1e-7);
            }
        }
    }

    /// <summary>
    /// Clusters of m rows with a random intercept: −2ℓ is n log 2π + n + c log(B/c) + c(m − 1) log(W/(c(m − 1))), B and W the sums of
    /// squares between clusters and within. Of sets below each other both are the sums of the sets', about common coefficients.
    /// </summary>
    [Fact]
    public void The_ratio_of_all_sets_is_that_of_their_sums_of_squares()
    {
        ModelFrame[] frames = [.. Enumerable.Range(0, 3).Select(set => Balanced((ulong)set))];
        var ratio = Assert.Single(StackedLikelihoodRatio.OfTerms([.. frames.Select(frame => LmmFitter.Fit(frame, Full))]));
        Assert.Equal("arm", ratio.Term);
        Assert.Equal((Twice(frames, arms: true) - Twice(frames, arms: false)) / frames.Length, ratio.Stacked, 1e-7);
        for (var set = 0; set < frames.Length; set++)
        {
            Assert.Equal(Twice([frames[set]], arms: true) - Twice([frames[set]], arms: false), ratio.Statistics[set], 1e-7);
        }
    }

    /// <summary>Fixed effects are tested by full likelihood: restricted fits are made again, and say the same to the bit.</summary>
    [Fact]
    public void Restricted_fits_have_the_ratios_of_full_ones()
    {
        var frames = Sets(slope: true, correlated: true);
        var full = StackedLikelihoodRatio.OfTerms([.. frames.Select(frame => LmmFitter.Fit(frame, Full))]);
        var restricted = StackedLikelihoodRatio.OfTerms(
            [.. frames.Select(frame => LmmFitter.Fit(frame, Full with { Restricted = true }))]);
        foreach (var (one, other) in full.Zip(restricted))
        {
            Assert.Equal(one.Statistics, other.Statistics);
            Assert.Equal((one.Term, one.Parameters), (other.Term, other.Parameters));
            Assert.Equal((one.AtMeans, one.Stacked), (other.AtMeans, other.Stacked));
        }
    }

    /// <summary>Sets without a difference have one ratio in every sense; residual parameters of many scales have no mean.</summary>
    [Fact]
    public void The_same_set_many_times_has_its_own_ratio()
    {
        var frame = Sets(slope: true, correlated: true)[0];
        foreach (var residual in new[] { ResidualStructure.Identity, ResidualStructure.FirstOrderAutoregression })
        {
            var fit = LmmFitter.Fit(frame, Full with { Residual = residual });
            foreach (var ratio in StackedLikelihoodRatio.OfTerms([fit, fit, fit]))
            {
                var own = LikelihoodRatioTest.OfTerms(fit).Single(test => test.Label == ratio.Term).Statistic;
                Assert.All(ratio.Statistics, statistic => Assert.Equal(own, statistic, 1e-6));
                Assert.Equal(own, ratio.Stacked, 1e-6);
                Assert.Equal(residual == ResidualStructure.Identity, ratio.AtMeans is { } mean && Math.Abs(mean - own) < 1e-6);
                Assert.Equal(residual != ResidualStructure.Identity, ratio.AtMeans is null);
            }
        }
    }

    private static ModelFrame[] Sets(bool slope, bool correlated) =>
    [
        .. Enumerable.Range(0, 3).Select(set =>
        {
            var frame = LinearFrames.Longitudinal(91, 24, 4, slope, correlated);
            var numbers = new Numbers((ulong)(700 + set));
            return new ModelFrame(
                frame.Design, [.. frame.Response.ToArray().Select((y, row) => row % 4 == 1 ? y + numbers.Normal() : y)], frame.Clusters)
            {
                Waves = frame.Waves,
                WaveValues = frame.WaveValues,
                WaveLabels = frame.WaveLabels,
                RandomTerms = frame.RandomTerms,
            };
        }),
    ];

    /// <summary>Ten clusters of four rows, half of them in each arm.</summary>
    private static ModelFrame Balanced(ulong set)
    {
        const int clusters = 10, size = 4;
        var numbers = new Numbers(set + 40);
        double[] between = [.. Enumerable.Range(0, clusters).Select(_ => 1.5 * numbers.Normal())];
        double[] y = [.. Enumerable.Range(0, clusters * size).Select(row => (row / size % 2) + between[row / size] + numbers.Normal())];
        double[] ones = [.. y.Select(_ => 1.0)];
        return new ModelFrame(
            new DesignMatrix(
                y.Length, ["(Intercept)", "arm"], [.. ones, .. y.Select((_, row) => (double)(row / size % 2))], ["(Intercept)", "arm"]),
            y,
            new Clusters("id", [.. Enumerable.Range(0, clusters + 1).Select(c => size * c)], LinearFrames.Label))
        {
            RandomTerms =
            [
                new RandomTermDesign(
                    "id", [.. y.Select((_, row) => row / size)], clusters, LinearFrames.Label, ["(Intercept)"], ones, correlated: true),
            ],
        };
    }

    /// <summary>2ℓ at the maximum, but for what a likelihood ratio drops.</summary>
    private static double Twice(ModelFrame[] frames, bool arms)
    {
        const int size = 4;
        var means = frames.SelectMany(frame => frame.Response.ToArray().Chunk(size).Select((rows, c) => (Arm: c % 2, Mean: rows.Average())))
            .ToArray();
        var within = frames.Sum(frame => frame.Response.ToArray().Chunk(size).Sum(rows => rows.Sum(y => Square(y - rows.Average()))));
        var between = size * means.GroupBy(one => arms ? one.Arm : 0)
            .Sum(arm => arm.Sum(one => Square(one.Mean - arm.Average(m => m.Mean))));
        double c = means.Length, rest = c * (size - 1);
        Assert.True(between / c > within / rest);
        return -(c * Math.Log(between / c)) - (rest * Math.Log(within / rest));

        static double Square(double value) => value * value;
    }

    private static double TwiceAtMeans(LmmFit[] fits)
    {
        var scale = fits.Average(fit => fit.ResidualVariance);
        var beta = Vector<double>.Build.Dense(fits[0].Coefficients.Length, j => fits.Average(fit => fit.Coefficients[j]));
        return fits.Average(fit =>
        {
            var z = DenseLikelihood.RandomDesign(fit.Frame, 0);
            var d = fits.Select(own => DenseLikelihood.RandomCovariance(own, 0)).Aggregate((one, other) => one + other) / fits.Length;
            var v = ((z * d * z.Transpose()) + (scale * Matrix<double>.Build.DenseIdentity(fit.Frame.Rows))).Cholesky();
            var r = DenseLikelihood.Response(fit.Frame) - (DenseLikelihood.Design(fit.Frame) * beta);
            return -(fit.Frame.Rows * Math.Log(2 * Math.PI)) - v.DeterminantLn - (r * v.Solve(r));
        });
    }
}
