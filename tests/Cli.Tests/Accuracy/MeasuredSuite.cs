using System.Globalization;

namespace MarginalConditional.Cli.Tests.Accuracy;

/// <summary>The numbers of one peer.</summary>
/// <param name="Peer">The peer with its version.</param>
/// <param name="Source">Where its numbers stand, unless the folder says it.</param>
/// <param name="IsCertified">Whether the numbers are right to all digits.</param>
/// <param name="Numbers">All of them.</param>
internal sealed record MeasuredSuite(
    string Peer,
    string? Source,
    bool IsCertified,
    IReadOnlyList<MeasuredNumber> Numbers)
{
    /// <summary>How many cases.</summary>
    public int CaseCount => Numbers.Select(number => number.Case).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Digits asked of a number without a reason for fewer.</summary>
    public double Asked => IsCertified ? AccuracyLosses.OfCertified : AccuracyLosses.OfPeers;

    /// <summary>A row of the page's tables: the worst is the one of those that do not agree to all printed digits.</summary>
    public string Row
    {
        get
        {
            var others = Numbers.Where(number => number.Digits < number.Printed).Select(number => number.Digits).ToArray();
            var share = 100.0 * (Numbers.Count - others.Length) / Numbers.Count;
            var worst = others.Length == 0 ? "all" : Whole(others.Min());
            var agree = Whole(Median(Numbers.Select(number => number.Digits)));
            var printed = Whole(Median(Numbers.Select(number => number.Printed)));
            return $"| {Peer} | {CaseCount} | {Numbers.Count} | {Whole(share)} % | {worst} | {agree} | {printed} |"
                + (Source is null ? string.Empty : $" {Source} |");
        }
    }

    /// <summary>Digits in whole ones.</summary>
    public static string Whole(double digits) => Math.Floor(digits + 1e-9).ToString("f0", CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[(sorted.Length - 1) / 2];
    }
}
