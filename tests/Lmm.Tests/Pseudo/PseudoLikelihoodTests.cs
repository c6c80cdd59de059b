using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Pseudo;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Tests.Pseudo;

public sealed class PseudoLikelihoodTests
{
    [Fact]
    public void With_a_normal_response_and_identity_link_it_is_the_linear_mixed_model()
    {
        var frame = LinearFrames.Longitudinal(21, 30, 5, slope: true);
        var linear = LmmFitter.Fit(frame, new LmmOptions());
        var pseudo = PseudoLikelihoodFitter.Fit(frame, new PseudoLikelihoodOptions { Family = Family.Gaussian });
        Relative.Equal(linear.LogLikelihood, pseudo.PseudoLogLikelihood, 1e-12);
        for (var j = 0; j < 3; j++)
        {
            Relative.Equal(linear.Coefficients[j], pseudo.Coefficients[j], 1e-12);
        }
    }

    /// <summary>
    /// An offset of 700 leaves rows whose outcome is 0 with weights of nothing: the working variances have no maximum, or have one about
    /// working responses of 10¹⁵. Neither is an answer.
    /// </summary>
    [Theory]
    [InlineData(18, "lead nowhere")]
    [InlineData(9, "every outcome is certain")]
    public void Linearizations_that_lead_nowhere_end_before_their_cap_without_an_answer(int clusters, string message)
    {
        var fit = Far(i => i % clusters % 2, clusters, offset: 700);
        Assert.Equal(ConvergenceStatus.StepFailure, fit.Convergence.Status);
        Assert.InRange(fit.Convergence.Iterations, 2, 40);
        Assert.Contains(message, fit.Convergence.Message, StringComparison.Ordinal);
    }

    /// <summary>x tells the outcomes apart: what is infinite is said, by its direction, and nothing else is estimated.</summary>
    [Fact]
    public void Separated_outcomes_have_no_estimates_wherever_the_linearizations_end()
    {
        var fit = Far(i => Math.Sin(i * 1.7) > 0.1 ? 1 : 0, clusters: 9, offset: 0);
        Assert.Equal(ConvergenceStatus.Separation, fit.Convergence.Status);
        Assert.Contains("completely separated along \"x\"", fit.Convergence.Message, StringComparison.Ordinal);
        Assert.True(fit.Separated!.IsComplete);
        Assert.Equal(double.PositiveInfinity, fit.Coefficients[1]);
        Assert.Empty(fit.RandomEffects);
        Assert.Equal((double.NaN, double.NaN), (fit.Dispersion, fit.PseudoLogLikelihood));

        // Only above .9 every outcome is 1: x is what both outcomes are seen at below that.
        var frame = FarFrame(i => Math.Sin(i * 1.7) > 0.9 || i % 3 == 0 ? 1 : 0, 9, 0, "y ~ I(x > 0.9) + x + (1 | id)");
        var some = PseudoLikelihoodFitter.Fit(frame, new PseudoLikelihoodOptions { Family = Family.Binomial });
        Assert.Equal(ConvergenceStatus.Separation, some.Convergence.Status);
        Assert.False(some.Separated!.IsComplete);
        Assert.Equal((true, true), (double.IsPositiveInfinity(some.Coefficients[1]), double.IsNaN(some.Coefficients[2])));
        Assert.DoesNotContain("estimated from the other rows", some.Convergence.Message, StringComparison.Ordinal);
    }

    private static PseudoLikelihoodFit Far(Func<int, int> outcome, int clusters, double offset) => PseudoLikelihoodFitter.Fit(
        FarFrame(outcome, clusters, offset, "y ~ x + (1 | id)"), new PseudoLikelihoodOptions { Family = Family.Binomial });

    private static ModelFrame FarFrame(Func<int, int> outcome, int clusters, double offset, string formula)
    {
        var rows = Enumerable.Range(0, 36).Select(i => FormattableString.Invariant(
            $"{outcome(i)},{Math.Sin(i * 1.7):F4},{i % clusters},{offset * (((i * i) + (i / 5)) % 3 % 2)}"));
        var text = System.Text.Encoding.UTF8.GetBytes("y,x,id,o\n" + string.Join('\n', rows) + "\n");
        return ModelFrameBuilder.Build(DatasetReader.Read("far.csv", text), new FrameRequest
        {
            Formula = FormulaParser.Parse(formula),
            Offset = "o",
        });
    }

    /// <summary>R 4.2.2, MASS::glmmPQL is the same algorithm by full likelihood with a dispersion; nlme 3.1.162.</summary>
    /// <remarks>nlme's inner convergence is 1e-5 or so, hence the tolerance.</remarks>
    [Fact]
    public void By_full_likelihood_with_a_dispersion_it_agrees_with_glmmPQL()
    {
        var frame = LmmGolden.Frame("cbpp", "incidence / size ~ period + (1 | herd)", factors: ["period"]);
        var fit = PseudoLikelihoodFitter.Fit(
            frame,
            new PseudoLikelihoodOptions { Family = Family.Binomial, Restricted = false, EstimateDispersion = true });
        Assert.True(fit.Convergence.Converged);
        double[] expected = [-1.327364, -1.016126, -1.149984, -1.605217];
        for (var j = 0; j < expected.Length; j++)
        {
            Relative.Equal(expected[j], fit.Coefficients[j], 1e-4);
        }

        Relative.Equal(0.5563535, fit.RandomEffects[0].StandardDeviations[0], 1e-3);
        Relative.Equal(1.184527, Math.Sqrt(fit.Dispersion), 1e-3);
    }

    /// <summary>
    /// SAS/STAT User's Guide, chapter "The GLIMMIX Procedure", Getting Started, "Logistic Regressions with Random Intercepts": side effects
    /// of two procedures in 15 centres, fitted by RSPL. Its tables print −2 residual log pseudo-likelihood 81.44, generalized chi-square
    /// 30.69, variance of the centres 0.6176, intercept −0.8071 (0.2514), procedure A against B −0.4896 (0.2034).
    /// The data were compared with the guide; the figures of its tables are cited from memory.
    /// </summary>
    [Fact]
    public void Restricted_pseudo_likelihood_reproduces_the_tables_of_GLIMMIX()
    {
        int[] patients = [32, 33, 30, 28, 23, 24, 22, 22, 20, 21, 19, 20, 17, 17, 16, 15, 13, 14, 13, 13, 11, 12, 10, 9, 9, 9, 8, 8, 7, 8];
        int[] events = [14, 18, 4, 8, 14, 9, 7, 10, 6, 12, 1, 3, 2, 6, 7, 9, 1, 5, 3, 1, 1, 2, 1, 0, 2, 6, 1, 1, 1, 0];
        var lines = patients.Select((n, i) => $"{(i / 2) + 1},{(i % 2 == 0 ? "A" : "B")},{n},{events[i]}");
        var text = System.Text.Encoding.UTF8.GetBytes("centre,procedure,n,y\n" + string.Join('\n', lines) + "\n");
        var frame = ModelFrameBuilder.Build(DatasetReader.Read("centres.csv", text), new FrameRequest
        {
            Formula = FormulaParser.Parse("y / n ~ procedure + (1 | centre)"),
            References = new Dictionary<string, string>(StringComparer.Ordinal) { ["procedure"] = "B" },
        });
        var fit = PseudoLikelihoodFitter.Fit(frame, new PseudoLikelihoodOptions { Family = Family.Binomial });
        Assert.Equal(81.44, -2 * fit.PseudoLogLikelihood, 2);
        Assert.Equal(30.69, fit.Linear.Open().Root.ResidualQuadratic, 2);
        Assert.Equal(0.6176, fit.RandomEffects[0].Covariance[0], 4);
        Assert.Equal(-0.8071, fit.Coefficients[0], 4);
        Assert.Equal(0.2514, fit.Linear.StandardError(0), 4);
        Assert.Equal(-0.4896, fit.Coefficients[1], 4);
        Assert.Equal(0.2034, fit.Linear.StandardError(1), 4);
    }

    [Fact]
    public void At_convergence_the_modes_and_coefficients_solve_the_penalized_quasi_score()
    {
        var frame = LmmGolden.Frame("cbpp", "incidence / size ~ period + (1 | herd)", factors: ["period"]);
        var fit = PseudoLikelihoodFitter.Fit(frame, new PseudoLikelihoodOptions { Family = Family.Binomial });
        Assert.Equal(ConvergenceStatus.Converged, fit.Convergence.Status);
        Assert.Equal(1, fit.Dispersion);
        var (effect, term) = (fit.RandomEffects[0], frame.RandomTerms[0]);
        var score = new double[4];
        var modes = new double[term.GroupCount];
        for (var i = 0; i < frame.Rows; i++)
        {
            var predictor = effect.Modes[term.Groups[i]];
            for (var j = 0; j < 4; j++)
            {
                predictor += frame.Design.Column(j)[i] * fit.Coefficients[j];
            }

            var residual = frame.Trials[i] * (frame.Response[i] - Link.Logit.Mean(predictor));
            modes[term.Groups[i]] += residual;
            for (var j = 0; j < 4; j++)
            {
                score[j] += frame.Design.Column(j)[i] * residual;
            }
        }

        Assert.All(score, value => Assert.True(Math.Abs(value) < 1e-5));
        for (var g = 0; g < modes.Length; g++)
        {
            Assert.True(Math.Abs(modes[g] - (effect.Modes[g] / effect.Covariance[0])) < 1e-5);
        }
    }

    /// <summary>
    /// The largest change of a coefficient (of its size or its standard error, whichever is larger), of a covariance (of the product of
    /// its two standard deviations) and of the dispersion (of its size); which of them is largest differs between the cases.
    /// </summary>
    [Theory]
    [InlineData(0, 2, "coefficient")]
    [InlineData(25, 3, "coefficient below its standard error")]
    [InlineData(22, 2, "variance")]
    [InlineData(24, 2, "covariance")]
    [InlineData(26, 2, "dispersion")]
    public void The_criterion_is_the_largest_change_since_the_linearization_before(ulong seed, int iterations, string part)
    {
        var (before, after) = (Stopped(seed, iterations - 1), Stopped(seed, iterations));
        Assert.Equal(iterations, after.Convergence.Iterations);
        Assert.Equal(ConvergenceStatus.IterationLimit, after.Convergence.Status);
        Assert.Contains("did not settle", after.Convergence.Message, StringComparison.Ordinal);
        var changes = new List<(string Part, double Change)>
        {
            ("dispersion", Math.Abs(after.Dispersion - before.Dispersion) / after.Dispersion),
        };
        for (var j = 0; j < after.Coefficients.Length; j++)
        {
            var (size, error) = (Math.Abs(after.Coefficients[j]), after.Linear.StandardError(j));
            changes.Add((
                size > error ? "coefficient" : "coefficient below its standard error",
                Math.Abs(after.Coefficients[j] - before.Coefficients[j]) / (size > error ? size : error)));
        }

        foreach (var (now, then) in after.RandomEffects.Zip(before.RandomEffects))
        {
            for (var a = 0; a < now.Dimension; a++)
            {
                for (var b = 0; b < now.Dimension; b++)
                {
                    var change = Math.Abs(now.Covariance[(a * now.Dimension) + b] - then.Covariance[(a * now.Dimension) + b]);
                    changes.Add((a == b ? "variance" : "covariance", change / now.StandardDeviations[a] / now.StandardDeviations[b]));
                }
            }
        }

        var (largest, most) = changes.MaxBy(change => change.Change);
        Relative.Equal(1, after.Convergence.Criterion / most, 1e-9);
        Assert.Equal(part, largest);
    }

    /// <summary>The linear mixed model of the last linearization is that of the one before but for what is left to settle.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(22)]
    public void A_linearization_is_fitted_from_where_the_one_before_ended(ulong seed)
    {
        var (first, last) = (Stopped(seed, 1), Stopped(seed, 100));
        Assert.True(last.Convergence.Converged && last.Convergence.Iterations > 2);
        Assert.InRange(first.Linear.Convergence.Iterations, 3, 100);
        Assert.InRange(last.Linear.Convergence.Iterations, 0, 1);
    }

    /// <summary>
    /// Where the linearizations have settled, the linear mixed model of the working response there, fitted anew from its own start, says
    /// the same. In the last of these data a linearization on the way has a singular covariance, which is not to be kept for it.
    /// </summary>
    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(17)]
    public void What_has_settled_is_the_linear_model_of_its_own_working_response(ulong seed)
    {
        var frame = LinearFrames.Longitudinal(seed, 8, 4, slope: true, between: 0.1);
        var fit = PseudoLikelihoodFitter.Fit(frame, new PseudoLikelihoodOptions { Family = Family.Gaussian, Link = Link.Log });
        Assert.InRange(fit.Convergence.Criterion, 0, fit.Convergence.Tolerance);
        var (term, effect) = (frame.RandomTerms[0], fit.RandomEffects[0]);
        var (response, weights) = (new double[frame.Rows], new double[frame.Rows]);
        for (var row = 0; row < frame.Rows; row++)
        {
            var predictor = 0.0;
            for (var j = 0; j < frame.Design.Columns; j++)
            {
                predictor += frame.Design.Column(j)[row] * fit.Coefficients[j];
            }

            for (var k = 0; k < term.Dimension; k++)
            {
                predictor += term.Column(k)[row] * effect.Modes[(term.Groups[row] * term.Dimension) + k];
            }

            // Of a logarithm the derivative of the mean is the mean.
            var mean = Math.Exp(predictor);
            (response[row], weights[row]) = (predictor + ((frame.Response[row] - mean) / mean), mean * mean);
        }

        var linear = LmmFitter.Fit(
            new ModelFrame(frame.Design, response, frame.Clusters) { RandomTerms = frame.RandomTerms, Weights = weights },
            new LmmOptions());
        Relative.Equal(1, linear.ResidualVariance / fit.Dispersion, 1e-3);
        for (var k = 0; k < effect.Covariance.Length; k++)
        {
            var scale = effect.StandardDeviations[k / 2] * effect.StandardDeviations[k % 2];
            Assert.Equal(effect.Covariance[k], linear.RandomEffects[0].Covariance[k], 1e-3 * scale);
        }

        for (var j = 0; j < fit.Coefficients.Length; j++)
        {
            Assert.Equal(fit.Coefficients[j], linear.Coefficients[j], 1e-3 * fit.Linear.StandardError(j));
        }
    }

    /// <summary>Means of an identity link fall below zero, where no count has any.</summary>
    [Fact]
    public void Linearizations_end_where_a_mean_leaves_the_family()
    {
        var rows = Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{(i == 0 ? 60 : i % 3 / 2)},{i},{i % 8}"));
        var text = System.Text.Encoding.UTF8.GetBytes("y,x,id\n" + string.Join('\n', rows) + "\n");
        var frame = ModelFrameBuilder.Build(
            DatasetReader.Read("counts.csv", text), new FrameRequest { Formula = FormulaParser.Parse("y ~ x + (1 | id)") });
        var fit = PseudoLikelihoodFitter.Fit(frame, new PseudoLikelihoodOptions { Family = Family.Poisson, Link = Link.Identity });
        Assert.Equal(ConvergenceStatus.NotFinite, fit.Convergence.Status);
        Assert.Contains("left the link's domain", fit.Convergence.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Linearizations_settle_where_a_variance_is_zero()
    {
        var frame = LinearFrames.Longitudinal(37, 12, 3, slope: false, between: 0);
        var fit = PseudoLikelihoodFitter.Fit(frame, new PseudoLikelihoodOptions { Family = Family.Gaussian, Link = Link.Log });
        Assert.Equal(0, fit.RandomEffects[0].Covariance[0]);
        Assert.Equal(ConvergenceStatus.Boundary, fit.Convergence.Status);
        Assert.InRange(fit.Convergence.Iterations, 2, 20);
        Assert.InRange(fit.Convergence.Criterion, 0, fit.Convergence.Tolerance);
    }

    /// <summary>Herds of cattle with 0 for a seed, else means that grow by a rate of each subject, with a few subjects.</summary>
    private static PseudoLikelihoodFit Stopped(ulong seed, int iterations) => seed == 0
        ? PseudoLikelihoodFitter.Fit(
            LmmGolden.Frame("cbpp", "incidence / size ~ period + (1 | herd)", factors: ["period"]),
            new PseudoLikelihoodOptions { Family = Family.Binomial, MaximumIterations = iterations })
        : PseudoLikelihoodFitter.Fit(
            LinearFrames.Longitudinal(seed, 12, 5, slope: true, between: 3),
            new PseudoLikelihoodOptions { Family = Family.Gaussian, Link = Link.Log, MaximumIterations = iterations });

    [Fact]
    public void Few_clusters_get_few_degrees_of_freedom()
    {
        var frame = LmmGolden.Frame("cbpp", "incidence / size ~ period + (1 | herd)", factors: ["period"]);
        var fit = PseudoLikelihoodFitter.Fit(frame, new PseudoLikelihoodOptions { Family = Family.Binomial });
        foreach (var reference in new[] { LmmReference.Satterthwaite, LmmReference.KenwardRoger })
        {
            var table = reference.Of(fit.Linear).Table();
            Assert.InRange(table[0].DegreesOfFreedom!.Value, 5, 56);
            Assert.True(table[0].StandardError >= fit.Linear.StandardError(0) * (1 - 1e-12));
        }
    }
}
