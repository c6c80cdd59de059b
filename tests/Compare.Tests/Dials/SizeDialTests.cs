using MarginalConditional.Compare.Dials;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using Xunit;

namespace MarginalConditional.Compare.Tests.Dials;

/// <summary>The dial of size against sums over rows, at its places and where it turns.</summary>
public sealed class SizeDialTests
{
    private static readonly ModelFrame Frame =
        ReferenceFrames.BuildFile(ReferenceFiles.Beside("Compare.Tests", "Strangers", "ics.csv"), "y ~ arm + (1 | cluster)");

    private static readonly ModelComparison Trial = Compare(Frame);

    [Fact]
    public void At_zero_the_dial_is_the_ladder()
    {
        foreach (var rung in new[] { 3, 4 })
        {
            var own = Trial.Ladder.Rungs.Single(row =>
                row.Rung == rung && row.Scale == "log odds ratio" && row.Weighting == ClusterWeighting.Participant).Inference;
            var point = Trial.Dials.Single().Points.Single(point => point.Rung == rung && point.Value == 0).Inference;

            Assert.Equal(own.Estimate, point.Estimate, 1e-10);
            Assert.Equal(own.StandardError, point.StandardError, 1e-10);
        }
    }

    [Fact]
    public void Moved_rungs_are_their_definition()
    {
        var fit = Trial.Glmm;
        var (beta, sigma) = (fit.Coefficients.ToArray(), fit.RandomEffects[0].StandardDeviations[0]);
        var clusters = Frame.Clusters;
        var average = Enumerable.Range(0, clusters.Count).Average(c => Math.Log(clusters.Size(c)));
        foreach (var point in Trial.Dials.Single().Points)
        {
            double size = 0, moved = 0;
            double[] residual = [0, 0], given = [0, 0];
            double[] mean = [Mean(beta[0], sigma), Mean(beta[0] + beta[1], sigma)];
            for (var c = 0; c < clusters.Count; c++)
            {
                var arm = (int)Frame.Design.Column(1)[clusters.Start(c)];
                var shift = point.Value!.Value * (Math.Log(clusters.Size(c)) - average);
                var weight = point.Rung == 3 ? clusters.Size(c) : 1.0;
                var sum = 0.0;
                for (var i = clusters.Start(c); i < clusters.Start(c + 1); i++)
                {
                    sum += Frame.Response[i] - mean[arm];
                }

                moved += weight * Mean(beta[0] + beta[1] + shift, sigma);
                size += weight;
                residual[arm] += weight * sum / clusters.Size(c);
                given[arm] += weight;
            }

            var treated = (moved / size) + (residual[1] / given[1]);
            var control = mean[0] + (residual[0] / given[0]);
            Assert.Equal(Logit(treated) - Logit(control), point.Inference.Estimate, 1e-8);
        }
    }

    [Fact]
    public void Where_it_turns_the_test_is_at_its_level_or_an_average_is_none()
    {
        var points = Trial.Dials.Single().Points;
        Assert.Contains(points, point => point.Tips == "interval");
        foreach (var point in points.Where(point => point.Tips == "interval"))
        {
            Assert.Equal(0.05, point.Inference.PValue, 1e-4);
        }

        var signs = points.Where(point => point.Tips == "signs").ToList();
        Assert.True(signs.Count is 0 or 2);
        if (signs.Count == 2)
        {
            Assert.Equal(0, signs[0].Inference.Estimate * signs[1].Inference.Estimate, 1e-5);
        }
    }

    [Fact]
    public void Five_places_are_two_standard_errors_of_the_slope_apart_and_the_sentence_names_the_turn()
    {
        var question = TrialStandardization.Of(Frame, Trial.Options, ["0", "1"])!;
        var working = Trial.Models.Working;
        var turn = new SizeDial(question, working.Mixed, working.Errors, working.MixedChanges, Trial.Options)
            .Turn(1, EffectMeasure.OddsRatio)!;
        double[] places = [.. turn.Points.Where(point => point is { Tips: null, Rung: 3 }).Select(point => point.Value!.Value)];

        Assert.Equal([-2, -1, 0, 1, 2], places.Select(place => (int)Math.Round(place / turn.Unit)));
        Assert.StartsWith("The conclusion holds until", Trial.Dials.Single().Conclusion.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Clusters_of_one_size_leave_nothing_to_turn()
    {
        var frame = ReferenceFrames.Build("crossover", "y ~ treat + (1 | id)");

        Assert.Equal(frame.Clusters.MinimumSize, frame.Clusters.MaximumSize);
        Assert.Empty(Compare(frame, "treat").Dials.Single().Points);
    }

    [Fact]
    public void The_root_nearest_to_zero_is_found()
    {
        double[] places = [-2, -1, 0, 1, 2];
        Assert.Equal(0.5, DialRoot.First(places, Values(Curve), Curve)!.Value, 1e-6);
        Assert.Null(DialRoot.First(places, Values(place => 1 + (place * place)), place => 1 + (place * place)));

        static double Curve(double place) => (place - 0.5) * (place + 1.5);

        double[] Values(Func<double, double> curve) => [.. places.Select(curve)];
    }

    [Theory]
    [InlineData(0.137)]
    [InlineData(-0.73)]
    [InlineData(1.9)]
    public void The_root_is_that_of_halving(double zero)
    {
        // A steep curve, a flat one, and one with a kink, as the tests' distance from their critical value has.
        Func<double, double>[] curves =
        [
            place => Math.Exp(3 * place) - Math.Exp(3 * zero),
            place => Math.Atan(5 * (zero - place)),
            place => place > zero ? 4 * (place - zero) : 0.1 * (place - zero),
        ];
        double[] places = [-2, -1, 0, 1, 2];
        foreach (var curve in curves)
        {
            var (low, high) = (Math.Floor(zero), Math.Floor(zero) + 1);
            while (high - low > 1e-12)
            {
                var middle = (low + high) / 2;
                (low, high) = (curve(middle) < 0) == (curve(low) < 0) ? (middle, high) : (low, middle);
            }

            Assert.Equal(low, DialRoot.First(places, [.. places.Select(curve)], curve)!.Value, 1e-6);
        }
    }

    private static ModelComparison Compare(ModelFrame frame, string treatment = "arm") =>
        ModelComparer.Compare(frame, new ComparisonOptions
        {
            Treatment = treatment,
            CheckReasons = false,
            MarginalLikelihood = false,
            Dials = [Dial.Size],
            Gee = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Exchangeable },
            Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 25 },
        });

    /// <summary>The obvious integral: 4,001 points over ±10.</summary>
    private static double Mean(double eta, double sigma)
    {
        var sum = 0.0;
        for (var k = -2000; k <= 2000; k++)
        {
            var z = k * 0.005;
            sum += 0.005 * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) / (1 + Math.Exp(-eta - (sigma * z)));
        }

        return sum;
    }

    private static double Logit(double p) => Math.Log(p / (1 - p));
}
