using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Equations;

/// <summary>A pass over the data against matrices straight from the definitions, at a β that solves nothing.</summary>
public class EstimatingPassTests
{
    private static readonly double[] Beta = [-0.2, 0.3, 0.15];

    [Theory]
    [InlineData("binomial", false, 60)]
    [InlineData("poisson", true, 60)]
    [InlineData("gaussian", true, 900)]
    public void Information_and_scores_are_those_of_dense_matrices(string family, bool weighted, int clusters)
    {
        var data = Data(family, weighted, clusters);
        var kernel = new ExchangeableKernel(data.CorrelationInput);
        kernel.Alpha[0] = 0.3;
        Assert.Null(kernel.Prepare());
        var pass = new EstimatingPass(data, kernel, threads: 2);
        var scores = new double[data.Frame.Clusters.Count * 3];
        pass.Run(Beta, scores);
        Same(new EquationsTwin(data, Beta, (_, _) => 0.3), pass);
        var twin = new EquationsTwin(data, Beta, (_, _) => 0.3);
        for (var at = 0; at < scores.Length; at++)
        {
            Assert.Equal(twin.ClusterScores[at / 3][at % 3, 0], scores[at], 1e-9 * (1 + Math.Abs(scores[at])));
        }

        Assert.True(pass.Run(Beta, asIndependence: true));
        Same(new EquationsTwin(data, Beta, (_, _) => 0), pass);
    }

    [Fact]
    public void Sums_over_rows_are_those_of_a_loop()
    {
        var data = Data("binomial", weighted: true, clusters: 60);
        var pass = new EstimatingPass(data, new IndependenceKernel(new GeeTolerances()), threads: 1);
        var expected = Enumerable.Range(0, data.Rows)
            .Sum(row => EquationsTwin.Weight(data, row) * data.Family.UnitDeviance(
                data.Frame.Response[row],
                EquationsTwin.Mean(data, Beta, row).Mean));
        Assert.Equal(expected, pass.Deviance(Beta), 1e-9 * expected);
        Assert.Equal(
            Enumerable.Range(0, data.Rows).Sum(row => EquationsTwin.Weight(data, row) * data.Frame.Response[row]),
            pass.WeightedSum(Beta, (y, _) => y),
            1e-9);
    }

    [Fact]
    public void Means_outside_the_domain_are_seen()
    {
        var sample = ClusteredSample.Create(5, Family.Poisson, Link.Identity);
        var data = new GeeData(sample.Frame, sample.Options(WorkingCorrelation.Independence));
        var pass = new EstimatingPass(data, new IndependenceKernel(new GeeTolerances()), threads: 1);
        foreach (var intercept in new[] { -1.0, 0.5, 3, 20 })
        {
            double[] beta = [intercept, 0.1, 0.4];
            var inside = Enumerable.Range(0, data.Rows).All(row => EquationsTwin.Mean(data, beta, row).Mean > 0);
            Assert.Equal(inside, pass.MeansAreValid(beta));
            Assert.Equal(inside, pass.Run(beta, asIndependence: true));
        }
    }

    private static GeeData Data(string family, bool weighted, int clusters)
    {
        Assert.True(Family.TryParse(family, out var parsed));
        var sample = ClusteredSample.Create(21, parsed, weighted: weighted, withOffset: weighted, clusters: clusters);
        return new GeeData(sample.Frame, sample.Options(WorkingCorrelation.Exchangeable));
    }

    private static void Same(EquationsTwin twin, EstimatingPass pass)
    {
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(twin.Score[j, 0], pass.Score[j], 1e-9 * (1 + Math.Abs(pass.Score[j])));
            for (var k = 0; k <= j; k++)
            {
                Assert.Equal(twin.Information[j, k], pass.Information[(3 * j) + k], 1e-9 * (1 + Math.Abs(twin.Information[j, k])));
            }
        }

        var squares = twin.Residuals.Sum(residual => residual * residual);
        Assert.Equal(squares, pass.SumOfSquares, 1e-9 * squares);
    }
}
