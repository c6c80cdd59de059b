namespace MarginalConditional.Statistics.Functions;

/// <summary>Elementary functions that keep their relative accuracy near zero and in the tails.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Statistics.Functions;
///
/// Console.WriteLine(Elementary.Logistic(-1));
/// </code>
/// </example>
public static class Elementary
{
    /// <summary>exp(x) − 1, accurate for small |x|.</summary>
    /// <remarks>Kahan's correction: the rounding error of u = exp(x) cancels in (u − 1)·x / log u.</remarks>
    public static double ExpMinusOne(double x)
    {
        var u = Math.Exp(x);
        if (u == 1)
        {
            return x;
        }

        var v = u - 1;
        return v == -1 || double.IsPositiveInfinity(u) ? v : v * x / Math.Log(u);
    }

    /// <summary>log(1 + x), accurate for small |x|; x ≥ −1.</summary>
    /// <remarks>Kahan's correction, as in <see cref="ExpMinusOne"/>.</remarks>
    public static double LogOnePlus(double x)
    {
        var u = 1 + x;
        if (u == 1)
        {
            return x;
        }

        return double.IsPositiveInfinity(u) ? u : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>1 / (1 + exp(−x)) without overflow, accurate in the lower tail.</summary>
    public static double Logistic(double x)
    {
        var t = Math.Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + t) : t / (1 + t);
    }

    /// <summary>x·log(x / y), which is 0 at x = 0.</summary>
    public static double XLogRatio(double x, double y) => x == 0 ? 0 : x * Math.Log(x / y);
}
