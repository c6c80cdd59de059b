using MarginalConditional.Mixed;

namespace MarginalConditional.Mixed.Tests;

/// <summary>What a budget grants is counted by hand.</summary>
public sealed class ProfileBudgetTests
{
    [Fact]
    public void Each_search_has_its_share_until_the_whole_is_gone()
    {
        var budget = new ProfileBudget(3, 5);
        Assert.Equal(3, Taken(budget));
        Assert.True(budget.IsSpent);
        Assert.False(budget.IsEmpty);

        budget.Begin();
        Assert.False(budget.IsSpent);
        Assert.Equal(2, Taken(budget));
        Assert.True(budget.IsEmpty);

        budget.Begin();
        Assert.Equal(0, Taken(budget));
    }

    [Fact]
    public void A_limit_that_takes_more_than_is_granted_is_not_a_number_and_the_next_one_is_sought_anew()
    {
        var budget = new ProfileBudget(6, 1_000);
        var curve = new Spender { Budget = budget, CostAbove = 5 };
        Assert.Equal(double.NaN, curve.Limit(1, 2, double.PositiveInfinity));
        Assert.True(curve.RanOut);
        Assert.Equal(-2, curve.Limit(-1, 2, double.NegativeInfinity), 1e-5);
    }

    [Fact]
    public void A_root_that_is_not_a_number_ends_the_search()
    {
        var calls = 0;
        double Root(double value)
        {
            calls++;
            return value > 3 ? double.NaN : value;
        }

        Assert.Equal(double.NaN, SignedRoot.Solve(Root, 0, 2.5, 10, double.PositiveInfinity));
        Assert.Equal(2, calls);
    }

    private static int Taken(ProfileBudget budget)
    {
        var count = 0;
        while (budget.TryTake())
        {
            count++;
        }

        return count;
    }

    /// <summary>A parabola whose evaluations cost one below zero, and several above.</summary>
    private sealed class Spender : ProfileCurve
    {
        public int CostAbove { get; init; }

        public override double Estimate => 0;

        public override double Deviance(double value)
        {
            for (var k = 0; k < (value > 0 ? CostAbove : 1); k++)
            {
                Budget.TryTake();
            }

            return value * value;
        }
    }
}
