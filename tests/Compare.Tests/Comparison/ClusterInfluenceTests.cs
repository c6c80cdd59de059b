using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Compare.Tests.Estimands;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Comparison;

/// <summary>Influence functions against facts found without them: weights moved, clusters left out.</summary>
public sealed class ClusterInfluenceTests
{
    [Fact]
    public void Joined_and_transformed_influence_matches_the_sums_written_out()
    {
        var first = new ClusterInfluence(3, [1, 2, -1, 0.5, 0, -2.5]);
        var second = new ClusterInfluence(3, [4, -3, -1]);
        var difference = ClusterInfluence.Join(first, second).Transform([0, 1, -1], 1);

        Assert.Equal([-2, 3.5, -1.5], difference.Values.ToArray());

        // 3/2 times the sum of squares about the mean 0.
        Assert.Equal(1.5 * (4 + 12.25 + 2.25), difference.Covariance()[0], 1e-13);
        Assert.Equal(Math.Sqrt(27.75), difference.StandardError(0), 1e-13);
    }

    [Fact]
    public void Covariance_is_centred()
    {
        var influence = new ClusterInfluence(4, [1, 1, 1, 2]);
        Assert.Equal(4.0 / 3 * 0.75, influence.Covariance()[0], 1e-13);
    }

    [Fact]
    public void One_cluster_has_no_covariance() => Assert.True(double.IsNaN(new ClusterInfluence(1, [0.3]).Covariance()[0]));

    [Fact]
    public void Estimates_of_different_clusters_cannot_be_joined() =>
        Assert.Throws<ArgumentException>(() => ClusterInfluence.Join(new ClusterInfluence(2, [1, 2]), new ClusterInfluence(3, [1, 2, 3])));

    [Fact]
    public void Gee_influence_is_the_derivative_in_a_clusters_weight()
    {
        var frame = Respiratory();
        var fit = GeeFitter.Fit(frame, Gee(WorkingCorrelation.Independence));
        var influence = ClusterInfluence.Of(GeeInference.Of(fit));
        const double Step = 1e-4;
        foreach (var cluster in new[] { 0, 7, 50, 110 })
        {
            var (more, less) = (Weighted(cluster, Step), Weighted(cluster, -Step));
            for (var j = 0; j < frame.Design.Columns; j++)
            {
                Assert.Equal((more[j] - less[j]) / (2 * Step), influence.Of(cluster)[j], 1e-6);
            }
        }

        double[] Weighted(int cluster, double change)
        {
            var weights = Enumerable.Repeat(1.0, frame.Rows).ToArray();
            weights.AsSpan(frame.Clusters.Start(cluster), frame.Clusters.Size(cluster)).Fill(1 + change);
            var weighted = new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters) { Weights = weights };
            return GeeFitter.Fit(weighted, Gee(WorkingCorrelation.Independence)).Coefficients.ToArray();
        }
    }

    [Fact]
    public void Mixed_model_influence_is_the_derivative_in_a_clusters_multiplicity()
    {
        // With every cluster m times and one of them once more, the estimate moves by about phi / m; the error is of order 1 / m squared.
        const int Copies = 25;
        var frame = Respiratory();
        var fit = GlmmFitter.Fit(frame, Glmm());
        var influence = ClusterInfluence.Of(fit);
        var many = GlmmFitter.Fit(Replicated(frame, Copies, extra: -1), Glmm()).Parameters.ToArray();
        foreach (var cluster in new[] { 60 })
        {
            var moved = GlmmFitter.Fit(Replicated(frame, Copies, extra: cluster), Glmm()).Parameters;
            for (var j = 0; j < many.Length; j++)
            {
                var scale = influence.StandardError(j) / Math.Sqrt(influence.Clusters);
                Assert.True(
                    Math.Abs((Copies * (moved[j] - many[j])) - influence.Of(cluster)[j]) < 0.02 * scale,
                    $"parameter {j} of cluster {cluster}");
            }
        }
    }

    [Fact]
    public void Corrected_influences_give_the_corrected_variances()
    {
        var frame = Respiratory();
        foreach (var variance in new[]
        {
            GeeVariance.Robust,
            GeeVariance.ManclDeRouen,
            GeeVariance.KauermannCarroll,
            GeeVariance.FayGraubard,
        })
        {
            var inference = GeeInference.Of(GeeFitter.Fit(frame, Gee(WorkingCorrelation.Exchangeable)), variance);
            var influence = ClusterInfluence.Of(inference);
            var p = frame.Design.Columns;
            for (var j = 0; j < p; j++)
            {
                var squares = influence.At(j).Values.ToArray().Sum(value => value * value);
                Assert.Equal(inference.Covariance[(j * p) + j], squares, 1e-12);
            }
        }
    }

    [Fact]
    public void Influences_add_up_to_nothing()
    {
        var frame = Respiratory();
        var (gee, glmm) = (GeeFitter.Fit(frame, Gee(WorkingCorrelation.Exchangeable)), GlmmFitter.Fit(frame, Glmm()));
        foreach (var influence in new[] { ClusterInfluence.Of(GeeInference.Of(gee)), ClusterInfluence.Of(glmm) })
        {
            for (var j = 0; j < influence.Estimates; j++)
            {
                Assert.True(Math.Abs(influence.At(j).Values.ToArray().Sum()) < 1e-6 * influence.StandardError(j), $"estimate {j}");
            }
        }
    }

    [Fact]
    public void Standard_errors_of_the_gap_and_of_standardized_effects_agree_with_the_jackknife()
    {
        var frame = Respiratory();
        const int Treatment = 2;
        var (gee, glmm) = (GeeFitter.Fit(frame, Gee(WorkingCorrelation.Exchangeable)), GlmmFitter.Fit(frame, Glmm()));
        var marginalized = Marginalizer.Marginalize(ConditionalModel.Of(glmm));
        var influences = ClusterInfluence.Of(glmm);
        var gap = GapDecomposition.Of(
            (glmm.Coefficients[Treatment], influences.At(Treatment)),
            (marginalized.Estimates[Treatment], influences
                .Transform(marginalized.Jacobian, frame.Design.Columns)
                .Plus(marginalized.CovariateInfluence(frame.Clusters))
                .At(Treatment)),
            (gee.Coefficients[Treatment], ClusterInfluence.Of(GeeInference.Of(gee)).At(Treatment)));
        var standardized = Contrasts(gee, glmm);
        double[] errors = [
            gap.Total.StandardError,
            gap.NonCollapsibility.StandardError,
            gap.Rest.StandardError,
            .. standardized.Select(contrast => contrast.Inference.StandardError),
        ];

        var clusters = frame.Clusters.Count;
        var left = Enumerable.Range(0, clusters).Select(cluster => Estimates(ReferenceFrames.Without(frame, cluster))).ToList();
        for (var k = 0; k < errors.Length; k++)
        {
            var mean = left.Average(estimates => estimates[k]);
            var jackknife = Math.Sqrt(left.Sum(estimates => Math.Pow(estimates[k] - mean, 2)) * (clusters - 1) / clusters);

            // The jackknife is itself an estimate, a few per cent larger with p = 6 coefficients and 111 clusters.
            Assert.InRange(errors[k] / jackknife, 0.86, 1.03);
        }

        double[] Estimates(ModelFrame part)
        {
            var (marginal, mixed) = (GeeFitter.Fit(part, Gee(WorkingCorrelation.Exchangeable)), GlmmFitter.Fit(part, Glmm()));
            var implied = Marginalizer.Marginalize(ConditionalModel.Of(mixed)).Estimates[Treatment];
            var (a, b, c) = (mixed.Coefficients[Treatment], implied, marginal.Coefficients[Treatment]);
            return [a - c, a - b, b - c, .. Contrasts(marginal, mixed).Select(contrast => contrast.Inference.Estimate)];
        }

        static List<StandardizedContrast> Contrasts(GeeFit marginal, GlmmFit mixed) =>
        [
            .. new[] { PredictionModel.Of(GeeInference.Of(marginal)), PredictionModel.Of(mixed) }.SelectMany(model =>
                EffectMeasure.All.SelectMany(measure => StandardizedContrast.Against(
                    model.Standardize("treatment",
                        ["0", "1"],
                        ClusterWeighting.Participant,
                        level => ReferenceFrames.Set(model.Frame.Design, Treatment, level == "1" ? 1 : 0)),
                    measure))),
        ];
    }

    private static ModelFrame Respiratory()
    {
        var frame = ReferenceFrames.Build("respiratory", "y ~ baseline + treatment + gender + I(age / 10) + centre", "subject");
        return ReferenceFrames.Without(frame, -1);
    }

    private static ModelFrame Replicated(ModelFrame frame, int copies, int extra)
    {
        List<int> rows = [];
        List<int> offsets = [0];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            for (var copy = 0; copy < copies + (c == extra ? 1 : 0); copy++)
            {
                rows.AddRange(Enumerable.Range(frame.Clusters.Start(c), frame.Clusters.Size(c)));
                offsets.Add(rows.Count);
            }
        }

        return new ModelFrame(
            ReferenceFrames.Rows(frame.Design, rows),
            [.. rows.Select(i => frame.Response[i])],
            new Clusters("subject", [.. offsets], c => $"{c}"));
    }

    private static GeeOptions Gee(WorkingCorrelation correlation) =>
        new() { Family = Family.Binomial, Correlation = correlation, Threads = 1 };

    private static GlmmOptions Glmm() => new() { Family = Family.Binomial, Nodes = 9, CheckNodes = false, Threads = 1 };
}
