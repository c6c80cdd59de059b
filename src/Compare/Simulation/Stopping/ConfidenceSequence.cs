using MarginalConditional.Statistics.Functions;
using MathNet.Numerics;

namespace MarginalConditional.Compare.Simulation.Stopping;

/// <summary>Intervals of a proportion that hold at every look: the chance that any of them ever misses is at most α.</summary>
/// <remarks>
/// {p : (n + 1) Binomial(S; n, p) ≥ α}. The reciprocal of (n + 1) Binomial(S; n, p) is the likelihood averaged over a uniform p over that
/// at p: a martingale under p that starts at 1, so that it ever reaches 1/α with probability at most α (Robbins 1970).
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Compare.Simulation.Stopping;
///
/// var (lower, upper) = ConfidenceSequence.Interval(count: 950, total: 1000, alpha: 0.05);
/// Console.WriteLine($"{lower} to {upper}, however often one looks");
/// </code>
/// </example>
public static class ConfidenceSequence
{
    /// <summary>Halvings after which an interval on the logit scale is below rounding.</summary>
    private const int Halvings = 60;

    /// <summary>Whether the interval holds a proportion.</summary>
    /// <param name="count">S, how often it occurred.</param>
    /// <param name="total">n, 0 or more.</param>
    /// <param name="probability">p, in (0, 1).</param>
    /// <param name="alpha">α, in (0, 1).</param>
    public static bool Contains(int count, int total, double probability, double alpha)
    {
        Require(count, total, alpha);
        return LogAverage(count, total, Math.Log(probability), Elementary.LogOnePlus(-probability)) >= Math.Log(alpha);
    }

    /// <summary>The interval.</summary>
    /// <param name="count">S, how often it occurred.</param>
    /// <param name="total">n, 0 or more.</param>
    /// <param name="alpha">α, in (0, 1).</param>
    public static (double Lower, double Upper) Interval(int count, int total, double alpha)
    {
        Require(count, total, alpha);
        return (Lower(count, total, alpha), 1 - Lower(total - count, total, alpha));
    }

    /// <summary>The lower end; the upper one is that of what did not occur.</summary>
    private static double Lower(int count, int total, double alpha)
    {
        if (count == 0)
        {
            return 0;
        }

        if (count == total)
        {
            return Math.Exp(Math.Log(alpha / (total + 1.0)) / total);
        }

        var (target, inside) = (Math.Log(alpha), Math.Log(count / (double)(total - count)));
        var step = 1.0;
        while (AtLogit(count, total, inside - step) >= target)
        {
            step *= 2;
        }

        var outside = inside - step;
        for (var k = 0; k < Halvings; k++)
        {
            var middle = outside + ((inside - outside) / 2);
            (outside, inside) = AtLogit(count, total, middle) < target ? (middle, inside) : (outside, middle);
        }

        return Elementary.Logistic(inside);
    }

    private static double AtLogit(int count, int total, double logit) =>
        LogAverage(count, total, -Elementary.LogOnePlus(Math.Exp(-logit)), -Elementary.LogOnePlus(Math.Exp(logit)));

    /// <summary>log{(n + 1) Binomial(S; n, p)}.</summary>
    private static double LogAverage(int count, int total, double logProbability, double logComplement) =>
        Math.Log(total + 1.0) + SpecialFunctions.BinomialLn(total, count)
            + (count == 0 ? 0 : count * logProbability) + (count == total ? 0 : (total - count) * logComplement);

    private static void Require(int count, int total, double alpha)
    {
        if (count < 0 || count > total || alpha is not (> 0 and < 1))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{count} of {total} at α = {alpha}: counts lie between 0 and their total, α between 0 and 1."),
                nameof(count));
        }
    }
}
