namespace MarginalConditional.Statistics.Distributions;

/// <summary>The standard normal distribution: density, cumulative probability and its upper tail, quantile.</summary>
/// <remarks>
/// Cumulative probabilities follow Cody (1969), the quantile Wichura (1988), algorithm AS 241 (PPND16). Both are accurate to about
/// 10⁻¹⁵ relative, in the tails too: exp(−x²/2) is split at a multiple of 1/16 so that the squaring loses nothing.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Statistics.Distributions;
///
/// Console.WriteLine(StandardNormal.Quantile(0.975));
/// </code>
/// </example>
public static class StandardNormal
{
    /// <summary>1/√(2π).</summary>
    public const double InverseRootTwoPi = 0.398942280401432677939946059934;

    private static ReadOnlySpan<double> CentralNumerator =>
    [
        2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582, 18154.981253343561249, 0.065682337918207449113,
    ];

    private static ReadOnlySpan<double> CentralDenominator =>
    [
        47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956,
    ];

    private static ReadOnlySpan<double> MiddleNumerator =>
    [
        0.39894151208813466764, 8.8831497943883759412, 93.506656132177855979, 597.27027639480026226, 2494.5375852903726711,
        6848.1904505362823326, 11602.651437647350124, 9842.7148383839780218, 1.0765576773720192317e-8,
    ];

    private static ReadOnlySpan<double> MiddleDenominator =>
    [
        22.266688044328115691, 235.38790178262499861, 1519.377599407554805, 6485.558298266760755, 18615.571640885098091,
        34900.952721145977266, 38912.003286093271411, 19685.429676859990727,
    ];

    private static ReadOnlySpan<double> TailNumerator =>
    [
        0.21589853405795699, 0.1274011611602473639, 0.022235277870649807, 0.001421619193227893466, 2.9112874951168792e-5,
        0.02307344176494017303,
    ];

    private static ReadOnlySpan<double> TailDenominator =>
    [
        1.28426009614491121, 0.468238212480865118, 0.0659881378689285515, 0.00378239633202758244, 7.29751555083966205e-5,
    ];

    /// <summary>φ(x).</summary>
    public static double Density(double x) => InverseRootTwoPi * Math.Exp(-0.5 * x * x);

    /// <summary>Φ(x) = P(Z ≤ x).</summary>
    public static double Cumulative(double x) => x <= 0 ? LowerTail(-x) : 1 - LowerTail(x);

    /// <summary>P(Z &gt; x) = Φ(−x), accurate where 1 − Φ(x) is not.</summary>
    public static double UpperTail(double x) => Cumulative(-x);

    /// <summary>The x with Φ(x) = <paramref name="probability"/>; −∞ at 0, ∞ at 1, not a number outside.</summary>
    public static double Quantile(double probability)
    {
        var q = probability - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            return q * Wichura.Central(0.180625 - (q * q));
        }

        var tail = q < 0 ? probability : 1 - probability;
        if (!(tail > 0))
        {
            return tail == 0 ? q * double.PositiveInfinity : double.NaN;
        }

        var r = Math.Sqrt(-Math.Log(tail));
        var x = r <= 5 ? Wichura.Intermediate(r - 1.6) : Wichura.Far(r - 5);
        return q < 0 ? -x : x;
    }

    // Φ(−y) for y ≥ 0.
    private static double LowerTail(double y)
    {
        if (y <= 0.67448975)
        {
            return 0.5 - CentralArea(y);
        }

        if (double.IsNaN(y) || y > 40)
        {
            return double.IsNaN(y) ? y : 0;
        }

        double ratio;
        if (y <= 5.656854249492380195)
        {
            var numerator = MiddleNumerator[8] * y;
            var denominator = y;
            for (var i = 0; i < 7; i++)
            {
                numerator = (numerator + MiddleNumerator[i]) * y;
                denominator = (denominator + MiddleDenominator[i]) * y;
            }

            ratio = (numerator + MiddleNumerator[7]) / (denominator + MiddleDenominator[7]);
        }
        else
        {
            var s = 1 / (y * y);
            var numerator = TailNumerator[5] * s;
            var denominator = s;
            for (var i = 0; i < 4; i++)
            {
                numerator = (numerator + TailNumerator[i]) * s;
                denominator = (denominator + TailDenominator[i]) * s;
            }

            ratio = s * (numerator + TailNumerator[4]) / (denominator + TailDenominator[4]);
            ratio = (InverseRootTwoPi - ratio) / y;
        }

        var coarse = Math.Truncate(y * 16) / 16;
        var rest = (y - coarse) * (y + coarse);
        return Math.Exp(-0.5 * coarse * coarse) * Math.Exp(-0.5 * rest) * ratio;
    }

    // Φ(y) − ½ for 0 ≤ y ≤ 0.674….
    private static double CentralArea(double y)
    {
        var s = y * y;
        var numerator = CentralNumerator[4] * s;
        var denominator = s;
        for (var i = 0; i < 3; i++)
        {
            numerator = (numerator + CentralNumerator[i]) * s;
            denominator = (denominator + CentralDenominator[i]) * s;
        }

        return y * (numerator + CentralNumerator[3]) / (denominator + CentralDenominator[3]);
    }
}
