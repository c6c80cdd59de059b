using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Pictures;
using OxyPlot;

namespace MarginalConditional.Report.Tests.Drawing;

/// <summary><see cref="Palette"/>: texts can be read on white, and series can be told apart.</summary>
public sealed class PaletteTests
{
    private static readonly PictureTone[] Tones = Enum.GetValues<PictureTone>();

    /// <summary>WCAG 2.1, success criterion 1.4.3: 4.5 : 1 for text, 1.4.11: 3 : 1 for what is needed to understand a picture.</summary>
    [Fact]
    public void Texts_and_both_sides_stand_out_from_the_paper()
    {
        Assert.All((OxyColor[])[Palette.Ink, Palette.Muted], colour => Assert.True(Contrast(colour) >= 4.5));
        Assert.All(
            (PictureTone[])[PictureTone.Ink, PictureTone.Conditional, PictureTone.Marginal, PictureTone.First, PictureTone.Second],
            tone => Assert.True(Contrast(Palette.Of(tone)) >= 3));
        Assert.True(Contrast(Palette.Grid) < 1.5);
    }

    /// <summary>Source: Okabe and Ito 2008, the colours but yellow and black.</summary>
    [Theory]
    [InlineData(PictureTone.First, 0, 114, 178)]
    [InlineData(PictureTone.Second, 213, 94, 0)]
    [InlineData(PictureTone.Third, 0, 158, 115)]
    [InlineData(PictureTone.Fourth, 204, 121, 167)]
    [InlineData(PictureTone.Fifth, 230, 159, 0)]
    [InlineData(PictureTone.Sixth, 86, 180, 233)]
    public void Series_have_the_colours_of_Okabe_and_Ito(PictureTone tone, byte red, byte green, byte blue) =>
        Assert.Equal(OxyColor.FromRgb(red, green, blue), Palette.Of(tone));

    [Fact]
    public void No_two_tones_are_nearly_the_same()
    {
        var pairs = Tones.SelectMany(one => Tones.Where(other => other < one).Select(other => (Palette.Of(one), Palette.Of(other))));
        Assert.All(pairs, pair => Assert.True(
            Math.Abs(pair.Item1.R - pair.Item2.R) + Math.Abs(pair.Item1.G - pair.Item2.G) + Math.Abs(pair.Item1.B - pair.Item2.B) > 60));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 128)]
    [InlineData(1, 255)]
    [InlineData(7, 255)]
    [InlineData(-1, 0)]
    public void A_faded_colour_is_the_same_colour_that_covers_in_part(double opacity, byte alpha)
    {
        var faded = Palette.Faded(Palette.Ink, opacity);
        Assert.Equal(alpha, faded.A);
        Assert.Equal((Palette.Ink.R, Palette.Ink.G, Palette.Ink.B), (faded.R, faded.G, faded.B));
    }

    [Fact]
    public void Strokes_differ_in_their_dashes()
    {
        var strokes = Enum.GetValues<PictureStroke>();
        Assert.Equal(strokes.Length, strokes.Select(stroke => string.Join(' ', Palette.Dashes(stroke) ?? [])).Distinct().Count());
        Assert.All(strokes, stroke => Assert.True((Palette.Dashes(stroke) ?? []).Length % 2 == 0));
    }

    /// <summary>The ratio of luminances to white.</summary>
    private static double Contrast(OxyColor colour) =>
        1.05 / (0.05 + (0.2126 * Linear(colour.R)) + (0.7152 * Linear(colour.G)) + (0.0722 * Linear(colour.B)));

    private static double Linear(byte channel)
    {
        var share = channel / 255.0;
        return share <= 0.03928 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
