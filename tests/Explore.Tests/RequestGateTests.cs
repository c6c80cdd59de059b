using System.Net;
using System.Net.NetworkInformation;
using MarginalConditional.Compare.Exploration;
using MarginalConditional.Data;

namespace MarginalConditional.Explore.Tests;

/// <summary>Who is let in, and what is said to others.</summary>
public sealed class RequestGateTests
{
    [Fact]
    public async Task The_page_is_shown_to_whoever_knows_the_key()
    {
        await using var page = await RunningPage.Start();
        using var answer = await page.Client.GetAsync(new Uri(page.Address));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("<title>Whose odds ratio?</title>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/figures")]
    [InlineData("/00000000000000000000000000000000/")]
    [InlineData("/00000000000000000000000000000000/figures")]
    [InlineData("/explore.js")]
    [InlineData("//")]
    public async Task Without_the_key_nothing_is_shown(string path)
    {
        await using var page = await RunningPage.Start();
        using var answer = await page.Client.GetAsync(new Uri($"http://127.0.0.1:{page.Port}{path}"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain("odds ratio", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_start_has_another_key_of_128_bits()
    {
        await using var one = await RunningPage.Start();
        await using var two = await RunningPage.Start();
        Assert.Equal(32, new Uri(one.Address).Segments[1].TrimEnd('/').Length);
        Assert.NotEqual(new Uri(one.Address).Segments[1], new Uri(two.Address).Segments[1]);
    }

    [Theory]
    [InlineData("example.org")]
    [InlineData("127.0.0.1.example.org")]
    [InlineData("[::1]")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1")]
    public async Task Other_names_are_refused_even_with_the_key(string host)
    {
        await using var page = await RunningPage.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page.Address)) { Headers = { Host = host } };
        using var answer = await page.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    public async Task The_page_is_only_read(string method)
    {
        await using var page = await RunningPage.Start();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(page.Address));
        using var answer = await page.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task A_link_without_its_key_tells_the_command_and_repeats_nothing_else()
    {
        await using var page = await RunningPage.Start();
        var setting = new TrialSetting { Sigma = 2, Law = "bridge" };
        var shared = await page.Client.GetAsync(new Uri($"http://127.0.0.1:{page.Port}/?{SettingRules.Write(setting)}"));
        var text = WebUtility.HtmlDecode(await shared.Content.ReadAsStringAsync());
        Assert.Contains(SettingTexts.ExploreCommand(setting), text, StringComparison.Ordinal);
        var hostile = await page.Client.GetAsync(new Uri($"http://127.0.0.1:{page.Port}/?law=<script>alert(1)</script>"));
        Assert.DoesNotContain("alert", await hostile.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_this_machine_can_reach_the_port()
    {
        await using var page = await RunningPage.Start();
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == page.Port).ToArray();
        Assert.All(listeners, end => Assert.Equal(IPAddress.Loopback, end.Address));
        Assert.Single(listeners);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var page = await RunningPage.Start();
        var refusal = await Assert.ThrowsAsync<InputException>(() => RunningPage.Start(new ExplorationStart { Port = page.Port }));
        Assert.Equal($"--port {page.Port} is taken by another program.", refusal.Message);
    }
}
