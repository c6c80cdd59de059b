using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Imputation;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Multiplicity;

namespace MarginalConditional.Means.Tests;

/// <summary>
/// Means pooled over imputed data sets (PooledParts) against the rules applied to the tables of each set; emmeans by mice's rules stands in
/// the tests of the console.
/// </summary>
public sealed class PooledMeansTests
{
    private static readonly FittedModel[] Models = [.. Enumerable.Range(1, 5).Select(Fit)];

    private static FittedModel Fit(int set)
    {
        var table = DatasetReader.Read(ReferenceFiles.Data("imputed_long"));
        var numbers = (NumericColumn)table.Find(".imp")!;
        var part = table.Part([.. Enumerable.Range(0, table.Rows).Where(row => numbers.Values[row] == set)]);

        // Three groups, so that there is a family of pairs.
        var group = new FactorColumn("group", [.. Enumerable.Range(0, part.Rows).Select(row => (row / 6) % 3)], ["p", "q", "r"]);
        var frame = ModelFrameBuilder.Build(part.With(group), new FrameRequest
        {
            Formula = FormulaParser.Parse("y ~ group * x + arm"),
            Cluster = "id",
        });
        return FittedModel.Of(GeeInference.Of(GeeFitter.Fit(
            frame, new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Independence })));
    }

    [Fact]
    public void Each_row_is_pooled_by_itself()
    {
        var request = new MeansRequest { Variables = ["group"], Pairs = PairChoice.All, Slope = "x", Adjustment = Adjustment.None };
        EstimatedMeans[] sets = [.. Models.Select(model => EstimatedMeans.Of(model, request))];
        var pooled = EstimatedMeans.Pool(sets, PoolScale.Identity);
        Same(pooled.Means.Select(row => row.Estimate), row => sets.Select(set => set.Means[row].Estimate));
        Same(pooled.Slopes.Select(row => row.Estimate), row => sets.Select(set => set.Slopes[row].Estimate));
        Same(pooled.Pairs.Select(row => row.Own), row => sets.Select(set => set.Pairs[row].Own));
        Same(pooled.SlopePairs.Select(row => row.Own), row => sets.Select(set => set.SlopePairs[row].Own));
        Assert.Contains(pooled.Notes, note => note.Contains("each data set", StringComparison.Ordinal));

        // Complete-data degrees of freedom that are asked for count in every row.
        var few = EstimatedMeans.Pool(sets, PoolScale.Identity, 27);
        Assert.All(few.Pairs, row => Assert.InRange(row.Own.DegreesOfFreedom!.Value, 1, 27));
    }

    /// <summary>Limits of transformed means stand on the link's scale, and there the means are pooled.</summary>
    [Fact]
    public void Transformed_means_are_pooled_on_the_link()
    {
        var request = new MeansRequest { Variables = ["group"], At = [("x", ["0"])], Scale = MeanScale.Response };
        var link = EstimatedMeans.Pool(
            [.. Models.Select(model => EstimatedMeans.Of(model, request with { Scale = MeanScale.Link }))], PoolScale.Identity);
        var response = EstimatedMeans.Pool([.. Models.Select(model => EstimatedMeans.Of(model, request))], PoolScale.Identity);
        foreach (var (mean, predictor) in response.Means.Zip(link.Means))
        {
            Assert.Equal(Link.Logit.Mean(predictor.Estimate.Estimate), mean.Estimate.Estimate, 1e-10);
            Assert.Equal(Link.Logit.Mean(predictor.Estimate.Upper), mean.Estimate.Upper, 1e-10);
            Assert.Equal(
                Link.Logit.Derivative(predictor.Estimate.Estimate) * predictor.Estimate.StandardError, mean.Estimate.StandardError, 1e-10);
        }
    }

    [Fact]
    public void Averaged_responses_are_pooled_as_they_are_or_by_log_odds()
    {
        var request = new MeansRequest { Variables = ["group"], Scale = MeanScale.Response, AveragesResponses = true };
        EstimatedMeans[] sets = [.. Models.Select(model => EstimatedMeans.Of(model, request))];
        var values = sets.Select(set => set.Means[0].Estimate.Estimate).ToArray();
        Assert.Equal(values.Average(), EstimatedMeans.Pool(sets, PoolScale.Identity).Means[0].Estimate.Estimate, 1e-12);
        Assert.Equal(
            Link.Logit.Mean(values.Average(Link.Logit.Predictor)), EstimatedMeans.Pool(sets, PoolScale.Logit).Means[0].Estimate.Estimate,
            1e-12);
    }

    /// <summary>A family's adjustment knows the whole covariance Ū + (1 + 1/m)B of its comparisons, computed from the models.</summary>
    [Fact]
    public void Families_are_adjusted_by_their_pooled_correlations()
    {
        var request = new MeansRequest { Variables = ["group"], Pairs = PairChoice.All, Adjustment = Adjustment.LargestT };
        EstimatedMeans[] sets = [.. Models.Select(model => EstimatedMeans.Of(model, request))];
        var pooled = EstimatedMeans.Pool(sets, PoolScale.Identity);

        var (estimates, covariances) = (new List<double>(), new List<double>());
        foreach (var model in Models)
        {
            // p - q, p - r, q - r at the mean of x: (Intercept), groupq, groupr, x, arm, groupq:x, groupr:x.
            var x = model.Frame.Design.Column(3).ToArray().Average();
            double[][] rows = [[0, -1, 0, 0, 0, -x, 0], [0, 0, -1, 0, 0, 0, -x], [0, 1, -1, 0, 0, x, -x]];
            estimates.AddRange(rows.Select(row => Dense.Dot(row, model.Coefficients)));
            covariances.AddRange(rows.SelectMany(one => rows.Select(other => Dense.BilinearForm(model.Covariance, one, other))));
        }

        var total = PooledVector.Of([.. estimates], [.. covariances], 5).Total();
        var correlation = total.Select((value, place) => value / Math.Sqrt(total[(place / 3) * 4] * total[(place % 3) * 4])).ToArray();
        var family = new TestFamily(
            [.. pooled.Pairs.Select(row => row.Own.Statistic)],
            [.. pooled.Pairs.Select(row => row.Own.DegreesOfFreedom!.Value)],
            correlation);
        var expected = Adjustment.LargestT.Of(family, 0.95);
        Assert.Equal(expected.PValues, pooled.Pairs.Select(row => row.Adjusted), (one, other) => Math.Abs(one - other) < 1e-9);
        Assert.Equal(Math.Sqrt(total[4]), pooled.Pairs[1].Own.StandardError, 1e-10);
    }

    [Fact]
    public void Joint_tests_are_D1_of_their_comparisons()
    {
        var request = new MeansRequest { Joint = true };
        var pooled = EstimatedMeans.Pool([.. Models.Select(model => EstimatedMeans.Of(model, request))], PoolScale.Identity);
        var interaction = pooled.JointTests.Single(test => test.Term == "group:x").Test;
        var direct = PooledVector.Of(
            [.. Models.SelectMany(model => model.Coefficients.ToArray()[5..7])],
            [.. Models.SelectMany(model => new[] { 40, 41, 47, 48 }.Select(place => model.Covariance[place]))],
            5).Test().Test;
        Assert.Equal(direct.Statistic, interaction.Statistic, 1e-8);
        Assert.Equal(direct.DenominatorDegreesOfFreedom!.Value, interaction.DenominatorDegreesOfFreedom!.Value, 1e-6);
        Assert.Equal(2, interaction.Rank);
    }

    private static void Same(IEnumerable<Coefficient> pooled, Func<int, IEnumerable<Coefficient>> sets)
    {
        var count = 0;
        foreach (var row in pooled)
        {
            var own = sets(count++).ToArray();
            var expected = PooledEstimate.Of(
                [.. own.Select(one => one.Estimate)], [.. own.Select(one => one.StandardError * one.StandardError)]).Test("x", 0.95);
            Assert.Equal(expected.Estimate, row.Estimate, 1e-12);
            Assert.Equal(expected.StandardError, row.StandardError, 1e-12);
            Assert.Equal(expected.DegreesOfFreedom!.Value, row.DegreesOfFreedom!.Value, 1e-6);
            Assert.Equal(expected.Lower, row.Lower, 1e-10);
            Assert.Equal(expected.MissingInformation, row.MissingInformation);
        }

        Assert.True(count > 1);
    }
}
