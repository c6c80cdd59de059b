using System.Net;
using System.Text.Json;
using MarginalConditional.Cli.Commands.Compare;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Cli.Tests.Commands.Compare;

/// <summary>
/// The report of a comparison against its JSON: <see cref="LadderParts"/>, <see cref="CompareParts"/>, <see cref="PersonParts"/> and
/// <see cref="StepReasons"/>.
/// </summary>
public sealed class CompareReportTests : IClassFixture<CompareReportTests.Sites>
{
    private readonly Sites sites;

    public CompareReportTests(Sites sites) => this.sites = sites;

    [Fact]
    public void The_parts_follow_each_other_from_the_question_to_the_command()
    {
        var headings = sites.Page.Split("<h2 id=\"").Skip(1).Select(piece => piece.Split('>')[1].Split('<')[0]);
        Assert.Equal(
            [
                "What was asked", "The answers", "Why the numbers differ", "Means and risks", "What was assumed and checked",
                "If an assumption fails", "The data", "The models", "Warnings", "Text for the protocol", "How to run it again",
            ],
            headings);
    }

    [Fact]
    public void Every_rung_is_shown_as_json_has_it()
    {
        var rungs = Ladder(sites.Json, "ladder");
        Assert.Equal(5, rungs.Count);
        Assert.All(rungs, rung => Assert.Contains(
            $">{Odds(rung, "estimate")}</td><td class=\"number\">{Odds(rung, "lower")}\u2013{Odds(rung, "upper")}</td>", sites.Page,
            StringComparison.Ordinal));
        Assert.StartsWith(
            $"Odds ratio {Odds(rungs[0], "estimate")} ({Odds(rungs[0], "lower")}\u2013{Odds(rungs[0], "upper")}) for this participant, at "
                + $"this site, {Odds(rungs[^1], "estimate")} ",
            sites.Page.Split("<p class=\"answer\">")[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_step_is_explained_with_its_size_and_test()
    {
        var reasons = sites.Page.Split("<ol>\n")[1].Split("</ol>")[0].Split("</li>\n", StringSplitOptions.RemoveEmptyEntries);
        var steps = Ladder(sites.Json, "steps");
        Assert.Equal(steps.Count, reasons.Length);
        foreach (var (step, reason) in steps.Zip(reasons))
        {
            Assert.Contains($"The step is {Figures.Fixed(step.GetProperty("estimate").GetDouble(), 3)} on the scale of the log odds ratio "
                + $"(SE {Figures.Fixed(step.GetProperty("se").GetDouble(), 3)},", reason, StringComparison.Ordinal);
            Assert.EndsWith(
                step.GetProperty("p").GetDouble() < 0.05 ? ": more than chance would leave." : "no more than chance would leave.", reason,
                StringComparison.Ordinal);
        }

        Assert.Contains("non-collapsibility", reasons[0], StringComparison.Ordinal);
        Assert.Contains("\u03C3 = 0.91", reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_check_stands_there_fired_or_not()
    {
        using var json = JsonDocument.Parse(sites.Json);
        var checks = json.RootElement.GetProperty("checks").EnumerateArray().ToArray();
        Assert.NotEmpty(checks);
        Assert.All(checks, check => Assert.Contains(
            WebUtility.HtmlEncode(check.GetProperty("finding").GetString()!), WebUtility.HtmlEncode(WebUtility.HtmlDecode(sites.Page)),
            StringComparison.Ordinal));
    }

    [Fact]
    public void Checks_have_names_for_readers_and_rungs_the_numbers_by_which_checks_speak_of_them()
    {
        using var json = JsonDocument.Parse(sites.Json);
        var keys = json.RootElement.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("reason").GetString()!);
        var table = sites.Page.Split(">Checked<")[1].Split("</table>")[0];
        var spelled = keys.Where(key =>
            key.Contains('-', StringComparison.Ordinal) && key is not ("few-clusters" or "influential-cluster"));
        Assert.All(spelled, key =>
            Assert.DoesNotContain(">" + key.Replace('-', ' ') + "<", table, StringComparison.Ordinal));
        Assert.Contains(">law of the random effects<", table, StringComparison.Ordinal);
        Assert.All(Ladder(sites.Json, "ladder"), rung => Assert.Contains(
            $">{rung.GetProperty("rung").GetInt32()}: ", sites.Page.Split(">Rung: whose odds?<")[1].Split("</table>")[0],
            StringComparison.Ordinal));
    }

    [Fact]
    public void Every_estimand_and_every_other_scale_is_there()
    {
        using var json = JsonDocument.Parse(sites.Json);
        Assert.All(json.RootElement.GetProperty("estimands").EnumerateArray(), statement => Assert.Contains(
            statement.GetProperty("name").GetString()! + "</h3>", sites.Page, StringComparison.Ordinal));
        Assert.Contains("on the risk of y: one treatment", sites.Page.Split("The same on other scales")[1], StringComparison.Ordinal);
        foreach (var kind in (string[])["ladder", "gap", "curves", "attenuation", "influence"])
        {
            Assert.Matches($"id=\"{kind}-[0-9]-title\"", sites.Page);
        }
    }

    [Fact]
    public void A_trial_by_person_has_its_own_question_and_ladder()
    {
        using var folder = new TemporaryFolder();
        var page = Report(folder, "compare", Repository.Data("irt3"), "y ~ trt + x", "--treatment", "trt", "--reference", "trt=pbo",
            "--unit", "patient");
        Assert.Contains("The trial is randomized by person", page, StringComparison.Ordinal);
        var arms = page.Split("<ol>").Length - 1;
        Assert.Equal(2, arms);
        Assert.Equal(arms, page.Split("class=\"card\"").Length / 2);
        Assert.DoesNotContain("this patient, at", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_of_columns_and_levels_do_no_harm()
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data.csv");
        var rows = Enumerable.Range(0, 240).Select(i =>
            $"{(i * 7 % 11 < 5 + (i % 2) ? 1 : 0)},{(i % 2 == 0 ? "<script>alert(1)</script>" : "\"b\"\"\u202E&'\"")},"
                + $"{i % 13},<b>{i / 12}</b>{new string('x', 500)}");
        File.WriteAllText(data, "y,arm,x,site\n" + string.Join('\n', rows) + "\n");
        var page = Report(folder, "compare", data, "y ~ arm + x + (1 | site)", "--treatment", "arm", "--no-checks");
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
    }

    private static string Odds(JsonElement row, string member) => Figures.Ratio(Math.Exp(row.GetProperty(member).GetDouble()));

    private static List<JsonElement> Ladder(string json, string member)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.GetProperty(member).EnumerateArray()
            .Where(row => row.GetProperty("scale").GetString() == "log odds ratio"
                && row.GetProperty("weighting").GetString() == "participant")
            .Select(row => row.Clone())];
    }

    private static string Report(TemporaryFolder folder, params string[] command)
    {
        var path = Path.Combine(folder.Path, "report.html");
        var result = Margcond.Run([.. command, "--report", path, "--no-timestamp"]);
        Assert.Equal(0, result.ExitCode);
        return File.ReadAllText(path);
    }

    /// <summary>One trial, as report and as JSON.</summary>
    public sealed class Sites
    {
        public Sites()
        {
            using var folder = new TemporaryFolder();
            var path = Path.Combine(folder.Path, "report.html");
            var result = Margcond.Run(
                "compare", Repository.Data("sites30"), "y ~ t + x + (1 | site)", "--treatment", "t", "--unit", "site", "--dial", "size",
                "--report", path, "--format", "json");
            Assert.Equal(0, result.ExitCode);
            (Page, Json) = (File.ReadAllText(path), result.Out);
        }

        /// <summary>The page.</summary>
        public string Page { get; }

        /// <summary>The document.</summary>
        public string Json { get; }
    }
}
