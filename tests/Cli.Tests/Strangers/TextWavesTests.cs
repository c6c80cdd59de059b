using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Strangers;

/// <summary>What depends on the order of waves beside the estimated correlations: a known matrix, and weights for dropout.</summary>
public sealed class TextWavesTests
{
    private static readonly string[] Waves = ["Baseline", "Week 2", "Week 4", "Week 8", "Week 12"];

    [Theory]
    [InlineData("--corr fixed --corr-file MATRIX")]
    [InlineData("--corr independence --staying '~ y'")]
    public void Waves_in_words_are_the_waves_in_numbers(string options)
    {
        using var folder = new TemporaryFolder();
        string[] lines = [.. Monotone()];
        var words = folder.Write("words.csv", string.Join('\n', lines) + "\n");
        var numbers = folder.Write("numbers.csv", string.Join('\n', lines.Select(Numbered)) + "\n");

        // By the alphabet Week 12 would stand second.
        var matrix = folder.Write("matrix.csv", "1,.5,.4,.3,.1\n.5,1,.5,.4,.1\n.4,.5,1,.5,.1\n.3,.4,.5,1,.1\n.1,.1,.1,.1,1\n");
        JsonElement Fit(string path)
        {
            var result = Margcond.RunLine(
                $"gee {path} 'y ~ trt + x' --cluster id --wave visit {options.Replace("MATRIX", matrix, StringComparison.Ordinal)} "
                    + "--format json");
            Assert.True(result.ExitCode == 0, result.Error + result.Out);
            using var document = JsonDocument.Parse(result.Out);
            return document.RootElement.GetProperty("coefficients").Clone();
        }

        Assert.Equal(Fit(numbers).GetRawText(), Fit(words).GetRawText());
    }

    /// <summary>The rows of every subject up to the first visit that was missed.</summary>
    private static IEnumerable<string> Monotone()
    {
        var lines = File.ReadAllLines(Repository.File("tests", "Cli.Tests", "Strangers", "visit_text.csv"));
        yield return lines[0];
        var (subject, next) = (string.Empty, 0);
        foreach (var line in lines.Skip(1))
        {
            var fields = line.Split(',');
            next = fields[0] == subject ? next : 0;
            subject = fields[0];
            if (Array.IndexOf(Waves, fields[2]) == next)
            {
                next++;
                yield return line;
            }
        }
    }

    private static string Numbered(string line)
    {
        var fields = line.Split(',');
        var wave = Array.IndexOf(Waves, fields[2]);
        fields[2] = wave < 0 ? fields[2] : $"{wave}";
        return string.Join(',', fields);
    }
}
