using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;
using MathNet.Numerics.Integration;

namespace MarginalConditional.Means.Tests;

/// <summary>
/// MeanGrid, CellWeights, MeanValues, ComparisonFamilies and JointHypotheses against what can be had without them: cell means of the data,
/// integrals and differences by brute force, tests of another route.
/// </summary>
public sealed class GridTwinTests
{
    private static readonly Dataset Dietox = DatasetReader.Read(ReferenceFiles.Data("dietox"));

    /// <summary>A saturated model has the cells' raw means, so every weighting can be had by hand.</summary>
    [Fact]
    public void Weights_of_a_saturated_model_are_those_of_raw_means()
    {
        var model = Gaussian("dietox", "Weight ~ Cu * Evit", "Pig");
        var (cu, evit, weight) = (Text("Cu"), Text("Evit"), ((NumericColumn)Dietox.Find("Weight")!).Values.ToArray());
        var rows = Enumerable.Range(0, weight.Length).Where(i => !double.IsNaN(weight[i])).ToArray();
        double Mean(Func<int, bool> chosen) => rows.Where(chosen).Average(i => weight[i]);
        double Share(string level) => rows.Count(i => evit[i] == level) / (double)rows.Length;
        string[] levels = [.. evit.Distinct().Order(StringComparer.Ordinal)];
        foreach (var (weighting, expected) in new (MeanWeighting, Func<string, double>)[]
        {
            (MeanWeighting.Equal, own => levels.Average(level => Mean(i => cu[i] == own && evit[i] == level))),
            (MeanWeighting.Cells, own => Mean(i => cu[i] == own)),
            (MeanWeighting.Proportional, own => levels.Sum(level => Share(level) * Mean(i => cu[i] == own && evit[i] == level))),
            (MeanWeighting.Outer, own => levels.Sum(level => Share(level) * Mean(i => cu[i] == own && evit[i] == level))),
        })
        {
            var means = EstimatedMeans.Of(model, new MeansRequest { Variables = ["Cu"], Weighting = weighting }).Means;
            Assert.All(means, mean => Assert.Equal(expected(mean.At[0].Value), mean.Estimate.Estimate, 1e-9));
        }
    }

    /// <summary>Samples lie in batches: a batch's mean is that of its own three samples, not of the thirty.</summary>
    [Fact]
    public void A_nested_factor_is_averaged_within_its_nest()
    {
        var data = DatasetReader.Read(ReferenceFiles.Data("pastes"));
        var strength = ((NumericColumn)data.Find("strength")!).Values.ToArray();
        var batch = (FactorColumn)data.Find("batch")!;
        var means = EstimatedMeans.Of(
            Gaussian("pastes", "strength ~ batch + batch:sample", "batch"), new MeansRequest { Variables = ["batch"] }).Means;
        Assert.Equal(10, means.Count);
        foreach (var mean in means)
        {
            var rows = Enumerable.Range(0, strength.Length).Where(i => batch.Levels[batch.Codes[i]] == mean.At[0].Value);
            Assert.Equal(rows.Average(i => strength[i]), mean.Estimate.Estimate, 1e-9);
        }
    }

    /// <summary>Value by Gauss and Legendre over ±9, error by central differences of it in every parameter, σ included.</summary>
    [Fact]
    public void Integrated_responses_and_their_errors_equal_brute_force()
    {
        var fit = GlmmFitter.Fit(
            MeansFrames.Of("respiratory", "y ~ treatment + centre + age + (1 | subject)", null, ["centre"]),
            new GlmmOptions { Family = Family.Binomial, Nodes = 15 });
        var mean = EstimatedMeans.Of(FittedModel.Of(GlmmInference.Of(fit)), new MeansRequest
        {
            Variables = ["treatment"],
            Scale = MeanScale.Response,
        }).Means[1].Estimate;
        var age = fit.Frame.Design.Column(3).ToArray().Average();
        double Value(double[] psi) => new[] { 0.0, 1.0 }.Average(centre => GaussLegendreRule.Integrate(
            z => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI)
                / (1 + Math.Exp(-(psi[0] + psi[1] + (psi[2] * centre) + (psi[3] * age) + (psi[4] * z)))),
            -9,
            9,
            100));
        var psi = fit.Parameters.ToArray();
        var gradient = new double[psi.Length];
        for (var j = 0; j < psi.Length; j++)
        {
            var step = 1e-5 * Math.Max(1, Math.Abs(psi[j]));
            var (up, down) = ((double[])psi.Clone(), (double[])psi.Clone());
            up[j] += step;
            down[j] -= step;
            gradient[j] = (Value(up) - Value(down)) / (2 * step);
        }

        Assert.Equal(Value(psi), mean.Estimate, 1e-10);
        Assert.Equal(1, mean.StandardError / Math.Sqrt(Dense.QuadraticForm(fit.JointCovariance, gradient)), 1e-7);
    }

    /// <summary>Without covariates in interactions the tests of type III by coefficients are the same hypotheses.</summary>
    [Fact]
    public void Joint_tests_of_factors_equal_tests_of_type_III()
    {
        var inference = LmmReference.KenwardRoger.Of(
            LmmFitter.Fit(MeansFrames.Of("dietox", "Weight ~ Cu * Evit + Time + (1 | Pig)"), new LmmOptions()));
        var byTerm = inference.TermTests(TermHypothesis.Balanced)
            .ToDictionary(test => test.Term, test => test.Test, StringComparer.Ordinal);
        foreach (var (term, test, lost) in EstimatedMeans.Of(FittedModel.Of(inference), new MeansRequest { Joint = true }).JointTests)
        {
            Assert.Equal(0, lost);
            Assert.Equal(byTerm[term].Rank, test.Rank);
            Assert.Equal(1, test.Statistic / byTerm[term].Statistic, 1e-8);
            Assert.Equal(1, test.DenominatorDegreesOfFreedom!.Value / byTerm[term].DenominatorDegreesOfFreedom!.Value, 1e-8);
        }
    }

    [Fact]
    public void Families_are_one_a_group_unless_across_groups()
    {
        var model = Gaussian("dietox", "Weight ~ Cu * Evit", "Pig");
        var request = new MeansRequest { Variables = ["Cu"], By = ["Evit"], Pairs = PairChoice.All };
        Assert.Equal(3, EstimatedMeans.Of(model, request).LargestFamily);
        var across = EstimatedMeans.Of(model, request with { AcrossBy = true });
        Assert.Equal(9, across.LargestFamily);
        Assert.Equal("mvt", across.PairAdjustment.Name);
        var within = EstimatedMeans.Of(model, request);
        for (var i = 0; i < 9; i++)
        {
            Assert.True(across.Pairs[i].Adjusted >= within.Pairs[i].Adjusted - 1e-6);
        }
    }

    private static FittedModel Gaussian(string data, string formula, string cluster) => FittedModel.Of(GeeInference.Of(GeeFitter.Fit(
        MeansFrames.Of(data, formula, cluster),
        new GeeOptions { Family = Family.Gaussian, Correlation = WorkingCorrelation.Independence })));

    private static string[] Text(string name)
    {
        var column = (FactorColumn)Dietox.Find(name)!;
        return [.. column.Codes.ToArray().Select(code => column.Levels[code])];
    }
}
