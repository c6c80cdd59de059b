using MarginalConditional.Compare.Estimands;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Estimands;

/// <summary>Standardized means, and the rule of prediction they come from, are values.</summary>
public sealed class StandardizedMeansTests
{
    [Fact]
    public void A_fit_answers_many_threads_with_the_bits_of_one() => Questions.AskAtOnce(OfTwoFits());

    [Fact]
    public void The_order_of_questions_changes_no_bit() => Questions.AskInEitherOrder(OfTwoFits());

    private static Func<double[]>[] OfTwoFits()
    {
        var frame = SmallTrial.Frame(40, seed: 9);
        var gee = PredictionModel.Of(GeeInference.Of(GeeFitter.Fit(frame, new GeeOptions { Family = Family.Binomial, Threads = 1 })));
        var glmm = PredictionModel.Of(GlmmFitter.Fit(
            frame,
            new GlmmOptions { Family = Family.Binomial, Nodes = 9, Threads = 1, CheckNodes = false }));
        var fixedMeans = Means(gee, ClusterWeighting.Participant);
        return
        [
            () => Numbers(fixedMeans),
            .. new[] { gee, glmm }.SelectMany(model => new Func<double[]>[]
            {
                () => Numbers(Means(model, ClusterWeighting.Participant)),
                () => Numbers(Means(model, ClusterWeighting.Cluster)),
            }),
        ];

        StandardizedMeans Means(PredictionModel model, ClusterWeighting weighting) =>
            model.Standardize("arm", ["0", "1"], weighting, level => ReferenceFrames.Set(frame.Design, 1, level == "1" ? 1 : 0));
    }

    private static double[] Numbers(StandardizedMeans means) =>
    [
        .. means.Means,
        .. means.Influence.Covariance(),
        .. EffectMeasure.All
            .SelectMany(measure => StandardizedContrast.Against(means, measure))
            .Select(contrast => contrast.Inference.StandardError),
    ];
}
