using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Statistics.Tests.Families;

/// <summary>
/// <see cref="ThinnedPredictor"/>: the mean of both parts is the link's mean at aη + b, and slopes are those of differences.
/// </summary>
public sealed class ThinnedPredictorTests
{
    [Theory]
    [InlineData("log", -0.7)]
    [InlineData("log", 30)]
    [InlineData("log", -800)]
    [InlineData("sqrt", 0.4)]
    [InlineData("sqrt", -40)]
    [InlineData("identity", 1.3)]
    [InlineData("identity", -2)]
    public void Means_and_slopes_are_those_of_both_parts(string name, double logOdds)
    {
        Assert.True(Link.TryParse(name, out var link));
        const double Eta = 1.7;
        const double Step = 1e-5;
        var thinned = ThinnedPredictor.Of(link, logOdds);
        var rest = 1 / (1 + Math.Exp(logOdds));
        Assert.Equal(rest * link.Mean(Eta), link.Mean(thinned.Of(Eta)), 1e-14 * link.Mean(Eta));
        var (above, below) = (ThinnedPredictor.Of(link, logOdds + Step), ThinnedPredictor.Of(link, logOdds - Step));
        Assert.Equal((above.Of(Eta) - below.Of(Eta)) / (2 * Step), thinned.Slope(Eta), 1e-9);
        Assert.Equal((above.Scale - below.Scale) / (2 * Step), thinned.ScaleSlope, 1e-9);
        Assert.Throws<ArgumentException>(() => ThinnedPredictor.Of(Link.Logit, logOdds));
    }

    [Fact]
    public void Log_odds_that_leave_nothing_keep_a_finite_predictor() =>
        Assert.Equal(-800, ThinnedPredictor.Of(Link.Log, 800).Of(0), 1e-9);
}
