using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Likeness;

/// <summary><see cref="MixedLikeness"/>: outcomes of a cluster have the covariance ZDZᵀ + R, multiplied out by hand.</summary>
public sealed class MixedLikenessTests
{
    private static readonly double[] Times = [0, 1, 2, 0, 1, 2, 3];

    [Fact]
    public void Slopes_intercepts_and_residuals_over_time_have_their_covariance()
    {
        double[] effects = [0.8, -0.2, -0.2, 0.3];
        double[] residual = [0.5, 0.2, 0.1, 0, 0.2, 0.6, 0.2, 0.1, 0.1, 0.2, 0.7, 0.2, 0, 0.1, 0.2, 0.8];
        var likeness = Likeness([0, 0, 0, 1, 1, 1, 1], effects, residual);
        var outcomes = likeness.Outcomes([1, 0.5]);
        const int Draws = 200_000;
        var (sums, products) = (new double[4], new double[16]);
        var stream = new RandomStream(3, 4, 5);
        var y = new double[4];
        for (var draw = 0; draw < Draws; draw++)
        {
            outcomes.Draw(stream, 1, y);
            for (var i = 0; i < 4; i++)
            {
                sums[i] += y[i];
                for (var j = 0; j < 4; j++)
                {
                    products[(i * 4) + j] += y[i] * y[j];
                }
            }
        }

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(1 + (0.5 * Times[3 + i]), sums[i] / Draws, 0.02);
            for (var j = 0; j < 4; j++)
            {
                var (s, t) = (Times[3 + i], Times[3 + j]);
                var expected = 0.8 - (0.2 * (s + t)) + (0.3 * s * t) + residual[(i * 4) + j];
                Assert.Equal(expected, (products[(i * 4) + j] / Draws) - (sums[i] / Draws * sums[j] / Draws), 0.04);
            }
        }

        Assert.Equal([1.0, 1.5, 2, 1, 1.5, 2, 2.5], likeness.Means([1, 0.5]));
    }

    [Fact]
    public void Groups_across_clusters_are_refused()
    {
        var refusal = Assert.Throws<Data.InputException>(() => Likeness([0, 1, 0, 1, 1, 1, 1], [0.8, -0.2, -0.2, 0.3], [1]));
        Assert.Contains("across the clusters", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Factors_multiply_to_their_matrix_on_the_boundary_too()
    {
        double[][] matrices = [[4, 2, 2, 1], [0, 0, 0, 3], [2, -1, -1, 3], [1, 1, 1, 1]];
        foreach (var matrix in matrices)
        {
            var lower = SemidefiniteFactor.Of(matrix, 2);
            Assert.Equal(0, lower[1]);
            Assert.Equal(matrix[0], lower[0] * lower[0], 1e-12);
            Assert.Equal(matrix[1], lower[0] * lower[2], 1e-12);
            Assert.Equal(matrix[3], (lower[2] * lower[2]) + (lower[3] * lower[3]), 1e-12);
        }
    }

    private static TrialLikeness Likeness(int[] groups, double[] effects, double[] residual)
    {
        double[] design = [1, 1, 1, 1, 1, 1, 1, .. Times];
        string[] names = ["(Intercept)", "time"];
        var frame = new ModelFrame(
            new DesignMatrix(7, names, design, names), new double[7], new Clusters("id", [0, 3, 7], index => $"{index}"))
        {
            Waves = [0, 1, 2, 0, 1, 2, 3],
            RandomTerms = [new RandomTermDesign("id", groups, 2, index => $"{index}", names, design, correlated: true)],
        };
        var estimate = new RandomEffectEstimate("id", names, effects, new double[4], new double[4], index => $"{index}");
        return TrialLikeness.OfLinear(frame, [1, 0.5], [estimate], residual);
    }
}
