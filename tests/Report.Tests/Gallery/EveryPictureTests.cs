using System.Globalization;
using System.Xml.Linq;
using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Tests.Drawing;

namespace MarginalConditional.Report.Tests.Gallery;

/// <summary>What holds for every picture of the gallery, drawn in several sizes.</summary>
public sealed class EveryPictureTests
{
    private static readonly Picture[] All =
    [
        .. LadderPicturesTests.Pictures, .. ConditionalPicturesTests.Pictures, .. DiagnosticPicturesTests.Pictures,
        .. MetaPicturesTests.Pictures, .. ArmPicturesTests.Pictures, .. BubblePictureTests.Pictures, .. HospitalPicturesTests.Pictures,
        .. StudyPicturesTests.Pictures, .. StudyResultPicturesTests.Pictures, .. SmallPicturesTests.Pictures,
    ];

    public static TheoryData<int, string> Places
    {
        get
        {
            var places = new TheoryData<int, string>();
            for (var place = 0; place < All.Length; place++)
            {
                places.Add(place, All[place].Kind);
            }

            return places;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_picture_says_in_sentences_what_it_is_and_what_is_seen(int place, string kind)
    {
        var picture = All[place];
        Assert.Matches("^[a-z][a-z-]*[a-z]$", kind);
        Assert.True(picture.Title.Length > 5 && !picture.Title.EndsWith('.'), picture.Title);
        Assert.All((string[])[picture.Caption, picture.Description], text =>
        {
            Assert.EndsWith(".", text, StringComparison.Ordinal);
            Assert.DoesNotContain("..", text, StringComparison.Ordinal);
            Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
            Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
        });
        var svg = SvgReading.Of(picture).Root;
        Assert.Contains(svg.Elements(), element => element.Name.LocalName == "title" && element.Value == picture.Title);
        Assert.Contains(svg.Elements(), element => element.Name.LocalName == "desc" && element.Value == picture.Description);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Its_table_has_a_cell_a_column_and_no_heading_twice(int place, string kind)
    {
        var (columns, rows) = All[place].Numbers;
        Assert.NotEmpty(kind);
        Assert.Equal(columns.Count, columns.Distinct().Count());
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(columns.Count, row.Count));
        Assert.All(rows.SelectMany(row => row), cell => Assert.True(cell.Number is not double.NaN));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Discs_stand_at_their_numbers_by_the_labels_of_the_ticks(int place, string kind)
    {
        var picture = All[place];
        Assert.NotEmpty(kind);
        var reading = SvgReading.Of(picture);
        var points = picture.Marks.OfType<PictureMark.Dots>()
            .Where(dots => dots.Shape is PictureShape.Disc or PictureShape.Ring)
            .SelectMany(dots => dots.Points)
            .Where(point => point.IsFinite)
            .ToArray();
        Assert.Equal(points.Length, reading.Marks("ellipse").Length);
        reading.Across.RequireEvenScale();
        Assert.All(points.Zip(reading.Marks("ellipse")), pair => Assert.Equal(
            pair.First.Across, reading.Across.Value(SvgReading.Number(pair.Second, "cx")), reading.Across.Resolution));
        if (picture.Rows.Count == 0)
        {
            reading.Up.RequireEvenScale();
            Assert.All(points.Zip(reading.Marks("ellipse")), pair => Assert.Equal(
                pair.First.Up, reading.Up.Value(SvgReading.Number(pair.Second, "cy")), reading.Up.Resolution));
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Every_named_series_stands_in_the_legend_once_and_looks_different(int place, string kind)
    {
        var picture = All[place];
        Assert.NotEmpty(kind);
        string[] names = [.. picture.Marks.Select(mark => mark.Legend).Where(name => name.Length > 0).Distinct()];
        string[] shown = [.. SvgReading.Of(picture).Texts().Select(SvgReading.Shown)];
        Assert.All(names, name => Assert.Contains(name, shown));
        var looks = picture.Marks.Where(mark => mark.Legend.Length > 0).DistinctBy(mark => mark.Legend).Select(mark => mark switch
        {
            PictureMark.Line line => $"line {line.Tone} {line.Stroke} {line.Width}",
            PictureMark.Dots dots => $"dots {dots.Tone} {dots.Shape}",
            PictureMark.Range range => $"range {range.Tone} {range.Stroke} {range.Width}",
            _ => $"{mark.GetType().Name} {mark.Tone} {(mark as PictureMark.Rule)?.Stroke}",
        }).ToArray();
        Assert.Equal(looks.Length, looks.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void In_any_size_it_is_as_wide_as_asked_for_and_no_text_leaves_it(int place, string kind)
    {
        Assert.NotEmpty(kind);
        var ruler = new TextRuler();
        foreach (var (width, size) in ((int, int)[])[(200, 8), (300, 13), (480, 13), (720, 20), (1400, 13)])
        {
            var reading = SvgReading.Of(All[place], new DrawingOptions { Width = width, FontSize = size });
            Assert.Equal(width, SvgReading.Number(reading.Root, "width"));
            var height = SvgReading.Number(reading.Root, "height");
            foreach (var text in reading.Texts().Where(text => SvgReading.Shown(text).Length > 0))
            {
                var (x, y) = SvgReading.Place(text);
                var isBold = text.Attribute("font-weight") is not null;
                var wide = ruler.Width(SvgReading.Shown(text), SvgReading.Number(text, "font-size"), isBold);
                var left = text.Attribute("text-anchor")?.Value switch { "middle" => x - (wide / 2), "end" => x - wide, _ => x };
                Assert.True(left > -1 && left + wide < width + 1, $"{width}: {SvgReading.Shown(text)} from {left} to {left + wide}");
                Assert.InRange(y, 0, height);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Its_ticks_tell_numbers_and_are_told_apart_in_any_size(int place, string kind)
    {
        Assert.NotEmpty(kind);
        foreach (var width in (int[])[360, 720, 1400])
        {
            var reading = SvgReading.Of(All[place], new DrawingOptions { Width = width });
            var upright = All[place].Rows.Count > 0 ? [] : new[] { reading.Up };
            Assert.All(upright.Prepend(reading.Across), axis =>
            {
                Assert.InRange(axis.Labels.Count, 1, 24);
                Assert.Equal(axis.Labels.Count, axis.Labels.Distinct().Count());
            });
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Nothing_in_the_drawing_is_no_number(int place, string kind)
    {
        var root = SvgReading.Of(All[place]).Root;
        Assert.NotEmpty(kind);
        foreach (var attribute in root.Descendants().Attributes().Where(one =>
            one.Name.LocalName is "points" or "cx" or "cy" or "rx" or "ry" or "x" or "y" or "width" or "height"))
        {
            Assert.All(attribute.Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries), part =>
                Assert.True(double.IsFinite(double.Parse(part, CultureInfo.InvariantCulture)), attribute.ToString()));
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Names_with_signs_of_markup_are_shown_as_they_are(int place, string kind)
    {
        const string Name = "<b>\"A\" & 'B'</b>";
        Assert.NotEmpty(kind);
        var picture = All[place];
        var named = picture with
        {
            Title = Name,
            Description = Name,
            Across = picture.Across with { Title = Name },
            Rows = [.. picture.Rows.Select((row, i) => i == 0 ? row with { Label = Name } : row)],
        };
        var drawn = SvgDrawing.Draw(named, new DrawingOptions { Width = 900 });
        Assert.DoesNotContain("<b>", drawn, StringComparison.Ordinal);
        var texts = XDocument.Parse(drawn).Root!.Descendants().Where(element => element.Name.LocalName is "text" or "title" or "desc");
        Assert.True(texts.Count(text => text.Value == Name) >= (picture.Rows.Count > 0 ? 5 : 4));
    }
}
