using System.Text.Json;
using MarginalConditional.Cli.Means;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Means;

/// <summary><see cref="MeansOptions"/> and predictions of new rows through the console.</summary>
public sealed class MeansOptionTests
{
    private const string Trial =
        "gee tests/reference/data/respiratory.csv 'y ~ treatment * centre + gender + baseline + age' --cluster subject --factor centre";

    private const string Pigs = "lmm tests/reference/data/dietox.csv 'Weight ~ Cu * Time + Evit + (1 | Pig)'";

    [Fact]
    public void Json_carries_means_pairs_contrasts_slopes_and_joint_tests()
    {
        var root = Json(
            Pigs + " --df kenward-roger --lsmeans Cu --pairs --slopes Time --joint --mean-contrast '(Cu035 + Cu175)/2 - Cu000'");
        var mean = root.GetProperty("means")[0];
        Assert.Equal("Cu000", mean.GetProperty("at").GetProperty("Cu").GetString());
        Assert.Equal("link", mean.GetProperty("scale").GetString());
        Assert.Equal(60.40310, mean.GetProperty("estimate").GetDouble(), 1e-4);
        Assert.Equal(67.0122, mean.GetProperty("df").GetDouble(), 1e-3);
        Assert.Equal(.90961, root.GetProperty("pairs")[0].GetProperty("adjusted").GetDouble(), 1e-5);
        Assert.Equal(.510864, root.GetProperty("meanContrasts")[0].GetProperty("estimate").GetDouble(), 1e-5);
        Assert.Equal(6.979598, root.GetProperty("slopes")[0].GetProperty("estimate").GetDouble(), 1e-5);
        Assert.Equal(4, root.GetProperty("slopePairs").GetArrayLength());
        Assert.Equal(["Cu", "Time", "Evit", "Cu:Time"], root.GetProperty("jointTests").EnumerateArray().Select(
            test => test.GetProperty("term").GetString()));
        Assert.Equal("tukey", root.GetProperty("adjust").GetString());
    }

    /// <summary>emmeans: odds ratios by centre 2.2940 and 6.9164 (exp of .830313 and 1.933894).</summary>
    [Fact]
    public void Ratios_stand_beside_transformed_means()
    {
        var root = Json(Trial + " --lsmeans treatment --by centre --pairs reverse --scale response --moments geepack");
        var ratios = root.GetProperty("pairs").EnumerateArray().Select(
            pair => pair.GetProperty("ratio").GetProperty("estimate").GetDouble());
        Assert.Equal([2.2940, 6.9164], ratios.Select(ratio => Math.Round(ratio, 4)));
        Assert.Equal("response", root.GetProperty("means")[0].GetProperty("scale").GetString());
    }

    [Theory]
    [InlineData("--lsmeans arm", "\"arm\" is not a predictor", "treatment")]
    [InlineData("--lsmeans treatment --pairs 'vs nobody'", "no mean of \"nobody\"", "placebo")]
    [InlineData("--lsmeans treatment --pairs sideways", "--pairs does not know \"sideways\"", "vs LEVEL")]
    [InlineData("--lsmeans treatment --at age", "--at cannot read \"age\"", "NAME=VALUE")]
    [InlineData("--lsmeans treatment --at age=old", "\"old\" is not one", "")]
    [InlineData("--lsmeans treatment --at treatment=drug", "no level \"drug\"", "placebo")]
    [InlineData("--lsmeans treatment --slopes centre", "centre is a category and has no slope", "--pairs")]
    [InlineData("--lsmeans treatment --by treatment", "stands twice", "once")]
    [InlineData("--lsmeans treatment --mean-contrast 'placebo - treatments'", "not a mean", "placebo")]
    [InlineData("--lsmeans treatment:centre --pairs 'vs placebo:1' --adjust tukey", "Tukey's range belongs to all pairs", "mvt")]
    [InlineData("--pairs", "--pairs has no effect without means", "--lsmeans")]
    [InlineData("--adjust holm", "--adjust has no effect", "--pairs")]
    [InlineData("--average responses --lsmeans treatment", "--average has no effect on the link scale", "--scale response")]
    [InlineData("--lsmeans age", "different values", "--at")]
    public void What_cannot_be_asked_is_refused_with_what_can(string options, string problem, string cure)
    {
        var result = Margcond.RunLine($"{Trial} {options}");
        var words = string.Join(' ', result.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Out);
        Assert.Contains(problem, words, StringComparison.Ordinal);
        Assert.Contains(cure, words, StringComparison.Ordinal);
    }

    [Fact]
    public void An_offset_stands_at_its_mean_or_where_asked()
    {
        const string Line = "glmm tests/reference/data/grouseticks.csv 'TICKS ~ YEAR + (1 | BROOD)' --family poisson --nodes 1 "
            + "--offset 'I(cHEIGHT / 100 + 2)' --lsmeans YEAR";
        var (mean, zero) = (Json(Line), Json(Line + " --at offset=0"));
        var difference = mean.GetProperty("means")[0].GetProperty("estimate").GetDouble()
            - zero.GetProperty("means")[0].GetProperty("estimate").GetDouble();
        Assert.InRange(difference, 1.9, 2.1);
        Assert.Contains("(mean)", mean.GetProperty("meanNotes")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void New_rows_are_predicted_and_bad_ones_refused_by_line()
    {
        using var folder = new TemporaryFolder();
        var good = folder.Write("new.csv", "Cu,Time,Evit,Pig\nCu000,5,Evit000,4601\nCu175,5,Evit100,new\nCu175,,Evit100,new\n");
        var root = Json($"{Pigs} --newdata {good}");
        var rows = root.GetProperty("predictions").EnumerateArray().ToArray();
        Assert.Equal(3, rows.Length);
        Assert.Equal(JsonValueKind.Null, rows[2].GetProperty("mean").ValueKind);
        Assert.Equal("Pig", rows[1].GetProperty("notFitted")[0].GetString());
        Assert.Equal(rows[1].GetProperty("population").GetDouble(), rows[1].GetProperty("mean").GetDouble());
        var bad = Margcond.RunLine($"{Pigs} --newdata {folder.Write("bad.csv", "Cu,Time,Evit,Pig\nCu000,5,Evit000,1\nCu9,5,Evit000,1\n")}");
        Assert.Equal(2, bad.ExitCode);
        Assert.Contains("line 3", bad.Error, StringComparison.Ordinal);
        var missing = Margcond.RunLine($"{Pigs} --newdata {folder.Write("less.csv", "Cu,Time\nCu000,5\n")}");
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("no column \"Evit\"", missing.Error, StringComparison.Ordinal);
    }

    private static JsonElement Json(string line)
    {
        var result = Margcond.RunLine($"{line} --format json");
        Assert.True(result.ExitCode == 0, result.Error);
        using var document = JsonDocument.Parse(result.Out);
        return document.RootElement.Clone();
    }
}
