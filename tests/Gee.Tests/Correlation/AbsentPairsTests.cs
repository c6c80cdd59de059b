using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Gee.Tests.Correlation;

/// <summary>How correlations that no two rows have are told: each by its name while they are few.</summary>
public class AbsentPairsTests
{
    [Theory]
    [InlineData(1, "none at 1; this correlation is not estimable, and not needed.")]
    [InlineData(2, "none at 1 or 2; these correlations are not estimable, and not needed.")]
    [InlineData(3, "none at 1, 2 or 3; these correlations are not estimable, and not needed.")]
    [InlineData(7, "none at 1, 2, 3, 4, 5, 6 or 7; these correlations are not estimable, and not needed.")]
    [InlineData(8, "none at 1, 2, 3, 4, 5, 6 or 2 others; these correlations are not estimable, and not needed.")]
    [InlineData(40, "none at 1, 2, 3, 4, 5, 6 or 34 others; these correlations are not estimable, and not needed.")]
    public void Few_are_named_and_more_are_counted(int count, string expected) => Assert.Equal(
        expected, AbsentPairs.Sentence([.. Enumerable.Range(1, count).Select(name => $"{name}")], names => $"none at {names}"));

    [Fact]
    public void Nothing_is_said_where_every_pair_occurs() => Assert.Null(AbsentPairs.Sentence([], names => names));
}
