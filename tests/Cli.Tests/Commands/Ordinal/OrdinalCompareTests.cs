using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Ordinal;

/// <summary>What <c>compare --family ordinal</c> answers beyond its ladder: by exposure, and against margins.</summary>
public sealed class OrdinalCompareTests
{
    private const string Formula = "rating ~ temp + contact + (1 | judge)";

    [Fact]
    public void Effects_by_exposure_are_those_of_the_binary_model_where_there_are_two_categories()
    {
        string[] line =
        [
            "compare", Repository.File("examples/wedge/wedge.csv"), "readmitted ~ factor(exposure) + factor(period) + severity",
            "--cluster", "hospital", "--exposure", "exposure", "--format", "json",
        ];
        var ordered = Parse(Margcond.Run([.. line, "--family", "ordinal"]).Out);
        var binary = Parse(Margcond.Run([.. line, "--no-checks"]).Out);
        var compared = 0;
        foreach (var row in ordered.GetProperty("exposures").EnumerateArray())
        {
            string Text(JsonElement of, string name) => of.GetProperty(name).ToString();
            var measure = Text(row, "measure") switch
            {
                "log cumulative odds ratio" => "log odds ratio",
                "difference of mean scores" => "risk difference",
                _ => null,
            };
            var same = binary.GetProperty("exposures").EnumerateArray().FirstOrDefault(one =>
                Text(one, "measure") == measure && Text(one, "method") == "GLMM" && Text(one, "weighting") == Text(row, "weighting")
                && Text(one, "exposure") == Text(row, "exposure"));
            if (measure is not null)
            {
                Assert.Equal(same.GetProperty("estimate").GetDouble(), row.GetProperty("estimate").GetDouble(), 1e-5);
                Assert.Equal(same.GetProperty("se").GetDouble(), row.GetProperty("se").GetDouble(), 1e-4);
                compared++;
            }
        }

        Assert.Equal(20, compared);
        Assert.Equal(6, ordered.GetProperty("exposureTests").GetArrayLength());
        Assert.Equal("0", ordered.GetProperty("exposures")[0].GetProperty("against").ToString());
    }

    [Fact]
    public void An_effect_is_held_against_margins_by_the_rung_s_own_interval()
    {
        string[] line =
        [
            "compare", Repository.Data("wine"), Formula, "--family", "ordinal", "--treatment", "contact", "--margin-rung", "1", "--margin",
            "cumulative-odds-ratio:0.8", "--margin", "cumulative-odds-ratio:20",
        ];
        var root = Parse(Margcond.Run([.. line, "--format", "json"]).Out);
        var rung = root.GetProperty("ladder").EnumerateArray().First(one =>
            one.GetProperty("rung").GetInt32() == 1 && one.GetProperty("weighting").GetString() == "participant");
        var tests = root.GetProperty("margins").EnumerateArray().ToArray();
        Assert.Equal(Math.Exp(rung.GetProperty("lower").GetDouble()), tests[0].GetProperty("lower").GetDouble(), 1e-10);
        Assert.All(tests, test => Assert.True(test.GetProperty("met").GetBoolean() && test.GetProperty("equivalence").GetBoolean()));
        Assert.Contains("contact yes against no is equivalent in rating", Flat(Margcond.Run(line).Out), StringComparison.Ordinal);
        Assert.Contains(
            "Its scales are cumulative-odds-ratio",
            Flat(Margcond.Run([.. line, "--margin", "risk-difference:0.1"]).Error),
            StringComparison.Ordinal);
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
