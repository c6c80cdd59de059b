using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Tests.Hosting;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_file_is_replaced_and_nothing_is_left_beside_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("result.json", "old");
        AtomicFile.Write(path, "new");
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_bad_input()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "nowhere", "result.json");
        Assert.Equal(path, Assert.Throws<InputException>(() => AtomicFile.Write(path, "text")).File);
    }
}
