using System.Text.Json;

namespace MarginalConditional.Cli.Tests.Reference;

/// <summary>
/// Compares a program's JSON with expected numbers and collects what differs, so that a failing case shows everything at once.
/// </summary>
internal sealed class Agreement
{
    private readonly List<string> differences = [];

    private readonly List<ComparedNumber> numbers = [];

    public IReadOnlyList<string> Differences => differences;

    /// <summary>Every pair that was compared.</summary>
    public IReadOnlyList<ComparedNumber> Numbers => numbers;

    public void Say(string difference) => differences.Add(difference);

    /// <summary>|a − b| ≤ tolerance · max(1, |b|).</summary>
    /// <param name="what">What is compared.</param>
    /// <param name="actual">The program's number.</param>
    /// <param name="expected">The reference's.</param>
    /// <param name="tolerance">The largest difference.</param>
    /// <param name="beside">The size that digits are counted beside, the number's own unless said.</param>
    public void Near(string what, double? actual, double expected, double tolerance, double? beside = null) =>
        Compare(what, actual, expected, tolerance, Math.Max(1, Math.Abs(expected)), beside);

    /// <summary>|a − b| ≤ tolerance · |b|.</summary>
    public void NearRelative(string what, double? actual, double expected, double tolerance) =>
        Compare(what, actual, expected, tolerance, Math.Max(1e-12, Math.Abs(expected)));

    /// <summary>Compares one property of the coefficients with an object of term → value.</summary>
    public void Terms(JsonElement output, string table, string property, JsonElement expected, double tolerance, bool relative)
    {
        JsonElement[] thresholds = output.TryGetProperty("thresholds", out var found) ? [.. found.EnumerateArray()] : [];
        var rows = output.GetProperty(table).EnumerateArray().Concat(table == "thresholds" ? [] : thresholds)
            .ToDictionary(row => Bare(row.GetProperty("term").GetString()!));
        foreach (var term in expected.EnumerateObject())
        {
            if (!rows.TryGetValue(Bare(term.Name), out var row))
            {
                Say($"no term {term.Name} among {string.Join(", ", rows.Keys)}");
                continue;
            }

            var actual = row.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number
                ? value.GetDouble()
                : (double?)null;
            if (relative)
            {
                NearRelative($"{property} of {term.Name}", actual, term.Value.GetDouble(), tolerance);
            }
            else
            {
                Near($"{property} of {term.Name}", actual, term.Value.GetDouble(), tolerance);
            }
        }
    }

    /// <summary>Largest difference of two matrices relative to the largest expected entry.</summary>
    public void Matrix(string what, JsonElement actual, JsonElement expected, double tolerance)
    {
        var got = actual.EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(entry => entry.GetDouble()).ToArray();
        var want = expected.EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(entry => entry.GetDouble()).ToArray();
        if (got.Length != want.Length)
        {
            Say($"{what}: {got.Length} entries, expected {want.Length}");
            return;
        }

        var largest = want.Max(Math.Abs);
        numbers.AddRange(got.Select((value, i) => new ComparedNumber($"{what}[{i}]", value, want[i], largest)));
        var error = got.Zip(want, (a, b) => Math.Abs(a - b)).Max() / largest;
        if (!(error <= tolerance))
        {
            Say($"{what}: error {error:g3} above {tolerance:g3} of the largest entry");
        }
    }

    /// <summary>A term without blanks: I(age / 10) and I(age/10) are the same.</summary>
    private static string Bare(string term) => term.Replace(" ", string.Empty, StringComparison.Ordinal);

    private void Compare(string what, double? actual, double expected, double tolerance, double scale, double? beside = null)
    {
        numbers.Add(new ComparedNumber(what, actual ?? double.NaN, expected, beside ?? Math.Abs(expected)));
        if (actual is not { } value || !(Math.Abs(value - expected) <= tolerance * scale))
        {
            Say($"{what}: {actual:r}, expected {expected:r} (tolerance {tolerance:g3})");
        }
    }
}
