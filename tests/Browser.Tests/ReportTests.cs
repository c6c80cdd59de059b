using MarginalConditional.Browser.Tests.Support;

namespace MarginalConditional.Browser.Tests;

/// <summary>
/// Reports as a committee opens them: nothing cut, nothing over anything else, readable by day and by night, on paper too.
/// </summary>
[Collection(BrowserFixture.Name)]
public sealed class ReportTests(BrowserFixture browser) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("margcond-");

    public static TheoryData<string> Commands() =>
    [
        "compare examples/toenail/toenail.csv;y ~ treatment * time;--cluster;patientID;--treatment;treatment;--no-checks",
        "gee examples/toenail/toenail.csv;y ~ treatment * time;--cluster;patientID;--wave;visit",
        "glmm examples/toenail/toenail.csv;y ~ treatment * time + (1 | patientID);--nodes;7",
        "lmm tests/reference/data/sleepstudy.csv;Reaction ~ Days + (Days | Subject)",
        "meta examples/bcg/bcg.csv;--measure;RR;--treat;tpos,tneg;--control;cpos,cneg",
        "profile examples/units/units.csv;readmitted ~ age + (1 | unit)",
    ];

    public void Dispose() => folder.Delete(recursive: true);

    [BrowserTheory]
    [MemberData(nameof(Commands))]
    public async Task A_report_can_be_read_by_everybody(string command)
    {
        var file = Write(command);
        await using (var night = await browser.Open(file, Look.Night))
        {
            await night.RequireContrast();
        }

        await using (var phone = await browser.Open(file, Look.Phone))
        {
            await phone.RequireRoom();
            Assert.Empty(await BrokenWords(phone));
            Assert.InRange(await SmallestLetters(phone), 9, 20);
        }

        await using var page = await browser.Open(file, Look.Desk);
        await page.RequireRoom();
        await page.RequireAccess();
        await page.RequirePrint("A4");
        await page.RequirePrint("Letter");
        page.RequireSilence();
    }

    [BrowserFact]
    public async Task Hostile_names_are_shown_and_harmless()
    {
        var data = Path.Combine(folder.FullName, "data.csv");
        await File.WriteAllTextAsync(
            data,
            "study,yi,vi\n<script>document.title='broken'</script>,0.1,0.1\n<img src=x onerror=alert(1)>,0.3,0.2\n"
            + $"{new string('x', 500)},-0.2,0.1\n\"\u202Eright to left \"\"quoted\"\"\",0.2,0.3\n");
        var file = Path.Combine(folder.FullName, "hostile.html");
        Margcond.Run("meta", data, "--yi", "yi", "--vi", "vi", "--report", file);
        await using var page = await browser.Open(new Uri(file).AbsoluteUri, Look.Desk);
        await page.RequireRoom();
        page.RequireSilence();
        Assert.DoesNotContain("broken", await page.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Page.Locator("img, script").CountAsync());
    }

    [BrowserFact]
    public async Task Arms_of_five_hundred_characters_leave_the_numbers_of_a_comparison_in_sight()
    {
        var data = Path.Combine(folder.FullName, "arms.csv");
        var toenail = (await File.ReadAllTextAsync("examples/toenail/toenail.csv"))
            .Replace("terbinafine", "<script>" + new string('W', 500), StringComparison.Ordinal)
            .Replace("itraconazole", "\"\"\"quoted\"\" & \u202Eback\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(data, toenail);
        var file = Path.Combine(folder.FullName, "arms.html");
        Margcond.Run(
            "compare", data, "y ~ treatment * time", "--cluster", "patientID", "--treatment", "treatment", "--no-checks", "--report", file);
        await using var page = await browser.Open(new Uri(file).AbsoluteUri, Look.Desk);
        await page.RequireRoom();
        page.RequireSilence();
        Assert.Equal(0, await page.Page.Locator("img, script").CountAsync());
        Assert.Equal(0, await page.Page.EvaluateAsync<int>(
            """
            () => [...document.querySelectorAll('td.number')]
              .filter(cell => cell.getClientRects().length > 0 && cell.getBoundingClientRect().right > window.innerWidth).length
            """));
    }

    /// <summary>Words of up to twelve letters in the first column of a table that stand on two lines.</summary>
    private static Task<string[]> BrokenWords(OpenedPage page) => page.Page.EvaluateAsync<string[]>(
        """
        () => {
          const broken = [];
          for (const cell of document.querySelectorAll("tbody th")) {
            const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
            for (let node = walk.nextNode(); node; node = walk.nextNode()) {
              for (const word of node.nodeValue.matchAll(/[\p{L}\p{N}]{2,12}(?![\p{L}\p{N}])/gu)) {
                const range = document.createRange();
                range.setStart(node, word.index);
                range.setEnd(node, word.index + word[0].length);
                const tops = new Set([...range.getClientRects()].map(rect => Math.round(rect.top)));
                if (tops.size > 1 && !/[\p{L}\p{N}]/u.test(node.nodeValue[word.index - 1] ?? "")) broken.push(word[0]);
              }
            }
          }
          return broken;
        }
        """);

    /// <summary>The size of the smallest text of a picture as it is shown, pixels.</summary>
    private static Task<double> SmallestLetters(OpenedPage page) => page.Page.EvaluateAsync<double>(
        """
        () => Math.min(...[...document.querySelectorAll("figure svg text")].map(text => {
          const svg = text.ownerSVGElement;
          return parseFloat(getComputedStyle(text).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        }).filter(size => size > 2))
        """);

    private string Write(string command)
    {
        var parts = command.Split(';');
        var file = Path.Combine(folder.FullName, "report.html");
        Margcond.Run([.. parts[0].Split(' '), .. parts[1..], "--report", file]);
        return new Uri(file).AbsoluteUri;
    }
}
