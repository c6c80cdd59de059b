using MarginalConditional.Cli.Output;

namespace MarginalConditional.Cli.TextPictures;

/// <summary>Units in ascending order with crude rate, shrunken rate and interval, as text.</summary>
internal sealed record CaterpillarPlot
{
    /// <summary>The heading of the labels.</summary>
    public required string Heading { get; init; }

    /// <summary>How rates are written.</summary>
    public required Func<double, string> Rate { get; init; }

    /// <summary>The rate of an average unit, where the vertical line stands.</summary>
    public required double Reference { get; init; }

    /// <summary>The units, or the lowest of them.</summary>
    public required IReadOnlyList<CaterpillarRow> Lowest { get; init; }

    /// <summary>The number of units left out between the lowest and the highest.</summary>
    public int Hidden { get; init; }

    /// <summary>The highest units, when some are left out.</summary>
    public IReadOnlyList<CaterpillarRow> Highest { get; init; } = [];

    /// <summary>The lines of the plot.</summary>
    public IEnumerable<string> Lines(int width)
    {
        var shown = Lowest.Concat(Highest).ToArray();
        var scale = PlotScale.Covering(
            shown.SelectMany(unit => new[] { unit.Lower, unit.Upper, unit.CrudeMark }),
            Reference,
            ratios: false,
            percent: Rate(0.5).EndsWith('%'));
        var table = new PictureTable(scale, [Heading, "n", "Crude", "Shrunken"], ["Rank", " "]);
        foreach (var unit in Lowest)
        {
            Add(table, unit);
        }

        if (Hidden > 0)
        {
            table.Row(
                [$"\u22EE {Figures.Count(Hidden)} more", string.Empty, string.Empty, string.Empty],
                _ => { },
                string.Empty,
                string.Empty);
        }

        foreach (var unit in Highest)
        {
            Add(table, unit);
        }

        return table.Lines(width);
    }

    /// <summary>The same units as a table without a picture.</summary>
    /// <param name="level">Of the intervals.</param>
    public TextTable Table(double level)
    {
        var table = new TextTable(Heading, ">n", ">Crude", ">Shrunken", ">" + Figures.IntervalHeading(level), ">Rank");
        foreach (var unit in Lowest.Concat(Highest))
        {
            table.Row(
                unit.Label,
                Size(unit.Size),
                Rate(unit.Crude),
                Rate(unit.Shrunken),
                Figures.Interval(Rate(unit.Lower), Rate(unit.Upper)),
                unit.Ranks);
        }

        return table;
    }

    /// <summary>A size: a count, or a sum of exposures.</summary>
    public static string Size(double size) =>
        size == Math.Floor(size) && Math.Abs(size) < 1e15 ? Figures.Count((long)size) : Figures.Significant(size, 4);

    private void Add(PictureTable table, CaterpillarRow unit) => table.Row(
        [unit.Label, Size(unit.Size), Rate(unit.Crude), Rate(unit.Shrunken)],
        strip => strip.Interval(unit.Lower, unit.Upper).Mark(unit.CrudeMark, '\u00D7').Mark(unit.Shrunken, '\u25CF'),
        unit.Ranks,
        unit.Flag);
}
