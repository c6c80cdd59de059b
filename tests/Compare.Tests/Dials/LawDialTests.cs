using MarginalConditional.Compare.Dials;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Intercept;
using MarginalConditional.Statistics.Families;
using Xunit;

namespace MarginalConditional.Compare.Tests.Dials;

/// <summary>The dial of the law: rungs 0 to 2 against sums over plain integrals, and the normal law against the ladder.</summary>
public sealed class LawDialTests
{
    private static readonly ModelFrame Frame = ReferenceFrames.Build("sites30", "y ~ t + x + (1 | site)");
    private static readonly ModelComparison Sites = Compare(Frame);

    [Fact]
    public void Rungs_under_every_law_are_sums_over_plain_integrals()
    {
        foreach (var law in new[] { InterceptLaw.Bridge, InterceptLaw.StudentT5, InterceptLaw.TwoPoints })
        {
            var fit = Fit(law);
            var sigma = fit.StandardDeviation;
            double averaged = 0, size = 0;
            double[] mean = [0, 0];
            for (var i = 0; i < Frame.Rows; i++)
            {
                var other = fit.Coefficients[0] + (fit.Coefficients[2] * Frame.Design.Column(2)[i]);
                double[] p = [Mean(law, other, sigma), Mean(law, other + fit.Coefficients[1], sigma)];
                averaged += Logit(p[1]) - Logit(p[0]);
                (mean[0], mean[1], size) = (mean[0] + p[0], mean[1] + p[1], size + 1);
            }

            Assert.Equal(fit.Coefficients[1], Point(law, 0).Inference.Estimate, 1e-9);
            Assert.Equal(averaged / size, Point(law, 1).Inference.Estimate, 1e-6);
            Assert.Equal(Logit(mean[1] / size) - Logit(mean[0] / size), Point(law, 2).Inference.Estimate, 1e-6);
        }
    }

    [Fact]
    public void Under_the_normal_law_the_rungs_and_their_errors_are_the_ladders()
    {
        var question = LawQuestion.Of(Question(), Link.Logit).Single();
        var rungs = new LawRungs(question, Fit(InterceptLaw.Normal));
        for (var rung = 0; rung < LawRungs.Count; rung++)
        {
            var own = Sites.Ladder.Rungs.Single(row =>
                row.Rung == rung && row.Scale == "log odds ratio" && row.Weighting == ClusterWeighting.Participant).Inference;

            Assert.Equal(own.Estimate, rungs.Estimate(rung), 1e-5);
            Assert.Equal(1, rungs.Influence(rung, leaveOneOut: true).StandardError(0) / own.StandardError, 0.01);
        }
    }

    [Fact]
    public void Plain_influences_are_the_slopes_of_the_rungs_by_the_clusters_weights()
    {
        // Σφ = 0 at the maximum, for a rung is a smooth function of the estimating equations' solution and of averages about it.
        var question = LawQuestion.Of(Question(), Link.Logit).Single();
        var rungs = new LawRungs(question, Fit(InterceptLaw.TwoPoints));
        for (var rung = 0; rung < LawRungs.Count; rung++)
        {
            Assert.Equal(0, rungs.Influence(rung, leaveOneOut: false).Values.ToArray().Sum(), 1e-6);
        }
    }

    [Fact]
    public void A_law_with_heavier_tails_than_the_normal_moves_little_and_the_check_says_how_much()
    {
        var check = Sites.Checks.Single(check => check.Key == "random-effect-law");

        Assert.Contains("standard errors", check.Finding, StringComparison.Ordinal);
        Assert.Single(Sites.Dials.Single().Conclusion);
        Assert.Equal(3 * LawRungs.Count, Sites.Dials.Single().Points.Count(point => point.Setting != "normal"));
    }

    [Fact]
    public void Laws_that_a_link_does_not_allow_are_left_out()
    {
        Assert.Equal(["Student's t, 5 df", "two points"], LawDial.Laws(Link.Probit).Select(law => law.Name));
        Assert.Equal(["two points"], LawDial.Laws(Link.Log).Select(law => law.Name));
    }

    private static DialPoint Point(InterceptLaw law, int rung) =>
        Sites.Dials.Single().Points.Single(point => point.Setting == law.Name && point.Rung == rung);

    private static TrialStandardization? Question() => TrialStandardization.Of(Frame, Sites.Options, ["0", "1"]);

    private static RandomInterceptFit Fit(InterceptLaw law) => RandomInterceptFitter.FitConditional(Frame, new RandomInterceptOptions
    {
        Family = Family.Binomial,
        StartingCoefficients = Sites.Glmm.Coefficients.ToArray(),
        StartingStandardDeviation = Sites.Glmm.RandomEffects[0].StandardDeviations[0],
        LeavesOut = true,
    }, law);

    private static ModelComparison Compare(ModelFrame frame) => ModelComparer.Compare(frame, new ComparisonOptions
    {
        Treatment = "t",
        Dials = [Dial.Law],
        Gee = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Exchangeable },
        Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 25 },
    });

    /// <summary>The obvious integral of the law's density: 8,001 points over ±40 σ.</summary>
    private static double Mean(InterceptLaw law, double eta, double sigma)
    {
        if (law == InterceptLaw.TwoPoints)
        {
            return 0.5 * (Logistic(eta - sigma) + Logistic(eta + sigma));
        }

        var (sum, weights, step) = (0.0, 0.0, 0.01 * sigma);
        var phi = 1 / Math.Sqrt(1 + (3 * sigma * sigma / (Math.PI * Math.PI)));
        var scale = sigma * Math.Sqrt(3.0 / 5);
        for (var k = -4000; k <= 4000; k++)
        {
            var b = k * step;
            var density = law == InterceptLaw.Bridge
                ? Math.Sin(phi * Math.PI) / (Math.Cosh(phi * b) + Math.Cos(phi * Math.PI))
                : Math.Pow(1 + (b * b / (scale * scale * 5)), -3);
            sum += density * Logistic(eta + b);
            weights += density;
        }

        return sum / weights;
    }

    private static double Logistic(double eta) => 1 / (1 + Math.Exp(-eta));

    private static double Logit(double p) => Math.Log(p / (1 - p));
}
