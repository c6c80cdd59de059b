using MarginalConditional.Browser.Tests.Support;

namespace MarginalConditional.Browser.Tests;

/// <summary>What the measurement of boxes has to notice, and what it has to leave alone.</summary>
[Collection(BrowserFixture.Name)]
public sealed class LayoutScriptTests(BrowserFixture browser)
{
    [BrowserTheory]
    [InlineData("<p>one</p><p>two</p>", "")]
    [InlineData("<p>one</p><p style='margin-top:-2.1em'>two</p>", "lie over each other")]
    [InlineData("<p style='width:2em;overflow:hidden;white-space:nowrap'>a long line of text</p>", "is cut")]
    [InlineData("<p style='width:2000px'>wide</p>", "wide in a window")]
    [InlineData("<svg width='60' height='30'><text x='5' y='20'>a long line of text</text></svg>", "leaves its picture")]
    [InlineData(
        "<svg width='300' height='30'><text x='5' y='20'>one text</text><text x='30' y='20'>another</text></svg>", "lie over each other")]
    [InlineData("<details><summary>more</summary><p>hidden</p></details><p>shown</p>", "")]
    public async Task Faults_of_layout_are_noticed(string body, string fault)
    {
        var page = $"data:text/html,<!DOCTYPE html><html lang='en'><title>t</title><body>{Uri.EscapeDataString(body)}</body></html>";
        await using var opened = await browser.Open(page, Look.Phone);
        var problems = await opened.Page.EvaluateAsync<string[]>(LayoutScript.Text);
        if (fault.Length == 0)
        {
            Assert.Empty(problems);
        }
        else
        {
            Assert.Contains(problems, problem => problem.Contains(fault, StringComparison.Ordinal));
        }
    }
}
