using System.Globalization;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Dropout;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Dropout;

/// <summary>Weighted GEE for dropout.</summary>
public class DropoutTests
{
    [Fact]
    public void A_saturated_model_of_staying_restores_the_number_of_clusters_at_every_wave()
    {
        var fit = Fit(400, "stays ~ factor(wave)", out _);
        Assert.True(fit.Converged);

        // Weights are 1 / product of the shares who stayed, so their sum is the number at the start.
        foreach (var wave in fit.Table())
        {
            Assert.Equal(400, wave.Rows * wave.Average, 1e-5);
        }

        Assert.All(fit.Table(), wave => Assert.Equal(wave.Smallest, wave.Largest, 1e-9));
    }

    [Fact]
    public void A_saturated_model_of_staying_gives_every_pattern_the_weight_of_all_clusters()
    {
        var fit = Fit(400, "stays ~ factor(wave)", out _, Exchangeable, DropoutWeighting.Cluster);
        Assert.True(fit.Converged);

        // The weight of a pattern is the inverse of its share, and wave t is seen in 3 - t + 1 patterns.
        var waves = fit.Table();
        for (var wave = 0; wave < 3; wave++)
        {
            Assert.Equal(400 * (3 - wave), waves[wave].Rows * waves[wave].Average, 1e-5);
        }
    }

    [Fact]
    public void Weights_of_rows_need_independence() =>
        Assert.Throws<ArgumentException>(() => Fit(40, "stays ~ y", out _, Exchangeable, DropoutWeighting.Row));

    [Theory]
    [InlineData("row")]
    [InlineData("cluster")]
    public void Weights_remove_the_bias_of_dropout_that_depends_on_the_last_outcome(string name)
    {
        // Mean 1 at every wave; who was low leaves. The naive mean of the last wave is too high.
        var weighting = DropoutWeighting.All.Single(weighting => weighting.Name == name);
        var fit = Fit(
            4000,
            "stays ~ y",
            out var outcome,
            weighting.AllowsCorrelation ? Exchangeable : WorkingCorrelation.Independence,
            weighting);
        var naive = GeeFitter.Fit(outcome, new GeeOptions { Family = Family.Gaussian, Correlation = WorkingCorrelation.Independence });
        Assert.InRange(naive.Coefficients[2], 0.3, 1);
        Assert.InRange(fit.Fit.Coefficients[2] / fit.CoefficientTable()[2].StandardError, -3, 3);
    }

    [Fact]
    public void Accounting_for_estimated_weights_makes_the_variance_smaller()
    {
        var fit = Fit(1000, "stays ~ y", out _);
        var known = GeeInference.Of(fit.Fit, GeeVariance.Robust).Covariance;
        for (var j = 0; j < 3; j++)
        {
            Assert.True(fit.Covariance[(3 * j) + j] <= known[(3 * j) + j] * (1 + 1e-12));
        }

        Assert.True(fit.Covariance[8] < 0.999 * known[8]);
    }

    [Theory]
    [InlineData("row")]
    [InlineData("cluster")]
    public void The_adjusted_variance_agrees_with_the_stacked_equations(string name)
    {
        var weighting = DropoutWeighting.All.Single(weighting => weighting.Name == name);
        var fit = Fit(3000, "stays ~ y", out _, weighting.AllowsCorrelation ? Exchangeable : WorkingCorrelation.Independence, weighting);
        var stacked = Stacked(fit, weighting);
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(1, Math.Sqrt(stacked[j] / fit.Covariance[(3 * j) + j]), 0.03);
        }
    }

    [Fact]
    public void A_cluster_that_comes_back_is_refused()
    {
        var data = Read("id,wave,y\n1,1,0\n1,3,1\n2,1,0\n2,2,1\n2,3,1\n");
        var exception = Assert.Throws<InputException>(() => StayingData.AddTo(data, Outcome(data)));
        Assert.Contains("Cluster 1 misses a wave", exception.Message, StringComparison.Ordinal);
    }

    private static WorkingCorrelation Exchangeable => WorkingCorrelation.Exchangeable;

    private static DropoutFit Fit(int clusters, string formula, out ModelFrame outcome) =>
        Fit(clusters, formula, out outcome, WorkingCorrelation.Independence, DropoutWeighting.Row);

    private static DropoutFit Fit(
        int clusters,
        string formula,
        out ModelFrame outcome,
        WorkingCorrelation correlation,
        DropoutWeighting weighting)
    {
        var random = new Sequence(7);
        var text = new System.Text.StringBuilder("id,wave,y\n");
        for (var i = 1; i <= clusters; i++)
        {
            var effect = random.Normal();
            for (var wave = 1; wave <= 3; wave++)
            {
                var y = 1 + effect + (0.5 * random.Normal());
                text.Append(CultureInfo.InvariantCulture, $"{i},{wave},{y:R}\n");
                if (random.Uniform() > 1 / (1 + Math.Exp(-0.2 - y)))
                {
                    break;
                }
            }
        }

        var data = Read(text.ToString());
        outcome = Outcome(data);
        var staying = ModelFrameBuilder.Build(
            StayingData.AddTo(data, outcome),
            new FrameRequest { Formula = FormulaParser.Parse(formula), Cluster = "id", Wave = "wave" });
        return DropoutFit.Create(outcome, staying, new GeeOptions { Family = Family.Gaussian, Correlation = correlation }, weighting);
    }

    private static ModelFrame Outcome(Dataset data) =>
        ModelFrameBuilder.Build(
            data,
            new FrameRequest { Formula = FormulaParser.Parse("y ~ factor(wave)"), Cluster = "id", Wave = "wave" });

    private static Dataset Read(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return DatasetReader.Read(path, new DatasetReaderOptions());
        }
        finally
        {
            File.Delete(path);
        }
    }

    // M-estimation with both models stacked; the derivative of the outcome's score in gamma is known in closed form here:
    // the weight of a row is 1/prod(lambda), d log w / d gamma = -sum (1 - lambda) z over the earlier rows; that of a cluster is the
    // inverse likelihood of its pattern, so d log w / d gamma is minus the pattern's score.
    private static double[] Stacked(DropoutFit fit, DropoutWeighting weighting)
    {
        var frame = fit.Fit.Frame;
        var clusters = frame.Clusters.Count;
        var derivative = new double[3, 2];
        var staying = new double[clusters, 2];
        var information = new double[2, 2];
        for (var i = 0; i < clusters; i++)
        {
            double[] sum = [0, 0];
            var end = frame.Clusters.Start(i) + frame.Clusters.Size(i);
            for (var row = frame.Clusters.Start(i); row < end; row++)
            {
                var mean = 0.0;
                for (var j = 0; j < 3; j++)
                {
                    mean += frame.Design.Column(j)[row] * fit.Fit.Coefficients[j];
                }

                for (var j = 0; j < 3 && weighting == DropoutWeighting.Row; j++)
                {
                    for (var k = 0; k < 2; k++)
                    {
                        derivative[j, k] -=
                            fit.Weights[row] * frame.Design.Column(j)[row] * (frame.Response[row] - mean) * sum[k] / fit.Fit.Scale;
                    }
                }

                if (frame.Waves[row] < 2)
                {
                    double[] z = [1, frame.Response[row]];
                    var lambda = 1 / (1 + Math.Exp(-(fit.Staying.Coefficients[0] + (fit.Staying.Coefficients[1] * z[1]))));
                    for (var k = 0; k < 2; k++)
                    {
                        sum[k] += (1 - lambda) * z[k];
                        staying[i, k] += z[k] * ((row + 1 < end ? 1 : 0) - lambda);
                        for (var l = 0; l < 2; l++)
                        {
                            information[k, l] += lambda * (1 - lambda) * z[k] * z[l];
                        }
                    }
                }
            }

            for (var j = 0; j < 3 && weighting == DropoutWeighting.Cluster; j++)
            {
                for (var k = 0; k < 2; k++)
                {
                    derivative[j, k] -= fit.Fit.ClusterScores[(3 * i) + j] * staying[i, k];
                }
            }
        }

        var move = Matrices.Multiply(derivative, Matrices.Inverse(information));
        var meat = new double[3, 3];
        for (var i = 0; i < clusters; i++)
        {
            var score = new double[3, 1];
            for (var j = 0; j < 3; j++)
            {
                score[j, 0] = fit.Fit.ClusterScores[(3 * i) + j] + (move[j, 0] * staying[i, 0]) + (move[j, 1] * staying[i, 1]);
            }

            meat = Matrices.Add(meat, Matrices.Multiply(score, Matrices.Transpose(score)));
        }

        var bread = Matrices.FromRows(fit.Fit.Bread, 3);
        var result = Matrices.Multiply(Matrices.Multiply(bread, meat), bread);
        return [result[0, 0], result[1, 1], result[2, 2]];
    }
}
