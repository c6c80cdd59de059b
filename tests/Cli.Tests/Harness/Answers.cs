using System.Text.Json;

namespace MarginalConditional.Cli.Tests.Harness;

/// <summary>What the program answers to a line that is meant to succeed, as numbers, or to be refused, as words.</summary>
internal static class Answers
{
    /// <summary>The result of a line, which is asked for as JSON.</summary>
    public static JsonElement Json(string line)
    {
        using var document = JsonDocument.Parse(Text(line + " --format json"));
        return document.RootElement.Clone();
    }

    /// <summary>The fields of a line's result, which is asked for as CSV: the header first. No field holds a comma.</summary>
    public static string[][] Csv(string line) => Fields(Text(line + " --format csv"));

    /// <summary>What a line prints.</summary>
    public static string Text(string line)
    {
        var run = Margcond.RunLine(line);
        Assert.True(run.ExitCode == 0, $"{line}\n{run.Error}");
        return run.Out;
    }

    /// <summary>The fields of a file without fields in quotes.</summary>
    public static string[][] FileFields(string path) => Fields(File.ReadAllText(path));

    /// <summary>What the program says when it refuses a line, without line breaks; it has to end with 2 and to print no more.</summary>
    public static string Refusal(string line)
    {
        var run = Margcond.RunLine(line, 200);
        Assert.True(run.ExitCode == 2, $"{line} ends with {run.ExitCode}.\n{run.Error}");
        Assert.Empty(run.Out);
        return Flat(run.Error);
    }

    /// <summary>A text with one space in the place of any white space.</summary>
    public static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The number at the end of a path of members and places.</summary>
    public static double Number(this JsonElement element, params object[] path) => element.At(path).GetDouble();

    /// <summary>What stands at the end of a path of members and places.</summary>
    public static JsonElement At(this JsonElement element, params object[] path) =>
        path.Aggregate(element, (inner, step) => step is int place ? inner[place] : inner.GetProperty((string)step));

    /// <summary>A member of each of the elements of an array.</summary>
    public static double[] Each(this JsonElement element, string array, string member) =>
        [.. element.GetProperty(array).EnumerateArray().Select(one => one.GetProperty(member).GetDouble())];

    /// <summary>Requires numbers to be equal up to a share of their size, or of one.</summary>
    public static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance = 1e-9)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (one, other) in expected.Zip(actual))
        {
            Assert.Equal(one, other, tolerance * Math.Max(1, Math.Abs(one)));
        }
    }

    private static string[][] Fields(string text) => [.. text.TrimEnd('\n').Split('\n').Select(line => line.Split(','))];
}
