using System.Security.Cryptography;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Publishing;

public sealed class ReportOptionTests
{
    private const string Data = "examples/toenail/toenail.csv";

    [Fact]
    public void A_report_has_the_tables_the_pictures_the_command_and_the_hash_of_the_data()
    {
        using var folder = new TemporaryFolder();
        var page = Report(folder, "gee", Data, "y ~ treatment * time", "--cluster", "patientID", "--wave", "visit");
        Assert.Contains("treatmentterbinafine:time", page, StringComparison.Ordinal);
        Assert.Equal(5, page.Split("<svg ").Length - 1);
        Assert.Contains("margcond gee examples/toenail/toenail.csv &quot;y ~ treatment * time&quot; --cluster patientID", page,
            StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Repository.File(Data)))), page,
            StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_time_the_same_command_writes_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        string Once() => Report(folder, "gee", Data, "y ~ time", "--cluster", "patientID", "--no-timestamp");
        Assert.Equal(Once(), Once());
    }

    [Fact]
    public void Hostile_names_are_shown_and_harmless()
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data.csv");
        File.WriteAllText(data, "study,yi,vi\n<script>alert(1)</script>,0.1,0.1\n\"\"\"quoted\"\" & 'x'\",0.3,0.2\n"
            + $"{new string('x', 500)},-0.2,0.1\n=1+1,0.2,0.3\n");
        var page = Report(folder, "meta", data, "--yi", "yi", "--vi", "vi");
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("mso-number-format", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r.pdf", "end its name with .html")]
    [InlineData("nowhere/r.html", "there is no folder")]
    public void A_place_that_cannot_be_a_report_is_refused(string path, string sentence)
    {
        var result = Margcond.Run("gee", Data, "y ~ time", "--cluster", "patientID", "--report", path);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(sentence, string.Join(' ', result.Error.Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    private static string Report(TemporaryFolder folder, params string[] command)
    {
        var path = Path.Combine(folder.Path, "report.html");
        var result = Margcond.Run([.. command, "--report", path]);
        Assert.Equal(0, result.ExitCode);
        return File.ReadAllText(path);
    }
}
