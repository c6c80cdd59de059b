using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Tests.LinearAlgebra;

public sealed class RaisingScheduleTests
{
    /// <summary>By hand: a constant and a share of the element's size, or the least there is, times t.</summary>
    [Theory]
    [InlineData(0.5, 8, 4.5, 4.5, 0.5, 4)]
    [InlineData(2, -3, 8, 8, 2, 6)]
    [InlineData(4, 0, 4, 4, 4, 4e-6)]
    [InlineData(4, 0.25, 5, 5, 4, 1)]
    public void Elements_grow_by_a_constant_and_a_share_of_their_size(
        double shift, double element, double newton, double rounding, double modes, double proportional)
    {
        Assert.Equal(newton, RaisingSchedule.Newton.Amount(shift, element), 1e-15);
        Assert.Equal(rounding, RaisingSchedule.Rounding.Amount(shift, element), 1e-15);
        Assert.Equal(modes, RaisingSchedule.Modes.Amount(shift, element), 1e-15);
        Assert.Equal(proportional, RaisingSchedule.Proportional.Amount(shift, element), 1e-15);
    }

    /// <summary>By hand, for an element of 9: what the first two rounds add to it.</summary>
    [Fact]
    public void Rounds_begin_small_and_grow()
    {
        Assert.Equal((1e-3, 1e-2), Rounds(RaisingSchedule.Newton));
        Assert.Equal((1e-9, 1e-7), Rounds(RaisingSchedule.Rounding));
        Assert.Equal((1, 4), Rounds(RaisingSchedule.Modes));
        Assert.Equal((9e-3, 9e-2), Rounds(RaisingSchedule.Proportional));

        static (double First, double Second) Rounds(RaisingSchedule schedule)
        {
            Assert.True(schedule.Last > 1e5 * schedule.First);
            double Amount(double shift) => Math.Round(schedule.Amount(shift, 9), 15);
            return (Amount(schedule.First), Amount(schedule.First * schedule.Growth));
        }
    }
}
