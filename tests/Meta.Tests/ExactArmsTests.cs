using MarginalConditional.Data;
using MarginalConditional.Data.Tables;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Exact;

namespace MarginalConditional.Meta.Tests;

/// <summary><see cref="ExactArms"/>: what has no maximum is refused, and frames hold the events as the model reads them.</summary>
public sealed class ExactArmsTests
{
    [Theory]
    [InlineData(new double[] { 3 }, new double[] { 9 }, false, "There is one study")]
    [InlineData(new double[] { }, new double[] { }, false, "There are no studies")]
    [InlineData(new double[] { 0, 0 }, new double[] { 9, 7 }, false, "No study has an event")]
    [InlineData(new double[] { 9, 7 }, new double[] { 9, 7 }, false, "No study has anybody without the event")]
    [InlineData(new double[] { 0, 0 }, new double[] { 9.5, 7 }, true, "No study has an event")]
    public void What_has_no_maximum_is_refused(double[] events, double[] sizes, bool isRate, string words) => Assert.StartsWith(
        words, Assert.Throws<InputException>(() => Arms(events, sizes, isRate)).Message, StringComparison.Ordinal);

    [Fact]
    public void As_many_events_as_time_are_a_rate_like_another() => Assert.Equal(2, Arms([9, 7], [9, 7], isRate: true).Arms.Count);

    [Fact]
    public void People_are_shares_of_trials()
    {
        var frame = Arms([3, 0, 8], [12, 5, 8], isRate: false).Frame();
        Assert.Equal([0.25, 0, 1], frame.Response.ToArray());
        Assert.Equal([12, 5, 8], frame.Trials.ToArray());
        Assert.Equal(0, frame.Offset.Length);
        Assert.Equal([0, 1, 2, 3], frame.Clusters.Offsets.ToArray());
    }

    [Fact]
    public void Person_time_is_an_offset()
    {
        var frame = Arms([3, 0], [12.5, 5], isRate: true).Frame();
        Assert.Equal([3, 0], frame.Response.ToArray());
        Assert.Equal([Math.Log(12.5), Math.Log(5)], frame.Offset.ToArray());
        Assert.Equal(0, frame.Trials.Length);
    }

    [Fact]
    public void Without_a_study_and_in_another_order_the_others_are_the_same()
    {
        var arms = Arms([3, 0, 8], [12, 5, 9], isRate: false);
        Assert.Equal([(3.0, 12.0), (8, 9)], arms.Without(1).Arms);
        Assert.Equal([(8.0, 9.0), (3, 12)], arms.Keep([2, 0]).Arms);
        Assert.Equal(arms.Effects.Estimates[2], arms.Keep([2, 0]).Effects.Estimates[0]);
    }

    private static ExactArms Arms(double[] events, double[] sizes, bool isRate) => ExactArms.Of(StudyArms.Read(
        new Dataset("arms.csv", [new NumericColumn("x", events), new NumericColumn("n", sizes)]),
        "x",
        "n",
        isTotal: !isRate,
        isRate,
        []));
}
