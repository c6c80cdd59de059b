using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Accuracy;

/// <summary>tests/reference/losses.json: why some cases agree to fewer digits than others, and to how many they have to.</summary>
internal sealed class AccuracyLosses
{
    /// <summary>Digits asked of a peer's number, unless fewer are printed.</summary>
    public const double OfPeers = 6;

    /// <summary>Digits asked of a certified number.</summary>
    public const double OfCertified = 12;

    private AccuracyLosses(IReadOnlyList<AccuracyLoss> all) => All = all;

    /// <summary>The reasons.</summary>
    public IReadOnlyList<AccuracyLoss> All { get; }

    /// <summary>Reads them.</summary>
    public static AccuracyLosses Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.File("tests", "reference", "losses.json")));
        return new AccuracyLosses([.. document.RootElement.GetProperty("losses").EnumerateArray().Select(AccuracyLoss.Read)]);
    }

    /// <summary>Digits that a case has to agree to.</summary>
    public double Least(string name, double otherwise) =>
        All.Select(loss => loss.Least(name)).FirstOrDefault(digits => digits is not null) ?? otherwise;
}
