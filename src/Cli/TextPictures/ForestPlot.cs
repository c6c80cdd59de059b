using MarginalConditional.Cli.Output;
using MarginalConditional.Report.Gallery;

namespace MarginalConditional.Cli.TextPictures;

/// <summary>Studies with their intervals, the combined effect and the prediction interval, as text.</summary>
internal sealed record ForestPlot
{
    /// <summary>The heading of the estimates: <c>RR</c>.</summary>
    public required string EffectHeading { get; init; }

    /// <summary>Whether effects are logarithms shown as ratios.</summary>
    public required bool Ratios { get; init; }

    /// <summary>The level of all intervals.</summary>
    public required double Level { get; init; }

    /// <summary>The studies, top down.</summary>
    public required IReadOnlyList<ForestRow> Studies { get; init; }

    /// <summary>The combined effect; its weight and shrunken effect are not used.</summary>
    public required ForestRow Combined { get; init; }

    /// <summary>The prediction interval; null to draw none.</summary>
    public (double Lower, double Upper)? Prediction { get; init; }

    /// <summary>The lines of the plot.</summary>
    public IEnumerable<string> Lines(int width)
    {
        var visible = Studies.Select(study => study.Estimate)
            .Concat([Combined.Lower, Combined.Upper, Prediction?.Lower ?? double.NaN, Prediction?.Upper ?? double.NaN]);
        var scale = PlotScale.Covering(visible, 0, Ratios);
        var table = new PictureTable(
            scale,
            ["Study", EffectHeading, Figures.IntervalHeading(Level)],
            [Studies.Any(study => study.Weight is not null) ? "Weight" : string.Empty]);
        foreach (var study in Studies)
        {
            table.Row(
                [study.Label, Number(study.Estimate), Interval(study.Lower, study.Upper)],
                strip =>
                {
                    strip.Interval(study.Lower, study.Upper);
                    if (study.Shrunken is { } shrunken)
                    {
                        strip.Mark(shrunken, '\u25CB');
                    }

                    strip.Mark(study.Estimate, '\u25A0');
                },
                study.Weight is { } weight ? Figures.Percent(weight) : string.Empty);
        }

        table.Rule();
        table.Row(
            [Combined.Label, Number(Combined.Estimate), Interval(Combined.Lower, Combined.Upper)],
            strip => strip.Interval(Combined.Lower, Combined.Upper, "\u255E\u2550\u2561").Mark(Combined.Estimate, '\u25C6'),
            string.Empty);
        if (Prediction is var (lower, upper))
        {
            table.Row(
                ["Prediction", string.Empty, Interval(lower, upper)],
                strip => strip.Interval(lower, upper, "\u2576\u254C\u2574"),
                string.Empty);
        }

        return table.Lines(width);
    }

    /// <summary>The same rows as a table without a picture.</summary>
    public TextTable Table()
    {
        var interval = Figures.IntervalHeading(Level);
        var table = new TextTable("Study", ">" + EffectHeading, ">" + interval, ">Weight", ">Shrunken");
        foreach (var study in Studies)
        {
            table.Row(
                study.Label,
                Number(study.Estimate),
                Interval(study.Lower, study.Upper),
                study.Weight is { } weight ? Figures.Percent(weight) : string.Empty,
                study.Shrunken is { } shrunken ? Number(shrunken) : string.Empty);
        }

        table.Row(Combined.Label, Number(Combined.Estimate), Interval(Combined.Lower, Combined.Upper), string.Empty, string.Empty);
        if (Prediction is var (lower, upper))
        {
            table.Row("Prediction", string.Empty, Interval(lower, upper), string.Empty, string.Empty);
        }

        return table;
    }

    private EffectScale Shown => new(
        EffectHeading, Ratios, Math.Clamp(Figures.DecimalsFor(Math.Max(Combined.Upper - Combined.Lower, 1e-9), 2), 0, 4));

    private string Number(double effect) => Shown.Text(effect);

    private string Interval(double lower, double upper) => Shown.Text(lower, upper);
}
