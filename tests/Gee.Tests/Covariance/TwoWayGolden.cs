using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Tests.Covariance;

/// <summary>The numbers of twoway.R: <c>vcovCL(cluster = ~ a + b, type = "HC0", fix = TRUE)</c> of sandwich 3.0.2 under R 4.2.2.</summary>
public sealed class TwoWayGolden
{
    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "salamander", "Mate ~ Cross", "Female", "Male" },
        { "grouseticks", "TICKS ~ YEAR + cHEIGHT", "LOCATION", "YEAR" },
        { "subject_item", "rt ~ cond + freq", "subject", "item" },
        { "rater_site", "hits / trials ~ arm + x", "site", "rater" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Covariances_agree_with_sandwich(string name, string formula, string first, string second)
    {
        var expected = Expected(name);
        var fit = Fit(name, formula, first, second);
        Assert.Equal(expected.GetProperty("smallest").GetDouble() < 0, GeeVariance.TwoWays(fit, second, WayFactor.None).IsRepaired);
        foreach (var factor in new[] { WayFactor.None, WayFactor.Each })
        {
            var numbers = expected.Numbers(factor.Name);
            var largest = numbers.Max(Math.Abs);
            var covariance = GeeInference.Of(fit, GeeVariance.TwoWay(second, factor)).Covariance.ToArray();
            Assert.All(numbers.Zip(covariance), pair => Assert.Equal(pair.First, pair.Second, 1e-7 * largest));
        }
    }

    [Fact]
    public void Scores_of_rows_add_up_to_those_of_clusters()
    {
        var fit = Fit("rater_site", "hits / trials ~ arm + x", "site", "rater");
        var (scores, p) = (RowScores.Of(fit), fit.Coefficients.Length);
        var clusters = fit.Frame.Clusters;
        for (var i = 0; i < clusters.Count; i++)
        {
            for (var j = 0; j < p; j++)
            {
                var sum = Enumerable.Range(clusters.Start(i), clusters.Size(i)).Sum(row => scores[(row * p) + j]);
                Assert.Equal(fit.ClusterScores[(i * p) + j], sum, 1e-9);
            }
        }
    }

    [Fact]
    public void A_second_way_within_the_first_changes_nothing_and_is_said()
    {
        var fit = Fit("rater_site", "hits / trials ~ arm + x", "site", "site:patient");
        var two = GeeInference.Of(fit, GeeVariance.TwoWay("site:patient"));
        var one = GeeInference.Of(fit);
        Assert.All(one.StandardErrors().Zip(two.StandardErrors()), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        Assert.Contains(two.Warnings, warning => warning.Contains("the coarser way alone", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_working_correlation_has_no_scores_of_rows()
    {
        var fit = GeeFitter.Fit(
            Frame("salamander", "Mate ~ Cross", "Female", "Male"),
            new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Exchangeable });
        Assert.Throws<ArgumentException>(() => GeeInference.Of(fit, GeeVariance.TwoWay("Male")));
    }

    private static JsonElement Expected(string name) =>
        ReferenceFiles.Json(ReferenceFiles.Beside("Gee.Tests", "Covariance", "twoway.json")).GetProperty("cases").EnumerateArray()
            .Single(entry => entry.GetProperty("name").GetString() == name);

    private static GeeFit Fit(string name, string formula, string first, string second) => GeeFitter.Fit(
        Frame(name, formula, first, second),
        new GeeOptions
        {
            Family = name == "grouseticks" ? Family.Poisson : name == "subject_item" ? Family.Gaussian : Family.Binomial,
            Correlation = WorkingCorrelation.Independence,
        });

    private static ModelFrame Frame(string name, string formula, string first, string second) => ModelFrameBuilder.Build(
        DatasetReader.Read(ReferenceFiles.Data(name), new DatasetReaderOptions()),
        new FrameRequest
        {
            Formula = FormulaParser.Parse(formula),
            Cluster = first,
            Weights = name == "subject_item" ? "w" : null,
            AuxiliaryGroupings = [second],
        });
}
