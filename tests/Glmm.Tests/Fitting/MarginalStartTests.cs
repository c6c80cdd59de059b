using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Glmm.Tests.Fitting;

/// <summary><see cref="MarginalStart"/> against iteratively reweighted least squares, row by row.</summary>
public sealed class MarginalStartTests
{
    [Theory]
    [InlineData("binomial")]
    [InlineData("poisson")]
    public void Coefficients_are_those_of_reweighted_least_squares(string name)
    {
        Assert.True(Family.TryParse(name, out var family));
        var frame = SyntheticFrames.Make(8, family, [30], size: 5, deviation: 0.4);
        var model = new PreparedModel(frame, new GlmmOptions { Family = family, Threads = 1 });
        var start = new MarginalStart(model.Data, model.Density, 0.1, 1, new GlmmTolerances(), threads: 1);
        var beta = new double[3];
        model.Scaling.ToData(start.Coefficients, beta);
        var expected = Reweighted(frame, family);
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(expected[j], beta[j], 1e-8);
        }

        Assert.True(start.Overlaps(family, family.DefaultLink));
    }

    [Fact]
    public void Variance_moments_are_products_of_residuals_within_clusters()
    {
        var frame = SyntheticFrames.Make(8, Family.Poisson, [30], size: 5, deviation: 0.8);
        var model = new PreparedModel(frame, new GlmmOptions { Family = Family.Poisson, Threads = 1 });
        var start = new MarginalStart(model.Data, model.Density, 0.1, 1, new GlmmTolerances(), threads: 1);
        var beta = new double[3];
        model.Scaling.ToData(start.Coefficients, beta);
        var predictor = LinearPredictor.Of(frame, beta);
        double numerator = 0, denominator = 0;
        for (var cluster = 0; cluster < frame.Clusters.Count; cluster++)
        {
            var rows = Enumerable.Range(frame.Clusters.Start(cluster), frame.Clusters.Size(cluster)).ToArray();
            foreach (var i in rows)
            {
                foreach (var j in rows)
                {
                    var (mean, other) = (Math.Exp(predictor[i]), Math.Exp(predictor[j]));
                    numerator += i == j
                        ? ((frame.Response[i] - mean) * (frame.Response[i] - mean)) - mean
                        : (frame.Response[i] - mean) * (frame.Response[j] - other);
                    denominator += i == j ? 0 : mean * other;
                }
            }
        }

        Assert.Equal(numerator / denominator, start.VarianceMoments()[0], 1e-6);
    }

    [Fact]
    public void Outcomes_that_a_covariate_separates_do_not_overlap()
    {
        var frame = SyntheticFrames.Make(8, Family.Binomial, [30], size: 5);
        var separated = frame.WithResponse([.. frame.Design.Column(1).ToArray().Select(x => x > 0 ? 1.0 : 0)]);
        var model = new PreparedModel(separated, new GlmmOptions { Family = Family.Binomial, Threads = 1 });
        var start = new MarginalStart(model.Data, model.Density, 0, 1, new GlmmTolerances(), threads: 1);
        Assert.False(start.Overlaps(Family.Binomial, Link.Logit));
    }

    private static Vector<double> Reweighted(ModelFrame frame, Family family)
    {
        var link = family.DefaultLink;
        var x = Matrix<double>.Build.Dense(frame.Rows, 3, (i, j) => frame.Design.Column(j)[i]);
        var beta = Vector<double>.Build.Dense(3);
        for (var iteration = 0; iteration < 60; iteration++)
        {
            var eta = x * beta;
            var mean = eta.Map(link.Mean);
            var weight = mean.Map(family.Variance);
            var score = Vector<double>.Build.Dense(frame.Rows, i => frame.Response[i] - mean[i]);
            beta += (x.Transpose() * Matrix<double>.Build.DenseOfDiagonalVector(weight) * x).Solve(x.Transpose() * score);
        }

        return beta;
    }
}
