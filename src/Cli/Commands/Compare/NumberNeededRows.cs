using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>
/// A number needed to treat as rows of CSV: one for the direction of the estimate and, where the interval runs through infinity, one for
/// the other direction, whose estimate does not exist and whose upper bound is infinite (both NA).
/// </summary>
internal static class NumberNeededRows
{
    /// <summary>Scale, estimate, lower and upper bound of each row; none where the difference is 0 or not known.</summary>
    /// <param name="number">The number.</param>
    /// <param name="eventIsHarm">Whether the event is unwanted.</param>
    public static IEnumerable<(string Scale, double Estimate, double Lower, double Upper)> Of(NumberNeededToTreat number, bool eventIsHarm)
    {
        if (number.IsBenefit(eventIsHarm) is not { } benefit)
        {
            yield break;
        }

        yield return (
            Scale(benefit), Math.Abs(number.Estimate), Math.Abs(number.First), number.SpansInfinity ? double.NaN : Math.Abs(number.Second));
        if (number.SpansInfinity)
        {
            yield return (Scale(!benefit), double.NaN, Math.Abs(number.Second), double.NaN);
        }
    }

    private static string Scale(bool benefit) => $"number needed to treat to {(benefit ? "benefit" : "harm")}";
}
