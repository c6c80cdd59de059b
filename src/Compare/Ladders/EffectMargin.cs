using System.Globalization;

namespace MarginalConditional.Compare.Ladders;

/// <summary>A margin that an effect is held against, such as a risk difference of −0.1. Immutable.</summary>
public sealed record EffectMargin
{
    private static readonly Dictionary<string, string> Scales = new(StringComparer.Ordinal)
    {
        ["risk-difference"] = "risk difference",
        ["risk-ratio"] = "log risk ratio",
        ["odds-ratio"] = "log odds ratio",
        ["cumulative-odds-ratio"] = "log cumulative odds ratio",
        ["difference"] = "difference",
        ["ratio"] = "log ratio",
    };

    private EffectMargin(string name, double value)
    {
        Name = name;
        Value = value;
        Scale = Scales[name];
    }

    /// <summary>The names of the scales that have margins.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Scales.Keys];

    /// <summary>The scale as typed: <c>risk-difference</c>, <c>odds-ratio</c>.</summary>
    public string Name { get; }

    /// <summary>The margin as typed: a difference, or a ratio above 0.</summary>
    public double Value { get; }

    /// <summary>The scale of the ladder's estimates: <c>risk difference</c>, <c>log odds ratio</c>.</summary>
    public string Scale { get; }

    /// <summary>Whether the estimates are logarithms of what the margin is.</summary>
    public bool IsLogarithm => Scale.StartsWith("log ", StringComparison.Ordinal);

    /// <summary>The margin on the scale of the estimates.</summary>
    public double OnScale => IsLogarithm ? Math.Log(Value) : Value;

    /// <summary>The name under which a scale of the ladder has margins; null where it has none.</summary>
    public static string? NameOf(string scale) => Scales.FirstOrDefault(pair => pair.Value == scale).Key;

    /// <summary>Reads <c>risk-difference:-0.1</c> or <c>odds-ratio:1.25</c>.</summary>
    /// <param name="text">Scale, colon, number.</param>
    /// <param name="margin">The margin when the text is well-formed.</param>
    /// <param name="problem">Otherwise a full sentence that says what is wrong; else empty.</param>
    public static bool TryParse(string text, out EffectMargin? margin, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        margin = null;
        problem = string.Empty;
        var parts = text.Split(':', 2, StringSplitOptions.TrimEntries);
        if (parts.Length < 2 || !Scales.ContainsKey(parts[0]))
        {
            problem = $"The margin \"{text}\" does not begin with a scale and a colon.";
            return false;
        }

        if (!double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            problem = $"The margin \"{text}\" needs a number behind the colon.";
            return false;
        }

        if (Scales[parts[0]].StartsWith("log ", StringComparison.Ordinal) && value <= 0)
        {
            problem = $"The margin \"{text}\" is one of a ratio, which has to be above 0.";
            return false;
        }

        if (parts[0] == "risk-difference" && Math.Abs(value) >= 1)
        {
            problem = $"The margin \"{text}\" is one of risks, which lies between -1 and 1: ten percentage points are 0.1.";
            return false;
        }

        margin = new EffectMargin(parts[0], value);
        return true;
    }
}
