using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MarginalConditional.Compare.Exploration;
using MarginalConditional.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MarginalConditional.Explore.Serving;

/// <summary>The page on a port of this machine that no other can reach. It keeps nothing and asks nobody.</summary>
internal sealed class ExploreServer : IAsyncDisposable
{
    private const int TokenDigits = 32;

    private readonly WebApplication application;

    private ExploreServer(WebApplication application, int port, string token)
    {
        this.application = application;
        Port = port;
        Address = FormattableString.Invariant($"http://127.0.0.1:{port}/{token}/");
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>What to open; it holds the key.</summary>
    public string Address { get; }

    /// <summary>Ends when the process is told to stop.</summary>
    public Task Stopped => application.WaitForShutdownAsync();

    /// <summary>Starts to listen.</summary>
    /// <param name="start">What the page shows first, and on which port.</param>
    /// <exception cref="InputException">The port is taken.</exception>
    public static async Task<ExploreServer> Start(ExplorationStart start)
    {
        // The key has to be one that nobody can guess; no result depends on it.
        var token = RandomNumberGenerator.GetHexString(TokenDigits, lowercase: true);

        // An empty builder reads no settings, no environment and no file, and writes no log.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = 0;
            options.Listen(IPAddress.Loopback, start.Port);
        });
        var application = builder.Build();
        var gate = new RequestGate(token);
        var pages = new PageAnswers(start);
        application.Run(context => gate.Answer(context, pages));
        try
        {
            await application.StartAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            var reason = (exception as SocketException ?? exception.GetBaseException() as SocketException)?.SocketErrorCode;
            await application.DisposeAsync();
            throw new InputException(
                reason == SocketError.AddressAlreadyInUse
                    ? FormattableString.Invariant($"--port {start.Port} is taken by another program.")
                    : FormattableString.Invariant($"--port {start.Port} cannot be opened on this machine ({reason})."),
                exception);
        }

        // The first answer takes ten times as long as those after it: it is given before anybody asks.
        _ = Task.Run(pages.WarmUp);
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new ExploreServer(application, new Uri(address).Port, token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Nobody waits for an answer that is still under way.
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await application.StopAsync(now.Token);
        await application.DisposeAsync();
    }
}
