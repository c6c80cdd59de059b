using System.Globalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Profiling.Tests;

/// <summary>Measures of clustering, each against its formula or a fine sum.</summary>
public sealed class ClusteringMeasuresTests
{
    private static readonly GlmmFit Ohio = GlmmFitter.Fit(
        ModelFrameBuilder.Build(
            DatasetReader.Read(ReferenceFiles.Data("ohio")),
            new FrameRequest { Formula = FormulaParser.Parse("resp ~ age + smoke + (1 | id)") }),
        new GlmmOptions { Family = Family.Binomial, Nodes = 15 });

    [Fact]
    public void Standard_errors_of_clustering_measures_equal_the_delta_method_by_differences()
    {
        var measures = ClusteringMeasures.Of(Ohio)!;
        double Delta(Func<double[], double> measure) => DeltaOf(Ohio, measure);
        Assert.Equal(Delta(psi => psi[3] * psi[3] / ((psi[3] * psi[3]) + (Math.PI * Math.PI / 3))), measures.Latent.StandardError, 1e-6);
        Assert.Equal(Delta(psi => Math.Exp(0.95387255240 * psi[3])), measures.MedianOddsRatio!.StandardError, 1e-5);
        Assert.Equal(3 * measures.Observed.StandardError, measures.DesignEffect.StandardError, 1e-12);
        Assert.Equal(Observed(Ohio, Ohio.Parameters.ToArray()), measures.Observed.Estimate, 1e-10);
        Assert.Equal(Delta(psi => Observed(Ohio, psi)), measures.Observed.StandardError, 1e-6);

        // On the logit scale the interval is symmetric.
        double Logit(double p) => Math.Log(p / (1 - p));
        Assert.Equal(2 * Logit(measures.Latent.Estimate), Logit(measures.Latent.Lower) + Logit(measures.Latent.Upper), 1e-10);
    }

    private static double DeltaOf(GlmmFit fit, Func<double[], double> measure)
    {
        var m = fit.ParameterCount;
        var slope = new double[m];
        for (var j = 0; j < m; j++)
        {
            var (up, down) = (fit.Parameters.ToArray(), fit.Parameters.ToArray());
            up[j] += 1e-5;
            down[j] -= 1e-5;
            slope[j] = (measure(up) - measure(down)) / 2e-5;
        }

        return Math.Sqrt(Dense.QuadraticForm(fit.JointCovariance, slope));
    }

    // Toenail, σ = 4.01: an independent trapezoid of 400,001 points gives 0.608108, and 40 Gauss–Hermite nodes gave 0.608275.
    [Fact]
    public void The_correlation_observed_in_toenail_is_exact_at_a_large_variance()
    {
        var toenail = GlmmFitter.Fit(
            ModelFrameBuilder.Build(
                DatasetReader.Read(ReferenceFiles.Data("toenail")),
                new FrameRequest { Formula = FormulaParser.Parse("y ~ treatment * time + (1 | patientID)") }),
            new GlmmOptions { Family = Family.Binomial, Nodes = 50 });
        var measured = ClusteringMeasures.Of(toenail)!.Observed.Estimate;
        Assert.Equal(0.608108, measured, 5e-7);
        Assert.Equal(Observed(toenail, toenail.Parameters.ToArray()), measured, 1e-10);

        // The limits the console approves are those of a fit with 25 nodes.
        var fewer = GlmmFitter.Fit(toenail.Frame, new GlmmOptions { Family = Family.Binomial, Nodes = 25 });
        var observed = ClusteringMeasures.Of(fewer)!.Observed;
        Assert.Equal(DeltaOf(fewer, psi => Observed(fewer, psi)), observed.StandardError, 1e-6);
        var spread = 1.959963985 * observed.StandardError / (observed.Estimate * (1 - observed.Estimate));
        var logit = Math.Log(observed.Estimate / (1 - observed.Estimate));
        Assert.Equal(1 / (1 + Math.Exp(-(logit + spread))), observed.Upper, 1e-8);
        Assert.Equal("0.667", observed.Upper.ToString("F3", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    public void The_observed_correlation_is_exact_when_clusters_hardly_ever_mix(double sigma)
    {
        var data = StubbornClusters.Near(sigma);
        var design = new DesignMatrix(
            data.Rows,
            [DesignMatrix.InterceptName, "x"],
            [.. Enumerable.Repeat(1.0, data.Rows), .. data.X],
            [DesignMatrix.InterceptName, "x"]);
        var fit = GlmmFitter.Fit(
            new ModelFrame(design, data.Response, new Clusters("id", data.Offsets, cluster => $"{cluster}")),
            new GlmmOptions { Family = Family.Binomial, Nodes = 25, CheckNodes = false });
        Assert.Equal(sigma, fit.RandomEffects[0].StandardDeviations[0], 0.1 * sigma);
        Assert.Equal(Observed(fit, fit.Parameters.ToArray()), ClusteringMeasures.Of(fit)!.Observed.Estimate, 1e-10);
    }

    // Σ Var p / Σ p̄(1 − p̄) by a fine sum; rows with equal covariates once.
    private static double Observed(GlmmFit fit, double[] psi)
    {
        var (p, design) = (fit.Coefficients.Length, fit.Frame.Design);
        var known = new Dictionary<double, (double Mean, double Square)>();
        double numerator = 0, denominator = 0;
        for (var i = 0; i < design.Rows; i++)
        {
            var eta = Enumerable.Range(0, p).Sum(j => psi[j] * design.Column(j)[i]);
            if (!known.TryGetValue(eta, out var moments))
            {
                for (var z = -9.0; z <= 9; z += 0.02)
                {
                    var chance = 1 / (1 + Math.Exp(-(eta + (psi[p] * z))));
                    var density = 0.02 * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
                    moments = (moments.Mean + (density * chance), moments.Square + (density * chance * chance));
                }

                known[eta] = moments;
            }

            numerator += moments.Square - (moments.Mean * moments.Mean);
            denominator += moments.Mean * (1 - moments.Mean);
        }

        return numerator / denominator;
    }

    [Fact]
    public void Measures_of_clustering_follow_their_formulas()
    {
        var measures = ClusteringMeasures.Of(Ohio)!;
        var sigma = Ohio.RandomEffects[0].StandardDeviations[0];
        Assert.Equal(sigma * sigma / ((sigma * sigma) + (Math.PI * Math.PI / 3)), measures.Latent.Estimate, 1e-12);
        Assert.Equal(Math.Exp(0.95387255240 * sigma), measures.MedianOddsRatio!.Estimate, 1e-6);
        Assert.Equal(4, measures.EffectiveGroupSize);
        Assert.Equal(1 + (3 * measures.Observed.Estimate), measures.DesignEffect.Estimate, 1e-12);
        Assert.True(measures.Observed.Estimate < measures.Latent.Estimate);
        Assert.True(measures.Observed.Lower < measures.Observed.Estimate && measures.Observed.Estimate < measures.Observed.Upper);
    }

    [Fact]
    public void The_textbook_design_effect_of_thirty_a_unit_is_2_65() =>
        Assert.Equal(2.65, DesignEffect.OfEqualClusters(30, 0.057).Value, 0.01);
}
