using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Gee.Tests.Support;

namespace MarginalConditional.Gee.Tests.Ordinal;

/// <summary>Probabilities of categories against differences of F, and their errors against a gradient by finite differences.</summary>
public class CategoryPredictionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Probabilities_and_errors_are_those_of_the_definition(bool nominal)
    {
        var options = new OrdinalGeeOptions { Nominal = nominal ? [1] : [] };
        var fit = OrdinalGeeFitter.Fit(OrdinalSample.Create(4, 3, withOffset: true), options);
        var inference = GeeInference.Of(fit.Indicators);
        var predictions = CategoryPrediction.For(fit, inference);
        var best = fit.Indicators.Coefficients.ToArray();
        foreach (var row in (int[])[0, 3, 11])
        {
            var expected = Probabilities(best, row);
            var gradients = new double[4][];
            for (var k = 0; k < 4; k++)
            {
                Assert.Equal(expected[k], predictions[row].Probabilities[k], 1e-12);
                gradients[k] = new double[best.Length];
            }

            for (var j = 0; j < best.Length; j++)
            {
                const double step = 1e-5;
                double[] up = [.. best], down = [.. best];
                up[j] += step;
                down[j] -= step;
                var (above, below) = (Probabilities(up, row), Probabilities(down, row));
                for (var k = 0; k < 4; k++)
                {
                    gradients[k][j] = (above[k] - below[k]) / (2 * step);
                }
            }

            for (var k = 0; k < 4; k++)
            {
                var variance = 0.0;
                for (var a = 0; a < best.Length; a++)
                {
                    for (var b = 0; b < best.Length; b++)
                    {
                        variance += gradients[k][a] * inference.Covariance[(a * best.Length) + b] * gradients[k][b];
                    }
                }

                Assert.Equal(Math.Sqrt(variance), predictions[row].StandardErrors[k], 1e-8);
            }
        }

        double[] Probabilities(double[] at, int row)
        {
            var twin = new OrdinalTwin(fit, (_, _) => 0, at);
            double[] cumulative = [0, .. Enumerable.Range(0, 3).Select(k => fit.Options.Link.Cumulative(twin.At(row, k).Predictor)), 1];
            return [.. Enumerable.Range(0, 4).Select(k => cumulative[k + 1] - cumulative[k])];
        }
    }
}
