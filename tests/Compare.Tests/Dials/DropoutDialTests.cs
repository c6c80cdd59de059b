using MarginalConditional.Compare.Dials;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;
using Xunit;

namespace MarginalConditional.Compare.Tests.Dials;

/// <summary>
/// The dial of dropout against an enumeration of all futures by plain integrals, its limits, the normal law's conditional means, and the
/// ladder where nothing is missing. The enumeration is the twin of <see cref="PersonPosterior"/>.
/// </summary>
public sealed class DropoutDialTests
{
    private const int Visits = 4;

    private static readonly ModelFrame Binary = Frame(dropout: true, gaussian: false);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.4, 0.7)]
    [InlineData(40, -40)]
    public void Rungs_are_an_enumeration_of_all_futures(double control, double treated)
    {
        var (dial, fit) = Dial(Binary, Family.Binomial);
        double[] shifts = [control, treated];
        var (beta, sigma) = (fit.Coefficients.ToArray(), fit.RandomEffects[0].StandardDeviations[0]);
        double[] mean = [0, 0], residual = [0, 0], given = [0, 0];
        var clusters = Binary.Clusters;
        for (var c = 0; c < clusters.Count; c++)
        {
            var (start, seen) = (clusters.Start(c), clusters.Size(c));
            var own = (int)Binary.Design.Column(1)[start];
            var outcomes = Binary.Response.Slice(start, seen).ToArray();
            for (var arm = 0; arm < 2; arm++)
            {
                double[] eta = [.. Enumerable.Range(0, Visits).Select(visit =>
                    beta[0] + (beta[1] * arm) + (beta[2] * visit) + (visit < seen ? 0 : shifts[arm] * (visit - seen + 1)))];
                double[] marginal = [.. eta.Select(value => Integral(z => Logistic(value + (sigma * z))))];
                mean[arm] += marginal.Sum();
                if (arm == own)
                {
                    residual[arm] += outcomes.Sum() + Futures(eta, outcomes, sigma) - marginal.Sum();
                    given[arm] += Visits;
                }
            }
        }

        var size = Visits * (double)clusters.Count;
        var rows = dial.At(1, EffectMeasure.OddsRatio, control, treated);
        double[] robust = [(mean[0] / size) + (residual[0] / given[0]), (mean[1] / size) + (residual[1] / given[1])];
        Assert.Equal(Logit(mean[1] / size) - Logit(mean[0] / size), rows[0].Estimate, 1e-6);
        Assert.Equal(Logit(robust[1]) - Logit(robust[0]), rows[1].Estimate, 1e-5);
        Assert.Equal(rows[1], rows[2]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Strategies_by_reference_are_an_enumeration_of_all_futures(int place)
    {
        var strategy = DropoutStrategy.ByReference[place];
        var (dial, fit) = Dial(Binary, Family.Binomial, "y ~ arm * visit + (1 | id)");
        var (beta, sigma) = (fit.Coefficients.ToArray(), fit.RandomEffects[0].StandardDeviations[0]);
        double[] mean = [0, 0], residual = [0, 0], given = [0, 0];
        var clusters = fit.Frame.Clusters;
        for (var c = 0; c < clusters.Count; c++)
        {
            var (start, seen) = (clusters.Start(c), clusters.Size(c));
            var own = (int)fit.Frame.Design.Column(1)[start];
            var outcomes = fit.Frame.Response.Slice(start, seen).ToArray();
            for (var arm = 0; arm < 2; arm++)
            {
                var set = arm;
                double[] eta = [.. Enumerable.Range(0, Visits).Select(visit => visit < seen || set == 0 ? Predictor(set, visit)
                    : strategy == DropoutStrategy.CopyIncrements
                        ? Predictor(1, seen - 1) + Predictor(0, visit) - Predictor(0, seen - 1)
                        : Predictor(0, visit))];
                double[] marginal = [.. eta.Select(value => Integral(z => Logistic(value + (sigma * z))))];
                mean[arm] += marginal.Sum();
                if (arm == own)
                {
                    double[] told = strategy == DropoutStrategy.CopyReference
                        ? [.. Enumerable.Range(0, Visits).Select(visit => Predictor(0, visit))]
                        : eta;
                    residual[arm] += outcomes.Sum() + Futures(told, outcomes, sigma) - marginal.Sum();
                    given[arm] += Visits;
                }
            }
        }

        var size = Visits * (double)clusters.Count;
        var rows = dial.ByReference(1, EffectMeasure.OddsRatio, strategy);
        double[] robust = [(mean[0] / size) + (residual[0] / given[0]), (mean[1] / size) + (residual[1] / given[1])];
        Assert.Equal(Logit(mean[1] / size) - Logit(mean[0] / size), rows[0].Estimate, 1e-6);
        Assert.Equal(Logit(robust[1]) - Logit(robust[0]), rows[1].Estimate, 1e-5);
        Assert.True(rows[1].StandardError > 0);

        double Predictor(int arm, int visit) => beta[0] + (beta[1] * arm) + (beta[2] * visit) + (beta[3] * arm * visit);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Slopes_are_differences_the_posterior_included(bool gaussian, bool byReference)
    {
        const double Step = 1e-5;
        var frame = Frame(dropout: true, gaussian);
        var family = gaussian ? Family.Gaussian : Family.Binomial;
        var (_, fit) = Dial(frame, family);
        var options = Options(family);
        var question = TrialStandardization.Of(frame, options, ["0", "1"])!;
        DropoutCells[] cells = [DropoutCells.Of(frame, "visit", [("arm", "0")]), DropoutCells.Of(frame, "visit", [("arm", "1")])];
        var sums = new DropoutSums(fit, WorkingModel.Of(fit), question.Rows, cells, 1, [0.2, -0.6],
            byReference ? frame.Recipe!.With([("arm", "0")]) : null);
        var m = fit.Parameters.Length;
        var slopes = new double[sums.Count * m];
        sums.Slopes(slopes);
        for (var parameter = 0; parameter < m; parameter++)
        {
            double[] above = new double[sums.Count], below = new double[sums.Count];
            double[] psi = fit.Parameters.ToArray();
            psi[parameter] += Step;
            sums.Without(psi, -1, above);
            psi[parameter] -= 2 * Step;
            sums.Without(psi, -1, below);
            for (var k = 0; k < sums.Count; k++)
            {
                var expected = (above[k] - below[k]) / (2 * Step);
                Assert.Equal(expected, slopes[(k * m) + parameter], 1e-4 * Math.Max(1, Math.Abs(expected)));
            }
        }
    }

    [Fact]
    public void With_normal_outcomes_the_unseen_are_conditional_means()
    {
        var frame = Frame(dropout: true, gaussian: true);
        var (dial, fit) = Dial(frame, Family.Gaussian);
        var (beta, variance) = (fit.Coefficients.ToArray(), fit.RandomEffects[0].Covariance[0]);
        double[] mean = [0, 0], residual = [0, 0], given = [0, 0];
        var clusters = frame.Clusters;
        for (var c = 0; c < clusters.Count; c++)
        {
            var (start, seen) = (clusters.Start(c), clusters.Size(c));
            var own = (int)frame.Design.Column(1)[start];
            var rest = Enumerable.Range(0, seen).Sum(visit =>
                frame.Response[start + visit] - beta[0] - (beta[1] * own) - (beta[2] * visit));
            var effect = variance * rest / (fit.Dispersion + (seen * variance));
            for (var visit = 0; visit < Visits; visit++)
            {
                var shift = visit < seen ? 0 : 0.8 * (visit - seen + 1);
                mean[0] += beta[0] + (beta[2] * visit);
                mean[1] += beta[0] + beta[1] + (beta[2] * visit) + shift;
                var expected = beta[0] + (beta[1] * own) + (beta[2] * visit) + (own == 1 ? shift : 0);
                residual[own] += (visit < seen ? frame.Response[start + visit] : expected + effect) - expected;
                given[own]++;
            }
        }

        var size = Visits * (double)clusters.Count;
        var rows = dial.At(1, EffectMeasure.Difference, 0, 0.8);
        Assert.Equal((mean[1] - mean[0]) / size, rows[0].Estimate, 1e-8);
        Assert.Equal(
            ((mean[1] - mean[0]) / size) + (residual[1] / given[1]) - (residual[0] / given[0]), rows[1].Estimate, 1e-6);
    }

    [Fact]
    public void Where_nothing_is_missing_the_dial_is_the_ladder_and_does_not_turn()
    {
        var frame = Frame(dropout: false, gaussian: false);
        var comparison = ModelComparer.Compare(frame, Options(Family.Binomial));
        var (dial, _) = Dial(frame, Family.Binomial);
        var rows = dial.At(1, EffectMeasure.OddsRatio, 0.5, 2);

        Assert.False(dial.AnyDropout);
        Assert.Empty(comparison.Dials.Single().Points);
        for (var rung = 2; rung <= 4; rung++)
        {
            var own = comparison.Ladder.Rungs.Single(row => row.Rung == rung && row.Scale == "log odds ratio"
                && row.Weighting == ClusterWeighting.Participant).Inference;
            Assert.Equal(own.Estimate, rows[rung - 2].Estimate, 1e-7);
            Assert.Equal(own.StandardError, rows[rung - 2].StandardError, 1e-6);
        }
    }

    [Fact]
    public void Effects_rise_with_the_arms_unseen_and_turn_where_they_say()
    {
        var result = ModelComparer.Compare(Binary, Options(Family.Binomial)).Dials.Single();
        foreach (var rung in new[] { 2, 3, 4 })
        {
            double[] estimates =
            [
                .. result.Points.Where(point => point.Rung == rung && point.Setting == "\u03B4").OrderBy(point => point.Value)
                    .Select(point => point.Inference.Estimate),
            ];
            Assert.Equal(estimates.Order(), estimates);
        }

        Assert.All(result.Points.Where(point => point is { Tips: "interval", Rung: 3 }), point =>
            Assert.Equal(0.05, point.Inference.PValue, 1e-4));
        Assert.All(result.Points.Where(point => point is { Tips: "estimate", Rung: 3 }), point =>
            Assert.Equal(0, point.Inference.Estimate, 1e-4));
        Assert.Contains(result.Points, point => point.Tips is not null);
        Assert.Contains("times those of what was", result.Conclusion.Single(), StringComparison.Ordinal);
    }

    private static (DropoutDial Dial, GlmmFit Fit) Dial(ModelFrame frame, Family family, string? formula = null)
    {
        frame = formula is null ? frame : Frame(dropout: true, family == Family.Gaussian, formula);
        var options = Options(family);
        var fit = GlmmFitter.Fit(frame, options.Glmm);
        var model = WorkingModel.Of(fit);
        var question = TrialStandardization.Of(frame, options, ["0", "1"])!;
        return (new DropoutDial(fit, question, model, StandardizedErrors.Closed, model.Deletions(), options), fit);
    }

    private static ComparisonOptions Options(Family family) => new()
    {
        Treatment = "arm",
        Wave = "visit",
        CheckReasons = false,
        MarginalLikelihood = false,
        StandardizedErrors = StandardizedErrors.Closed,
        Dials = [Compare.Estimands.Dial.Dropout],
        Gee = new GeeOptions { Family = family, Correlation = WorkingCorrelation.Independence, Threads = 1 },
        Glmm = new GlmmOptions { Family = family, Nodes = 25, Threads = 1, CheckNodes = false },
    };

    /// <summary>Sixty persons, up to four visits; those with an event, or far up, leave more often.</summary>
    private static ModelFrame Frame(bool dropout, bool gaussian, string formula = "y ~ arm + visit + (1 | id)")
    {
        var random = new RandomStream(11, 4, 2);
        List<double> id = [], arms = [], visits = [], outcomes = [];
        for (var person = 0; person < 60; person++)
        {
            var effect = 1.3 * random.NextNormal();
            var here = true;
            for (var visit = 0; visit < Visits && here; visit++)
            {
                var eta = -0.4 + (0.9 * (person % 2)) + (0.2 * visit) + effect;
                var y = gaussian ? eta + random.NextNormal() : random.NextBernoulli(Logistic(eta));
                id.Add(person);
                arms.Add(person % 2);
                visits.Add(visit);
                outcomes.Add(y);
                here = !dropout || random.NextUniform() > (y > 0.5 ? 0.4 : 0.1);
            }
        }

        return ModelFrameBuilder.Build(
            new Dataset(
                "visits.csv",
            [
                new NumericColumn("id", [.. id]),
                new NumericColumn("arm", [.. arms]),
                new NumericColumn("visit", [.. visits]),
                new NumericColumn("y", [.. outcomes]),
            ]),
            new FrameRequest { Formula = FormulaParser.Parse(formula), Cluster = "id", Wave = "visit" });
    }

    /// <summary>The expected number of events not yet seen: every future, weighed by its probability given what was seen.</summary>
    private static double Futures(double[] eta, double[] seen, double sigma)
    {
        var unseen = eta.Length - seen.Length;
        var (total, events) = (0.0, 0.0);
        for (var future = 0; future < 1 << unseen; future++)
        {
            double[] outcomes = [.. seen, .. Enumerable.Range(0, unseen).Select(k => (double)((future >> k) & 1))];
            var probability = Integral(z => outcomes.Select((y, j) =>
                Logistic((y > 0.5 ? 1 : -1) * (eta[j] + (sigma * z)))).Aggregate(1.0, (product, p) => product * p));
            total += probability;
            events += probability * outcomes.Skip(seen.Length).Sum();
        }

        return events / total;
    }

    /// <summary>The obvious integral over the normal law: 401 points over ±10.</summary>
    private static double Integral(Func<double, double> value)
    {
        var sum = 0.0;
        for (var k = -200; k <= 200; k++)
        {
            var z = k * 0.05;
            sum += 0.05 * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * value(z);
        }

        return sum;
    }

    private static double Logistic(double eta) => 1 / (1 + Math.Exp(-eta));

    private static double Logit(double p) => Math.Log(p / (1 - p));
}
