using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Reference;

/// <summary>
/// Predictions of counts with excess zeros: at the modes those of glmmTMB 1.1.5, <c>predict(type = "response", se.fit = TRUE)</c>
/// (excess-zeros.R); over the random effects those of quadrature by brute force.
/// </summary>
public sealed class ExcessZerosGolden
{
    private static readonly string Folder = Path.Combine(ReferenceCase.Root, "..", "Glmm.Tests", "Reference");

    /// <summary>Row 1 of poisson_formula: glmmTMB 10.486707 (1.770782), ours 10.486700 (1.770782).</summary>
    [Theory]
    [InlineData("poisson_constant", "number ~ arm + x + (1 | g)", "1")]
    [InlineData("poisson_formula", "number ~ arm + x + (1 | g)", "x + arm")]
    [InlineData("negative_formula", "count ~ arm + x + (1 | g)", "x + arm")]
    [InlineData("poisson_crossed", "number ~ arm + x + (1 | g) + (1 | item)", "x + arm")]
    public void Predictions_at_the_modes_agree_with_glmmTMB(string name, string formula, string inflation)
    {
        var family = name.StartsWith("negative", StringComparison.Ordinal) ? Family.NegativeBinomial(1) : Family.Poisson;
        var fit = Fit(formula, inflation, family);
        var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "excess-zeros.json"))).RootElement.GetProperty(name);
        Assert.Equal(expected.GetProperty("logLik").GetDouble(), fit.LogLikelihood, 1e-6);
        var predicted = GlmmPrediction.Of(fit, Rows(fit, "arm,x,g,item\nA,-0.5,1,3\nB,0.3,2,\nA,1,,5\nB,0,,\n"));
        for (var i = 0; i < predicted.Count; i++)
        {
            Assert.Equal(1, predicted[i].Mean / expected.GetProperty("fit")[i].GetDouble(), 1e-5);
            Assert.Equal(1, predicted[i].MeanError / expected.GetProperty("se")[i].GetDouble(), 2e-4);
        }
    }

    [Theory]
    [InlineData("log", "number ~ arm + x + (1 | g)", "x + arm")]
    [InlineData("log", "number ~ arm + x + (x | g)", "1")]
    [InlineData("sqrt", "number ~ arm + x + (1 | g)", "x")]
    public void Means_over_all_clusters_are_the_integral_of_both_parts(string link, string formula, string inflation)
    {
        Assert.True(Link.TryParse(link, out var function));
        var fit = Fit(formula, inflation, Family.Poisson, function, nodes: 5);
        var fitted = GlmmPrediction.Of(fit);
        var fresh = GlmmPrediction.Of(fit, NewRows.Of(fit.Frame, DatasetReader.Read(Path.Combine(Folder, "mixtures.csv"))));
        for (var i = 0; i < fitted.Count; i += 17)
        {
            var mean = Brute(fit, i, fit.Parameters);
            Assert.Equal(1, fitted[i].Marginal / mean, 1e-9);
            var gradient = new double[fit.ParameterCount];
            for (var k = 0; k < gradient.Length; k++)
            {
                double[] moved = fit.Parameters.ToArray();
                (double up, double down) = (Moved(1e-5), Moved(-1e-5));
                gradient[k] = (up - down) / 2e-5;

                double Moved(double step)
                {
                    fit.Parameters.CopyTo(moved);
                    moved[k] += step;
                    return Brute(fit, i, moved);
                }
            }

            var variance = 0.0;
            for (var k = 0; k < gradient.Length; k++)
            {
                for (var l = 0; l < gradient.Length; l++)
                {
                    variance += gradient[k] * gradient[l] * fit.JointCovariance[(k * gradient.Length) + l];
                }
            }

            Assert.Equal(1, fitted[i].MarginalError / Math.Sqrt(variance), 1e-6);

            // Rows read again as new ones have the same numbers.
            var again = fresh[fit.Frame.DataRow(i) - 1];
            Assert.Equal(1, again.Mean / fitted[i].Mean, 1e-6);
            Assert.Equal(1, again.MeanError / fitted[i].MeanError, 1e-5);
            Assert.Equal(1, again.Marginal / fitted[i].Marginal, 1e-12);
            Assert.Equal(1, again.MarginalError / fitted[i].MarginalError, 1e-9);
        }
    }

    [Fact]
    public void Means_of_fitted_rows_lack_the_excess_zeros()
    {
        var fit = Fit("number ~ arm + x + (1 | g)", "x + arm", Family.Poisson);
        var (own, typical) = (PredictedMeans.Conditional(fit), PredictedMeans.Typical(fit));
        var predicted = GlmmPrediction.Of(fit);
        for (var i = 0; i < own.Length; i++)
        {
            Assert.Equal((1 - fit.InflationOf(i)) * Math.Exp(predicted[i].Predictor), predicted[i].Mean, 1e-12 * predicted[i].Mean);
            Assert.Equal(1, predicted[i].Mean / own[i], 1e-7);
            Assert.True(typical[i] > 0);
        }
    }

    // (1 − π)∫ g⁻¹(η + τz)φ(z) dz by the trapezoidal rule, whose error is that of rounding for such integrands.
    private static double Brute(GlmmFit fit, int row, ReadOnlySpan<double> parameters)
    {
        var frame = fit.Frame;
        var p = frame.Design.Columns;
        var (eta, logOdds) = (0.0, 0.0);
        for (var j = 0; j < p; j++)
        {
            eta += parameters[j] * frame.Design.Column(j)[row];
        }

        var term = frame.RandomTerms[0];
        var (first, slope) = (parameters[p], term.Dimension == 1 ? 0 : parameters[p + 1]);
        var last = term.Dimension == 1 ? 0 : parameters[p + 2];
        var z = term.Dimension == 1 ? 0 : term.Column(1)[row];
        var spread = Math.Sqrt(Math.Pow(first + (z * slope), 2) + Math.Pow(z * last, 2));
        var start = p + (term.Dimension == 1 ? 1 : 3);
        for (var k = 0; k < fit.InflationCoefficients.Length; k++)
        {
            logOdds += parameters[start + k] * (frame.Inflation?.Column(k)[row] ?? 1);
        }

        var (sum, total) = (0.0, 0.0);
        for (var at = -12.0; at <= 12; at += 1.0 / 64)
        {
            var weight = Math.Exp(-0.5 * at * at);
            var predictor = eta + (spread * at);
            sum += weight * (fit.Link == Link.Sqrt ? predictor * predictor : Math.Exp(predictor));
            total += weight;
        }

        return sum / total / (1 + Math.Exp(logOdds));
    }

    private static GlmmFit Fit(string formula, string inflation, Family family, Link? link = null, int nodes = 1)
    {
        var frame = ModelFrameBuilder.Build(
            DatasetReader.Read(Path.Combine(Folder, "mixtures.csv")),
            new FrameRequest
            {
                Formula = FormulaParser.Parse(formula),
                Inflation = inflation == "1" ? null : FormulaParser.Parse($"number ~ {inflation}"),
            });
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = family, Link = link, ZeroInflation = true, Nodes = nodes });
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        return fit;
    }

    private static IReadOnlyList<NewRow> Rows(GlmmFit fit, string csv)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, csv);
            return NewRows.Of(fit.Frame, DatasetReader.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
