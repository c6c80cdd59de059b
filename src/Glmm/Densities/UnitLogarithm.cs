using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>log(1 + t) for t in [0, 1], and with it 1/(1 + t): what a logit needs of t = e^(−|η|).</summary>
/// <remarks>
/// With x = 1 + t and c = 1 or 2 whichever keeps |s| ≤ 0.172 for s = (x − c)/(x + c), log x = log c + 2 artanh s; the coefficients of the
/// even polynomial are those of the logarithm of fdlibm (Sun Microsystems 1993), good to half a unit in the last place. Half as long as a
/// logarithm of
/// any argument, and one division serves both results.
/// </remarks>
internal static class UnitLogarithm
{
    private const double LogTwo = 0.693147180559945309417232121458;
    private const double RootTwo = 1.41421356237309504880168872421;

    /// <summary>log(1 + t) and 1/(1 + t).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LogOnePlus(Vector256<double> t, out Vector256<double> reciprocal)
    {
        var one = Vector256<double>.One;
        var x = one + t;
        var large = Vector256.GreaterThan(x, Vector256.Create(RootTwo));
        var sum = x + Vector256.ConditionalSelect(large, one + one, one);
        var shared = one / (x * sum);
        reciprocal = shared * sum;
        var s = Vector256.ConditionalSelect(large, t - one, t) * (shared * x);
        var square = s * s;
        return Vector256.ConditionalSelect(
            large,
            Vector256.Create(LogTwo),
            Vector256<double>.Zero) + Vector256.FusedMultiplyAdd(Series(square) * square, s, s + s);
    }

    /// <summary>(x − 1)/log x for x in [0.71, 1], with no digit lost near 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LogarithmicMean(Vector256<double> x)
    {
        // x − 1 = 2s/(1 − s) and log x = 2 artanh s = 2s(1 + ½s²·series).
        var one = Vector256<double>.One;
        var s = (x - one) / (x + one);
        var square = s * s;
        return one / ((one - s) * Vector256.FusedMultiplyAdd(0.5 * square, Series(square), one));
    }

    // 2 artanh s = 2s + s·s²·series.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Series(Vector256<double> square)
    {
        var series = Vector256.Create(1.479819860511658591e-01);
        series = Vector256.FusedMultiplyAdd(series, square, Vector256.Create(1.531383769920937332e-01));
        series = Vector256.FusedMultiplyAdd(series, square, Vector256.Create(1.818357216161805012e-01));
        series = Vector256.FusedMultiplyAdd(series, square, Vector256.Create(2.222219843214978396e-01));
        series = Vector256.FusedMultiplyAdd(series, square, Vector256.Create(2.857142874366239149e-01));
        series = Vector256.FusedMultiplyAdd(series, square, Vector256.Create(3.999999999940941908e-01));
        series = Vector256.FusedMultiplyAdd(series, square, Vector256.Create(6.666666666666735130e-01));
        return series;
    }
}
