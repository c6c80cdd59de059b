using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Estimands;

/// <summary>
/// The number needed to treat, 1 / |risk difference|, with its interval on the scale on which it is an interval (Altman 1998).
/// </summary>
/// <remarks>
/// When the difference's interval spans 0 the numbers run from one bound through ∞ to the other: one event more for so many treated, and
/// one event fewer, are both possible. Which of them is benefit and which is harm depends on whether the event is wanted.
/// </remarks>
public sealed record NumberNeededToTreat
{
    private NumberNeededToTreat(double estimate, double first, double second, bool spansInfinity)
    {
        Estimate = estimate;
        First = first;
        Second = second;
        SpansInfinity = spansInfinity;
    }

    /// <summary>
    /// 1 / risk difference, signed: positive when treatment adds events, negative when it prevents them; infinite when the difference is 0.
    /// </summary>
    public double Estimate { get; }

    /// <summary>
    /// The bound that belongs to the difference's bound farther from 0 on the estimate's side: the smallest number of the estimate's sign.
    /// </summary>
    public double First { get; }

    /// <summary>The other bound; of the other sign when <see cref="SpansInfinity"/>.</summary>
    public double Second { get; }

    /// <summary>Whether the interval runs through ∞.</summary>
    public bool SpansInfinity { get; }

    /// <summary>Turns a risk difference and its interval over.</summary>
    public static NumberNeededToTreat Of(Coefficient riskDifference)
    {
        ArgumentNullException.ThrowIfNull(riskDifference);
        var (lower, upper) = (riskDifference.Lower, riskDifference.Upper);
        var (far, near) = riskDifference.Estimate < 0 ? (lower, upper) : (upper, lower);
        return new NumberNeededToTreat(1 / riskDifference.Estimate, 1 / far, 1 / near, lower <= 0 && upper >= 0);
    }

    /// <summary>Whether treatment benefits by it; null when the difference is 0 or not known.</summary>
    /// <param name="eventIsHarm">Whether the outcome's event is unwanted, so that fewer events are a benefit.</param>
    public bool? IsBenefit(bool eventIsHarm) => double.IsFinite(Estimate) ? Estimate < 0 == eventIsHarm : null;

    /// <summary>The estimate in Altman's notation: <c>NNTB 12</c> to benefit one more, <c>NNTH 12</c> to harm one more.</summary>
    /// <param name="eventIsHarm">Whether the outcome's event is unwanted, so that fewer events are a benefit.</param>
    /// <param name="format">Writes a number.</param>
    public string ToText(bool eventIsHarm, Func<double, string> format) => Directed(Estimate, eventIsHarm, format);

    /// <summary>The interval: <c>NNTB 8 to 30</c>, or <c>NNTB 8 … ∞ … NNTH 30</c> when the difference's interval spans 0.</summary>
    /// <param name="eventIsHarm">Whether the outcome's event is unwanted, so that fewer events are a benefit.</param>
    /// <param name="format">Writes a number.</param>
    public string IntervalText(bool eventIsHarm, Func<double, string> format)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (double.IsNaN(First) || double.IsNaN(Second))
        {
            return "\u2013";
        }

        return SpansInfinity
            ? $"{Directed(First, eventIsHarm, format)} \u2026 \u221E \u2026 {Directed(Second, eventIsHarm, format)}"
            : $"{Directed(First, eventIsHarm, format)} to {format(Math.Abs(Second))}";
    }

    private static string Directed(double value, bool eventIsHarm, Func<double, string> format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return double.IsNaN(value) ? "\u2013"
            : double.IsInfinity(value) ? "\u221E"
            : $"NNT{(value < 0 == eventIsHarm ? "B" : "H")} {format(Math.Abs(value))}";
    }
}
