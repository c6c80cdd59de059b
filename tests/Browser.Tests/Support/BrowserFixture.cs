using Microsoft.Playwright;

namespace MarginalConditional.Browser.Tests.Support;

/// <summary>One browser for all tests; each opens a page in a context of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>The name of the tests that share it.</summary>
    public const string Name = "browser";

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
        {
            return;
        }

        playwright = await Playwright.CreateAsync();

        // Without a sandbox of its own it starts in containers too; it opens nothing but this repository's pages.
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium.Path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>Opens an address as a reader sees it.</summary>
    internal async Task<OpenedPage> Open(string address, Look look)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
            ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            AcceptDownloads = true,
        });
        return await OpenedPage.Open(context, new Uri(address));
    }
}
