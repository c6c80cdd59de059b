using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Gee.Tests.Correlation;

/// <summary>The nearest admissible parameters against a search over a grid.</summary>
public class NearestByCutsTests
{
    [Theory]
    [InlineData(0.9, -0.6)]
    [InlineData(-1.1, 0.2)]
    [InlineData(0.2, -0.95)]
    [InlineData(1.3, 1.2)]
    public void No_admissible_point_of_a_grid_is_nearer(double first, double second)
    {
        // Three waves, two distances: α_1 stands four times in the matrix, α_2 twice.
        double[] weights = [2, 1];
        var search = new NearestByCuts();
        double[] alpha = [first, second];
        search.Project(weights, 0.05, gradient => Smallest(alpha, gradient), alpha);
        Assert.InRange(Smallest(alpha, new double[2]), 0.05 - 1e-7, 0.06);
        var best = Distance(alpha[0], alpha[1]);
        for (var a = -1.0; a <= 1; a += 0.01)
        {
            for (var b = -1.0; b <= 1; b += 0.01)
            {
                Assert.True(Smallest([a, b], new double[2]) < 0.05 || Distance(a, b) > best - 1e-6);
            }
        }

        // The same, starting from what was in force there; and elsewhere, from what is not.
        double[] again = [first, second];
        search.Project(weights, 0.05, gradient => Smallest(again, gradient), again);
        Assert.All(alpha.Zip(again), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
        double[] far = [-second, first];
        double[] fresh = [-second, first];
        search.Project(weights, 0.05, gradient => Smallest(far, gradient), far);
        new NearestByCuts().Project(weights, 0.05, gradient => Smallest(fresh, gradient), fresh);
        Assert.All(far.Zip(fresh), pair => Assert.Equal(pair.First, pair.Second, 1e-7));

        double Distance(double a, double b) => (weights[0] * (a - first) * (a - first)) + (weights[1] * (b - second) * (b - second));
    }

    [Fact]
    public void What_is_admissible_stays()
    {
        double[] alpha = [0.3, 0.1];
        new NearestByCuts().Project([2, 1], 0.05, gradient => Smallest(alpha, gradient), alpha);
        Assert.Equal([0.3, 0.1], alpha);
    }

    // R = [1 a b; a 1 a; b a 1]: 1 − b with (1, 0, −1), and 1 + b/2 − √(b²/4 + 2a²) with (1, t, 1).
    private static double Smallest(double[] alpha, double[] gradient)
    {
        var (a, b) = (alpha[0], alpha[1]);
        var root = Math.Sqrt((b * b / 4) + (2 * a * a));
        var (odd, even) = (1 - b, 1 + (b / 2) - root);
        (gradient[0], gradient[1]) = odd < even ? (0, -1) : (-2 * a / root, 0.5 - (b / 4 / root));
        return Math.Min(odd, even);
    }
}
