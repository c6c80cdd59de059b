using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm.Tests.Hierarchy;

/// <summary>
/// <see cref="CrossedSweep"/> with its <see cref="CrossedMoments"/> against the sweep over all effects side by side, and differences.
/// </summary>
public sealed class CrossedSweepTests
{
    public static TheoryData<string> Shapes => [.. CrossedFrames.Shapes];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Value_gradient_and_curvature_are_those_of_effects_side_by_side(string shape)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var (crossed, spread, theta) = Prepare(shape, seed, seed != 2);
            var (gradient, expected) = (new double[theta.Length], new double[theta.Length]);
            Relative.Equal(spread.Evaluate(theta, expected), crossed.Evaluate(theta, gradient), 1e-11);
            Relative.Equal(expected, gradient, 1e-9);
            Relative.Equal(spread.Root.Coefficients.ToArray(), crossed.Root.Coefficients, 1e-10);
            Relative.Equal(spread.CovarianceDerivative(1), crossed.CovarianceDerivative(1), 1e-9);
            AssertRest(spread, crossed);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradient_equals_differences_also_at_zero(string shape)
    {
        var (likelihood, _, theta) = Prepare(shape, 7, restricted: true);
        foreach (var zero in new[] { false, true })
        {
            theta[0] = zero ? 0 : theta[0];
            theta[^1] = zero ? 0 : theta[^1];
            var gradient = new double[theta.Length];
            likelihood.Evaluate(theta, gradient);
            for (var k = 0; k < theta.Length; k++)
            {
                const double Step = 1e-5;
                var at = theta[k];
                theta[k] = at + Step;
                var up = likelihood.Evaluate(theta, []);
                theta[k] = at - Step;
                var down = likelihood.Evaluate(theta, []);
                theta[k] = at;
                Relative.Equal((up - down) / (2 * Step), gradient[k], 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Modes_and_their_errors_are_those_of_effects_side_by_side(string shape)
    {
        var (crossed, spread, theta) = Prepare(shape, 11, restricted: true);
        var terms = CrossedFrames.Of(shape, 11).RandomTerms;
        crossed.Evaluate(theta, []);
        spread.Evaluate(theta, []);
        var ours = CrossedModes.Compute(crossed, [.. crossed.Data.Hierarchy.Levels.SelectMany(level => level.Terms)]);
        var twins = ConditionalModes.Compute(spread, [.. spread.Data.Hierarchy.Levels.SelectMany(level => level.Terms)]);
        Assert.Equal(terms.Count, ours.Count);
        for (var t = 0; t < ours.Count; t++)
        {
            Assert.Equal(twins[t].Group, ours[t].Group);
            Relative.Equal(twins[t].Covariance.ToArray(), ours[t].Covariance, 1e-10);
            Relative.Equal(twins[t].Modes.ToArray(), ours[t].Modes, 1e-9);
            Relative.Equal(twins[t].ModeStandardErrors.ToArray(), ours[t].ModeStandardErrors, 1e-9);
        }
    }

    /// <summary>Of effects side by side the derivative is that of every copy; the sum of the copies' blocks is wanted.</summary>
    private static void AssertRest(LinearMixedLikelihood spread, LinearMixedLikelihood crossed)
    {
        var (all, ours) = (spread.CovarianceDerivative(0), crossed.CovarianceDerivative(0));
        var (wide, narrow) = (spread.Data.Hierarchy.Levels[0].Dimension, crossed.Data.Hierarchy.Levels[0].Dimension);
        var (start, local) = (0, 0);
        foreach (var term in spread.Data.Hierarchy.Levels[0].Terms)
        {
            for (var a = 0; a < term.Dimension; a++)
            {
                for (var b = 0; b < term.Dimension; b++)
                {
                    var sum = 0.0;
                    for (var group = 0; group < term.GroupCount; group++)
                    {
                        var at = start + (group * term.Dimension);
                        sum += all[((at + a) * wide) + at + b];
                    }

                    Relative.Equal(sum, ours[((local + a) * narrow) + local + b], 1e-9);
                }
            }

            start += term.Dimension * term.GroupCount;
            local += term.Dimension;
        }
    }

    private static (LinearMixedLikelihood Crossed, LinearMixedLikelihood Spread, double[] Theta) Prepare(
        string shape,
        ulong seed,
        bool restricted)
    {
        var frame = CrossedFrames.Of(shape, seed);
        var data = LinearMixedData.Create(frame, frame.Response, frame.Weights, ResidualStructure.Identity, []);
        Assert.NotNull(data.Hierarchy.Layout);
        var theta = data.Start();
        for (var k = 0; k < theta.Length; k++)
        {
            theta[k] += 0.4 * Math.Sin((3.0 * k) + seed);
        }

        return (
            new LinearMixedLikelihood(data, restricted, null, 1),
            new LinearMixedLikelihood(data.Spread(frame.RandomTerms), restricted, null, 1),
            theta);
    }
}
