using System.Numerics;
using System.Runtime.CompilerServices;

namespace MarginalConditional.Glmm.Densities;

/// <summary>
/// eˣ in every lane, written into the loops that need it: a call costs as much as the work, and more before it is compiled well.
/// </summary>
/// <remarks>
/// x = k log 2 + r with |r| ≤ ½ log 2, eʳ = 1 + r + r²q(r) with q of degree 9 through the Chebyshev points of that interval, whose relative
/// error is 2e-17 (Muller 2016, chapter 11); the result is within one unit in the last place.
/// </remarks>
internal static class LaneExponential
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Exp(Vector<double> x)
    {
        x = Vector.ConditionalSelect(Vector.LessThan(x, new Vector<double>(Lowest)), new Vector<double>(Lowest), x);
        x = Vector.ConditionalSelect(Vector.GreaterThan(x, new Vector<double>(Highest)), new Vector<double>(Highest), x);
        var power = Nearest(x * OverLogTwo);
        var half = Nearest(power * 0.5);
        return OfRest(x, power) * PowerOfTwo(half) * PowerOfTwo(power - half);
    }

    /// <summary>eˣ for x ≤ 0, no smaller than e⁻⁷⁰⁸.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> OfNegative(Vector<double> x)
    {
        x = Vector.ConditionalSelect(Vector.LessThan(x, new Vector<double>(LowestNormal)), new Vector<double>(LowestNormal), x);
        var power = Nearest(x * OverLogTwo);
        return OfRest(x, power) * PowerOfTwo(power);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Nearest(Vector<double> x) => x + new Vector<double>(Rounding) - new Vector<double>(Rounding);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> PowerOfTwo(Vector<double> power) => Vector.AsVectorDouble(
        Vector.ShiftLeft(Vector.AsVectorInt64(power + new Vector<double>(Rounding + Bias)), MantissaBits));

    // e^(x − k log 2).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> OfRest(Vector<double> x, Vector<double> power)
    {
        var r = Vector.FusedMultiplyAdd(-power, new Vector<double>(LogTwo), x);
        r = Vector.FusedMultiplyAdd(-power, new Vector<double>(LogTwoRest), r);
        var series = new Vector<double>(2.510038549551032e-08);
        series = Vector.FusedMultiplyAdd(series, r, new Vector<double>(2.7620088445409746e-07));
        series = Vector.FusedMultiplyAdd(series, r, new Vector<double>(2.7557268459997064e-06));
        series = Vector.FusedMultiplyAdd(series, r, new Vector<double>(2.4801521295954376e-05));
        series = Vector.FusedMultiplyAdd(series, r, new Vector<double>(0.00019841269863053618));
        series = Vector.FusedMultiplyAdd(series, r, new Vector<double>(0.0013888888917213717));
        series = Vector.FusedMultiplyAdd(series, r, new Vector<double>(0.008333333333330062));
        series = Vector.FusedMultiplyAdd(series, r, new Vector<double>(0.04166666666662413));
        series = Vector.FusedMultiplyAdd(series, r, new Vector<double>(0.16666666666666669));
        series = Vector.FusedMultiplyAdd(series, r, new Vector<double>(0.5000000000000001));
        return Vector<double>.One + Vector.FusedMultiplyAdd(series * r, r, r);
    }
}
