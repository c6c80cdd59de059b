using System.Globalization;
using MarginalConditional.Means.Estimates;
using MarginalConditional.Mixed;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Tests.Drawing;
using MarginalConditional.Statistics.Inference;
using static MarginalConditional.Report.Tests.Gallery.PictureReading;

namespace MarginalConditional.Report.Tests.Gallery;

/// <summary>
/// <see cref="CoefficientPicture"/>, <see cref="CorrelationPicture"/>, <see cref="MeansPicture"/> and <see cref="LikelihoodPicture"/> of
/// numbers given.
/// </summary>
public sealed class SmallPicturesTests
{
    internal static IEnumerable<Picture> Pictures =>
    [
        CoefficientPicture.Of([Row("x", 0.4), Row("arm", -0.05)], new EffectScale("Odds ratio", true), 0.95, PictureTone.Marginal),
        CorrelationPicture.Of([(1, 40, 0.5, 0.45), (3, 10, -0.2, 0.1), (4, 1, 0.3, 0.05)], "ar1"),
        MeansPicture.Of([Mean("A", "0", 0.2), Mean("A", "6", 0.4), Mean("B", "0", 0.25)], "y", percent: true, 0.95),
        LikelihoodPicture.Of([new ProfileTrace(new ProfileInterval("sd", 2, 1, 4, 0.95), [(1, Z * Z), (2, 0), (4, Z * Z)])], 1),
    ];

    [Fact]
    public void Means_of_which_none_could_be_estimated_are_refused() =>
        Assert.Throws<ArgumentException>(() => MeansPicture.Of([Mean("A", "0", double.NaN)], "y", percent: true, 0.95));

    [Fact]
    public void Coefficients_leave_out_the_intercept_and_what_the_data_do_not_tell()
    {
        var picture = CoefficientPicture.Of(
            [Row("(Intercept)", 9), Row("x", 0.4), Coefficient.NotEstimable("z"), Row("arm", -0.05)],
            new EffectScale("Effect", false),
            0.95,
            PictureTone.Marginal);
        Assert.Equal(["x", "arm"], picture.Rows.Select(row => row.Label));
        Near([0.4, -0.05], Assert.Single(picture.Marks<PictureMark.Dots>()).Points.Select(point => point.Across));
        Near([0.3, -0.15], picture.Marks<PictureMark.Range>().Select(range => range.Lower));
        Assert.Equal("2 coefficients; the intervals of 1 leave out 0.", picture.Description);
        Near([0.4, 0.3, 0.5, 0.01], picture.Row(0)[1..]);
        picture.RequireInside();
        var alone = CoefficientPicture.Of([Row("(Intercept)", 9)], new EffectScale("Effect", false), 0.95, PictureTone.Marginal);
        Assert.Equal("(Intercept)", Assert.Single(alone.Rows).Label);
    }

    [Fact]
    public void Correlations_stand_at_their_distance_with_areas_by_pairs()
    {
        var picture = CorrelationPicture.Of([(1, 40, 0.5, 0.45), (3, 10, -0.2, 0.1), (4, 1, 0.3, 0.05)], "ar1");
        var observed = picture.Marks<PictureMark.Dots>()[^1];
        Near([1, 3, 4], observed.Points.Select(point => point.Across));
        Near([0.5, -0.2, 0.3], observed.Points.Select(point => point.Up));
        Near([1, 0.25, 0.15], observed.Areas);
        Near([0.45, 0.1, 0.05], Assert.Single(picture.Marks<PictureMark.Line>()).Points.Select(point => point.Up));
        Assert.Contains("differ most from the model at 3", picture.Description, StringComparison.Ordinal);
        Near([3, 10, -0.2, 0.1], picture.Row(1));
        picture.RequireInside();
    }

    [Fact]
    public void Means_have_a_line_a_group_over_the_places_of_the_last_variable()
    {
        MeanEstimate[] means =
        [
            Mean("A", "0", 0.2), Mean("A", "6", 0.4), Mean("B", "0", 0.25), Mean("B", "6", double.NaN),
        ];
        var picture = MeansPicture.Of(means, "y", percent: true, 0.95);
        var lines = picture.Marks<PictureMark.Line>();
        Assert.Equal(["A", "B"], lines.Select(line => line.Legend));
        Near([-0.06, 0.94], lines[0].Points.Select(point => point.Across));
        Near([0.06], lines[1].Points.Select(point => point.Across));
        Near([0.2, 0.4], lines[0].Points.Select(point => point.Up));
        Near([0.1, 0.3, 0.15], picture.Marks<PictureMark.Range>().Select(range => range.Lower));
        Assert.Equal([(0.0, "0"), (1.0, "6")], picture.Across.Ticks);
        Assert.Equal("Means from 20.0\u00A0% (A, 0) to 40.0\u00A0% (A, 6).", picture.Description);
        Assert.Equal(3, picture.Numbers.Rows.Count);
        Near([0.25, 0.05, 0.15, 0.35], picture.Row(2)[2..]);
        picture.RequireInside();
    }

    [Theory]
    [InlineData("0 3 6 12", "0 1 2 4")]
    [InlineData("12 0 3", "4 0 1")]
    [InlineData("-1.5 -1 0.5", "0 1 4")]
    [InlineData("1 2 100", "0 1 2")]
    [InlineData("low mid high", "0 1 2")]
    [InlineData("0 0.0 3", "0 1 2")]
    public void Means_at_numbers_stand_at_the_distances_of_the_numbers_where_these_can_be_seen(string values, string places)
    {
        var picture = MeansPicture.Of([.. values.Split(' ').Select((value, i) => Mean("A", value, 0.1 + (0.1 * i)))], "y", true, 0.95);
        double[] expected = [.. places.Split(' ').Select(place => double.Parse(place, CultureInfo.InvariantCulture))];
        Assert.Equal(
            expected.Zip(values.Split(' ')).OrderBy(pair => pair.First), picture.Across.Ticks.Select(tick => (tick.Value, tick.Label)));
        var (line, dots) = (Assert.Single(picture.Marks<PictureMark.Line>()), Assert.Single(picture.Marks<PictureMark.Dots>()));
        Near(expected.Order(), line.Points.Select(point => point.Across));
        Near(expected.Select((place, i) => (place, up: 0.1 + (0.1 * i))).OrderBy(pair => pair.place).Select(pair => pair.up),
            dots.Points.Select(point => point.Up));
        picture.RequireInside();
    }

    [Fact]
    public void Groups_stand_apart_by_the_same_share_of_the_picture_however_far_numbers_lie_apart()
    {
        static double Apart(params string[] values)
        {
            var picture = MeansPicture.Of(
                [.. values.SelectMany(value => new[] { Mean("A", value, 0.2), Mean("B", value, 0.3) })], "y", true, 0.95);
            var lines = picture.Marks<PictureMark.Line>();
            return (lines[1].Points[0].Across - lines[0].Points[0].Across)
                / (picture.Across.Maximum!.Value - picture.Across.Minimum!.Value);
        }

        Assert.InRange(Apart("0", "1", "50"), 0.009, 0.02);
        Assert.InRange(Apart("0", "1", "5"), 0.009, 0.03);
    }

    [Fact]
    public void A_caption_says_what_an_arrow_is_where_the_picture_has_one()
    {
        static Picture Of(double lower) => CoefficientPicture.Of(
            [Row("x", 0.4), Row("arm", -0.05), Row("t", 0.1) with { Lower = lower }],
            new EffectScale("Effect", false),
            0.95,
            PictureTone.Marginal);
        static int Arrows(Picture picture) => SvgReading.Of(picture).Marks("polygon").Length;
        Assert.Equal(0, Arrows(Of(0)));
        Assert.DoesNotContain("arrow", Of(0).Caption, StringComparison.Ordinal);
        Assert.Equal(1, Arrows(Of(-9)));
        Assert.EndsWith("dashed: no effect. An arrow: the interval goes on.", Of(-9).Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Profiles_stand_over_their_estimates_and_none_is_a_picture_all_the_same()
    {
        var followed = new ProfileTrace(new ProfileInterval("sd", 2, 1, 4, 0.95), [(1, Z * Z), (2, 0), (4, Z * Z)]);
        var lost = new ProfileTrace(new ProfileInterval("other", 1, double.NaN, double.NaN, 0.95), []);
        var picture = LikelihoodPicture.Of([lost, followed], 2);
        Near([1, 2, 4], Assert.Single(picture.Marks<PictureMark.Line>()).Points.Select(point => point.Across));
        Near([1, 4], Assert.Single(picture.Marks<PictureMark.Dots>()).Points.Select(point => point.Across));
        var edge = followed with { Interval = followed.Interval with { Lower = 0, LowerIsEdge = true } };
        Near([4], Assert.Single(LikelihoodPicture.Of([edge], 1).Marks<PictureMark.Dots>()).Points.Select(point => point.Across));
        Near([Z * Z], picture.Marks<PictureMark.Rule>().Select(rule => rule.Value), 1e-9);
        var several = LikelihoodPicture.Of([followed, followed], 2).Marks<PictureMark.Line>();
        Near([0.5, 1, 2], several[0].Points.Select(point => point.Across));
        Assert.DoesNotContain("shown", LikelihoodPicture.Of([followed, followed], 2).Caption, StringComparison.Ordinal);
        Assert.EndsWith(
            "Of 9 standard deviations of random effects 2 are shown: none that is 0 or could not be followed, and no more than 6.",
            LikelihoodPicture.Of([followed, lost, followed], 9).Caption,
            StringComparison.Ordinal);
        Assert.Contains("effects 1 is shown: ", LikelihoodPicture.Of([followed], 2).Caption, StringComparison.Ordinal);
        var none = LikelihoodPicture.Of([lost], 1);
        Assert.Empty(none.Marks<PictureMark.Line>());
        Assert.Equal("No profile could be followed.", none.Description);
    }

    private static Coefficient Row(string term, double estimate) =>
        new(term, estimate, 0.05, null, estimate / 0.05, 0.01, estimate - 0.1, estimate + 0.1);

    private static MeanEstimate Mean(string arm, string month, double value) =>
        new([("arm", arm), ("month", month)], "response", Row(arm, value));
}
