using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Profiling.Tests;

/// <summary>Interpolated functions of the predictor are those computed at every row.</summary>
public sealed class PredictorTableTests
{
    [Theory]
    [InlineData("logit", 0.1, 1)]
    [InlineData("logit", 2, 12)]
    [InlineData("cloglog", 0.1, 6)]
    [InlineData("probit", 0.1, 15)]
    public void Many_rows_get_what_each_would_get_alone(string name, double spread, double range)
    {
        Assert.True(Link.TryParse(name, out var link));
        var rule = MarginalMean.For(link);
        double[] predictor = [.. Enumerable.Range(0, 2000).Select(row => range * Math.Sin(row))];
        var calls = 0;
        double[] Functions(double eta)
        {
            calls++;
            var product = rule.Shared(eta, spread, 0.5);
            return [rule.At(eta, spread).Mean, product.Value, product.Slope];
        }

        var table = PredictorTable.Of(predictor, Functions);
        Assert.InRange(calls, 1, 400);
        var actual = new double[3];
        for (var row = 0; row < predictor.Length; row += 7)
        {
            table.At(row, actual);
            var expected = Functions(predictor[row]);
            for (var f = 0; f < 3; f++)
            {
                Assert.Equal(expected[f], actual[f], 1e-10);
            }
        }
    }

    [Fact]
    public void Few_distinct_predictors_are_computed_once_each()
    {
        var calls = 0;
        var table = PredictorTable.Of([.. Enumerable.Range(0, 100).Select(row => (double)(row % 3))], eta =>
        {
            calls++;
            return [eta * eta];
        });
        var result = new double[1];
        table.At(5, result);
        Assert.Equal(4, result[0]);
        Assert.Equal(3, calls);
    }
}
