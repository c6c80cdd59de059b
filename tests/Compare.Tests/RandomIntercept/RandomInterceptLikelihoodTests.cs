using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm.Intercept;
using MarginalConditional.Statistics.Families;

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
        var model = new InterceptModel(frame, Family.Binomial, Link.Logit, InterceptLaw.Normal, isMarginal: true, threads: 1);
        double[] parameters = [-0.4, 0.9, 1.6];
        var scores = new double[6];
        var value = model.Open(100).Evaluate(model.ToScaled(parameters), new double[3], new double[9], scores, []);
        model.ScoresToData(scores);

        Assert.Equal(Twin(parameters, 0) + Twin(parameters, 1), value, 1e-9);
        for (var j = 0; j < 3; j++)
        {
            for (var c = 0; c < 2; c++)
            {
                Assert.Equal((Moved(j, 1e-4, c) - Moved(j, -1e-4, c)) / 2e-4, scores[(c * 3) + j], 1e-6);
            }
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
        var first = Value(likelihood, here);
        Value(likelihood, [0.8, -0.9, 0.4, 2.7]);

        Assert.Equal(first, Value(likelihood, here), 1e-12);
        Assert.Equal(first, Value(Open(), here));

        InterceptLikelihood Open() =>
            new InterceptModel(frame, Family.Binomial, Link.Logit, InterceptLaw.Bridge, isMarginal: false, threads: 2).Open(40);
    }

    [Fact]
    public void Without_a_positive_deviation_a_bridge_and_a_marginal_model_have_no_value()
    {
        var frame = SmallTrial.Frame(4, seed: 2);
        Assert.True(double.IsNaN(At(InterceptLaw.Bridge, isMarginal: false)));
        Assert.True(double.IsNaN(At(InterceptLaw.Normal, isMarginal: true)));
        Assert.Equal(frame.Rows * -Math.Log(2), At(InterceptLaw.Normal, isMarginal: false), 1e-10);
        Assert.Equal(frame.Rows * -Math.Log(2), At(InterceptLaw.StudentT5, isMarginal: false), 1e-5);

        double At(InterceptLaw law, bool isMarginal) =>
            Value(new InterceptModel(frame, Family.Binomial, Link.Logit, law, isMarginal, threads: 1).Open(40), [0, 0, 0, 0]);
    }

    private static double Value(InterceptLikelihood likelihood, double[] scaled) =>
        likelihood.Evaluate(scaled, new double[scaled.Length], new double[scaled.Length * scaled.Length]);

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
