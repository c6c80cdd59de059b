using MarginalConditional.Mixed;

namespace MarginalConditional.Mixed.Tests;

/// <summary><see cref="ProfileTrace"/>: places by hand, deviances of curves with a formula.</summary>
public sealed class ProfileTraceTests
{
    [Fact]
    public void A_parabola_is_followed_a_quarter_beyond_both_limits()
    {
        var trace = ProfileTrace.Of(new Curve(2, value => (value - 2) * (value - 2)), Interval(2, 1, 4), double.NegativeInfinity);
        Assert.Equal(25, trace.Points.Count);
        Assert.Equal(2 - (1.25 * 1), trace.Points[0].Value, 12);
        Assert.Equal(2 + (1.25 * 2), trace.Points[^1].Value, 12);
        Assert.Equal((2, 0), trace.Points[12]);
        for (var k = 1; k < trace.Points.Count; k++)
        {
            Assert.Equal(k <= 12 ? 1.25 / 12 : 2.5 / 12, trace.Points[k].Value - trace.Points[k - 1].Value, 12);
        }

        Assert.All(trace.Points, point => Assert.Equal((point.Value - 2) * (point.Value - 2), point.Deviance, 12));
    }

    [Fact]
    public void Relative_to_its_estimate_a_curve_has_the_same_deviances_and_its_limits_are_where_the_cutoff_is()
    {
        var trace = ProfileTrace.Of(new Curve(2, value => (value - 2) * (value - 2)), Interval(2, 1, 4), double.NegativeInfinity);
        Assert.Equal(3.841458820694124, trace.Cutoff, 9);
        var relative = trace.Relative();
        Assert.Equal((1, 0.5, 2), (relative.Interval.Estimate, relative.Interval.Lower, relative.Interval.Upper));
        Assert.Equal(trace.Points.Select(point => (point.Value / 2, point.Deviance)), relative.Points);
    }

    [Fact]
    public void It_stops_at_the_least_value_and_takes_the_other_sides_length_where_a_limit_is_infinite()
    {
        var flat = new Curve(1, value => Math.Abs(value - 1));
        Assert.Equal(0, ProfileTrace.Of(flat, Interval(1, double.NegativeInfinity, 3), 0).Points[0].Value);
        Assert.Equal(1 - 2.5, ProfileTrace.Of(flat, Interval(1, double.NegativeInfinity, 3), -9).Points[0].Value, 12);
        Assert.Equal(1 + 1.25, ProfileTrace.Of(flat, Interval(1, 0, double.PositiveInfinity), 0).Points[^1].Value, 12);
        Assert.Empty(ProfileTrace.Of(flat, Interval(1, double.NaN, double.NaN), 0).Points);
        Assert.Empty(ProfileTrace.Of(flat, Interval(double.NaN, 0, 1), 0).Points);
    }

    [Fact]
    public void At_the_edge_there_is_one_side_and_what_has_no_deviance_is_left_out()
    {
        var trace = ProfileTrace.Of(new Curve(0, value => value > 1 ? double.PositiveInfinity : value), Interval(0, 0, 2), 0);
        Assert.Equal((0, 0), trace.Points[0]);
        Assert.All(trace.Points, point => Assert.Equal(point.Value, point.Deviance, 12));
        Assert.True(trace.Points[^1].Value <= 1);
    }

    [Fact]
    public void Where_a_maximization_fails_there_is_no_point_and_each_side_begins_anew()
    {
        var curve = new Rough();
        var trace = ProfileTrace.Of(curve, Interval(0, -1, 1), -9);
        Assert.Equal(2, curve.Begun);
        Assert.Equal(25 - 2, trace.Points.Count);
        Assert.DoesNotContain(trace.Points, point => Math.Abs(point.Value) is > 0.6 and < 0.7);
    }

    [Fact]
    public void Curves_of_a_fit_that_is_not_at_its_maximum_are_not_shown()
    {
        var trace = new ProfileTrace(Interval(2, 1, 4), [(1, 3.8), (2, 0)]);
        var budget = new ProfileBudget(10, 10);
        Assert.Same(trace, trace.Settle(budget));
        budget.Overtake();
        var settled = trace.Settle(budget);
        Assert.Empty(settled.Points);
        Assert.Equal(budget.Settle(trace.Interval), settled.Interval);
    }

    private static ProfileInterval Interval(double estimate, double lower, double upper) => new("SD", estimate, lower, upper, 0.95);

    private sealed class Curve(double estimate, Func<double, double> deviance) : ProfileCurve
    {
        public override double Estimate => estimate;

        public override double Deviance(double value) => deviance(value);
    }

    /// <summary>v², whose maximization fails at distances between .6 and .7 from the estimate, one of each side's places.</summary>
    private sealed class Rough : ProfileCurve
    {
        private bool failed;

        public int Begun { get; private set; }

        public override double Estimate => 0;

        protected override bool Failed => failed;

        public override double Deviance(double value)
        {
            failed = Math.Abs(value) is > 0.6 and < 0.7;
            return value * value;
        }

        protected override void Restart() => Begun++;
    }
}
