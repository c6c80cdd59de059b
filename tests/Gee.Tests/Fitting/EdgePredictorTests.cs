using MarginalConditional.Gee.Fitting;

namespace MarginalConditional.Gee.Tests.Fitting;

/// <summary>The predictor that is farthest on its row's side, row by row.</summary>
public class EdgePredictorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Farthest_is_the_least_of_all_rows_of_any_number(bool hasUpperEdge)
    {
        for (var rows = 0; rows < 23; rows++)
        {
            double[] response = [.. Enumerable.Range(0, rows).Select(i => i * i % 5 / 2.0)];
            double[] predictor = [.. Enumerable.Range(0, rows).Select(i => Math.Sin(3 * i))];
            var expected = Enumerable.Range(0, rows)
                .Where(i => response[i] == 0 || (hasUpperEdge && response[i] == 1))
                .Select(i => response[i] == 0 ? predictor[i] : -predictor[i])
                .DefaultIfEmpty(double.PositiveInfinity)
                .Min();
            Assert.Equal(expected, EdgePredictor.Farthest(response, predictor, hasUpperEdge));
        }
    }

    [Fact]
    public void A_predictor_that_is_no_number_leaves_none()
    {
        for (var at = 0; at < 9; at++)
        {
            var predictor = new double[9];
            predictor[at] = double.NaN;
            Assert.Equal(double.NaN, EdgePredictor.Farthest(new double[9], predictor, hasUpperEdge: true));
        }
    }
}
