using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Methods;

public sealed class ImputedMethodTests
{
    private const string Dropout = "design: longitudinal, clusters: 80, cluster-size: 3, sigma: 1, effect: 0.3, trend: 0.3, "
        + "missingness: dropout, missing-share: 0.4, missing-previous: 1";

    [Fact]
    public void What_was_seen_stays_and_what_is_filled_in_follows_the_regression()
    {
        // Many completed trials: the mean of an imputed outcome of the second wave is its fitted value by least squares.
        var replicate = Drawn.Replicate(Drawn.Study(Dropout + ", outcome: continuous", "gee"));
        var imputer = WaveImputer.Of(replicate)!;
        var frame = replicate.Frame;
        var (stream, sum, squares) = (new RandomStream(5, 6, 7), new double[80], new double[80]);
        const int Sets = 400;
        for (var l = 0; l < Sets; l++)
        {
            var complete = imputer.Complete(stream).Frame;
            Assert.Equal(240, complete.Rows);
            for (var c = 0; c < 80; c++)
            {
                Assert.True(complete.Response.Slice(3 * c, frame.Clusters.Size(c))
                    .SequenceEqual(frame.Response.Slice(frame.Clusters.Start(c), frame.Clusters.Size(c))));
                sum[c] += complete.Response[(3 * c) + 1] / Sets;
                squares[c] += complete.Response[(3 * c) + 1] * complete.Response[(3 * c) + 1] / Sets;
            }
        }

        var seen = Enumerable.Range(0, 80).Where(c => frame.Clusters.Size(c) > 1).ToArray();
        var beta = LeastSquares(
            [.. seen.Select(c => new[] { 1, (double)(c % 2), frame.Response[frame.Clusters.Start(c)] })],
            [.. seen.Select(c => frame.Response[frame.Clusters.Start(c) + 1])]);
        foreach (var c in Enumerable.Range(0, 80).Except(seen))
        {
            var expected = beta[0] + (beta[1] * (c % 2)) + (beta[2] * frame.Response[frame.Clusters.Start(c)]);
            var error = Math.Sqrt((squares[c] - (sum[c] * sum[c])) / Sets);
            Assert.InRange(Math.Abs(sum[c] - expected), 0, 4.5 * error);
            Assert.InRange(error * Math.Sqrt(Sets), 0.7, 2.5);
        }
    }

    [Fact]
    public void Draws_of_binary_waves_scatter_as_their_estimates_do()
    {
        // y on one 0/1 predictor: log odds of the two groups are independent, with variances 1/a + 1/b.
        double[][] rows = [.. Enumerable.Range(0, 60).Select(i => new[] { (double)(i % 2) })];
        double[] outcomes = [.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? (i < 20 ? 1.0 : 0) : (i < 36 ? 1.0 : 0))];
        var model = WaveModel.Fit(rows, outcomes, Family.Binomial);
        var stream = new RandomStream(1, 2, 3);
        double[][] draws = [.. Enumerable.Range(0, 4000).Select(_ => model.Draw(stream).Coefficients)];
        Assert.InRange(draws.Average(draw => draw[0]) - Math.Log(10.0 / 20), -0.03, 0.03);
        Assert.InRange(draws.Average(draw => draw[0] + draw[1]) - Math.Log(18.0 / 12), -0.03, 0.03);
        Assert.InRange(draws.Average(draw => Math.Pow(draw[0] - Math.Log(0.5), 2)) / ((1 / 10.0) + (1 / 20.0)), 0.92, 1.08);
        Assert.InRange(
            draws.Average(draw => Math.Pow(draw[0] + draw[1] - Math.Log(1.5), 2)) / ((1 / 18.0) + (1 / 12.0)), 0.92, 1.08);
    }

    [Theory]
    [InlineData("outcome: continuous")]
    [InlineData("outcome: binary")]
    public void Imputation_takes_the_bias_of_dropout_away(string outcome)
    {
        var study = Drawn.Study(
            $"{Dropout.Replace("clusters: 80", "clusters: 200", StringComparison.Ordinal)}, missing-treated: 2, {outcome}",
            "gee: {correlation: independence}",
            "gee: {name: imputed, correlation: independence, imputations: 5}") with
        { Replicates = 60 };
        var rows = SimulationRunner.Run(study, new SimulationOptions()).Scenarios[0].Performance;
        Assert.Equal(0, rows[1].Failed);
        Assert.InRange(Math.Abs(rows[1].Bias.Value), 0, 3.5 * rows[1].Bias.MonteCarloError);
        var biased = Math.Abs(rows[0].Bias.Value) > 4 * rows[0].Bias.MonteCarloError;
        Assert.True(biased || outcome.EndsWith("binary", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_anything_missing_it_is_the_method_itself()
    {
        var study = Drawn.Study(
            "design: longitudinal, clusters: 20, cluster-size: 3, effect: 1, sigma: 1", "gee: {imputations: 3}");
        var replicate = Drawn.Replicate(study);
        Assert.Equal(((ImputedEstimator)study.Methods[0]).Method.Estimate(replicate), Drawn.Estimate(study, replicate));
    }

    [Fact]
    public void Trials_that_are_not_seen_wave_by_wave_are_refused()
    {
        var study = Drawn.Study(
            "clusters: 20, cluster-size: 8, effect: 1, sigma: 1, missingness: rows, missing-share: 0.3", "gee: {imputations: 3}");
        Assert.Contains(
            "until they leave",
            Assert.Throws<InvalidOperationException>(() => Drawn.Estimate(study, Drawn.Replicate(study))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "from 2 to",
            Assert.Throws<InputException>(
                () => Drawn.Study("clusters: 20, cluster-size: 8, effect: 1, sigma: 1", "gee: {imputations: 1}")).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Normal equations by elimination.</summary>
    private static double[] LeastSquares(double[][] rows, double[] outcomes)
    {
        var p = rows[0].Length;
        var system = new double[p, p + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < p; j++)
            {
                for (var k = 0; k < p; k++)
                {
                    system[j, k] += rows[i][j] * rows[i][k];
                }

                system[j, p] += rows[i][j] * outcomes[i];
            }
        }

        for (var pivot = 0; pivot < p; pivot++)
        {
            for (var j = 0; j < p; j++)
            {
                var ratio = j == pivot ? 0 : system[j, pivot] / system[pivot, pivot];
                for (var k = 0; k <= p && j != pivot; k++)
                {
                    system[j, k] -= ratio * system[pivot, k];
                }
            }
        }

        return [.. Enumerable.Range(0, p).Select(j => system[j, p] / system[j, j])];
    }
}
