using MarginalConditional.Report.Pictures;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Report.Gallery;

/// <summary>The triangle of a funnel plot.</summary>
internal static class FunnelRegion
{
    /// <summary>Where chance alone leaves estimates, from a standard error of 0 to the largest shown.</summary>
    public static PictureMark.Band Of(ChanceFunnel funnel, double most)
    {
        var (lower, upper) = funnel.At(most);
        var tip = new PicturePoint(funnel.Center, 0);
        return new PictureMark.Band([tip, new PicturePoint(lower, most)], [tip, new PicturePoint(upper, most)])
        {
            Tone = PictureTone.Muted,
            Opacity = 0.18,
        };
    }
}
