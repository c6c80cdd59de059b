using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>
/// Σ log(μ + jφ) over j = 0 … k − 1, the logarithm of a rising factorial in units of φ, and its derivatives: with u_j = μ/(μ + jφ) the
/// sums Σ u, Σ u² and Σ u³ are μ times the first derivative in μ, −μ² times the second, and μ³/2 times the third.
/// </summary>
/// <remarks>
/// The first terms are added one by one, the rest by the Euler–Maclaurin formula (Olver and others 2010, section 2.10), whose error after
/// the term of B₈ is below 1e-13 since φ/(μ + jφ) ≤ 1/j. Nothing cancels as φ → 0, where the sum is k log μ.
/// </remarks>
internal readonly ref struct RisingSum
{
    // Terms added one by one.
    private const double Direct = 16;

    private const double SmallestStep = 1e-100;

    /// <summary>The sums of a vector of μ &gt; 0 and whole k ≥ 0.</summary>
    /// <param name="mean">μ.</param>
    /// <param name="count">k.</param>
    /// <param name="step">φ.</param>
    public RisingSum(Vector256<double> mean, Vector256<double> count, Vector256<double> step)
    {
        var one = Vector256<double>.One;
        var direct = Vector256.Min(count, Vector256.Create(Direct));
        var (log, first, second, third) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var term = mean;
        for (var j = Vector256<double>.Zero; Vector256.LessThanAny(j, direct); j += one)
        {
            var counts = Vector256.LessThan(j, direct);
            var share = Vector256.ConditionalSelect(counts, mean / term, Vector256<double>.Zero);
            log += Vector256.Log(Vector256.ConditionalSelect(counts, term, one));
            var square = share * share;
            first += share;
            second += square;
            third += square * share;
            term += step;
        }

        (Log, First, Second, Third) = (log, first, second, third);
        if (!Vector256.GreaterThanAny(count, direct))
        {
            return;
        }

        // From t₀ = μ + 16φ to t₁ = μ + kφ; where k ≤ 16 both ends are the same and add nothing.
        var floor = Vector256.Max(step, Vector256.Create(SmallestStep));
        var number = count - direct;
        var start = mean + (direct * floor);
        var end = mean + (count * floor);
        var (from, to) = (mean / start, mean / end);
        var (a, b) = (floor / start, floor / end);
        var growth = number * a;
        var logGrowth = NegativeBinomialKernel.LogOnePlus(growth);
        var half = Vector256.Create(0.5);
        Log += (number * Vector256.Log(start)) + ((((one + growth) * logGrowth) - growth) / a) - (half * logGrowth)
            + Corrections(a, b, one, one, 1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680);
        First += (from * logGrowth / a) + (half * (from - to)) + Corrections(a, b, from, to, -1.0 / 12, 1.0 / 120, -1.0 / 252, 1.0 / 240);
        Second += (number * from * to) + (half * ((from * from) - (to * to)))
            + Corrections(a, b, from * from, to * to, -1.0 / 6, 1.0 / 30, -1.0 / 42, 1.0 / 30);
        Third += (half * number * from * to * (from + to)) + (half * from * from * from) - (half * to * to * to)
            + Corrections(a, b, from * from * from, to * to * to, -1.0 / 4, 1.0 / 12, -1.0 / 12, 3.0 / 20);
    }

    /// <summary>Σ log(μ + jφ).</summary>
    public Vector256<double> Log { get; }

    /// <summary>Σ u.</summary>
    public Vector256<double> First { get; }

    /// <summary>Σ u².</summary>
    public Vector256<double> Second { get; }

    /// <summary>Σ u³.</summary>
    public Vector256<double> Third { get; }

    // Σ c_i (b^(2i−1) to − a^(2i−1) from).
    private static Vector256<double> Corrections(
        Vector256<double> a,
        Vector256<double> b,
        Vector256<double> from,
        Vector256<double> to,
        double one,
        double two,
        double three,
        double four)
    {
        return (to * Odd(b)) - (from * Odd(a));

        Vector256<double> Odd(Vector256<double> x)
        {
            var square = x * x;
            return x * (Vector256.Create(one) + (square * (Vector256.Create(two)
                + (square * (Vector256.Create(three) + (square * Vector256.Create(four)))))));
        }
    }
}
