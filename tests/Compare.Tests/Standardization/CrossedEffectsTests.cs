using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Standardization;

/// <summary>
/// Crossed effects that reach across the clusters of GEE (patients and raters): which standard errors there are, and that they are those
/// that other ways give. <see cref="ModelInfluence"/> carries the model's own.
/// </summary>
public sealed class CrossedEffectsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    public void The_influences_have_the_covariance_they_were_made_from(int rows)
    {
        double[] covariance = [4, 1, 0, -2, 1, 3, 0, 0.5, 0, 0, 0, 0, -2, 0.5, 0, 5];
        var influence = ModelInfluence.Of(covariance, 4, rows);
        Assert.Equal(Math.Max(rows, 5), influence.Clusters);
        Equal(covariance, influence.Covariance());
        for (var j = 0; j < 4; j++)
        {
            Assert.Equal(0, influence.At(j).Values.ToArray().Sum(), 1e-14);
        }
    }

    [Fact]
    public void Rungs_of_the_model_have_its_own_errors()
    {
        var comparison = Compare("event ~ factor(arm) + (1 | patient) + (1 | rater)");
        var (fit, marginalized) = (comparison.Glmm, comparison.Marginalized);
        var own = Math.Sqrt(fit.JointCovariance[fit.ParameterCount + 1]);
        var averaged = Math.Sqrt(marginalized.Covariance(fit.JointCovariance)[3]);

        // With the arm alone the marginal model is saturated: the projection is the mean itself.
        Assert.Equal(own, Rung(comparison, 0, "log odds ratio").Inference.StandardError, 1e-9);
        Assert.Equal(averaged, Rung(comparison, 1, "log odds ratio").Inference.StandardError, 1e-9);
        Assert.Equal(averaged, Rung(comparison, 2, "log odds ratio").Inference.StandardError, 1e-9);
        Assert.Equal(own, comparison.Effects[0].Conditional.Inference.StandardError, 1e-12);
    }

    [Fact]
    public void Rungs_whatever_the_model_have_those_of_the_clusters_and_nothing_joins_the_two()
    {
        var comparison = Compare("event ~ factor(arm) + (1 | patient) + (1 | rater)");
        var rung = Rung(comparison, 3, "risk difference");

        Assert.Equal(PlainError(comparison, out var difference), rung.Inference.StandardError, 1e-12);
        Assert.Equal(difference, rung.Inference.Estimate, 1e-12);
        Assert.Contains("independent", rung.StandardErrorType, StringComparison.Ordinal);
        Assert.All(comparison.Ladder.Steps, step => Assert.True(
            step.IsZeroByIdentity || (step.From == 2) == double.IsNaN(step.Inference.StandardError)));
        Assert.All(comparison.Ladder.Sides, side => Assert.True(side.Rung > 2 || side.Difference is null));
        Assert.True(double.IsNaN(comparison.Effects[0].Gap.Rest.PValue));
        Assert.Contains(
            comparison.Notes,
            note => note.StartsWith("Values of rater lie in several values of patient", StringComparison.Ordinal));
        Assert.DoesNotContain(comparison.Verdict, sentence => sentence.Contains("Both are right", StringComparison.Ordinal));
    }

    [Fact]
    public void Fewer_clusters_than_parameters_have_the_same_errors()
    {
        // Influences of m parameters need m + 1 rows, and here there are four clusters.
        var comparison = Compare(FewPatients("event ~ factor(arm) + (1 | patient) + (1 | rater)"));
        var (fit, rung) = (comparison.Glmm, Rung(comparison, 3, "risk difference"));

        Assert.True(fit.ParameterCount >= fit.Frame.Clusters.Count);
        Assert.Equal(
            Math.Sqrt(fit.JointCovariance[fit.ParameterCount + 1]), Rung(comparison, 0, "log odds ratio").Inference.StandardError, 1e-9);
        Assert.Equal(PlainError(comparison, out var difference), rung.Inference.StandardError, 1e-12);
        Assert.Equal(difference, rung.Inference.Estimate, 1e-12);
    }

    private static ModelFrame FewPatients(string formula)
    {
        var lines = File.ReadAllLines(ReferenceFiles.Data("rater_site"));
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "few.csv");
            File.WriteAllLines(path, lines.Where((line, i) => i == 0 || line.Split(',')[1] is "p1" or "p2" or "p3" or "p4"));
            return ReferenceFrames.BuildFile(path, formula, "patient");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static LadderRung Rung(ModelComparison comparison, int rung, string scale) => comparison.Ladder.Rungs.Single(own =>
        own.Rung == rung && own.Scale == scale && own.Weighting == ClusterWeighting.Participant);

    /// <summary>The difference of the arms' pooled means with the clusters as independent, by sums.</summary>
    private static double PlainError(ModelComparison comparison, out double difference)
    {
        var frame = comparison.Frame;
        var arm = frame.Design.Column(1).ToArray();
        double[] counts = [arm.Count(value => value == 0), arm.Count(value => value == 1)];
        double[] means = [0, 0];
        for (var i = 0; i < arm.Length; i++)
        {
            means[(int)arm[i]] += frame.Response[i] / counts[(int)arm[i]];
        }

        difference = means[1] - means[0];
        var clusters = frame.Clusters;
        var sum = 0.0;
        for (var c = 0; c < clusters.Count; c++)
        {
            var influence = 0.0;
            for (var i = clusters.Start(c); i < clusters.Start(c + 1); i++)
            {
                var a = (int)arm[i];
                influence += (a == 1 ? 1 : -1) * (frame.Response[i] - means[a]) / counts[a];
            }

            sum += influence * influence;
        }

        return Math.Sqrt(clusters.Count / (clusters.Count - 1.0) * sum);
    }

    private static ModelComparison Compare(string formula) => Compare(ReferenceFrames.Build("rater_site", formula, "patient"));

    private static ModelComparison Compare(ModelFrame frame) =>
        ModelComparer.Compare(frame, new ComparisonOptions
        {
            Treatment = "arm",
            Gee = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Exchangeable },
            Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 1 },
        });

    private static void Equal(double[] expected, double[] actual)
    {
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], actual[k], 1e-13);
        }
    }
}
