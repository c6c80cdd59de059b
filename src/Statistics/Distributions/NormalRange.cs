using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Distributions;

/// <summary>The range of M independent standard normal numbers.</summary>
/// <remarks>
/// W(w) = M ∫ φ(z){Φ(z)^(M−1) − [Φ(z) − Φ(z − w)]^(M−1)}dz by the trapezoidal rule (see <see cref="StudentizedRange"/>); of a table its
/// logarithm is interpolated, so that small probabilities keep their digits as well.
/// </remarks>
internal sealed class NormalRange
{
    /// <summary>Beyond this many standard deviations the normal density adds nothing.</summary>
    private const double HalfWidth = 9.5;

    /// <summary>A range wider than this has a probability below the smallest number, M²e^(−w²/4).</summary>
    private const double Impossible = 60;

    /// <summary>Where a table ends: the widest that studentized ranges of ten degrees of freedom or more often ask for.</summary>
    private const double Widest = 16;

    /// <summary>The places that make a table of <see cref="FunctionTable"/> have a polynomial in each of its cells.</summary>
    private static readonly double[] Places = [.. Enumerable.Range(0, (int)(32 * Widest)).Select(k => (k + 0.5) / 32)];

    private readonly int count;
    private readonly FunctionTable? table;

    private NormalRange(int count, bool tabulated)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        this.count = count;
        table = tabulated ? FunctionTable.For(1, Places, (width, values) => values[0] = Math.Log(Sum(width))) : null;
    }

    /// <summary>Summed anew for every width.</summary>
    /// <param name="count">M, 2 or more.</param>
    public static NormalRange Summed(int count) => new(count, tabulated: false);

    /// <summary>Interpolated: pays where as many widths are asked for as the quantile of one studentized range takes.</summary>
    /// <param name="count">M, 2 or more.</param>
    public static NormalRange Tabulated(int count) => new(count, tabulated: true);

    /// <summary>P(range ≥ w).</summary>
    /// <param name="width">w &gt; 0.</param>
    public double UpperTail(double width)
    {
        if (table is null || width >= Widest)
        {
            return Sum(width);
        }

        Span<double> logarithm = stackalloc double[1];
        table.At(width, logarithm);
        return Math.Exp(logarithm[0]);
    }

    private double Sum(double width)
    {
        if (width > Impossible)
        {
            return 0;
        }

        var step = Math.Min(0.3, 0.7 / Math.Sqrt(count));
        var first = Math.Min(-HalfWidth, (width / 2) - HalfWidth);
        var steps = (int)Math.Ceiling((Math.Max(HalfWidth, (width / 2) + HalfWidth) - first) / step);
        var sum = 0.0;
        for (var k = 0; k <= steps; k++)
        {
            var z = first + (k * step);
            var density = StandardNormal.Density(z);
            var all = StandardNormal.Cumulative(z);
            if (density * all == 0)
            {
                continue;
            }

            var below = Math.Min(1, StandardNormal.Cumulative(z - width) / all);
            var lost = below < 1 ? -Elementary.ExpMinusOne((count - 1) * Elementary.LogOnePlus(-below)) : 1;
            sum += density * Math.Pow(all, count - 1) * lost;
        }

        return count * step * sum;
    }
}
