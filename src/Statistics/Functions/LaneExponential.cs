using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MarginalConditional.Statistics.Functions;

/// <summary>
/// eˣ in every lane, written into the loops that need it: a call costs as much as the work, and more before it is compiled well.
/// </summary>
/// <remarks>
/// x = k log 2 + r with |r| ≤ ½ log 2, eʳ = 1 + r + r²q(r) with q of degree 9 through the Chebyshev points of that interval, whose relative
/// error is 2e-17 (Muller 2016, chapter 11); the result is within one unit in the last place.
/// </remarks>
/// <example>
/// <code>
/// using System.Runtime.Intrinsics;
/// using MarginalConditional.Statistics.Functions;
///
/// Console.WriteLine(LaneExponential.Exp(Vector256&lt;double&gt;.One)[0]);
/// </code>
/// </example>
public static class LaneExponential
{
    private const double LogTwo = 0.693147180559945309417232121458;
    private const double LogTwoRest = 2.3190468138462996e-17;
    private const double OverLogTwo = 1.44269504088896340735992468100;

    /// <summary>Beyond it eˣ is 0, or infinite above the negative of the other.</summary>
    private const double Lowest = -746;
    private const double Highest = 710;

    /// <summary>The lowest argument whose power of 2 is not subnormal.</summary>
    private const double LowestNormal = -708;

    /// <summary>1.5·2⁵²: added to a number, it leaves the nearest integer in the last bits.</summary>
    private const double Rounding = 6755399441055744;
    private const int Bias = 1023;
    private const int MantissaBits = 52;

    /// <summary>eˣ for any x.</summary>
    /// <param name="x">The exponents; what is not a number stays so.</param>
    /// <returns>0 below −746, infinity above 710, subnormal numbers in between as the mathematics library has them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        x = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(Lowest)), Vector256.Create(Lowest), x);
        x = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(Highest)), Vector256.Create(Highest), x);
        var power = Nearest(x * OverLogTwo);
        var half = Nearest(power * 0.5);
        return OfRest(x, power) * PowerOfTwo(half) * PowerOfTwo(power - half);
    }

    /// <summary>eˣ for x ≤ 0, no smaller than e⁻⁷⁰⁸.</summary>
    /// <param name="x">The exponents; what is not a number stays so.</param>
    /// <returns>The powers, with one multiplication less than <see cref="Exp"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> OfNegative(Vector256<double> x)
    {
        x = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(LowestNormal)), Vector256.Create(LowestNormal), x);
        var power = Nearest(x * OverLogTwo);
        return OfRest(x, power) * PowerOfTwo(power);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Nearest(Vector256<double> x) => x + Vector256.Create(Rounding) - Vector256.Create(Rounding);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> PowerOfTwo(Vector256<double> power) => Vector256.AsDouble(
        Vector256.ShiftLeft(Vector256.AsInt64(power + Vector256.Create(Rounding + Bias)), MantissaBits));

    // e^(x − k log 2).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> OfRest(Vector256<double> x, Vector256<double> power)
    {
        var r = Vector256.FusedMultiplyAdd(-power, Vector256.Create(LogTwo), x);
        r = Vector256.FusedMultiplyAdd(-power, Vector256.Create(LogTwoRest), r);
        var series = Vector256.Create(2.510038549551032e-08);
        series = Vector256.FusedMultiplyAdd(series, r, Vector256.Create(2.7620088445409746e-07));
        series = Vector256.FusedMultiplyAdd(series, r, Vector256.Create(2.7557268459997064e-06));
        series = Vector256.FusedMultiplyAdd(series, r, Vector256.Create(2.4801521295954376e-05));
        series = Vector256.FusedMultiplyAdd(series, r, Vector256.Create(0.00019841269863053618));
        series = Vector256.FusedMultiplyAdd(series, r, Vector256.Create(0.0013888888917213717));
        series = Vector256.FusedMultiplyAdd(series, r, Vector256.Create(0.008333333333330062));
        series = Vector256.FusedMultiplyAdd(series, r, Vector256.Create(0.04166666666662413));
        series = Vector256.FusedMultiplyAdd(series, r, Vector256.Create(0.16666666666666669));
        series = Vector256.FusedMultiplyAdd(series, r, Vector256.Create(0.5000000000000001));
        return Vector256<double>.One + Vector256.FusedMultiplyAdd(series * r, r, r);
    }
}
