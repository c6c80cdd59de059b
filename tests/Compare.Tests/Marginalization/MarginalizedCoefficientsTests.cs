using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Marginalization;

/// <summary>Marginalized coefficients, and the model they come from, are values.</summary>
public sealed class MarginalizedCoefficientsTests
{
    [Fact]
    public void A_fit_answers_many_threads_with_the_bits_of_one() => Questions.AskAtOnce(OfOneModel());

    [Fact]
    public void The_order_of_questions_changes_no_bit() => Questions.AskInEitherOrder(OfOneModel());

    [Fact]
    public void A_model_keeps_its_numbers_when_the_arrays_it_was_made_of_change()
    {
        var frame = SmallTrial.Frame(10, seed: 6);
        double[] beta = [0.2, -0.5, 0.1], columns = Enumerable.Repeat(1.0, frame.Rows).ToArray(), factor = [1.5];
        double[] offset = new double[frame.Rows], counts = Enumerable.Repeat(2.0, frame.Rows).ToArray();
        var model = new ConditionalModel(
            frame.Design,
            Link.Logit,
            beta,
            [new RandomEffectBlock(columns, factor, 1, correlated: true)],
            offset,
            counts);
        var before = Marginalizer.Marginalize(model).Estimates.ToArray();
        foreach (var array in new[] { beta, columns, factor, offset, counts })
        {
            array[0] = 9;
        }

        Assert.Equal(before, Marginalizer.Marginalize(model).Estimates.ToArray());
    }

    private static Func<double[]>[] OfOneModel()
    {
        var frame = SmallTrial.Frame(40, seed: 6);
        var ones = Enumerable.Repeat(1.0, frame.Rows).ToArray();
        var model = new ConditionalModel(
            frame.Design,
            Link.Logit,
            [0.2, -0.5, 0.1],
            [new RandomEffectBlock(ones, [1.5], 1, correlated: true)]);
        var marginalized = Marginalizer.Marginalize(model);
        double[] joint = [.. Enumerable.Range(0, 16).Select(k => k % 5 == 0 ? 1 : 0.1)];
        return
        [
            () => marginalized.Covariance(joint),
            () => marginalized.CovariateInfluence(frame.Clusters).Covariance(),
            () => [.. Marginalizer.Marginalize(model).Estimates, .. marginalized.Jacobian, marginalized.LargestResidual],
            () => [
                .. ClosedFormMarginals.Of(marginalized)!.ZegerLiangAlbert,
                .. ClosedFormMarginals.Of(marginalized)!.NeuhausKalbfleischHauck,
            ],
            () => Array.ConvertAll(model.Under(ReferenceFrames.Set(frame.Design, 1, 1)).Points(), point => point.Mean),
        ];
    }
}
