using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Means.Tests;

/// <summary>
/// Means of counts with excess zeros: on the link those of the count part, emmeans 1.8.4 on glmmTMB 1.1.5; responses of both parts, at
/// random effects 0 glmmTMB's <c>predict(re.form = NA)</c>, over them the exact integral (tests/Glmm.Tests/Reference/excess-zeros.R).
/// </summary>
public sealed class ExcessZeroMeansTests
{
    private static readonly Lazy<GlmmFit> Fit = new(() => Fitted("x + arm"));

    [Fact]
    public void The_links_means_are_those_of_the_count_part_in_emmeans()
    {
        var means = Of(new MeansRequest { Variables = ["arm"], Pairs = PairChoice.All });
        Assert.Equal(0.669758306661, means.Means[0].Estimate.Estimate, 2e-5);
        Assert.Equal(0.237978620902, means.Means[0].Estimate.StandardError, 5e-5);
        Assert.Equal(1.323888807942, means.Means[1].Estimate.Estimate, 2e-5);
        Assert.Equal(-0.654130501280, means.Pairs[0].Own.Estimate, 2e-5);
        Assert.Equal(0.308743610966, means.Pairs[0].Own.StandardError, 1e-4);
        Assert.Contains(means.Notes, note => note.Contains("no excess zeros", StringComparison.Ordinal));
    }

    [Fact]
    public void Responses_of_the_median_cluster_are_glmmTMBs()
    {
        var means = Of(new MeansRequest { Variables = ["arm"], Scale = MeanScale.Median });
        Assert.Equal(1.465394318764, means.Means[0].Estimate.Estimate, 2e-5);
        Assert.Equal(0.330186277242, means.Means[0].Estimate.StandardError, 5e-5);
        Assert.Equal(2.118103846087, means.Means[1].Estimate.Estimate, 2e-5);
        Assert.Equal(0.472758725577, means.Means[1].Estimate.StandardError, 1e-4);
    }

    /// <summary>With a log link and a random intercept the integral is known: (1 − π) exp(η + σ²/2).</summary>
    [Fact]
    public void Responses_slopes_and_their_errors_are_those_of_both_parts()
    {
        var fit = Fit.Value;
        var means = Of(new MeansRequest { Variables = ["arm"], Scale = MeanScale.Response, Slope = "x", At = [("x", ["0.7"])] });
        for (var arm = 0; arm < 2; arm++)
        {
            var which = arm;
            Same(fit, psi => Mean(psi, which, 0.7), means.Means[arm].Estimate.Estimate, means.Means[arm].Estimate.StandardError);
            Same(
                fit, psi => (Mean(psi, which, 0.7 + 1e-4) - Mean(psi, which, 0.7 - 1e-4)) / 2e-4, means.Slopes[arm].Estimate.Estimate,
                means.Slopes[arm].Estimate.StandardError);
        }
    }

    [Fact]
    public void A_variable_of_the_zeros_alone_is_an_axis_of_the_grid()
    {
        var fit = Fitted("x + w", "number ~ arm + (1 | g)");
        var means = EstimatedMeans.Of(
            FittedModel.Of(GlmmInference.Of(fit)),
            new MeansRequest { Variables = ["arm"], Scale = MeanScale.Response, At = [("w", ["1", "3"])] });
        Assert.Equal(4, means.Means.Count);
        var (gamma, x) = (fit.InflationCoefficients.ToArray(), fit.Frame.Inflation!.Column(1).ToArray().Average());
        var ratio = (1 + Math.Exp(gamma[0] + (gamma[1] * x) + (gamma[2] * 1))) / (1 + Math.Exp(gamma[0] + (gamma[1] * x) + (gamma[2] * 3)));
        Assert.Equal(ratio, means.Means[2].Estimate.Estimate / means.Means[0].Estimate.Estimate, 1e-9);
    }

    private static double Mean(ReadOnlySpan<double> psi, int arm, double x)
    {
        // (Intercept), armB, x | σ | (Intercept), x, armB
        var count = psi[0] + (psi[1] * arm) + (psi[2] * x) + (0.5 * psi[3] * psi[3]);
        return Math.Exp(count) / (1 + Math.Exp(psi[4] + (psi[5] * x) + (psi[6] * arm)));
    }

    private static void Same(GlmmFit fit, Func<double[], double> function, double estimate, double error)
    {
        var psi = fit.Parameters.ToArray();
        var value = function(psi);
        Assert.Equal(value, estimate, 1e-6 * Math.Abs(value));
        var slope = new double[psi.Length];
        for (var k = 0; k < psi.Length; k++)
        {
            var (up, down) = (psi.ToArray(), psi.ToArray());
            (up[k], down[k]) = (psi[k] + 1e-5, psi[k] - 1e-5);
            slope[k] = (function(up) - function(down)) / 2e-5;
        }

        var variance = 0.0;
        for (var k = 0; k < psi.Length; k++)
        {
            for (var l = 0; l < psi.Length; l++)
            {
                variance += slope[k] * slope[l] * fit.JointCovariance[(k * psi.Length) + l];
            }
        }

        Assert.Equal(1, error / Math.Sqrt(variance), 1e-5);
    }

    private static EstimatedMeans Of(MeansRequest request) => EstimatedMeans.Of(FittedModel.Of(GlmmInference.Of(Fit.Value)), request);

    private static GlmmFit Fitted(string inflation, string formula = "number ~ arm + x + (1 | g)") => GlmmFitter.Fit(
        ModelFrameBuilder.Build(
            DatasetReader.Read(ReferenceFiles.Beside("Glmm.Tests", "Reference", "mixtures.csv")),
            new FrameRequest { Formula = FormulaParser.Parse(formula), Inflation = FormulaParser.Parse($"number ~ {inflation}") }),
        new GlmmOptions { Family = Family.Poisson, ZeroInflation = true, Nodes = 1 });
}
