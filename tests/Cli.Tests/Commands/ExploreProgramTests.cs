using MarginalConditional.Cli.Commands.Explore;
using MarginalConditional.Cli.Help;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Tests.Commands;

public sealed class ExploreProgramTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_tool_finds_the_page_among_the_tools_of_its_version()
    {
        var home = Make(".store", "margcond", VersionAction.Version, "margcond", VersionAction.Version, "tools", "net10.0", "any");
        var exception = Assert.Throws<InputException>(() => ExploreProgram.Find(home));
        Assert.Equal("The page is a tool of its own, margcond-explore, and it is not installed.", exception.Message);
        Assert.Equal($"dotnet tool install --global margcond-explore --version {VersionAction.Version}", exception.Hint);

        var other = Make(".store", "margcond-explore", "0.0.1", "margcond-explore", "0.0.1", "tools", "net10.0", "any");
        File.WriteAllText(Path.Combine(other, "margcond-explore.dll"), string.Empty);
        Assert.Throws<InputException>(() => ExploreProgram.Find(home));

        const string tool = "margcond-explore";
        var page = Make(".store", tool, VersionAction.Version, tool, VersionAction.Version, "tools", "net10.0", "any");
        File.WriteAllText(Path.Combine(page, "margcond-explore.dll"), string.Empty);
        Assert.Equal(Path.Combine(page, "margcond-explore.dll"), ExploreProgram.Find(home).Path);
    }

    [Fact]
    public void A_build_has_the_page_beside_it()
    {
        var exception = Assert.Throws<InputException>(() => ExploreProgram.Find(folder.Path));
        Assert.Contains(Path.Combine(folder.Path, "explore", "margcond-explore.dll"), exception.Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Make("explore"), "margcond-explore.dll"), string.Empty);
        Assert.Equal(Path.Combine(folder.Path, "explore", "margcond-explore.dll"), ExploreProgram.Find(folder.Path).Path);
    }

    private string Make(params string[] parts) => Directory.CreateDirectory(Path.Combine([folder.Path, .. parts])).FullName;
}
