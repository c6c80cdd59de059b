using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Imputed;

/// <summary>Runs of the program on imputed data, and data sets that were made from the reference one.</summary>
internal static class ImputedRuns
{
    /// <summary>30 clusters of 6 rows; .imp 0 is the incomplete data, 1 to 5 are imputed.</summary>
    public const string Data = "tests/reference/data/imputed_long.csv";

    /// <summary>The logistic GEE of the golden files.</summary>
    public const string Gee = $"gee {Data} 'y ~ arm + x' --cluster id --corr exchangeable --moments geepack";

    /// <summary>The JSON of a command line that has to succeed.</summary>
    public static JsonElement Json(string line)
    {
        var result = Margcond.RunLine($"{line} --format json");
        Assert.True(result.ExitCode == 0, result.Error);
        using var document = JsonDocument.Parse(result.Out);
        return document.RootElement.Clone();
    }

    /// <summary>An item of an array by its <c>term</c>.</summary>
    public static JsonElement Term(this JsonElement root, string array, string term) =>
        root.GetProperty(array).EnumerateArray().First(row => row.GetProperty("term").GetString() == term);

    /// <summary>A number of an item.</summary>
    public static double Number(this JsonElement row, string name) => row.GetProperty(name).GetDouble();

    /// <summary>The rows of the reference data as fields.</summary>
    public static IReadOnlyList<string[]> Rows() =>
        [.. File.ReadLines(Repository.Data("imputed_long")).Skip(1).Select(line => line.Split(','))];

    /// <summary>A file of rows in the columns of the reference data, without those left out.</summary>
    public static string Write(this TemporaryFolder folder, string name, IEnumerable<string[]> rows, int skip = 0)
    {
        string[] header = [".imp", ".id", "id", "arm", "x", "y", "yc"];
        return folder.Write(
            name, string.Join('\n', rows.Prepend(header).Select(row => string.Join(',', row.Skip(skip)))) + "\n");
    }

    /// <summary>The message of a command line that has to be refused, in one line.</summary>
    public static string Refusal(string line)
    {
        var result = Margcond.RunLine(line);
        Assert.True(result.ExitCode == 2, $"exit code {result.ExitCode}\n{result.Out}{result.Error}");
        Assert.Equal("", result.Out);
        return string.Join(' ', result.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
