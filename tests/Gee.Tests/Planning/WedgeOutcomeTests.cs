using MarginalConditional.Gee.Planning;

namespace MarginalConditional.Gee.Tests.Planning;

public sealed class WedgeOutcomeTests
{
    [Theory]
    [InlineData(0.5, 1, true)]
    [InlineData(-0.5, 1e-3, true)]
    [InlineData(0, 1, false)]
    [InlineData(double.NaN, 1, false)]
    [InlineData(double.PositiveInfinity, 1, false)]
    [InlineData(0.5, 0, false)]
    [InlineData(0.5, -1, false)]
    [InlineData(0.5, double.PositiveInfinity, false)]
    [InlineData(0.5, double.NaN, false)]
    public void A_difference_is_a_number_but_0_and_a_deviation_a_positive_one(double difference, double deviation, bool isValid)
    {
        if (!isValid)
        {
            Assert.Throws<ArgumentException>(() => WedgeOutcome.Continuous(difference, deviation));
            return;
        }

        var outcome = WedgeOutcome.Continuous(difference, deviation);
        Assert.Equal(difference, outcome.Effect);
        Assert.Equal(PlannedOutcome.Continuous(difference, deviation).Description, outcome.Description);
    }
}
