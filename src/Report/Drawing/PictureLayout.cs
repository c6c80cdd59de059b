using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Drawing;

/// <summary>Where everything of a picture stands, from the measured widths of its texts: nothing is cut, nothing overlaps.</summary>
internal sealed class PictureLayout
{
    /// <summary>The space at the edges, pixels.</summary>
    public const double Edge = 12;

    /// <summary>The width of a sample of a series in the legend, pixels.</summary>
    public const double Swatch = 26;

    private const double Gap = 8;
    private const double MostRowHeight = 1.55;
    private const double LeastRowHeight = 1.3;
    private const double LargestLabelShare = 0.42;
    private const double LargestTextShare = 0.4;
    private const double LeastPlotShare = 0.11;
    private const double LargestPointLabel = 0.22;
    private const double TallestRows = 3200;
    private readonly TextRuler ruler;
    private readonly Picture picture;
    private readonly double[] centers;
    private readonly int firstRow;

    /// <summary>Lays a picture out.</summary>
    public PictureLayout(Picture picture, DrawingOptions options, TextRuler ruler)
    {
        this.picture = picture;
        this.ruler = ruler;
        Size = options.FontSize;
        (firstRow, var rowCount) = options.Piece ?? (0, picture.Rows.Count);
        Rows = [.. picture.Rows.Skip(firstRow).Take(rowCount)];
        Width = options.Width;
        TitleLines = options.ShowsTexts ? ruler.Lines(CleanText.Of(picture.Title), TitleSize, Width - (2 * Edge), bold: true) : [];
        CaptionLines = options.ShowsTexts ? ruler.Lines(CleanText.Of(picture.Caption), Small, Width - (2 * Edge)) : [];
        Across = AxisRange.Of(picture.Across, picture.Marks, across: true);
        LabelWidth = Widest(row => row.Label, picture.RowHeading, LargestLabelShare);
        TextWidth = Widest(row => row.Text, picture.TextHeading, LargestTextShare);
        Top = Edge + (TitleLines.Count * Line * 1.15) + (TitleLines.Count > 0 ? 6 : 0);
        Legend = LegendOf();
        LegendTop = Top;
        Top += Legend.Count == 0 ? Gap / 2 : ((Legend[^1].Line + 1) * Line) + Gap;
        HeadingTop = Top;
        Top += HasRows && picture.RowHeading.Length + picture.TextHeading.Length > 0 ? Line + (0.3 * Size) : 0;
        Top += !HasRows && picture.Up.Title.Length > 0 ? Line + (0.5 * Size) : 0;
        Bottom = Edge + (CaptionLines.Count * Small * 1.35) + (CaptionLines.Count > 0 ? 6 : 0)
            + (picture.Across.Title.Length > 0 ? Line : 0)
            + (picture.Across.Scale == PictureScale.Hidden && picture.Across.Ticks.Count == 0 ? 4 : Line + 4);
        RowTexts = RowTextsOf(options.Height);
        centers = CentersOf(RowTexts);
        Up = HasRows ? new AxisRange(-0.6, RowTexts.Sum(row => row.Height) - 0.4) : AxisRange.Of(picture.Up, picture.Marks, across: false);
        Height = options.Height ?? NaturalHeight(options);
        UpTicks = HasRows ? [] : TicksUp();
        Left = HasRows
            ? Edge + LabelWidth + Gap
            : Edge + UpTicks.Select(tick => ruler.Width(tick.Label, Small)).Append(0).Max() + Gap;
        Right = HasRows && TextWidth > 0 ? Edge + TextWidth + (2 * Gap) : Edge + Gap;
        AcrossTicks = TicksAcross();
        if (!HasRows && AcrossTicks.Count > 0)
        {
            var overhang = ruler.Width(AcrossTicks[^1].Label, Small) / 2;
            Right = Math.Max(Right, Edge + overhang - ((1 - Share(AcrossTicks[^1].Value)) * (Width - Left - Right)));
        }
    }

    /// <summary>The size of text, pixels.</summary>
    public double Size { get; }

    /// <summary>That of ticks and captions.</summary>
    public double Small => Size - 1;

    /// <summary>That of the title.</summary>
    public double TitleSize => Size + 2;

    /// <summary>The height of a line, pixels.</summary>
    public double Line => 1.4 * Size;

    /// <summary>The whole picture's width.</summary>
    public double Width { get; }

    /// <summary>The whole picture's height.</summary>
    public double Height { get; }

    /// <summary>From the left edge to the plot.</summary>
    public double Left { get; }

    /// <summary>From the top edge to the plot.</summary>
    public double Top { get; }

    /// <summary>From the right edge to the plot.</summary>
    public double Right { get; }

    /// <summary>From the bottom edge to the plot.</summary>
    public double Bottom { get; }

    /// <summary>Where the legend begins.</summary>
    public double LegendTop { get; }

    /// <summary>Where the headings of the rows stand.</summary>
    public double HeadingTop { get; }

    /// <summary>The room for the labels of rows.</summary>
    public double LabelWidth { get; }

    /// <summary>The room for their texts.</summary>
    public double TextWidth { get; }

    /// <summary>Whether the picture has rows.</summary>
    public bool HasRows => picture.Rows.Count > 0;

    /// <summary>The lines of the title.</summary>
    public IReadOnlyList<string> TitleLines { get; }

    /// <summary>The lines of the caption.</summary>
    public IReadOnlyList<string> CaptionLines { get; }

    /// <summary>The named series.</summary>
    public IReadOnlyList<LegendEntry> Legend { get; }

    /// <summary>The values of the horizontal axis.</summary>
    public AxisRange Across { get; }

    /// <summary>The values of the vertical axis.</summary>
    public AxisRange Up { get; }

    /// <summary>The horizontal axis' ticks.</summary>
    public IReadOnlyList<(double Value, string Label)> AcrossTicks { get; }

    /// <summary>The vertical axis' ticks; empty with rows.</summary>
    public IReadOnlyList<(double Value, string Label)> UpTicks { get; }

    /// <summary>The rows that are drawn.</summary>
    public IReadOnlyList<PictureRow> Rows { get; }

    /// <summary>The texts of the rows.</summary>
    public IReadOnlyList<RowText> RowTexts { get; }

    /// <summary>The height of a row of one line, pixels.</summary>
    public double RowHeight => (Height - Top - Bottom) / (Up.Upper - Up.Lower);

    /// <summary>Where a value of the marks stands on the vertical axis: with rows, that of its row, which may have several lines.</summary>
    public double Place(double up)
    {
        if (!HasRows || !double.IsFinite(up))
        {
            return up;
        }

        var row = Math.Clamp((int)Math.Round(up - firstRow), 0, centers.Length - 1);
        return centers[row] + (up - firstRow - row);
    }

    /// <summary>Where the middle of a drawn row stands on the vertical axis, counted from 0.</summary>
    public double CenterOf(int drawn) => centers[drawn];

    /// <summary>Whether a mark at a value of the vertical axis is drawn: with rows, if its row is.</summary>
    public bool IsDrawn(double up) => !HasRows || (Math.Round(up) >= firstRow && Math.Round(up) < firstRow + Rows.Count);

    /// <summary>A text that may be as wide as the picture between its margins.</summary>
    public string Along(string text) => ruler.Shortened(CleanText.Of(text), Small, Width - Left - Right - Gap);

    /// <summary>A text beside a point: as much of it as leaves the picture to its marks.</summary>
    public string Beside(string text) => ruler.Shortened(CleanText.Of(text), Small, LargestPointLabel * Width);

    /// <summary>How large marks are beside their own size: smaller where rows are lower than text.</summary>
    public double MarkShare => HasRows ? Math.Clamp(RowHeight / (1.2 * Size), 0.35, 1) : 1;

    /// <summary>The rows whose texts have room: all, or where rows are lower than text the summaries, and others between.</summary>
    public bool[] ShownRows()
    {
        var shown = new bool[Rows.Count];
        var apart = (int)Math.Ceiling(1.05 * Size / RowHeight);
        foreach (var summary in (bool[])[true, false])
        {
            for (var i = 0; i < shown.Length; i++)
            {
                var near = shown.AsSpan(Math.Max(0, i - apart + 1), Math.Min(shown.Length, i + apart) - Math.Max(0, i - apart + 1));
                shown[i] |= Rows[i].IsSummary == summary && !near.Contains(true);
            }
        }

        return shown;
    }

    /// <summary>Broken into lines where the height allows it, else cut.</summary>
    private RowText[] RowTextsOf(double? height)
    {
        RowText[] broken = [.. Rows.Select(row => RowText.Of(row, ruler, Size, LabelWidth, TextWidth, breaks: true))];
        var room = height is { } given ? given - Top - Bottom : TallestRows;
        var least = (height is null ? MostRowHeight : LeastRowHeight) * Size;
        return broken.Sum(row => row.Height) * least <= room
            ? broken
            : [.. Rows.Select(row => RowText.Of(row, ruler, Size, LabelWidth, TextWidth, breaks: false))];
    }

    private static double[] CentersOf(IReadOnlyList<RowText> rows)
    {
        var centers = new double[rows.Count];
        var start = 0.0;
        for (var i = 0; i < centers.Length; i++)
        {
            centers[i] = start + ((rows[i].Height - 1) / 2);
            start += rows[i].Height;
        }

        return centers;
    }

    private double NaturalHeight(DrawingOptions options) => HasRows
        ? Math.Round(Top + Bottom + Math.Min(TallestRows, (Up.Upper - Up.Lower) * MostRowHeight * Size))
        : Math.Round(Math.Max((5.0 / 8 * options.Width) + (Line * CaptionLines.Count), Top + Bottom + 120));

    /// <summary>The named series; further pieces of a picture leave them to the first.</summary>
    private List<LegendEntry> LegendOf()
    {
        var entries = new List<LegendEntry>();
        if (firstRow > 0)
        {
            return entries;
        }

        var (left, line) = (Edge, 0);
        foreach (var mark in picture.Marks.Where(mark => mark.Legend.Length > 0).DistinctBy(mark => mark.Legend))
        {
            var text = ruler.Shortened(CleanText.Of(mark.Legend), Size, Width - (2 * Edge) - Swatch - Gap);
            var width = Swatch + Gap + ruler.Width(text, Size);
            if (left > Edge && left + width > Width - Edge)
            {
                (left, line) = (Edge, line + 1);
            }

            entries.Add(new LegendEntry(mark, text, left, line));
            left += width + (2 * Gap);
        }

        return entries;
    }

    /// <summary>The room for the texts of rows on one side: as much as they need, and as leaves some to the marks.</summary>
    private double Widest(Func<PictureRow, string> text, string heading, double share) => Math.Min(
        share * Math.Min(Width, (((1 - LeastPlotShare) * Width) - (2 * Edge) - (3 * Gap)) / (LargestLabelShare + LargestTextShare)),
        picture.Rows.Select(row => ruler.Width(CleanText.Of(text(row)), Size, row.IsSummary))
            .Append(ruler.Width(CleanText.Of(heading), Size, bold: true))
            .Max());

    private double Share(double value)
    {
        var share = (value - Across.Lower) / (Across.Upper - Across.Lower);
        return picture.Across.IsReversed ? 1 - share : share;
    }

    /// <summary>As many ticks as leave room between their labels.</summary>
    private IReadOnlyList<(double Value, string Label)> TicksAcross()
    {
        var room = Width - Left - Right;
        if (picture.Across.Ticks.Count > 0)
        {
            return Fitting([.. picture.Across.Ticks.Select(tick => (tick.Value, CleanText.Of(tick.Label)))], room);
        }

        for (var most = 10; ; most--)
        {
            var ticks = RoundTicks.Of(Across.Lower, Across.Upper, picture.Across.Scale, most);
            if (most <= 2 || Fitting(ticks, room).Count == ticks.Count)
            {
                return ticks;
            }
        }
    }

    private List<(double Value, string Label)> Fitting(IReadOnlyList<(double Value, string Label)> ticks, double room)
    {
        var kept = new List<(double Value, string Label)>();
        var end = double.NegativeInfinity;
        foreach (var (value, label) in ticks.OrderBy(tick => Share(tick.Value)))
        {
            var text = ruler.Shortened(label, Small, room / 3);
            var half = ruler.Width(text, Small) / 2;
            var at = Share(value) * room;
            if (at - half >= end)
            {
                kept.Add((value, text));
                end = at + half + Gap;
            }
        }

        return kept;
    }

    private IReadOnlyList<(double Value, string Label)> TicksUp() => picture.Up.Ticks.Count > 0
        ? [.. picture.Up.Ticks.Select(tick => (tick.Value, ruler.Shortened(CleanText.Of(tick.Label), Small, LargestLabelShare * Width)))]
        : RoundTicks.Of(
            Up.Lower,
            Up.Upper,
            picture.Up.Scale,
            Math.Clamp((int)((Height - Top - Bottom) / (2.6 * Size)), 2, 8));
}
