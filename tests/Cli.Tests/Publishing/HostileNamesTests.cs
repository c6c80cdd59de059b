using System.Globalization;
using System.Text;
using System.Xml.Linq;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Cli.Tests.Publishing;

/// <summary>Names that are markup, quotes, writing from right to left or very long, in every picture that each command draws.</summary>
public sealed class HostileNamesTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string Long = new('W', 500);
    private static readonly string[] Names =
    [
        "<script>alert(1)</script>", "\"quoted\" & 'single'", "\u202Eback\u202C \u05D0\u05D1\u05D2", Long, "]]> <!-- --> <img src=x>",
        "=1+1",
    ];

    [Theory]
    [InlineData("gee;y ~ arm * time;--cluster;unit;--wave;time;--lsmeans;arm", 6)]
    [InlineData("glmm;y ~ arm * time + (1 | unit);--lsmeans;arm", 10)]
    [InlineData("lmm;x ~ arm * time + (1 | unit);--lsmeans;arm", 6)]
    [InlineData("profile;y ~ time + (1 | unit)", 2)]
    [InlineData("compare;y ~ arm * time;--cluster;unit;--treatment;arm;--wave;time;--no-checks", 7)]
    [InlineData("meta;--yi;x;--vi;time;--label;unit", 3)]
    public void They_are_shown_cut_and_harmless(string line, int pictures)
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data.csv");
        File.WriteAllText(data, Data());
        var words = line.Split(';');
        var page = Path.Combine(folder.Path, "report.html");
        var plots = Path.Combine(folder.Path, "plots") + "/";
        var result = Margcond.Run([words[0], data, .. words[1..], "--plot", plots, "--report", page]);
        Assert.Equal(0, result.ExitCode);
        var drawn = Directory.GetFiles(plots);
        Assert.Equal(pictures, drawn.Length);
        var titles = new List<string>();
        foreach (var path in drawn)
        {
            var root = XDocument.Load(path).Root!;
            Assert.All(root.DescendantsAndSelf(), element => Assert.Equal(Svg, element.Name.Namespace));
            Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "script" or "img" or "image" or "foreignObject");
            titles.AddRange(root.Descendants(Svg + "title").Select(title => title.Value));
            foreach (var text in root.Descendants(Svg + "text"))
            {
                var shown = string.Concat(text.Nodes().OfType<XText>().Select(node => node.Value));
                Assert.DoesNotContain('\u202E', shown);
                Assert.InRange(shown.Length, 0, 140);
            }
        }

        Assert.Contains(titles, title => title.Contains(Long, StringComparison.Ordinal));
        var report = File.ReadAllText(page);
        Assert.DoesNotContain("<script", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", report, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', report);
    }

    /// <summary>Thirty units of six rows; the first have the names, and so have the arms.</summary>
    private static string Data()
    {
        var stream = new RandomStream(5, 1, 0);
        var csv = new StringBuilder("unit,arm,time,x,y\n");
        for (var unit = 0; unit < 30; unit++)
        {
            var effect = stream.NextNormal();
            for (var time = 1; time <= 6; time++)
            {
                var x = effect + (0.3 * stream.NextNormal()) - (0.1 * time);
                csv.Append(CultureInfo.InvariantCulture, $"{Quoted(unit < Names.Length ? Names[unit] : $"unit {unit}")},")
                    .Append(CultureInfo.InvariantCulture, $"{Quoted(unit % 2 == 0 ? "<b>A</b>" : Long)},{time},{x:R},")
                    .Append(stream.NextNormal() < x ? "1\n" : "0\n");
            }
        }

        return csv.ToString();
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
