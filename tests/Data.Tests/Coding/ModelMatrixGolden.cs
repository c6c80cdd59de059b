using System.Text.Json;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Coding;

/// <summary>Designs against model.matrix of R 4.2.2 (Golden/model-matrix.R), to 1e−12: names, contrasts, order, polynomials.</summary>
public sealed class ModelMatrixGolden
{
    public static TheoryData<string> Formulas() => [.. Cases().Select(golden => golden.GetProperty("formula")[0].GetString()!)];

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Design_is_that_of_R(string text)
    {
        var golden = Cases().Single(item => item.GetProperty("formula")[0].GetString() == text);
        var data = DatasetReader.Read(Files.Golden("design.csv"));
        var request = new FrameRequest { Formula = FormulaParser.Parse(text) };
        var roles = new ColumnRoles(data, request);
        var table = new FrameTable(data, [.. Enumerable.Range(0, data.Rows)], data.Header);
        var coding = DesignCoding.Create(
            request.Formula.HasIntercept,
            request.Formula.Terms,
            new CodingFactory(table, request, roles.IsCategorical).Of);

        Assert.Equal(Strings(golden, "terms").Select(Dense), request.Formula.Terms.Select(term => Dense(term.Label)));
        Assert.Equal(Strings(golden, "names").Select(Dense), coding.Names.Select(Dense));
        var expected = golden.GetProperty("values").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var values = coding.Values(table);
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.InRange(
                values[i] - expected[i],
                -1e-12 * Math.Max(1, Math.Abs(expected[i])),
                1e-12 * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    private static IEnumerable<JsonElement> Cases()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Files.Golden("model-matrix.json")));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(item => item.Clone())];
    }

    private static IEnumerable<string> Strings(JsonElement golden, string name) =>
        golden.GetProperty(name).EnumerateArray().Select(item => item.GetString()!);

    private static string Dense(string text) => text.Replace(" ", string.Empty, StringComparison.Ordinal);
}
