using MathNet.Numerics.RootFinding;

namespace MarginalConditional.Statistics.Functions;

/// <summary>Where a decreasing function of a positive number is zero.</summary>
internal static class MonotoneRoot
{
    private const double Accuracy = 1e-12;

    private const int MostDoublings = 200;

    /// <summary>The root.</summary>
    /// <param name="function">Positive at 0, decreasing, negative in the end.</param>
    /// <param name="guess">A positive number of the root's size.</param>
    /// <returns>The root; not a number when the function does not change its sign.</returns>
    public static double Find(Func<double, double> function, double guess)
    {
        var (low, high) = (0.0, guess);
        for (var k = 0; !(function(high) < 0); k++)
        {
            if (k == MostDoublings)
            {
                return double.NaN;
            }

            (low, high) = (high, 2 * high);
        }

        return Brent.TryFindRoot(function, low, high, Accuracy * high, 200, out var root) ? root : double.NaN;
    }
}
