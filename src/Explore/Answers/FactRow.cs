using System.Text.Json.Serialization;

namespace MarginalConditional.Explore.Answers;

/// <summary>A number, or a text, with its name.</summary>
/// <param name="Key">What programs call it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Text">What is read.</param>
/// <param name="Value">The number in full; null for a text.</param>
internal sealed record FactRow(
    string Key,
    string Name,
    string Text,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double? Value);
