using MarginalConditional.Compare.Exploration;
using MarginalConditional.Data;
using MarginalConditional.Explore.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace MarginalConditional.Explore;

/// <summary>
/// The page of <c>margcond explore</c>, which starts this program with one line of JSON on standard input, reads the address from
/// standard output, and ends it by closing standard input: whatever becomes of the command, the page and its port do not outlive it.
/// </summary>
internal static class Program
{
    private const int Started = 0;
    private const int Refused = 2;

    private static async Task<int> Main()
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        try
        {
            var start = ExplorationStart.FromJson(await input.ReadLineAsync() ?? string.Empty);
            await using var server = await ExploreServer.Start(start);
            await Console.Out.WriteLineAsync(server.Address);
            await Task.WhenAny(End(input), server.Stopped);
            return Started;
        }
        catch (Exception exception) when (exception is InputException or IOException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Refused;
        }
    }

    private static async Task End(StreamReader input)
    {
        while (await input.ReadLineAsync() is not null)
        {
            // Nothing more is said; the end of it is what counts.
        }
    }
}
