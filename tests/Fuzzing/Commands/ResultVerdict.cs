using System.Text.Json;
using System.Text.RegularExpressions;

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Judges a result: no number that means nothing is shown as one, and what is missing is accounted for.</summary>
internal static partial class ResultVerdict
{
    /// <summary>Judges what was written to stdout with exit code 0 or 3.</summary>
    public static Outcome Of(int code, string output)
    {
        if (output.StartsWith('{'))
        {
            return OfJson(code, output);
        }

        if (output.Contains("\nUsage: margcond", StringComparison.Ordinal))
        {
            return Outcome.Result("help");
        }

        return code == 0 && NotANumber().IsMatch(output)
            ? Outcome.Fault("a result that is not a number, exit 0")
            : Outcome.Result($"result, exit {code}");
    }

    private static Outcome OfJson(int code, string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            return code == 0 ? OfCoefficients(document.RootElement) : Outcome.Result($"JSON, exit {code}");
        }
        catch (JsonException)
        {
            return Outcome.Fault("JSON that cannot be read");
        }
    }

    /// <summary>Without a warning every coefficient has an estimate and a standard error above 0.</summary>
    private static Outcome OfCoefficients(JsonElement root)
    {
        if (root.TryGetProperty("warnings", out var warnings) && warnings.GetArrayLength() > 0)
        {
            return Outcome.Result("JSON, exit 0, warned");
        }

        if (root.TryGetProperty("coefficients", out var coefficients) && coefficients.ValueKind == JsonValueKind.Array)
        {
            foreach (var coefficient in coefficients.EnumerateArray())
            {
                if (IsNull(coefficient, "estimate") || IsNull(coefficient, "se"))
                {
                    return Outcome.Fault("an estimate or a standard error is missing without a warning");
                }

                if (coefficient.TryGetProperty("se", out var error) && error.GetDouble() <= 0)
                {
                    return Outcome.Fault("a standard error is 0 without a warning");
                }
            }
        }

        return Outcome.Result("JSON, exit 0");
    }

    private static bool IsNull(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    [GeneratedRegex(@"\bNaN\b|\bInfinity\b", RegexOptions.None, 1000)]
    private static partial Regex NotANumber();
}
