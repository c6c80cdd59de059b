using MarginalConditional.Cli.Output;

namespace MarginalConditional.Cli.TextPictures;

/// <summary>Effects against their standard errors, precise studies on top, with the funnel that sampling error alone would give.</summary>
internal sealed record FunnelPlot
{
    private const int Height = 12;

    /// <summary>The studies: effect and standard error, on the analysis scale.</summary>
    public required IReadOnlyList<(double Effect, double StandardError)> Studies { get; init; }

    /// <summary>The combined effect, where the funnel stands.</summary>
    public required double Center { get; init; }

    /// <summary>The quantile that makes the funnel's sides, 1.96 for 95 %.</summary>
    public required double Quantile { get; init; }

    /// <summary>Whether effects are logarithms shown as ratios.</summary>
    public required bool Ratios { get; init; }

    /// <summary>Whether effects are proportions shown in per cent.</summary>
    public bool Percent { get; init; }

    /// <summary>The lines of the plot.</summary>
    public IEnumerable<string> Lines(int width)
    {
        var largest = Studies.Max(study => study.StandardError);
        var scale = PlotScale.Covering(
            Studies.Select(study => study.Effect).Concat([Center - (Quantile * largest), Center + (Quantile * largest)]),
            Center,
            Ratios,
            Percent);
        const int Margin = 10;
        var strip = Math.Max(20, width - Margin);
        yield return "  SE";
        for (var line = 0; line < Height; line++)
        {
            var error = largest * line / (Height - 1);
            var drawn = new Strip(scale, strip).Mark(Center - (Quantile * error), '\u00B7').Mark(Center + (Quantile * error), '\u00B7');
            foreach (var cell in Studies.Where(study => Row(study.StandardError, largest) == line)
                .GroupBy(study => scale.Column(study.Effect, strip)))
            {
                var count = cell.Count();
                drawn.Mark(cell.First().Effect, count == 1 ? '\u25CF' : count < 10 ? (char)('0' + count) : '#');
            }

            var label = line % 3 == 0 || line == Height - 1 ? Label(error, largest) : string.Empty;
            yield return ("  " + label.PadRight(Margin - 2) + drawn).TrimEnd();
        }

        var (axis, labels) = scale.Axis(strip);
        yield return new string(' ', Margin) + axis;
        yield return new string(' ', Margin) + labels;
    }

    private string Label(double error, double largest)
    {
        var factor = Percent ? 100 : 1;
        return Figures.Fixed(
            factor * error,
            Math.Clamp(Figures.DecimalsFor(factor * largest, 2), 0, 6)) + (Percent ? "\u00A0%" : string.Empty);
    }

    private static int Row(double error, double largest) => (int)Math.Round(error / largest * (Height - 1), MidpointRounding.AwayFromZero);
}
