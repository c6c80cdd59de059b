using System.Net;
using System.Text.Json;
using MarginalConditional.Compare.Exploration;
using MarginalConditional.Explore.Serving;

namespace MarginalConditional.Explore.Tests;

/// <summary>The page in the test's own process, with a client that follows no redirects.</summary>
internal sealed class RunningPage : IAsyncDisposable
{
    private readonly ExploreServer server;

    private RunningPage(ExploreServer server)
    {
        this.server = server;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = new Uri(server.Address),
        };
    }

    /// <summary>Asks the page; addresses are relative to it.</summary>
    public HttpClient Client { get; }

    /// <summary>Its port.</summary>
    public int Port => server.Port;

    /// <summary>Its address, with the key.</summary>
    public string Address => server.Address;

    /// <summary>Starts it.</summary>
    public static async Task<RunningPage> Start(ExplorationStart? start = null) =>
        new(await ExploreServer.Start(start ?? new ExplorationStart()));

    /// <summary>The answer to a setting.</summary>
    public async Task<JsonElement> Figures(TrialSetting setting, string more = "")
    {
        using var answer = await Client.GetAsync(
            new Uri($"figures?setting={Uri.EscapeDataString(SettingRules.Write(setting))}{more}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
    }
}
