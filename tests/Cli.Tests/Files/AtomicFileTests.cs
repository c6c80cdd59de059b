using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Tests.Files;

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

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public void A_place_that_cannot_be_a_file_is_refused_before_any_work(string path)
    {
        // The file to read does not exist either: the message is about the place because it is looked at first.
        var result = Margcond.Run("gee", "/nowhere/trial.csv", "y ~ x", "--cluster", "id", "--out", path);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--out", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_is_written_to_and_not_replaced()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        AtomicFile.Write("/dev/null", "text");
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_bad_input()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "nowhere", "result.json");
        Assert.Equal(path, Assert.Throws<InputException>(() => AtomicFile.Write(path, "text")).File);
    }
}
