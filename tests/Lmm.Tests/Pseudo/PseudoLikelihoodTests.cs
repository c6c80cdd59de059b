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
    /// An offset of 700 leaves rows whose outcome is 0 with weights of nothing, and the working variances without a maximum.
    /// </summary>
    [Fact]
    public void Linearizations_that_lead_nowhere_end_before_their_cap()
    {
        var rows = Enumerable.Range(0, 36).Select(i => FormattableString.Invariant(
            $"{(Math.Sin(i * 1.7) > 0.1 ? 1 : 0)},{Math.Sin(i * 1.7):F4},{i % 12},{700 * (((i * i) + (i / 5)) % 3 % 2)}"));
        var text = System.Text.Encoding.UTF8.GetBytes("y,x,id,o\n" + string.Join('\n', rows) + "\n");
        var frame = ModelFrameBuilder.Build(DatasetReader.Read("far.csv", text), new FrameRequest
        {
            Formula = FormulaParser.Parse("y ~ x + (1 | id)"),
            Offset = "o",
        });
        var fit = PseudoLikelihoodFitter.Fit(frame, new PseudoLikelihoodOptions { Family = Family.Binomial });
        Assert.Equal(ConvergenceStatus.StepFailure, fit.Convergence.Status);
        Assert.InRange(fit.Convergence.Iterations, 5, 20);
        Assert.Contains("lead nowhere", fit.Convergence.Message, StringComparison.Ordinal);
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
