using MarginalConditional.Compare.Planning.Simulated;

namespace MarginalConditional.Compare.Tests.Planning.Simulated;

/// <summary><see cref="PowerSearch"/> on powers that are known.</summary>
public sealed class PowerSearchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(777)]
    [InlineData(1000)]
    public void The_least_number_is_found_from_anywhere_and_what_is_decided_lies_around_it(int answer)
    {
        foreach (var start in new[] { 0, 1, answer, answer + 5, 400, 5000 })
        {
            var asked = 0;
            var search = new PowerSearch(
                number =>
                {
                    asked++;
                    var power = number / (number + (answer / 4.0));
                    return Power(number, power, number < 0.9 * answer ? -1 : number > 1.15 * answer ? 1 : 0);
                },
                0.8,
                1,
                1000);
            var (needed, atLeast, atMost) = search.Find(start);
            Assert.Equal(answer, needed);
            Assert.InRange(atLeast, Math.Min(answer, (int)((0.9 * answer) - (answer / 20.0) - 1)), answer);
            if (answer * 1.15 < 1000)
            {
                Assert.InRange(atMost!.Value, answer, (1.15 * answer) + (answer / 20.0) + 2);
            }
            else
            {
                Assert.Null(atMost);
            }

            Assert.InRange(asked, 1, PowerSearch.MostAsked);
            Assert.Equal(asked, search.Known.Count);
        }
    }

    [Fact]
    public void No_number_within_reach_is_no_answer()
    {
        var search = new PowerSearch(number => Power(number, 0.1, number < 100 ? -1 : 0), 0.8, 1, 200);
        var (needed, atLeast, atMost) = search.Find(10);
        Assert.Null(needed);
        Assert.Null(atMost);
        Assert.InRange(atLeast, 2, 100);
    }

    private static SimulatedPower Power(int number, double power, int side) =>
        new(number, 1, (int)Math.Round(1e8 * power, MidpointRounding.AwayFromZero), 100_000_000, 0, 0, 1, side);
}
