using System.Text;
using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Strangers;

/// <summary>
/// Files as people bring them, read as they mean them: waves in words, identifiers with points, names that start again in each centre,
/// codes, and the points of SAS. The numbers were found independently of this program, from the same rows with waves and names as numbers.
/// </summary>
public sealed class DataAsMeantTests
{
    [Theory]
    [InlineData("--corr ar1", 0.1242, 0.5248)]
    [InlineData("--corr ar1 --order 'visit=Baseline,Week 2,Week 4,Week 8,Week 12'", 0.1242, 0.5248)]
    [InlineData("--corr ar1 --order 'visit=Baseline,Week 12,Week 2,Week 4,Week 8'", 0.2422, 0.5827)]
    public void Text_waves_stand_in_natural_order_or_in_the_order_given(string options, double alpha, double treatment)
    {
        var root = Json($"gee {File("visit_text")} 'y ~ trt + x' --cluster id --wave visit {options}");
        Assert.Equal(alpha, root.GetProperty("correlation").GetProperty("alpha")[0].GetDouble(), 5e-5);
        Assert.Equal(treatment, Estimate(root, "trt"), 5e-5);
        var notes = root.GetProperty("notes").EnumerateArray().Select(note => note.GetString()).ToArray();
        Assert.Equal(
            options.Contains("--order", StringComparison.Ordinal)
                ? []
                :
                [
                    "The waves of visit are text, in this order: Baseline, Week 2, Week 4, Week 8, Week 12; "
                        + "--order \"visit=\u2026\" gives another.",
                ],
            notes);
    }

    [Theory]
    [InlineData("gee DATA 'y ~ trt + x' --cluster id --wave WAVE --corr toeplitz")]
    [InlineData("gee DATA 'y ~ trt + x' --cluster id --wave WAVE --corr m-dependent --m 2")]
    [InlineData("gee DATA 'y ~ trt + x' --cluster id --wave WAVE --corr unstructured")]
    [InlineData("gee DATA 'y ~ trt + x' --cluster id --wave WAVE --association '~ lag'")]
    [InlineData("gee DATA 'y ~ trt + x' --cluster id --wave WAVE --association '~ pair'")]
    [InlineData("compare DATA 'y ~ trt + x' --cluster id --wave WAVE --corr ar1 --treatment trt --nodes 7")]
    public void Waves_in_words_give_the_fit_of_waves_in_numbers(string line)
    {
        var words = File("visit_text");
        using var folder = new TemporaryFolder();
        var numbers = Path.Combine(folder.Path, "numbers.csv");
        System.IO.File.WriteAllText(numbers, System.IO.File.ReadAllText(words)
            .Replace("visit", "t", StringComparison.Ordinal)
            .Replace("Baseline", "0", StringComparison.Ordinal)
            .Replace("Week ", string.Empty, StringComparison.Ordinal));
        var asked = Json(line.Replace("DATA", words, StringComparison.Ordinal).Replace("WAVE", "visit", StringComparison.Ordinal));
        var known = Json(line.Replace("DATA", numbers, StringComparison.Ordinal).Replace("WAVE", "t", StringComparison.Ordinal));
        Assert.Equal(Numbers(known), Numbers(asked));
    }

    [Fact]
    public void A_linear_mixed_model_takes_text_waves_in_order()
    {
        var root = Json($"lmm {File("lmmw")} 'y ~ trt' --cluster id --wave visit --residual ar1");
        Assert.Equal(-201.75, root.GetProperty("logLik").GetDouble(), 5e-3);
        var means = Margcond.RunLine($"lmm {File("lmmw")} 'y ~ trt * visit' --cluster id --wave visit --residual ar1 --lsmeans visit");
        Assert.Equal(0, means.ExitCode);
        var table = means.Out[means.Out.IndexOf("  Mean  ", StringComparison.Ordinal)..];
        int[] places = [.. new[] { "Baseline", "Week 2", "Week 4", "Week 8", "Week 12" }.Select(
            word => table.IndexOf(word, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void Dates_are_days_and_decay_uses_their_distances()
    {
        var path = File("date_iso");
        using var folder = new TemporaryFolder();
        var numbers = Path.Combine(folder.Path, "numbers.csv");
        System.IO.File.WriteAllLines(numbers, System.IO.File.ReadAllLines(path).Select((line, i) => i == 0 ? line : WithDays(line)));
        const string Line = "'y ~ trt + x' --cluster id --wave date --corr decay";
        Assert.Equal(Numbers(Json($"gee {numbers} {Line}")), Numbers(Json($"gee {path} {Line}")));
    }

    [Fact]
    public void Dates_whose_order_cannot_be_told_are_refused()
    {
        var result = Run(
            "y,id,when\n1,1,1/15/2020\n0,1,10/15/2020\n1,2,4/15/2020\n0,2,1/15/2020\n",
            "gee DATA 'y ~ 1' --cluster id --wave when --corr ar1");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("The waves look like dates, such as \"1/15/2020\"", Flat(result.Error), StringComparison.Ordinal);
        Assert.Contains("Write dates as 2020-01-15", Flat(result.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void Identifiers_that_look_like_numbers_are_names()
    {
        var root = Json($"gee {File("id_dot")} 'y ~ trt + x' --cluster id");
        Assert.Equal(40, root.GetProperty("clusters").GetInt32());
        Assert.Equal(0.1876, root.GetProperty("correlation").GetProperty("alpha")[0].GetDouble(), 5e-5);
        Assert.Equal(0.5299, Estimate(root, "trt"), 5e-5);
        Assert.Equal(0.4024, root.GetProperty("coefficients")[1].GetProperty("se").GetDouble(), 5e-5);
        Assert.StartsWith(
            "id groups by text: \"1.1\" and \"1.10\" are one number but two groups",
            root.GetProperty("notes")[0].GetString(),
            StringComparison.Ordinal);
        foreach (var line in new[] { $"glmm {File("id_dot")} 'y ~ trt + x + (1 | id)'", $"lmm {File("id_dot")} 'x ~ trt + (1 | id)'" })
        {
            Assert.Equal(40, Json(line).GetProperty("randomEffects")[0].GetProperty("groups").GetInt32());
        }
    }

    [Fact]
    public void Subclusters_are_names_as_well()
    {
        const string Text = "y,hospital,ward\n1,a,1.1\n0,a,1.1\n1,a,1.10\n1,a,1.10\n0,b,2\n1,b,2\n0,b,02\n0,b,02\n"
            + "1,c,3\n0,c,3\n1,c,4\n1,c,4\n";
        var named = Text;
        foreach (var (number, word) in new[] { (",1.10\n", ",s\n"), (",1.1\n", ",r\n"), (",02\n", ",u\n"), (",2\n", ",t\n") })
        {
            named = named.Replace(number, word, StringComparison.Ordinal);
        }

        const string Line = "gee DATA 'y ~ 1' --cluster hospital --corr nested --within ward --format json";
        var (numbers, words) = (Run(Text, Line), Run(named, Line));
        var compound = Run(named, Line.Replace("--within ward", "--within hospital:ward", StringComparison.Ordinal));
        foreach (var other in new[] { numbers, compound })
        {
            Assert.Equal(
                Numbers(Json(words).GetProperty("correlation")),
                Numbers(Json(other).GetProperty("correlation")),
                (a, b) => Math.Abs(a - b) < 1e-9);
        }
    }

    [Fact]
    public void Clusters_that_start_again_can_be_compound_and_are_noticed()
    {
        const string Formula = "'outcome ~ center + treat + sex + age + baseline'";
        var plain = Json($"gee {File("respiratory")} {Formula} --cluster id");
        Assert.Equal(56, plain.GetProperty("clusters").GetInt32());
        Assert.Contains(
            "if id starts again in each center, say --cluster center:id.",
            plain.GetProperty("notes").EnumerateArray().Last().GetString(),
            StringComparison.Ordinal);
        var compound = Json($"gee {File("respiratory")} {Formula} --cluster center:id --wave visit");
        Assert.Equal(111, compound.GetProperty("clusters").GetInt32());
        Assert.Equal(1.846, Estimate(compound, "baseline"), 5e-4);
        var mixed = Json($"glmm {File("respiratory")} 'outcome ~ treat + baseline + (1 | center:id)' --nodes 7");
        var compared = Json($"compare {File("respiratory")} 'outcome ~ treat + baseline' --cluster center:id --treatment treat --nodes 7");
        Assert.Equal(111, mixed.GetProperty("clusters").GetInt32());
        Assert.Equal(111, compared.GetProperty("clusters").GetInt32());
    }

    [Fact]
    public void A_number_is_a_number_and_categories_can_be_asked_for()
    {
        var data = Repository.Data("cbpp");
        const string Formula = "'incidence / size ~ period + (1 | herd)'";
        var line = Json($"glmm {data} {Formula}");
        Assert.Equal(["(Intercept)", "period"], Terms(line));
        Assert.Equal(
            "period holds the whole numbers 1, 2, 3 and 4 and is read as a number; --factor period makes it categories.",
            Assert.Single(line.GetProperty("notes").EnumerateArray()).GetString());
        Assert.Equal(["(Intercept)", "period2", "period3", "period4"], Terms(Json($"glmm {data} {Formula} --factor period")));
        Assert.Equal(2, Margcond.RunLine($"glmm {data} {Formula} --numeric period").ExitCode);
    }

    [Theory]
    [InlineData("gee DATA 'y ~ x' --cluster id")]
    [InlineData("glmm DATA 'y ~ x + (1 | id)'")]
    [InlineData("lmm DATA 'y ~ x + (1 | id)'")]
    public void The_point_of_SAS_is_missing_among_numbers(string line)
    {
        const string Text = "id,x,y\n1,0.5,0\n1,.,1\n1,2,1\n2,1.5,.\n2,3,1\n2,0,0\n3,1,1\n3,.,0\n3,2,0\n3,5,1\n";
        var root = Json(Run(Text, line + " --format json"));
        Assert.Equal((7, 3), (root.GetProperty("observations").GetInt32(), root.GetProperty("dropped").GetInt32()));
        Assert.Equal(
            ["y: one field is \".\" and read as missing.", "x: 2 fields are \".\" and read as missing."],
            root.GetProperty("notes").EnumerateArray().Select(note => note.GetString()).Take(2));
    }

    [Theory]
    [InlineData("--measure OR --treat a,b --control c,d", "b: one field is \".\" and read as missing.")]
    [InlineData("--measure OR --treat a,b --control c,d --method exact", "b: one field is \".\" and read as missing.")]
    [InlineData("--measure IRR --treat a,b --control c,d --method exact", "b: one field is \".\" and read as missing.")]
    [InlineData("--measure IRR --treat a,b --control c,d", "b: one field is \".\" and read as missing.")]
    [InlineData("--yi e --vi v", "v: one field is \".\" and read as missing.")]
    public void Studies_keep_their_spelling_and_points_are_missing_there_too(string options, string note)
    {
        const string Text = "study,a,b,c,d,e,v\n1.1,3,20,4,22,0.1,.\n1.10,5,30,9,28,-0.2,0.2\n01,2,.,4,25,0.4,0.3\n1,6,31,8,35,0.1,0.1\n";
        var root = Json(Run(Text, $"meta DATA {options} --format json"));
        Assert.Equal(
            note.StartsWith('v') ? ["1.10", "01", "1"] : new[] { "1.1", "1.10", "1" },
            root.GetProperty("studies").EnumerateArray().Select(study => study.GetProperty("label").GetString()));
        Assert.Contains(note, root.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()));
    }

    [Theory]
    [InlineData("visit", "--order cannot read \"visit\".")]
    [InlineData("visit=Baseline", "--order cannot read \"visit=Baseline\".")]
    [InlineData("visit=Baseline,", "--order cannot read \"visit=Baseline,\".")]
    [InlineData("visit=Baseline,Week 2", "The order of visit lacks \"Week 12\".")]
    [InlineData("trt=1,0", "An order is given for trt, but the column holds numbers.")]
    public void Orders_that_cannot_be_used_are_explained(string order, string message)
    {
        var result = Margcond.RunLine($"gee {File("visit_text")} 'y ~ trt' --cluster id --wave visit --corr ar1 --order '{order}'");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, Flat(result.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cbpp", "incidence / size")]
    [InlineData("cbpp", "--weights size beside it says the same")]
    [InlineData("overdispersed-counts-trials", "with --family poisson it is a rate")]
    [InlineData("zero-exposure", "--offset \"log(expo)\"")]
    [InlineData("missing-cell", "not every coefficient can be estimated")]
    [InlineData("single-arm-proportions", "in meta event/n, not event,n")]
    [InlineData("icc-rare-events", "y / n")]
    public void A_description_warns_before_any_fit(string file, string expected)
    {
        var result = Margcond.RunLine($"describe {File(file)}", width: 400);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private static string File(string name) => Repository.File("tests", "Cli.Tests", "Strangers", name + ".csv");

    private static string WithDays(string line)
    {
        var fields = line.Split(',');
        fields[2] = DateOnly.ParseExact(fields[2], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).DayNumber
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
        return string.Join(',', fields);
    }

    private static RunResult Run(string text, string line)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "data.csv");
        System.IO.File.WriteAllText(path, text, new UTF8Encoding(false));
        return Margcond.RunLine(line.Replace("DATA", path, StringComparison.Ordinal));
    }

    private static JsonElement Json(string line) => Json(Margcond.RunLine(line + " --format json"));

    private static JsonElement Json(RunResult result)
    {
        Assert.True(result.Out.Length > 0, result.Error);
        using var document = JsonDocument.Parse(result.Out);
        return document.RootElement.Clone();
    }

    private static double Estimate(JsonElement root, string term) => root.GetProperty("coefficients").EnumerateArray()
        .Single(row => row.GetProperty("term").GetString() == term).GetProperty("estimate").GetDouble();

    private static IEnumerable<string?> Terms(JsonElement root) =>
        root.GetProperty("coefficients").EnumerateArray().Select(row => row.GetProperty("term").GetString());

    /// <summary>Every number of a result, in the order in which it stands there.</summary>
    private static List<double> Numbers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => [element.GetDouble()],
        JsonValueKind.Array => [.. element.EnumerateArray().SelectMany(Numbers)],
        JsonValueKind.Object => [.. element.EnumerateObject().SelectMany(item => Numbers(item.Value))],
        _ => [],
    };

    private static string Flat(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
