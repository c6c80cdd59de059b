using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Means.Models;

namespace MarginalConditional.Means.Tests;

/// <summary>
/// Pigs without the cell Cu175, Evit200: which means and tests are estimable, and their numbers, by emmeans 1.8.4.1 under R 4.2.2.
/// </summary>
public sealed class EstimabilityGolden
{
    private static readonly FittedModel Model = Of("Weight ~ Cu * Evit + Time + (1 | Pig)");

    [Fact]
    public void A_mean_over_an_empty_cell_is_not_estimable()
    {
        var means = EstimatedMeans.Of(Model, new MeansRequest { Variables = ["Cu"] }).Means;
        Assert.Equal(60.4282724092, means[0].Estimate.Estimate, 1e-6);
        Assert.Equal(1.34059976097, means[0].Estimate.StandardError, 1e-6);
        Assert.Equal(59.6084179111, means[1].Estimate.Estimate, 1e-6);
        Assert.False(means[2].IsEstimable);
    }

    [Fact]
    public void Weighted_by_its_own_cells_it_is()
    {
        var means = EstimatedMeans.Of(Model, new MeansRequest { Variables = ["Cu"], Weighting = MeanWeighting.Cells }).Means;
        double[] expected = [60.401400514, 59.563340722, 62.836797793];
        double[] errors = [1.33797269211, 1.28321051906, 1.60413587658];
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i], means[i].Estimate.Estimate, 1e-6);
            Assert.Equal(errors[i], means[i].Estimate.StandardError, 1e-6);
        }
    }

    /// <summary>28 of 36 pairs need cells that were seen only; Cu175 Evit000 − Cu175 Evit100 is −3.5254 (3.21).</summary>
    [Fact]
    public void Pairs_with_the_empty_cell_are_not_estimable_and_the_others_are_one_family()
    {
        var pairs = EstimatedMeans.Of(Model, new MeansRequest { Variables = ["Cu", "Evit"], Pairs = PairChoice.All });
        Assert.Equal(36, pairs.Pairs.Count);
        Assert.Equal(28, pairs.Pairs.Count(pair => pair.IsEstimable));
        Assert.Equal(28, pairs.LargestFamily);
        Assert.All(
            pairs.Pairs.Where(pair => !pair.IsEstimable),
            pair => Assert.Contains("Cu175:Evit200", pair.Contrast, StringComparison.Ordinal));
        var one = pairs.Pairs.Single(pair => pair.Contrast == "Cu175:Evit000 - Cu175:Evit100");
        Assert.Equal(-3.5254, one.Own.Estimate, 1e-4);
    }

    /// <summary>A contrast may be estimable although neither mean is: here of two litters in the empty cell.</summary>
    [Fact]
    public void A_contrast_can_be_estimable_where_its_means_are_not()
    {
        var across = EstimatedMeans.Of(
            Of("Weight ~ Cu * Evit + Litter + (1 | Pig)"),
            new MeansRequest
            {
                Variables = ["Cu", "Evit", "Litter"],
                At = [("Litter", ["1", "20"])],
                Contrasts = ["`Cu175:Evit200:1` - `Cu175:Evit200:20`"],
            });
        Assert.False(across.Means.Single(mean => mean.At is [(_, "Cu175"), (_, "Evit200"), (_, "1")]).IsEstimable);
        Assert.True(across.Contrasts[0].IsEstimable);
    }

    /// <summary>emmeans: F = .195, 1.138, .166 on 1, 1 and 3; a comparison each of Cu and Evit is lost.</summary>
    [Fact]
    public void Joint_tests_lose_what_is_not_estimable()
    {
        var tests = EstimatedMeans.Of(Model, new MeansRequest { Joint = true }).JointTests;
        Assert.Equal(["Cu", "Evit", "Time", "Cu:Evit"], tests.Select(test => test.Term));
        Assert.Equal([1, 1, 1, 3], tests.Select(test => test.Test.Rank));
        Assert.Equal([1, 1, 0, 1], tests.Select(test => test.Lost));
        double[] p = [0.658877179443, 0.286118091576, 0, 0.919391830057];
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(p[i], tests[i].Test.PValue, 1e-6);
        }
    }

    private static FittedModel Of(string formula) => FittedModel.Of(LmmReference.Normal.Of(
        LmmFitter.Fit(MeansFrames.Of("dietox_empty", formula), new LmmOptions())));
}
