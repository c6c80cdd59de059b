using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Statistics.Tests.Families;

/// <summary>Fractions among outcomes, wherever they stand.</summary>
public class WholeCountsTests
{
    [Fact]
    public void A_fraction_is_found_at_every_place()
    {
        for (var rows = 1; rows < 19; rows++)
        {
            double[] response = [.. Enumerable.Range(0, rows).Select(i => i * i % 3 % 2.0)];
            Assert.Null(WholeCounts.Describe(Family.Binomial, response, [], []));
            for (var at = 0; at < rows; at++)
            {
                double[] other = [.. response];
                other[at] = 0.5;
                Assert.StartsWith("One number of events", WholeCounts.Describe(Family.Binomial, other, [], []), StringComparison.Ordinal);
                other[at] = 2.25;
                Assert.Equal("One count is not a whole number", WholeCounts.Describe(Family.Poisson, other, [], []));
            }
        }
    }
}
