using System.Globalization;
using MarginalConditional.Cli.Tests.Reference;

namespace MarginalConditional.Cli.Tests.Accuracy;

/// <summary>All numbers of tests/reference, measured once.</summary>
internal sealed class AccuracyReport
{
    private static readonly Lazy<AccuracyReport> Once = new(() => new AccuracyReport());

    private AccuracyReport()
    {
        Suites = [.. AccuracySuite.Names.Select(AccuracySuite.Read).Select(suite => new MeasuredSuite(
            suite.Peer,
            suite.Source,
            suite.IsCertified,
            suite.Measure()))];
        Cases = [.. ReferenceComparison.Names.Select(ReferenceCase.Read).GroupBy(item => PeerOfCase.Of(item.Text("source")!))
            .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
            .Select(group => new MeasuredSuite(
                group.Key,
                null,
                false,
                [.. group.SelectMany(Numbers)]))];
    }

    /// <summary>The report of the files as they are.</summary>
    public static AccuracyReport Current => Once.Value;

    /// <summary>What peers' own tests and logs print, and certified values.</summary>
    public IReadOnlyList<MeasuredSuite> Suites { get; }

    /// <summary>What peers compute on this project's data, by peer.</summary>
    public IReadOnlyList<MeasuredSuite> Cases { get; }

    /// <summary>Every number.</summary>
    public IEnumerable<MeasuredSuite> All => Suites.Concat(Cases);

    private static IEnumerable<MeasuredNumber> Numbers(ReferenceCase reference) => ReferenceComparison.Of(reference).Numbers
        .Select(number => new MeasuredNumber(
            reference.Name,
            number.What,
            PrintedNumber.Parse(number.Expected.ToString("r", CultureInfo.InvariantCulture)),
            number.Actual,
            number.Size < 1e-10 ? 1 : number.Size));
}
