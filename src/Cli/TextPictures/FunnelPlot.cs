using MarginalConditional.Cli.Output;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.TextPictures;

/// <summary>Effects against their standard errors, precise studies on top, with the funnel that sampling error alone would give.</summary>
internal sealed record FunnelPlot
{
    private const int Height = 12;

    /// <summary>The studies, one or more, on the analysis scale, and the funnel.</summary>
    public required ChanceFunnel Funnel { get; init; }

    /// <summary>Whether effects are logarithms shown as ratios.</summary>
    public required bool Ratios { get; init; }

    /// <summary>Whether effects are proportions shown in per cent.</summary>
    public bool Percent { get; init; }

    /// <summary>The lines of the plot.</summary>
    public IEnumerable<string> Lines(int width)
    {
        (double Effect, double StandardError)[] studies = [.. Enumerable.Range(0, Funnel.Count)
            .Select(i => (Funnel.Estimates[i], Funnel.Errors[i]))];
        var largest = studies.Max(study => study.StandardError);
        var widest = Funnel.At(largest);
        var scale = PlotScale.Covering(
            studies.Select(study => study.Effect).Concat([widest.Lower, widest.Upper]),
            Funnel.Center,
            Ratios,
            Percent);
        const int Margin = 10;
        var strip = Math.Max(20, width - Margin);
        yield return "  SE";
        for (var line = 0; line < Height; line++)
        {
            var error = largest * line / (Height - 1);
            var (lower, upper) = Funnel.At(error);
            var drawn = new Strip(scale, strip).Mark(lower, '\u00B7').Mark(upper, '\u00B7');
            foreach (var cell in studies.Where(study => Row(study.StandardError, largest) == line)
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
