using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Tests.Drawing;
using MarginalConditional.Statistics.Inference;
using static MarginalConditional.Report.Tests.Gallery.PictureReading;

namespace MarginalConditional.Report.Tests.Gallery;

/// <summary><see cref="LadderPictures"/> of a ladder given rung by rung, read from the drawing with <see cref="LadderLabels"/>.</summary>
public sealed class LadderPicturesTests
{
    private const string Odds = "log odds ratio";
    private const string Risk = "risk difference";

    private static readonly LadderQuestion Question = new("new", "old", [], []);

    /// <summary>Odds ratios of 3, 2 and 2, and risk differences of 0.1 and 0.08.</summary>
    private static readonly EstimandLadder Ladder = new(
        [
            Rung(0, Odds, Math.Log(3)), Rung(2, Odds, Math.Log(2)), Rung(3, Odds, Math.Log(2)), Rung(0, Risk, 0.1), Rung(2, Risk, 0.08),
            Rung(2, Odds, Math.Log(9)) with { Weighting = ClusterWeighting.Cluster },
            Rung(0, Odds, Math.Log(7)) with { Question = Question with { Treated = "newest" } },
        ],
        [
            Step(0, 2, Odds, "sites differ", Math.Log(2.0 / 3)), Step(2, 3, Odds, "nothing", 0) with { IsZeroByIdentity = true },
            Step(0, 2, Risk, "sites differ", -0.02),
        ],
        [
            Side("GEE", 2, Math.Log(2.2), Row("difference", 0.01)), Side("means of clusters", 9, Math.Log(1.8), null),
            Side("another weighting", 2, 5, null) with { Weighting = ClusterWeighting.Cluster },
        ]);

    private static readonly LadderLabels Labels =
        new("arm", rung => $"rung {rung.Rung}", step => $"to {step.To}", step => $"since {step.Cause}");

    internal static IEnumerable<Picture> Pictures =>
    [
        LadderPictures.Forest(Ladder, Odds, Labels, 0.95), LadderPictures.Forest(Ladder, Risk, Labels, 0.9),
        LadderPictures.Gap(Ladder, Odds, Labels, 0.95),
    ];

    [Fact]
    public void Rungs_stand_at_their_ratios_between_them_the_steps_and_below_other_estimators()
    {
        var picture = LadderPictures.Forest(Ladder, Odds, Labels, 0.95);
        Assert.Equal(
            [
                "0: rung 0", "\u2003\u2193 to 2", "\u2003\u2003since sites differ", "2: rung 2", "\u2003\u2193 to 3",
                "\u2003\u2003since nothing", "3: rung 3", "GEE", "\u20032: rung 2", "means of clusters", "\u2003another question",
            ],
            picture.Rows.Select(row => row.Label));
        var dots = picture.Marks<PictureMark.Dots>();
        Near([0, 3, 6, 7, 9], dots.Select(dot => dot.Points[0].Up));
        Near([3, 2, 2, 2.2, 1.8], dots.Select(dot => Math.Exp(dot.Points[0].Across)));
        Assert.Equal(
            [PictureTone.Conditional, PictureTone.Marginal, PictureTone.Marginal, PictureTone.Third, PictureTone.Third],
            dots.Select(dot => dot.Tone));
        var steps = picture.Marks<PictureMark.Range>().Where(range => range.Legend == "step").ToArray();
        Near([2, 2], steps.Select(step => Math.Exp(step.Lower)));
        Near([3, 2], steps.Select(step => Math.Exp(step.Upper)));
        Assert.Equal("3.00 (2.47\u20133.65)", picture.Rows[0].Text);
        Assert.Equal("\u22120.405 (SE 0.100)", picture.Rows[1].Text);
        Assert.Equal("0", picture.Rows[4].Text);
        Assert.EndsWith(", p = .040", picture.Rows[7].Text, StringComparison.Ordinal);
        Assert.Equal([7], picture.Rows.Select((row, i) => (row, i)).Where(pair => pair.row.HasRule).Select(pair => pair.i));
    }

    [Fact]
    public void The_drawing_has_each_rung_at_its_ratio_and_height()
    {
        var reading = SvgReading.Of(LadderPictures.Forest(Ladder, Odds, Labels, 0.95));
        reading.Across.RequireEvenScale();
        var discs = reading.Discs();
        Near([2, 2], discs.Select(disc => Math.Exp(disc.Across)), 0.01);
        Near([3, 6], discs.Select(disc => disc.Up));
        var square = reading.Areas()[0];
        Assert.Equal(3, Math.Exp((square[0].Across + square[2].Across) / 2), 0.01);
    }

    [Fact]
    public void The_table_has_each_rung_with_the_step_after_it()
    {
        var picture = LadderPictures.Forest(Ladder, Odds, Labels, 0.95);
        Assert.Equal(3, picture.Numbers.Rows.Count);
        Near([3, 3 * Math.Exp(-0.1 * Z), 3 * Math.Exp(0.1 * Z), Math.Log(2.0 / 3), 0.1], picture.Row(0)[2..7]);
        Near([0, 0.1], picture.Row(1)[5..7]);
        Assert.All(picture.Row(2)[5..7], number => Assert.Equal(double.NaN, number));
        Assert.Equal(["sites differ", "nothing", string.Empty], picture.Numbers.Rows.Select(row => row[7].Text));
    }

    [Fact]
    public void Differences_are_shown_as_they_are_and_questions_apart()
    {
        var picture = LadderPictures.Forest(Ladder, Risk, Labels, 0.95);
        Assert.Equal(PictureScale.Number, picture.Across.Scale);
        Assert.StartsWith("Risk difference of arm, new against old", picture.Title, StringComparison.Ordinal);
        Near([0.1, 0.08], picture.Marks<PictureMark.Dots>().Select(dot => dot.Points[0].Across));
        var other = LadderPictures.Forest(Ladder, Odds, Labels, 0.95, Question with { Treated = "newest" });
        Near([7], other.Marks<PictureMark.Dots>().Select(dot => Math.Exp(dot.Points[0].Across)));
        Assert.Contains("newest against old", other.Title, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LadderPictures.Forest(Ladder, "log risk ratio", Labels, 0.95));
        Assert.Equal([Odds, Risk], LadderPictures.Scales(Ladder));
        Assert.Equal([Odds, Risk], LadderPictures.Scales(Ladder with { Rungs = [.. Ladder.Rungs.Reverse()] }));
    }

    [Fact]
    public void The_bars_of_a_gap_begin_where_the_one_before_ended_and_close_it()
    {
        var picture = LadderPictures.Gap(Ladder, Odds, Labels, 0.95);
        var bars = picture.Marks<PictureMark.Bar>();
        Near([0, Math.Log(3), Math.Log(2), 0], bars.Select(bar => bar.From));
        Near([Math.Log(3), Math.Log(2), Math.Log(2), Math.Log(2)], bars.Select(bar => bar.To));
        Near([0, 1, 3, 5], bars.Select(bar => bar.At));
        var intervals = picture.Marks<PictureMark.Range>();
        Near([Math.Log(2) - (0.1 * Z), Math.Log(2) - (0.1 * Z)], intervals.Select(one => one.Lower));
        Near([Math.Log(2) + (0.1 * Z), Math.Log(2) + (0.1 * Z)], intervals.Select(one => one.Upper));
        Assert.Equal(["1.099", "\u22120.405 (\u22120.601 to \u22120.209)", "", "0", "", "0.693"], picture.Rows.Select(row => row.Text));
        Assert.Equal("From 1.099 to 0.693: sites differ \u22120.405, nothing 0.000.", picture.Description);
        var drawn = SvgReading.Of(picture).Areas().Where(area => area.Length == 4).ToArray();
        Near(bars.Select(bar => bar.From), drawn.Select(corners => corners.Min(corner => corner.Across)).Select((least, i) =>
            i == 1 ? drawn[i].Max(corner => corner.Across) : least), 0.01);
    }

    private static LadderRung Rung(int rung, string scale, double estimate) => new()
    {
        Rung = rung,
        Name = $"rung {rung}",
        Weighting = ClusterWeighting.Participant,
        Scale = scale,
        Question = Question,
        Inference = Row("arm", estimate),
        StandardErrorType = "robust",
        Influence = new ClusterInfluence(2, [1, -1]),
    };

    private static LadderStep Step(int from, int to, string scale, string cause, double size) => new()
    {
        From = from,
        To = to,
        Weighting = ClusterWeighting.Participant,
        Scale = scale,
        Question = Question,
        Cause = cause,
        Inference = Row("step", size),
        IsZeroByIdentity = false,
    };

    private static LadderSide Side(string name, int rung, double estimate, Coefficient? difference) => new()
    {
        Name = name,
        Rung = rung,
        Weighting = null,
        Scale = Odds,
        Question = Question,
        Inference = Row("arm", estimate),
        Difference = difference,
    };

    private static Coefficient Row(string term, double estimate) =>
        new(term, estimate, 0.1, null, estimate / 0.1, 0.04, estimate - (0.1 * Z), estimate + (0.1 * Z));
}
