using MarginalConditional.Data.Coding;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Report.Gallery;

/// <summary>The picture of a model's coefficients.</summary>
public static class CoefficientPicture
{
    /// <summary>Coefficients with their intervals; the intercept, which is no effect, is left out where there are others.</summary>
    /// <param name="coefficients">The coefficients and contrasts, link scale.</param>
    /// <param name="scale">How they are shown.</param>
    /// <param name="level">The intervals' level.</param>
    /// <param name="tone">Whose they are: the conditional or the marginal side, or neither.</param>
    public static Picture Of(IReadOnlyList<Coefficient> coefficients, EffectScale scale, double level, PictureTone tone)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        ArgumentNullException.ThrowIfNull(scale);
        Coefficient[] shown = [.. coefficients.Where(row => row.Term != DesignMatrix.InterceptName && double.IsFinite(row.Estimate))];
        shown = shown.Length == 0 ? [.. coefficients.Where(row => double.IsFinite(row.Estimate))] : shown;
        var away = shown.Count(row => row.LeavesOut(0));
        var across = scale.Covering(shown.Select(row => row.Estimate), shown.Select(row => (row.Lower, row.Upper)));
        PictureMark[] intervals = [.. shown.Select((row, i) => new PictureMark.Range(i, row.Lower, row.Upper) { Tone = tone, Width = 2 })];
        return new Picture
        {
            Kind = "coefficients",
            Title = $"{scale.Name} of each term",
            Caption = $"Points: estimates; lines: {Figures.Level(level)} intervals; dashed: no effect."
                + ArrowNote.Of(across, intervals),
            Description = $"{Figures.Counted(shown.Length, "coefficient")}; the intervals of {Figures.Count(away)} leave out "
                + $"{scale.NoEffect}.",
            Numbers = new NumberTable(
                ["term", scale.Name.ToLowerInvariant(), "lower", "upper", "p"],
                [.. shown.Select(row => new TableCell[]
                {
                    row.Term, scale.Shown(row.Estimate), scale.Shown(row.Lower), scale.Shown(row.Upper), row.PValue,
                })]),
            Across = across,
            Up = new PictureAxis(string.Empty),
            Rows = [.. shown.Select(row => new PictureRow(row.Term, scale.Text(row.Estimate, row.Lower, row.Upper)))],
            RowHeading = "Term",
            TextHeading = scale.Heading(level),
            Marks =
            [
                new PictureMark.Rule(0) { Tone = PictureTone.Muted },
                .. intervals,
                new PictureMark.Dots([.. shown.Select((row, i) => new PicturePoint(row.Estimate, i))])
                {
                    Tone = tone,
                    Radius = 5,
                    Names = [.. shown.Select(row => $"{row.Term}: {scale.Text(row.Estimate, row.Lower, row.Upper)}")],
                },
            ],
        };
    }
}
