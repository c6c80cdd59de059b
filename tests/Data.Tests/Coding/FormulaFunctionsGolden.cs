using System.Globalization;
using System.Text.Json;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Coding;

/// <summary>
/// Splines, scales, limits, comparisons and listed levels against model.matrix of R (Golden/formula-functions.R), to 1e−10, also for rows
/// that the knots and scales were not learned from.
/// </summary>
public sealed class FormulaFunctionsGolden
{
    public static TheoryData<string> Formulas() => [.. Cases().Select(golden => golden.GetProperty("formula")[0].GetString()!)];

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Design_is_that_of_R(string text)
    {
        var golden = Cases().Single(item => item.GetProperty("formula")[0].GetString() == text);
        var data = DatasetReader.Read(Files.Golden("design.csv"));
        var request = new FrameRequest { Formula = FormulaParser.Parse(text) };
        var table = Table(data);
        var factory = new CodingFactory(table, request, new ColumnRoles(data, request).IsCategorical);
        var coding = DesignCoding.Create(request.Formula.HasIntercept, request.Formula.Terms, factory.Of);

        Assert.Equal(golden.GetProperty("names").EnumerateArray().Select(item => Dense(item.GetString()!)), coding.Names.Select(Dense));
        Near(golden.GetProperty("values"), coding.Values(table));
        Near(golden.GetProperty("outside"), coding.Values(Table(Outside(data))));
    }

    private static FrameTable Table(Dataset data) => new(data, [.. Enumerable.Range(0, data.Rows)], data.Header);

    /// <summary>The first two rows with an x and a z outside of the range of the others.</summary>
    private static Dataset Outside(Dataset data)
    {
        var lines = File.ReadLines(Files.Golden("design.csv")).Take(3).Select(line => line.Split(',')).ToArray();
        foreach (var (column, values) in new[] { ("x", new[] { "-4", "12" }), ("z", ["0.1", "9"]) })
        {
            var place = data.Header.ToList().IndexOf(column);
            (lines[1][place], lines[2][place]) = (values[0], values[1]);
        }

        return Files.Read(string.Join('\n', lines.Select(line => string.Join(',', line))) + "\n");
    }

    private static void Near(JsonElement golden, double[] values)
    {
        double[] expected = [.. golden.EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var error = Math.Abs(values[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
            Assert.True(error < 1e-10, string.Create(CultureInfo.InvariantCulture, $"Place {i}: {values[i]:R}, not {expected[i]:R}."));
        }
    }

    private static IEnumerable<JsonElement> Cases()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Files.Golden("formula-functions.json")));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(item => item.Clone())];
    }

    private static string Dense(string text) => text.Replace(" ", string.Empty, StringComparison.Ordinal);
}
