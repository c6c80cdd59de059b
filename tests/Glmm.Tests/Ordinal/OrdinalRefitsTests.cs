using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Ordinal;

/// <summary>Replicates of a bootstrap one by one: a draw, and a fit to it where it has every category.</summary>
public sealed class OrdinalRefitsTests
{
    [Fact]
    public void Replicates_are_the_fits_to_those_draws_that_have_every_category()
    {
        const int count = 10;
        const ulong seed = 6;
        var made = OrdinalShapes.Frame("y ~ x + (1 | g)", seed: 5, groups: 8, categories: 3);
        double[] outcome = [.. Enumerable.Range(0, made.Rows).Select(row => row == 3 || row == 11 ? 2 : Math.Min(1, made.Response[row]))];
        var frame = made.WithResponse(outcome);
        var options = new OrdinalGlmmOptions { Nodes = 3 };
        var fit = OrdinalGlmmFitter.Fit(frame, options);
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        var expected = new List<double[]>();
        var without = 0;
        for (var replicate = 0; replicate < count; replicate++)
        {
            var draw = OrdinalBootstrap.Draw(fit, new RandomStream(seed, 0, (ulong)replicate));
            if (Enumerable.Range(0, 3).Any(code => !draw.Contains(code)))
            {
                without++;
            }
            else if (OrdinalGlmmFitter.Fit(frame.WithResponse(draw), options) is { Convergence.Converged: true } refit)
            {
                expected.Add(refit.Parameters.ToArray());
            }
        }

        var bootstrap = OrdinalBootstrap.Run(fit, count, seed, threads: 1);
        Assert.True(without > 0 && expected.Count > 1, $"{without} {expected.Count}");
        Assert.Equal(expected.Count, bootstrap.Converged);
        for (var replicate = 0; replicate < expected.Count; replicate++)
        {
            Assert.Equal(expected[replicate], bootstrap.Replicate(replicate).ToArray());
        }
    }

    /// <summary>With no more iterations than the fit took some refits do not end, and are no replicates.</summary>
    [Fact]
    public void Refits_that_do_not_converge_are_no_replicates()
    {
        var frame = OrdinalShapes.Frame("y ~ x + (1 | g)", seed: 5, groups: 8, categories: 2);
        var free = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Nodes = 3 });
        var options = new OrdinalGlmmOptions { Nodes = 3, MaximumIterations = free.Convergence.Iterations };
        var fit = OrdinalGlmmFitter.Fit(frame, options);
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        var refits = Enumerable.Range(0, 12).Count(replicate => OrdinalGlmmFitter.Fit(
            frame.WithResponse(OrdinalBootstrap.Draw(fit, new RandomStream(8, 0, (ulong)replicate))), options).Convergence.Converged);
        Assert.InRange(refits, 1, 11);
        Assert.Equal(refits, OrdinalBootstrap.Run(fit, 12, seed: 8, threads: 1).Converged);
    }

    [Fact]
    public void A_fit_without_a_maximum_is_no_model_to_draw_from()
    {
        var frame = OrdinalShapes.Frame("y ~ x + (1 | g)", seed: 5, groups: 8, categories: 3);
        var unfinished = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Nodes = 3, MaximumIterations = 1 });
        Assert.False(unfinished.Convergence.Converged);
        var bootstrap = OrdinalBootstrap.Run(unfinished, 3, 1);
        Assert.Equal((3, 0), (bootstrap.Attempted, bootstrap.Converged));
    }
}
