using System.Globalization;
using MarginalConditional.Cli.TextPictures;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Tests.TextPictures;

/// <summary>Pictures of characters, read back: marks stand in their study's line, in the order and proportion of the numbers.</summary>
public sealed class TextPlotTests
{
    private static readonly ForestRow[] Studies =
    [
        new("Alpha", -0.5, -1.1, 0.1, 0.2, -0.4),
        new("Beta", 0.2, -0.3, 0.7, 0.5, 0.1),
        new("Gamma", 0.9, 0.4, 1.4, 0.3, 0.6),
    ];

    [Fact]
    public void A_strip_has_an_interval_from_end_to_end_over_its_reference()
    {
        var scale = PlotScale.Covering([-1, 1], 0, ratios: false);
        var strip = new Strip(scale, 41).Interval(-0.5, 0.75).Mark(0.25, 'x').ToString();
        var (from, to) = (scale.Column(-0.5, 41), scale.Column(0.75, 41));
        Assert.Equal(41, strip.Length);
        Assert.Equal(('\u251C', '\u2524', 'x'), (strip[from], strip[to], strip[scale.Column(0.25, 41)]));
        Assert.Equal(to - from - 2, strip.Count(character => character == '\u2500'));
        Assert.Equal(string.Empty, strip[..from].Trim() + strip[(to + 1)..].Trim());
        Assert.Equal('\u250A', new Strip(scale, 41).ToString()[scale.Column(0, 41)]);
    }

    [Theory]
    [InlineData(-9, 0.5, '\u2190', '\u2524')]
    [InlineData(-0.5, 9, '\u251C', '\u2192')]
    [InlineData(-9, 9, '\u2190', '\u2192')]
    public void An_end_that_lies_outside_is_an_arrow(double lower, double upper, char first, char last)
    {
        var strip = new Strip(PlotScale.Covering([-1, 1], 0, ratios: false), 30).Interval(lower, upper).ToString().Trim();
        Assert.Equal((first, last), (strip[0], strip[^1]));
        Assert.All(strip[1..^1], character => Assert.Equal('\u2500', character));
    }

    [Fact]
    public void What_is_not_known_is_not_drawn()
    {
        var scale = PlotScale.Covering([-1, 1], 0, ratios: false);
        var empty = new Strip(scale, 30).ToString();
        Assert.Equal(empty, new Strip(scale, 30).Interval(double.NaN, 1).Interval(0, double.NaN).Mark(double.NaN, 'x').ToString());
    }

    [Fact]
    public void A_forest_has_a_line_for_each_study_and_the_combined_effect_below()
    {
        var lines = Forest().Lines(90).ToArray();
        Assert.All(lines, line => Assert.True(line.Length <= 90, line));
        Assert.StartsWith("  Study", lines[0], StringComparison.Ordinal);
        Assert.Contains("RD", lines[0], StringComparison.Ordinal);
        Assert.Contains("95 % CI", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("Weight", lines[0], StringComparison.Ordinal);
        var squares = Studies.Select((study, row) => Single(lines, study.Label).IndexOf('\u25A0')).ToArray();
        Assert.All(squares, square => Assert.True(square > 0));
        Assert.Equal(squares.Order(), squares);

        // 0.7 to the right each: as far apart.
        Assert.InRange(squares[2] - (2 * squares[1]) + squares[0], -1, 1);
        Assert.EndsWith("50.0 %", Single(lines, "Beta").Replace('\u00A0', ' '), StringComparison.Ordinal);
        var combined = Single(lines, "Combined");
        Assert.Contains('\u25C6', combined);
        Assert.InRange(combined.IndexOf('\u25C6'), squares[0], squares[2]);
        Assert.True(Array.IndexOf(lines, combined) > Array.IndexOf(lines, Single(lines, "Gamma")));
        var prediction = Single(lines, "Prediction");
        Assert.Contains('\u254C', prediction);
        Assert.True(Ends(prediction, '\u254C').First <= Ends(combined, '\u2550').First);
        var without = (Forest() with { Prediction = null }).Lines(90);
        Assert.DoesNotContain(without, line => line.Contains("Prediction", StringComparison.Ordinal));
    }

    [Fact]
    public void A_study_drawn_towards_the_others_has_a_circle_between()
    {
        var lines = Forest().Lines(110).ToArray();
        var (own, drawn) = (Single(lines, "Alpha").IndexOf('\u25A0'), Single(lines, "Alpha").IndexOf('\u25CB'));
        Assert.True(drawn >= own);
        Assert.True(Single(lines, "Gamma").IndexOf('\u25CB') < Single(lines, "Gamma").IndexOf('\u25A0'));
        ForestRow[] plain = [.. Studies.Select(study => study with { Shrunken = null, Weight = null })];
        var fewer = (Forest() with { Studies = plain }).Lines(110).ToArray();
        Assert.DoesNotContain(fewer, line => line.Contains('\u25CB'));
        Assert.DoesNotContain("Weight", fewer[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_of_ratios_are_exponentials()
    {
        var row = Single((Forest() with { Ratios = true }).Lines(100), "Gamma");
        var shown = Numbers(row);
        Assert.Contains(Math.Exp(0.9), shown, new Rounded());
        Assert.Contains(Math.Exp(0.4), shown, new Rounded());
        Assert.Contains(Math.Exp(1.4), shown, new Rounded());
        Assert.Contains(0.9, Numbers(Single(Forest().Lines(100), "Gamma")), new Rounded());
    }

    /// <summary>Columns go from the right first, then numbers; labels are cut where nothing else helps.</summary>
    [Fact]
    public void A_narrow_forest_leaves_out_columns_and_never_its_labels()
    {
        var seen = new List<int>();
        for (var width = 100; width >= 40; width -= 5)
        {
            var lines = Forest().Lines(width).ToArray();
            Assert.All(lines, line => Assert.True(line.Length <= width, $"{width}: {line}"));
            seen.Add(new[] { "RD", "CI", "Weight" }.Count(heading => lines[0].Contains(heading, StringComparison.Ordinal)));
            Assert.Contains('\u25A0', Single(lines, "Alpha"));
        }

        Assert.Equal(3, seen[0]);
        Assert.Equal(seen.OrderDescending(), seen);
        Assert.True(seen[^1] < 3);
        var name = new string('n', 60);
        var cut = (Forest() with { Studies = [Studies[0] with { Label = name }] }).Lines(70).ToArray();
        Assert.Contains(cut, line => line.TrimStart().StartsWith("nnnnnnnn", StringComparison.Ordinal) && line.Contains('\u2026'));
        Assert.All(cut, line => Assert.True(line.Length <= 70));
    }

    [Fact]
    public void The_table_of_a_forest_has_the_same_rows()
    {
        using var text = new StringWriter { NewLine = "\n" };
        Forest().Table().WriteTo(Cli.Output.ConsoleFactory.Create(text, 100, terminal: false));
        var lines = text.ToString().Split('\n');
        foreach (var label in new[] { "Alpha", "Beta", "Gamma", "Combined", "Prediction" })
        {
            Assert.Single(lines, line => line.TrimStart().StartsWith(label, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Units_stand_in_the_order_given_and_those_left_out_are_counted()
    {
        CaterpillarRow Unit(string label, double rate) =>
            new(label, 40, rate - 0.03, rate - 0.03, rate, rate - 0.1, rate + 0.1, "1 to 3", label == "Zeta" ? "high" : string.Empty);
        var lines = new CaterpillarPlot
        {
            Heading = "Hospital",
            Rate = rate => (100 * rate).ToString("0.0", CultureInfo.InvariantCulture) + " %",
            Reference = 0.4,
            Lowest = [Unit("Eta", 0.2), Unit("Theta", 0.3)],
            Hidden = 1234,
            Highest = [Unit("Zeta", 0.7)],
        }.Lines(100).ToArray();
        Assert.StartsWith("  Hospital", lines[0], StringComparison.Ordinal);
        string[] labels = ["Eta", "Theta", "\u22EE 1,234 more", "Zeta"];
        var places = labels.Select(label => Array.FindIndex(lines, line => line.TrimStart().StartsWith(label, StringComparison.Ordinal)));
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(-1, places);
        var zeta = Single(lines, "Zeta");
        Assert.EndsWith("high", zeta, StringComparison.Ordinal);
        Assert.Contains("67.0 %", zeta, StringComparison.Ordinal);
        Assert.Contains("70.0 %", zeta, StringComparison.Ordinal);
        Assert.True(zeta.IndexOf('\u00D7') < zeta.IndexOf('\u25CF'));
        Assert.True(Single(lines, "Eta").IndexOf('\u25CF') < Single(lines, "Theta").IndexOf('\u25CF'));
        Assert.True(Single(lines, "Theta").IndexOf('\u25CF') < zeta.IndexOf('\u25CF'));
        Assert.Contains("%", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12, "12")]
    [InlineData(12345, "12,345")]
    [InlineData(12.3456, "12.35")]
    public void A_size_is_a_count_or_a_sum_of_exposures(double size, string text) => Assert.Equal(text, CaterpillarPlot.Size(size));

    [Fact]
    public void A_funnel_widens_downwards_about_its_centre()
    {
        double[] effects = [0, 0.1, -0.3, 0.6];
        double[] errors = [0.05, 0.2, 0.3, 0.6];
        var lines = new FunnelPlot { Funnel = new ChanceFunnel(0, 0.95, effects, errors), Ratios = false }.Lines(80).ToArray();
        Assert.Equal("  SE", lines[0]);
        var rows = lines[1..^2];
        var ends = rows.Select(row => Ends(row, '\u00B7')).Where(end => end.First >= 0);
        var widths = ends.Select(end => end.Last - end.First).ToArray();
        Assert.Equal(widths.Order(), widths);
        Assert.True(widths[^1] > 40);
        Assert.Equal(4, rows.Sum(row => row.Count(character => character == '\u25CF')));

        // The most precise is on top, the least on the last line, whose label is its error.
        Assert.True(Array.FindIndex(rows, row => row.Contains('\u25CF')) <= 1);
        Assert.Contains('\u25CF', rows[^1]);
        Assert.StartsWith("  0.6", rows[^1], StringComparison.Ordinal);
        Assert.StartsWith("  0.0", rows[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Studies_in_one_place_are_counted()
    {
        string Mark(int count)
        {
            double[] effects = [.. Enumerable.Repeat(0.4, count), -0.4];
            double[] errors = [.. Enumerable.Repeat(0.3, count), 0.3];
            var funnel = new FunnelPlot { Funnel = new ChanceFunnel(0, 0.95, effects, errors), Ratios = false };
            return funnel.Lines(80).Single(line => line.Contains('\u25CF') || count == 0);
        }

        Assert.Contains('3', Mark(3));
        Assert.Contains('9', Mark(9));
        Assert.Contains('#', Mark(10));
        Assert.Equal(2, Mark(1).Count(character => character == '\u25CF'));
    }

    private static ForestPlot Forest() => new()
    {
        EffectHeading = "RD",
        Ratios = false,
        Level = 0.95,
        Studies = Studies,
        Combined = new ForestRow("Combined", 0.25, -0.1, 0.6, null, null),
        Prediction = (-0.9, 1.3),
    };

    private static string Single(IEnumerable<string> lines, string label) =>
        Assert.Single(lines, line => line.TrimStart().StartsWith(label, StringComparison.Ordinal));

    private static (int First, int Last) Ends(string line, char character) => (line.IndexOf(character), line.LastIndexOf(character));

    private static double[] Numbers(string line) =>
    [
        .. line.Replace('\u2212', '-').Split([' ', '\u2013', ',', '\u00A0'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN),
    ];

    /// <summary>Numbers that are one when they are shown with two digits behind the point.</summary>
    private sealed class Rounded : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= 0.00501;

        public int GetHashCode(double obj) => 0;
    }
}
