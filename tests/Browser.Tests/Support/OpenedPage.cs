using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MarginalConditional.Browser.Tests.Support;

/// <summary>A page in the browser, with everything that it complained about or asked for.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly Uri address;
    private readonly List<string> faults = [];

    private OpenedPage(IBrowserContext context, IPage page, Uri address)
    {
        this.context = context;
        this.address = address;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Add($"console {message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => Add($"error: {error}");
        page.RequestFailed += (_, request) => Add($"failed: {request.Url} {request.Failure}");
        page.Request += (_, request) =>
        {
            if (!IsOwn(request.Url))
            {
                Add($"request to {request.Url}");
            }
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Opens an address and waits until nothing is under way.</summary>
    public static async Task<OpenedPage> Open(IBrowserContext context, Uri address)
    {
        var opened = new OpenedPage(context, await context.NewPageAsync(), address);
        await opened.Page.GotoAsync(address.AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        return opened;
    }

    /// <summary>Requires that the page complained of nothing and asked nobody but its own address.</summary>
    public void RequireSilence()
    {
        lock (faults)
        {
            Assert.True(faults.Count == 0, string.Join('\n', faults));
        }
    }

    /// <summary>Requires that no text is cut, lies over another, or makes the page scroll sideways.</summary>
    public async Task RequireRoom()
    {
        var problems = await Page.EvaluateAsync<string[]>(LayoutScript.Text);
        Assert.True(problems.Length == 0, string.Join('\n', problems.Take(25)));
    }

    /// <summary>Requires contrast, labels, roles and whatever else the rules of axe-core know.</summary>
    public async Task RequireAccess()
    {
        var result = await Page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(Told)));
    }

    /// <summary>Requires contrast alone: all that another look can spoil of a page whose rules were all kept.</summary>
    public async Task RequireContrast()
    {
        var result = await Page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Rules("color-contrast") });
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(Told)));
    }

    /// <summary>Requires that the page prints: as a PDF of some pages, nothing of it beyond the paper.</summary>
    /// <param name="paper">Such as A4 or Letter.</param>
    public async Task RequirePrint(string paper)
    {
        var content = await Page.PdfAsync(new PagePdfOptions { Format = paper, PrintBackground = true });
        Assert.StartsWith("%PDF", System.Text.Encoding.ASCII.GetString(content, 0, 4), StringComparison.Ordinal);
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        // The paper less margins of 18 mm, at 96 pixels an inch.
        await Page.SetViewportSizeAsync(paper == "A4" ? 658 : 680, 950);
        await RequireRoom();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private static string Told(AxeResultItem violation) =>
        $"{violation.Id} ({violation.Impact}): {violation.Help}: {violation.Nodes.Length} such as {violation.Nodes[0].Html}";

    private bool IsOwn(string url) => url.StartsWith("data:", StringComparison.Ordinal)
        || (address.IsFile
            ? url == address.AbsoluteUri
            : url.StartsWith(address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));

    private void Add(string fault)
    {
        lock (faults)
        {
            faults.Add(fault);
        }
    }
}
