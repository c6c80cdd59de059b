using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Fitting;

/// <summary>
/// The dispersion ratio is that of glmmTMB 1.1.5 by Bolker's overdisp_fun where its residuals are Pearson's, and a sum
/// by hand elsewhere; extra parameters at their boundary leave the others their standard errors.
/// </summary>
public sealed class OverdispersionTests
{
    [Fact]
    public void Proportions_have_the_ratio_of_glmmTMB()
    {
        // glmmTMB(cbind(incidence, size - incidence) ~ period + (1 | herd), cbpp, binomial): 63.078274 on 51 df, p = 0.119479; glmer, whose
        // modes stop earlier, has 63.0674.
        var fit = GlmmFitter.Fit(
            ReferenceCase.Frame("cbpp", "incidence / size ~ period + (1 | herd)", "period"),
            new GlmmOptions { Family = Family.Binomial, Nodes = 1 });
        Assert.Equal(51, fit.Pearson!.DegreesOfFreedom);
        Assert.Equal(63.078274, fit.Pearson.Statistic, 1e-4);
        Assert.Equal(0.119479, fit.Pearson.PValue, 1e-5);
    }

    [Fact]
    public void Counts_have_the_ratio_of_glmmTMB()
    {
        // glmmTMB(count ~ arm + x + (1 | g), nbinom2): 154.671745 on 195 df.
        // glmmTMB(number ~ arm + x + (1 | g), poisson): 598.782376 on 196 df.
        var options = new GlmmOptions { Family = Family.NegativeBinomial(1), Nodes = 1 };
        var negative = GlmmFitter.Fit(Frame("count ~ arm + x + (1 | g)"), options).Pearson!;
        Assert.Equal(195, negative.DegreesOfFreedom);
        Assert.Equal(154.671745, negative.Statistic, 1e-3);
        var poisson = GlmmFitter.Fit(Frame("number ~ arm + x + (1 | g)"), options with { Family = Family.Poisson }).Pearson!;
        Assert.Equal(196, poisson.DegreesOfFreedom);
        Assert.Equal(598.782376, poisson.Statistic, 1e-3);
    }

    [Theory]
    [InlineData("number ~ arm + x + (1 | g)", "poisson", false, true)]
    [InlineData("count ~ arm + x + (1 | g)", "negative-binomial(1)", false, true)]
    [InlineData("events / trials ~ arm + x + (1 | g)", "binomial", true, false)]
    [InlineData("events / trials ~ arm + x + (1 | g)", "binomial", false, false)]
    public void The_statistic_is_a_sum_over_rows(string formula, string name, bool beta, bool zeros)
    {
        Assert.True(Family.TryParse(name, out var family));
        var frame = Frame(formula);
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = family, BetaBinomial = beta, ZeroInflation = zeros });
        var (sum, phi) = (0.0, fit.Dispersion);
        for (var row = 0; row < frame.Rows; row++)
        {
            var eta = fit.RandomEffects[0].Modes[frame.RandomTerms[0].Groups[row]]
                + Enumerable.Range(0, frame.Design.Columns).Sum(j => fit.Coefficients[j] * frame.Design.Column(j)[row]);
            var mean = fit.Link.Mean(eta);
            var zero = zeros ? 1 / (1 + Math.Exp(-fit.InflationCoefficients[0])) : 0;
            var variance = zeros
                ? mean + (name == "poisson" ? 0 : phi * mean * mean)
                : mean * (1 - mean) / frame.Trials[row] * (beta ? 1 + ((frame.Trials[row] - 1) * phi / (1 + phi)) : 1);

            // The law of total variance over whether the row is an excess zero.
            var total = ((1 - zero) * variance) + (zero * (1 - zero) * mean * mean);
            sum += Math.Pow(frame.Response[row] - ((1 - zero) * mean), 2) / total;
        }

        Assert.Equal(sum, fit.Pearson!.Statistic, 1e-8 * sum);
        Assert.Equal(frame.Rows - fit.ParameterCount, fit.Pearson.DegreesOfFreedom);
    }

    [Fact]
    public void Single_outcomes_and_effects_of_every_row_have_none()
    {
        var binary = ReferenceCase.Frame("toenail", "y ~ treatment + (1 | patientID)");
        Assert.Null(GlmmFitter.Fit(binary, new GlmmOptions { Family = Family.Binomial, Nodes = 3 }).Pearson);
        var every = ReferenceCase.Frame("grouseticks", "TICKS ~ YEAR + (1 | INDEX)", "YEAR");
        Assert.Null(GlmmFitter.Fit(every, new GlmmOptions { Family = Family.Poisson, Nodes = 3 }).Pearson);
    }

    [Fact]
    public void Excess_zeros_that_are_none_leave_the_other_estimates_alone()
    {
        var frame = ReferenceCase.Frame("grouseticks", "TICKS ~ YEAR + (1 | BROOD)", "YEAR");
        var options = new GlmmOptions { Family = Family.NegativeBinomial(1) };
        var plain = GlmmFitter.Fit(frame, options);
        var inflated = GlmmFitter.Fit(frame, options with { ZeroInflation = true });
        Assert.False(inflated.HasExcessZeros);
        Assert.Empty(GlmmInference.Of(inflated).InflationTable());
        Assert.All(
            GlmmPrediction.Of(inflated).Zip(GlmmPrediction.Of(plain)),
            pair => Assert.Equal(pair.Second.Marginal, pair.First.Marginal, 1e-5));
        Assert.Contains(inflated.Warnings, text => text.Contains("excess zeros is estimated as zero", StringComparison.Ordinal));
        Assert.Equal(plain.LogLikelihood, inflated.LogLikelihood, 1e-6);
        for (var j = 0; j < plain.Coefficients.Length; j++)
        {
            Assert.Equal(plain.Coefficients[j], inflated.Coefficients[j], 1e-5);
            Assert.Equal(plain.StandardErrors[j], inflated.StandardErrors[j], 1e-4);
        }
    }

    private static ModelFrame Frame(string formula) => ModelFrameBuilder.Build(
        DatasetReader.Read(Path.Combine(ReferenceCase.Root, "..", "Glmm.Tests", "Reference", "mixtures.csv")),
        new FrameRequest { Formula = FormulaParser.Parse(formula) });
}
