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
        foreach (var look in new[] { Look.Desk, Look.Night, Look.Phone })
        {
            await using var page = await browser.Open(file, look);
            await page.RequireRoom();
            await page.RequireAccess();
            page.RequireSilence();
        }

        await using var paper = await browser.Open(file, Look.Desk);
        await paper.RequirePrint("A4");
        await paper.RequirePrint("Letter");
        paper.RequireSilence();
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

    private string Write(string command)
    {
        var parts = command.Split(';');
        var file = Path.Combine(folder.FullName, "report.html");
        Margcond.Run([.. parts[0].Split(' '), .. parts[1..], "--report", file]);
        return new Uri(file).AbsoluteUri;
    }
}
