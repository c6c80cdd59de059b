namespace MarginalConditional.Tests;

/// <summary>Integrals the slow way: composite Simpson with panels far finer than the integrand needs, compensated summation.</summary>
internal static class BruteForce
{
    /// <summary>E f(Z), Z standard normal, by composite Simpson on [−12, 12].</summary>
    public static double NormalMean(Func<double, double> f, double spread)
    {
        var panels = 2 * (int)(20_000 * Math.Max(1, spread / 2));
        var step = 24.0 / panels;
        double sum = 0, lost = 0;
        for (var k = 0; k <= panels; k++)
        {
            var z = -12 + (k * step);
            var factor = k == 0 || k == panels ? 1 : k % 2 == 1 ? 4 : 2;
            var term = (factor * f(z) * Math.Exp(-0.5 * z * z)) - lost;
            var next = sum + term;
            lost = next - sum - term;
            sum = next;
        }

        return sum * step / 3 / Math.Sqrt(2 * Math.PI);
    }
}
