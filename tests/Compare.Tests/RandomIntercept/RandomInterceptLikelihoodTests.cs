using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Tests.RandomIntercept;

/// <summary>
/// Heagerty's likelihood against its definition: Δ by bisection of a fine integral, clusters by Simpson's rule, scores by differences.
/// </summary>
public sealed class RandomInterceptLikelihoodTests
{
    private static readonly double[] Response = [1, 0, 1, 1, 0];
    private static readonly double[] Covariate = [0, 1, 0, 1, 1];
    private static readonly int[] Offsets = [0, 2, 5];

    [Fact]
    public void Value_and_cluster_scores_are_those_of_the_definition()
    {
        var design = TableFile.Design(("(Intercept)", [1, 1, 1, 1, 1]), ("x", Covariate));
        var frame = new ModelFrame(design, [.. Response], new Clusters("id", [.. Offsets], c => $"{c}"));
        var map = PredictorMap.Marginal(MarginalMean.For(Link.Logit));
        var likelihood = new RandomInterceptLikelihood(frame, Family.Binomial, Link.Logit, InterceptLaw.Normal, map, 100, threads: 1);
        double[] parameters = [-0.4, 0.9, 1.6];
        var gradient = new double[3];
        var value = likelihood.Evaluate(parameters, gradient);
        var scores = likelihood.ClusterScores.ToArray();

        Assert.Equal(Twin(parameters, 0) + Twin(parameters, 1), value, 1e-9);
        for (var j = 0; j < 3; j++)
        {
            for (var c = 0; c < 2; c++)
            {
                Assert.Equal((Moved(j, 1e-4, c) - Moved(j, -1e-4, c)) / 2e-4, scores[(c * 3) + j], 1e-6);
            }

            Assert.Equal(scores[j] + scores[3 + j], gradient[j], 1e-14);
        }

        double Moved(int j, double by, int cluster)
        {
            var moved = parameters.ToArray();
            moved[j] += by;
            return Twin(moved, cluster);
        }
    }

    [Fact]
    public void The_order_of_evaluations_moves_the_value_by_rounding_only()
    {
        var frame = SmallTrial.Frame(12, seed: 2);
        var likelihood = Open();
        double[] here = [-0.3, 0.6, -0.1, 1.2];
        var (first, gradient) = (likelihood.Evaluate(here, new double[4]), new double[4]);
        likelihood.Evaluate([0.8, -0.9, 0.4, 2.7], gradient);

        Assert.Equal(first, likelihood.Evaluate(here, gradient), 1e-12);
        Assert.Equal(first, Open().Evaluate(here, gradient));

        RandomInterceptLikelihood Open() =>
            new(frame, Family.Binomial, Link.Logit, InterceptLaw.Bridge, PredictorMap.Conditional, 40, threads: 2);
    }

    [Fact]
    public void Without_a_positive_deviation_there_is_no_value()
    {
        var frame = SmallTrial.Frame(4, seed: 2);
        var likelihood = new RandomInterceptLikelihood(
            frame,
            Family.Binomial,
            Link.Logit,
            InterceptLaw.Normal,
            PredictorMap.Conditional,
            10,
            threads: 1);

        Assert.True(double.IsNaN(likelihood.Evaluate([0, 0, 0, 0], new double[4])));
    }

    private static double Twin(double[] parameters, int cluster)
    {
        var sigma = parameters[2];
        var rows = Enumerable.Range(Offsets[cluster], Offsets[cluster + 1] - Offsets[cluster]).ToArray();
        var delta = rows.Select(i => Invert(parameters[0] + (parameters[1] * Covariate[i]), sigma)).ToArray();
        return Math.Log(Normal(z => rows
            .Select((i, k) => Logistic((Response[i] == 1 ? 1 : -1) * (delta[k] + (sigma * z))))
            .Aggregate((a, b) => a * b)));
    }

    /// <summary>Δ with E expit(Δ + σZ) = expit(m).</summary>
    private static double Invert(double regression, double sigma)
    {
        var (low, high) = (-20.0, 20.0);
        for (var halving = 0; halving < 50; halving++)
        {
            var middle = (low + high) / 2;
            (low, high) = Normal(z => Logistic(middle + (sigma * z))) < Logistic(regression) ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static double Normal(Func<double, double> f)
    {
        const int Panels = 600;
        return Enumerable.Range(0, Panels + 1)
            .Sum(k => Weight(k) * f(Z(k)) * Math.Exp(-0.5 * Z(k) * Z(k))) * 20 / Panels / Math.Sqrt(2 * Math.PI);

        static double Z(int k) => -10 + (20.0 * k / Panels);

        static double Weight(int k) => k is 0 or Panels ? 0.5 : 1;
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
