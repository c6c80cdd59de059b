using MathNet.Numerics;

namespace MarginalConditional.Statistics.Functions;

/// <summary>Γ(x + d)/Γ(x), where the difference of two logarithms of the gamma function has lost its digits.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Statistics.Functions;
///
/// Console.WriteLine(RisingFactorial.LogOverPower(1e12, 0.5));
/// </code>
/// </example>
public static class RisingFactorial
{
    /// <summary>From here on Stirling's series has all digits.</summary>
    private const double Large = 16;

    /// <summary>log Γ(x + d) − log Γ(x) − d log x, which goes to 0 as x grows.</summary>
    /// <remarks>
    /// By Stirling's series, (x + d − ½) log(1 + d/x) − d + c(x + d) − c(x) with c(x) = 1/(12x) − 1/(360x³) + … (Abramowitz and Stegun
    /// 1964, 6.1.41), for x of 16 and more, to 2e-16·d; below, as the difference of the logarithms, to 3e-13.
    /// </remarks>
    /// <param name="x">x &gt; 0.</param>
    /// <param name="d">d ≥ 0.</param>
    public static double LogOverPower(double x, double d) => x < Large
        ? SpecialFunctions.GammaLn(x + d) - SpecialFunctions.GammaLn(x) - (d * Math.Log(x))
        : ((x + d - 0.5) * Elementary.LogOnePlus(d / x)) - d + (Correction(x + d) - Correction(x));

    private static double Correction(double x)
    {
        var inverse = 1 / (x * x);
        var sum = 1.0 / 1188;
        sum = (1.0 / 1680) - (sum * inverse);
        sum = (1.0 / 1260) - (sum * inverse);
        sum = (1.0 / 360) - (sum * inverse);
        return ((1.0 / 12) - (sum * inverse)) / x;
    }
}
