using MarginalConditional.Browser.Tests.Support;
using MarginalConditional.Compare.Exploration;
using MarginalConditional.Explore.Serving;
using MarginalConditional.Report.Wording;
using Microsoft.Playwright;

namespace MarginalConditional.Browser.Tests;

/// <summary>The page of <c>margcond explore</c> as people use it: by mouse, by keyboard, on a phone, at night.</summary>
[Collection(BrowserFixture.Name)]
public sealed class ExplorePageTests(BrowserFixture browser)
{
    private const string LongName = "a <b>very</b> long & odd name";

    [BrowserTheory]
    [InlineData("desk")]
    [InlineData("night")]
    [InlineData("phone")]
    public async Task The_page_can_be_read_by_everybody(string look)
    {
        await using var server = await ExploreServer.Start(OfTrial());
        await using var page = await Open(server, Look.Of(look));
        await page.RequireRoom();
        await (look == "night" ? page.RequireContrast() : page.RequireAccess());
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Toenail trial" }).ClickAsync();
        await Shows(page, "sigma=4&");
        await page.RequireRoom();
        page.RequireSilence();
    }

    [BrowserFact]
    public async Task A_slider_moves_the_numbers_to_what_the_library_says()
    {
        await using var server = await ExploreServer.Start(new ExplorationStart());
        await using var page = await Open(server, Look.Desk);
        var slider = page.Page.GetByLabel("How much clusters differ, sigma: slider");
        var own = page.Page.Locator("#ladder tr:nth-child(1) td.number");
        var all = page.Page.Locator("#ladder tr:nth-child(3) td.number");
        Assert.Equal("0.50", await own.TextContentAsync());

        await slider.FocusAsync();
        await slider.PressAsync("End");
        await Shows(page, "sigma=5&");
        var expected = TrialAnswers.Of(new TrialSetting { Sigma = 5 }, CovariateLaw.Normal);
        Assert.Equal("0.50", await own.TextContentAsync());
        Assert.Equal(Figures.Ratio(Math.Exp(expected.Population)), await all.TextContentAsync());
        Assert.Equal(Figures.Percent(expected.Power), await page.Page.Locator("#fact-power").TextContentAsync());
        Assert.Equal(Figures.Ratio(expected.DesignEffect), await page.Page.Locator("#fact-designEffect").TextContentAsync());
        var change = await page.Page.Locator("#change").TextContentAsync();
        Assert.StartsWith("\u03C3 from 1 to 5: the population", change, StringComparison.Ordinal);
        Assert.EndsWith("nobody\u2019s own odds ratio changed.", change, StringComparison.Ordinal);
        Assert.Equal("5", await page.Page.Locator("#sigma").InputValueAsync());

        await slider.PressAsync("ArrowLeft");
        await Shows(page, "sigma=4.95&");
        page.RequireSilence();
    }

    [BrowserFact]
    public async Task Numbers_are_typed_laws_chosen_and_what_cannot_be_is_said()
    {
        await using var server = await ExploreServer.Start(new ExplorationStart());
        await using var page = await Open(server, Look.Desk);
        await page.Page.GetByLabel("Effect given the cluster, log odds ratio", new() { Exact = true }).FillAsync("1.25");
        await Shows(page, "effect=1.25&");
        await page.Page.GetByLabel("Law of their effects").SelectOptionAsync("bridge");
        await Shows(page, "law=bridge&");
        var expected = TrialAnswers.Of(new TrialSetting { Effect = 1.25, Law = "bridge" }, CovariateLaw.Normal);
        Assert.Equal(
            Figures.Ratio(Math.Exp(expected.GivenCovariates)),
            await page.Page.Locator("#ladder tr:nth-child(2) td.number").TextContentAsync());

        await page.Page.Locator("#sigma").FillAsync("-3");
        await page.Page.Locator("#sigma").FillAsync("");
        Assert.Contains("sigma=1&", await page.Page.EvaluateAsync<string>("document.body.dataset.shown"), StringComparison.Ordinal);
        page.RequireSilence();

        await page.Page.GetByLabel("Open a link").FillAsync("http://127.0.0.1:9/?sigma=fast");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Open", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("must be a number from 0 to 12");
    }

    [BrowserFact]
    public async Task A_setting_is_a_link_a_study_file_and_a_command()
    {
        await using var server = await ExploreServer.Start(new ExplorationStart());
        await using var page = await Open(server, Look.Desk);
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "No clustering" }).ClickAsync();
        await Shows(page, "sigma=0&");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Copy the link" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("#copied")).ToHaveTextAsync("Link copied.");
        var link = await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.DoesNotContain(new Uri(server.Address).Segments[1].Trim('/'), link, StringComparison.Ordinal);
        var setting = SettingRules.Parse(link);
        Assert.Equal(0, setting.Sigma);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Thirteen studies" }).ClickAsync();
        await Shows(page, "size=2000&");
        await page.Page.GetByLabel("Open a link").FillAsync(link);
        await page.Page.GetByLabel("Open a link").PressAsync("Enter");
        await Shows(page, SettingRules.Write(setting));
        Assert.Equal("400", await page.Page.Locator("#clusters").InputValueAsync());

        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.Locator("#study").ClickAsync());
        await using var content = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(content);
        Assert.Equal(SettingTexts.Study(setting), await reader.ReadToEndAsync());
        Assert.Equal("study.yaml", download.SuggestedFilename);

        // The address is the setting's own: opened again it shows the same.
        await page.Page.ReloadAsync();
        await Shows(page, SettingRules.Write(setting));
        Assert.Equal("0", await page.Page.Locator("#sigma").InputValueAsync());
    }

    [BrowserFact]
    public async Task Every_control_is_reached_by_the_keyboard()
    {
        await using var server = await ExploreServer.Start(new ExplorationStart());
        await using var page = await Open(server, Look.Desk);
        var count = await page.Page.EvaluateAsync<int>("document.querySelectorAll('a[href], button, input, select').length");
        var reached = new HashSet<string>(StringComparer.Ordinal);
        for (var k = 0; k < count; k++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            reached.Add(await page.Page.EvaluateAsync<string>(
                """
                () => {
                  const all = [...document.querySelectorAll('a[href], button, input, select')];
                  const outline = getComputedStyle(document.activeElement).outlineStyle;
                  return `${all.indexOf(document.activeElement)} ${outline}`;
                }
                """));
        }

        Assert.Equal(
            Enumerable.Range(0, count).Select(k => $"{k} solid").Order(StringComparer.Ordinal), reached.Order(StringComparer.Ordinal));
    }

    [BrowserFact]
    public async Task The_page_prints()
    {
        await using var server = await ExploreServer.Start(OfTrial());
        await using var page = await Open(server, Look.Desk);
        await page.RequirePrint("A4");
    }

    [BrowserFact]
    public async Task When_the_program_has_ended_the_page_says_so()
    {
        var server = await ExploreServer.Start(new ExplorationStart());
        await using var page = await Open(server, Look.Desk);
        await server.DisposeAsync();
        await page.Page.Locator("#sigma").FillAsync("3");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("start margcond explore again");
    }

    [BrowserFact]
    public async Task An_address_without_its_key_shows_what_to_do()
    {
        await using var server = await ExploreServer.Start(new ExplorationStart());
        await using var page = await browser.Open($"http://127.0.0.1:{server.Port}/?sigma=2", Look.Phone);
        await page.RequireRoom();
        await page.RequireAccess();
        Assert.Contains("margcond explore --setting", await page.Page.Locator("code").TextContentAsync(), StringComparison.Ordinal);
    }

    private static ExplorationStart OfTrial()
    {
        var setting = SettingRules.Write(new TrialSetting { Risk = 0.030695, Effect = -0.80246, Sigma = 4.0065, Covariate = 1.6806 });
        return new ExplorationStart
        {
            Setting = setting,
            TrialSetting = setting,
            Trial = $"It starts at {LongName}{new string('x', 300)}.",
            CompareCommand = $"margcond compare {new string('y', 300)}.csv \"y ~ treatment\"",
            CovariateValues = [-1, 1],
            CovariateDifferences = [0.1, -0.1],
            CovariateWeights = [0.5, 0.5],
        };
    }

    private async Task<OpenedPage> Open(ExploreServer server, Look look)
    {
        var page = await browser.Open(server.Address, look);
        await page.Page.Locator("#picture-power svg").WaitForAsync();
        return page;
    }

    /// <summary>Waits for the answer to a setting.</summary>
    private static Task Shows(OpenedPage page, string part) =>
        page.Page.WaitForFunctionAsync("part => (document.body.dataset.shown + '&').includes(part)", part);
}
