using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Comparison;

/// <summary>
/// Counts with excess zeros compared: the conditional row is of the count part, all rungs are of (1 − π)μ, here averaged row by row from
/// the parameters. <see cref="ExcessZeroNote"/> says so.
/// </summary>
public sealed class ExcessZeroComparisonTests
{
    private static readonly Lazy<ModelComparison> Formula = new(() => Compared("x + arm"));

    [Fact]
    public void Rungs_are_averages_of_both_parts()
    {
        var fit = Formula.Value.Glmm;
        var (frame, arm) = (fit.Frame, fit.Frame.Design.Column(1).ToArray());
        var means = new[] { Averages(fit, 0), Averages(fit, 1) };
        var conditional = Enumerable.Range(0, frame.Rows).Average(i => Log(fit, i, 1) - Log(fit, i, 0));
        Assert.Equal(conditional, Rung(0), 1e-12);
        Assert.Equal(conditional, Rung(1), 1e-12);
        Assert.Equal(Math.Log(means[1] / means[0]), Rung(2), 1e-10);
        for (var a = 0; a < 2; a++)
        {
            var (residuals, count) = (0.0, 0);
            for (var i = 0; i < frame.Rows; i++)
            {
                if (arm[i] == a)
                {
                    residuals += frame.Response[i] - Math.Exp(Log(fit, i, a) + Half(fit));
                    count++;
                }
            }

            means[a] += residuals / count;
        }

        Assert.Equal(Math.Log(means[1] / means[0]), Rung(3), 1e-10);

        static double Rung(int rung) => Formula.Value.Ladder.Rungs
            .First(one => one.Rung == rung && one.Weighting == ClusterWeighting.Participant && one.Scale == "log ratio")
            .Inference.Estimate;
    }

    [Fact]
    public void The_gap_includes_what_the_zeros_do_and_the_note_says_how_much()
    {
        var comparison = Formula.Value;
        var effect = comparison.Effects[0];
        Assert.Equal(comparison.Glmm.Coefficients[1], effect.Conditional.Inference.Estimate);
        var shift = comparison.Marginalized.ExcessZeroShift[1];
        Assert.Equal(-shift, effect.Gap.NonCollapsibility.Estimate, 1e-10);
        Assert.Null(effect.MarginalLikelihood);
        Assert.Contains(comparison.Notes, note => note.Contains($"of armB by {Wording.Signed(shift, 3)}", StringComparison.Ordinal)
            && note.Contains($"of armB {Wording.Number(Math.Exp(effect.Conditional.Inference.Estimate), 2)} (", StringComparison.Ordinal));
        Assert.Contains(comparison.Notes, note => note.Contains("no excess zeros here", StringComparison.Ordinal));
    }

    [Fact]
    public void One_probability_leaves_ratios_as_they_are()
    {
        var comparison = Compared("1");
        Assert.Equal(0, comparison.Effects[0].Gap.NonCollapsibility.Estimate, 1e-10);
        Assert.Equal(0, comparison.Marginalized.ExcessZeroShift[1], 1e-12);
        Assert.Contains(comparison.Notes, note => note.Contains("cancels in ratios", StringComparison.Ordinal));
    }

    /// <summary>Every error, leave-one-out included, goes through these slopes; plain influences agree with refits in size.</summary>
    [Fact]
    public void Slopes_of_predicted_rows_are_those_of_differences()
    {
        var model = WorkingModel.Of(Formula.Value.Glmm);
        var recipe = model.Frame.Recipe!;
        var rows = ArmSetting.Of(1, recipe, [("arm", "B")]).Rows(model);
        var n = model.Frame.Rows;
        double[] a = [.. Enumerable.Range(0, n).Select(i => Math.Sin(i))], b = [.. Enumerable.Range(0, n).Select(i => Math.Cos(i))];
        var gradient = new double[model.Parameters.Length];
        rows.AddGradient(a, b, gradient);
        for (var k = 0; k < gradient.Length; k++)
        {
            Assert.Equal((Weighted(k, 1e-6) - Weighted(k, -1e-6)) / 2e-6, gradient[k], 1e-6);
        }

        double Weighted(int k, double step)
        {
            var parameters = model.Parameters.ToArray();
            parameters[k] += step;
            var (predictor, spread) = (new double[n], new double[n]);
            rows.Predict(parameters, 0, predictor, spread);
            return predictor.Zip(a, (x, y) => x * y).Sum() + spread.Zip(b, (x, y) => x * y).Sum();
        }
    }

    private static double Averages(GlmmFit fit, int arm) =>
        Enumerable.Range(0, fit.Frame.Rows).Average(i => Math.Exp(Log(fit, i, arm) + Half(fit)));

    private static double Half(GlmmFit fit) => 0.5 * fit.RandomEffects[0].Covariance[0];

    // log(1 − π) + η with the arm set; the zeros' columns are (Intercept), x, armB.
    private static double Log(GlmmFit fit, int row, int arm)
    {
        var (beta, gamma, x) = (fit.Coefficients.ToArray(), fit.InflationCoefficients.ToArray(), fit.Frame.Design.Column(2)[row]);
        var odds = gamma.Length == 1 ? gamma[0] : gamma[0] + (gamma[1] * x) + (gamma[2] * arm);
        return beta[0] + (beta[1] * arm) + (beta[2] * x) - Math.Log(1 + Math.Exp(odds));
    }

    private static ModelComparison Compared(string inflation)
    {
        var frame = ModelFrameBuilder.Build(
            DatasetReader.Read(ReferenceFiles.Beside("Glmm.Tests", "Reference", "mixtures.csv")),
            new FrameRequest
            {
                Formula = FormulaParser.Parse("number ~ arm + x + (1 | g)"),
                Cluster = "g",
                Inflation = inflation == "1" ? null : FormulaParser.Parse($"number ~ {inflation}"),
            });
        return ModelComparer.Compare(frame, new ComparisonOptions
        {
            Treatment = "arm",
            Gee = new GeeOptions { Family = Family.Poisson, Correlation = WorkingCorrelation.Exchangeable },
            Glmm = new GlmmOptions { Family = Family.Poisson, ZeroInflation = true, Nodes = 5 },
            CheckReasons = false,
        });
    }
}
