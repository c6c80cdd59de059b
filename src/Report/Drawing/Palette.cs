using MarginalConditional.Report.Pictures;
using OxyPlot;

namespace MarginalConditional.Report.Drawing;

/// <summary>The colours and strokes of every picture.</summary>
/// <remarks>Series without a side follow the order of Okabe and Ito 2008, which colour-blind readers tell apart.</remarks>
internal static class Palette
{
    /// <summary>Text.</summary>
    public static readonly OxyColor Ink = OxyColor.FromRgb(0x1F, 0x29, 0x37);

    /// <summary>Captions and whatever recedes.</summary>
    public static readonly OxyColor Muted = OxyColor.FromRgb(0x6B, 0x72, 0x80);

    /// <summary>Lines of the grid.</summary>
    public static readonly OxyColor Grid = OxyColor.FromRgb(0xE5, 0xE7, 0xEB);

    /// <summary>The colour of a tone.</summary>
    public static OxyColor Of(PictureTone tone) => tone switch
    {
        PictureTone.Ink => Ink,
        PictureTone.Muted => OxyColor.FromRgb(0x9C, 0xA3, 0xAF),
        PictureTone.Conditional => OxyColor.FromRgb(0xDC, 0x26, 0x26),
        PictureTone.Marginal => OxyColor.FromRgb(0x25, 0x63, 0xEB),
        PictureTone.First => OxyColor.FromRgb(0x00, 0x72, 0xB2),
        PictureTone.Second => OxyColor.FromRgb(0xD5, 0x5E, 0x00),
        PictureTone.Third => OxyColor.FromRgb(0x00, 0x9E, 0x73),
        PictureTone.Fourth => OxyColor.FromRgb(0xCC, 0x79, 0xA7),
        PictureTone.Fifth => OxyColor.FromRgb(0xE6, 0x9F, 0x00),
        _ => OxyColor.FromRgb(0x56, 0xB4, 0xE9),
    };

    /// <summary>The dashes and gaps of a stroke in pixels, whatever the width of the line; null for none.</summary>
    public static double[]? Dashes(PictureStroke stroke) => stroke switch
    {
        PictureStroke.Dashed => [4, 3],
        PictureStroke.Dotted => [1, 2.5],
        PictureStroke.DashDotted => [6, 2.5, 1, 2.5],
        _ => null,
    };

    /// <summary>A colour that covers only in part.</summary>
    public static OxyColor Faded(OxyColor colour, double opacity) =>
        OxyColor.FromAColor((byte)Math.Round(255 * Math.Clamp(opacity, 0, 1)), colour);
}
