using System.Text.Json;

namespace MarginalConditional.Cli.Tests.Accuracy;

/// <summary>A reason for which digits are lost.</summary>
/// <param name="Name">A few words.</param>
/// <param name="Why">The reason in sentences.</param>
/// <param name="Cases">The cases, with the digits that still have to agree.</param>
internal sealed record AccuracyLoss(string Name, string Why, IReadOnlyDictionary<string, double> Cases)
{
    /// <summary>Reads a reason.</summary>
    public static AccuracyLoss Read(JsonElement loss) => new(
        loss.GetProperty("name").GetString()!,
        loss.GetProperty("why").GetString()!,
        loss.GetProperty("cases").EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetDouble()));

    /// <summary>Digits asked of a case, if it is one of these.</summary>
    public double? Least(string name) => Cases.TryGetValue(name, out var digits) ? digits : null;
}
