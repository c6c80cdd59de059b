using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Equations;

/// <summary>The columns of a block against a loop over its rows.</summary>
public class BlockEvaluatorTests
{
    private static readonly double[] Beta = [-0.2, 0.3, 0.15];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Columns_are_the_scaled_derivatives_and_residuals(bool weighted)
    {
        var data = Data(weighted, 40);
        var evaluator = new BlockEvaluator(data);
        var scratch = evaluator.CreateScratch(3, 20);
        Assert.True(evaluator.Evaluate(null, 3, 17, Beta, scratch, null, []));
        var (start, rows) = (data.Frame.Clusters.Start(3), data.Frame.Clusters.Start(17) - data.Frame.Clusters.Start(3));
        for (var row = 0; row < rows; row++)
        {
            var (mean, slope) = EquationsTwin.Mean(data, Beta, start + row);
            var precision = Math.Sqrt(EquationsTwin.Weight(data, start + row) / data.Family.Variance(mean));
            Assert.Equal(precision * (data.Frame.Response[start + row] - mean), scratch.Column(3, rows)[row], 1e-12);
            for (var j = 0; j < 3; j++)
            {
                Assert.Equal(precision * slope * data.Frame.Design.Column(j)[start + row], scratch.Column(j, rows)[row], 1e-12);
            }
        }
    }

    [Fact]
    public void Without_coefficients_the_last_column_is_that_of_the_working_response()
    {
        var data = Data(weighted: true, 40);
        var evaluator = new BlockEvaluator(data);
        var scratch = evaluator.CreateScratch(0, 40);
        evaluator.Evaluate(null, 0, 40, [], scratch, null, []);
        for (var row = 0; row < data.Rows; row++)
        {
            var weight = EquationsTwin.Weight(data, row);
            var mean = data.Family.StartingMean(data.Frame.Response[row], weight);
            var eta = data.Link.Predictor(mean);
            var slope = data.Link.Derivative(eta);
            var response = eta - data.Frame.Offset[row] + ((data.Frame.Response[row] - mean) / slope);
            Assert.Equal(Math.Sqrt(weight / data.Family.Variance(mean)) * slope * response, scratch.Column(3, data.Rows)[row], 1e-11);
        }
    }

    [Fact]
    public void Blocks_are_whole_clusters_of_a_bounded_number_of_rows()
    {
        var data = Data(weighted: false, 700);
        var evaluator = new BlockEvaluator(data);
        var scratch = evaluator.CreateScratch(0, 700);
        for (int first = 0, next; first < 700; first = next)
        {
            next = evaluator.BlockEnd(first, 700);
            var rows = data.Frame.Clusters.Offsets[next] - data.Frame.Clusters.Offsets[first];
            Assert.InRange(rows, 1, Math.Min(BlockScratch.TargetRows, scratch.Capacity));
        }
    }

    private static GeeData Data(bool weighted, int clusters)
    {
        var sample = ClusteredSample.Create(22, Family.Poisson, weighted: weighted, withOffset: weighted, clusters: clusters);
        return new GeeData(sample.Frame, sample.Options(WorkingCorrelation.Independence));
    }
}
