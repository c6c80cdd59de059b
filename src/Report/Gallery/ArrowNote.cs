using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Gallery;

/// <summary>The sentence of a caption that says what arrows are, for pictures that have some.</summary>
internal static class ArrowNote
{
    /// <summary>The sentence with a blank before it, or nothing where every interval ends in the picture.</summary>
    /// <param name="across">The axis of the intervals, with its ends.</param>
    /// <param name="marks">The marks.</param>
    public static string Of(PictureAxis across, IEnumerable<PictureMark> marks) =>
        marks.OfType<PictureMark.Range>().Any(range =>
            !range.IsVertical && (range.Lower < across.Minimum || range.Upper > across.Maximum))
            ? " An arrow: the interval goes on."
            : string.Empty;
}
