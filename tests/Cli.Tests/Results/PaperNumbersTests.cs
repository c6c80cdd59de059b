using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Results;

/// <summary>One fit in every form of a result: cells of tables, read back, are the numbers of JSON to the digits that are shown.</summary>
public sealed partial class PaperNumbersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string line;

    public PaperNumbersTests()
    {
        var rows = Enumerable.Range(0, 24).Select(row => FormattableString.Invariant(
            $"{row / 3},{"ab"[row / 3 % 2]},{100 + (9 * Math.Sin(row / 3)) + (4 * Math.Cos(5 * row)):0.0}\n"));
        line = $"lmm {folder.Write("t.csv", "id,arm,y\n" + string.Concat(rows))} \"y ~ arm + (1 | id)\"";
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("table")]
    [InlineData("markdown")]
    [InlineData("html")]
    [InlineData("latex")]
    [InlineData("docx")]
    public void Cells_are_the_numbers_of_json(string format)
    {
        var fit = Answers.Json(line);
        var rows = Cells(format);
        foreach (var coefficient in fit.GetProperty("coefficients").EnumerateArray())
        {
            var row = Assert.Single(rows, cells => cells.Length == 5 && cells[0] == coefficient.At("term").GetString());
            Shown(coefficient.Number("estimate"), row[1]);
            Shown(coefficient.Number("se"), row[2]);
            var limits = Interval().Match(row[3]);
            Assert.True(limits.Success, row[3]);
            Shown(coefficient.Number("lower"), limits.Groups["lower"].Value);
            Shown(coefficient.Number("upper"), limits.Groups["upper"].Value);
            var p = row[4].Replace(" ", string.Empty, StringComparison.Ordinal);
            Assert.True(p == "<.001" ? coefficient.Number("p") < 0.001 : Math.Abs(Value(p) - coefficient.Number("p")) <= 0.0051, p);
        }

        var residual = Assert.Single(rows, cells => cells[0] == "Residual");
        Shown(fit.Number("residualSd"), residual[^1]);
        Shown(fit.Number("randomEffects", 0, "sd", 0), Assert.Single(rows, cells => cells is ["(Intercept)", "id", _])[^1]);
    }

    /// <summary>In files of text a minus is the sign that programs read.</summary>
    [Theory]
    [InlineData("txt", "table")]
    [InlineData("json", "json")]
    [InlineData("csv", "csv")]
    [InlineData("md", "markdown")]
    [InlineData("html", "html")]
    [InlineData("tex", "latex")]
    public void A_file_s_ending_is_its_form_and_its_content_what_would_be_printed(string ending, string format)
    {
        var printed = Answers.Text($"{line} --format {format}");
        printed = format == "table" ? printed.Replace('\u2212', '-') : printed;
        var path = Path.Combine(folder.Path, "result." + ending);
        Assert.Empty(Answers.Text($"{line} --out {path}"));
        Assert.Equal(printed, File.ReadAllText(path));
        File.WriteAllText(path, "before");
        Assert.Empty(Answers.Text($"{line} --out {path}"));
        Assert.Equal(printed, File.ReadAllText(path));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Csv_has_the_bits_of_json_under_any_names()
    {
        var fit = Answers.Json(line);
        foreach (var (names, expected) in new[]
        {
            ("margcond", new[] { "term", "estimate", "se", "statistic", "p", "lower", "upper" }),
            ("broom", ["term", "estimate", "std.error", "statistic", "p.value", "conf.low", "conf.high"]),
            ("sas", ["term", "estimate", "se", "statistic", "p", "lower", "upper"]),
        })
        {
            var rows = Answers.Csv($"{line} --names {names}");
            Assert.Subset(rows[0].ToHashSet(StringComparer.Ordinal), expected.ToHashSet(StringComparer.Ordinal));
            foreach (var (k, row) in fit.GetProperty("coefficients").EnumerateArray().Index())
            {
                foreach (var (column, member) in expected.Zip(["term", "estimate", "se", "statistic", "p", "lower", "upper"]).Skip(1))
                {
                    Assert.Equal(row.Number(member), Value(rows[k + 1][Array.IndexOf(rows[0], column)]));
                }
            }
        }
    }

    [Fact]
    public void Plain_characters_say_the_same()
    {
        var (rich, plain) = (Answers.Text(line), Answers.Text(line + " --ascii"));
        Assert.Contains(rich, character => !char.IsAscii(character));
        Assert.All(plain, character => Assert.True(char.IsAscii(character)));
        Assert.Equal(rich.Split('\n').Length, plain.Split('\n').Length);
        Assert.Equal(Digits(rich), Digits(plain));
        Assert.Equal(Answers.Text(line + " --format csv"), Answers.Text(line + " --format csv --ascii"));

        static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(120)]
    public void No_line_is_wider_than_asked_for(int width)
    {
        var text = Answers.Text($"{line} --width {width}");
        Assert.All(text.Split('\n'), one => Assert.True(one.Length <= width, one));
        Assert.Contains("armb", text, StringComparison.Ordinal);
    }

    private List<string[]> Cells(string format)
    {
        if (format == "docx")
        {
            var path = Path.Combine(folder.Path, "result.docx");
            Assert.Empty(Answers.Text($"{line} --out {path}"));
            using var zip = ZipFile.OpenRead(path);
            using var content = zip.GetEntry("word/document.xml")!.Open();
            var document = XDocument.Load(content);
            XNamespace word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
            return [.. document.Descendants(word + "tr").Select(row => row.Elements(word + "tc")
                .Select(cell => Plain(string.Concat(cell.Descendants(word + "t").Select(text => text.Value)))).ToArray())];
        }

        var printed = Answers.Text($"{line} --format {format}");
        return format switch
        {
            "html" => [.. XDocument.Parse($"<all>{printed}</all>").Descendants("tr")
                .Select(row => row.Elements().Select(cell => Plain(cell.Value)).ToArray())],
            "latex" => [.. printed.Split('\n').Where(one => one.EndsWith(@"\\", StringComparison.Ordinal))
                .Select(one => one[..^2].Replace("\\textless{}", "<", StringComparison.Ordinal).Split('&').Select(Plain).ToArray())],
            "markdown" => [.. printed.Split('\n').Where(one => one.StartsWith("| ", StringComparison.Ordinal))
                .Select(one => one.Replace("\\", string.Empty, StringComparison.Ordinal).Trim('|').Split('|').Select(Plain).ToArray())],
            _ => [.. printed.Split('\n').Where(one => one.StartsWith("  ", StringComparison.Ordinal))
                .Select(one => Columns().Split(one.Trim()).Select(Plain).ToArray())],
        };
    }

    private static string Plain(string cell) => cell.Replace('\u2212', '-').Replace('\u00A0', ' ').Trim();

    /// <summary>A number is shown rounded: the last digit that is there is right.</summary>
    private static void Shown(double expected, string text)
    {
        var digits = text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        Assert.Equal(expected, Value(text), (0.5 * Math.Pow(10, -digits)) + 1e-9);
    }

    private static double Value(string text) => double.Parse(text.Trim().Replace('\u2212', '-'), CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<lower>-?[0-9.]+)(?:\u2013|--| to )(?<upper>-?[0-9.]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Interval();

    [GeneratedRegex(" {2,}", RegexOptions.None, 1000)]
    private static partial Regex Columns();
}
