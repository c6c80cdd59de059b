using MarginalConditional.Mixed;

namespace MarginalConditional.Mixed.Tests;

public sealed class ProfileCurveTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1.959963984540054)]
    [InlineData(10)]
    public void A_parabola_is_left_where_its_formula_says(double cutoff)
    {
        var curve = new Curve(2, value => (value - 2) * (value - 2) / 9);
        Assert.Equal(2 - (3 * cutoff), curve.Limit(-0.7, cutoff, double.NegativeInfinity), 1e-5);
        Assert.Equal(2 + (3 * cutoff), curve.Limit(50, cutoff, double.PositiveInfinity), 1e-4);
    }

    [Fact]
    public void The_deviance_of_a_count_reaches_the_cutoff_at_both_limits()
    {
        // 2(ℓ̂ − ℓ) of a Poisson mean after seven events.
        var curve = new Curve(7, mean => mean > 0 ? 2 * (mean - 7 - (7 * Math.Log(mean / 7))) : double.PositiveInfinity);
        const double Cutoff = 1.959963984540054;
        foreach (var (step, edge) in new[] { (-3.0, 0.0), (3.0, double.PositiveInfinity) })
        {
            var limit = curve.Limit(step, Cutoff, edge);
            Assert.Equal(Cutoff * Cutoff, curve.Deviance(limit), 1e-5);
            Assert.Equal(Math.Sign(step), Math.Sign(limit - 7));
        }
    }

    [Fact]
    public void A_curve_that_does_not_reach_the_cutoff_stops_at_the_edge()
    {
        var curve = new Curve(0.5, value => value - 0.5);
        Assert.Equal(0, new Curve(0.5, _ => 0.1).Limit(-0.2, 2, 0));
        Assert.Equal(1, curve.Limit(0.2, 2, 1));
        Assert.Equal(0.5, curve.Limit(0.2, 2, 0.5));
    }

    [Fact]
    public void Infinite_values_are_closed_in_upon()
    {
        var curve = new Curve(0, value => value < 3 ? value * value / 100 : double.PositiveInfinity);
        Assert.Equal(3, curve.Limit(1, 2, double.PositiveInfinity), 1e-5);
    }

    [Fact]
    public void The_root_has_the_sign_of_the_distance_and_takes_rounding_for_zero()
    {
        var curve = new Curve(1, value => value == 1.5 ? -1e-12 : (value - 1) * (value - 1));
        Assert.Equal((-2, 0, 3, 0), (curve.Root(-1), curve.Root(1), curve.Root(4), curve.Root(1.5)));
    }

    [Fact]
    public void A_deviance_far_below_zero_ends_all_searches_and_leaves_no_limits()
    {
        var curve = new Curve(0, value => value > 2 ? -0.02 : value * value) { Budget = new ProfileBudget(100, 1_000) };
        Assert.Equal(-1, curve.Limit(-0.3, 1, -10), 1e-5);
        var found = new ProfileInterval("a", 0, -1, 0, 0.95) { UpperIsEdge = true };
        Assert.Same(found, curve.Budget.Settle(found));
        Assert.Equal(double.NaN, curve.Limit(3, 2, 10));
        Assert.True(curve.Budget.IsOvertaken);
        Assert.Equal(double.NaN, curve.Limit(-0.3, 1, -10));
        Assert.False(curve.Budget.TryTake());
        Assert.Equal(new ProfileInterval("a", 0, double.NaN, double.NaN, 0.95) { Overtaken = true }, curve.Budget.Settle(found));
    }

    [Fact]
    public void Each_limit_starts_afresh_and_a_failed_one_is_not_a_number()
    {
        var curve = new Curve(0, value => value * value) { FailsAbove = 0.5 };
        Assert.Equal(double.NaN, curve.Limit(1, 1, 10));
        Assert.Equal(-1, curve.Limit(-1, 1, -10), 1e-5);
        Assert.Equal(2, curve.Restarts);
    }

    private sealed class Curve(double estimate, Func<double, double> deviance) : ProfileCurve
    {
        private bool failed;

        public override double Estimate => estimate;

        public double FailsAbove { get; init; } = double.PositiveInfinity;

        public int Restarts { get; private set; }

        protected override bool Failed => failed;

        public override double Deviance(double value)
        {
            failed |= value > FailsAbove;
            return deviance(value);
        }

        protected override void Restart()
        {
            Restarts++;
            failed = false;
        }
    }
}
