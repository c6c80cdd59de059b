using MarginalConditional.Data;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Ordinal;

/// <summary>Draws of ordered outcomes, refits to them, and slopes held by a penalty.</summary>
public sealed class OrdinalBootstrapTests
{
    [Fact]
    public void Draws_have_the_probabilities_over_all_clusters()
    {
        const int Draws = 2_000;
        var fit = OrdinalGlmmFitter.Fit(
            OrdinalShapes.Frame("y ~ x + w + (1 + x | g)", seed: 3, groups: 25), new OrdinalGlmmOptions { NominalColumns = [2] });
        var predicted = OrdinalPrediction.Of(fit);
        for (var k = 0; k < 4; k++)
        {
            var expected = predicted.Average(row => row.Marginal[k]);
            double[] shares =
            [
                .. Enumerable.Range(0, Draws).Select(draw =>
                    OrdinalBootstrap.Draw(fit, new RandomStream(9, 1, (ulong)draw)).Count(code => code == k) / (double)fit.Frame.Rows),
            ];
            var mean = shares.Average();
            var error = Math.Sqrt(shares.Sum(share => (share - mean) * (share - mean)) / (Draws - 1.0) / Draws);
            Assert.InRange(mean - expected, -4 * error, 4 * error);
        }
    }

    [Fact]
    public void Replicates_do_not_depend_on_threads_and_scatter_as_the_information_says()
    {
        var fit = OrdinalGlmmFitter.Fit(OrdinalShapes.Frame("y ~ x + w + (1 | g)", seed: 3, groups: 60), new OrdinalGlmmOptions());
        var one = OrdinalBootstrap.Run(fit, 60, seed: 4, threads: 1);
        var two = OrdinalBootstrap.Run(fit, 60, seed: 4, threads: 2);
        Assert.Equal(one.Converged, two.Converged);
        Assert.InRange(one.Converged, 50, 60);
        for (var r = 0; r < one.Converged; r++)
        {
            Assert.Equal(one.Replicate(r).ToArray(), two.Replicate(r).ToArray());
        }

        for (var j = 0; j < fit.ParameterCount; j++)
        {
            var model = Math.Sqrt(fit.JointCovariance[j * (fit.ParameterCount + 1)]);
            Assert.InRange(one.StandardError(j) / model, 0.6, 1.6);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0)]
    public void Refits_are_told_one_after_the_other_and_change_nothing(int threads)
    {
        var fit = OrdinalGlmmFitter.Fit(OrdinalShapes.Frame("y ~ x + (1 | g)", seed: 3, groups: 20), new OrdinalGlmmOptions { Nodes = 5 });
        var (heard, around) = (new HeardProgress(), new HeardProgress());
        using var scope = ProgressScope.Enter(around);
        var told = OrdinalBootstrap.Run(fit, 12, seed: 4, threads, heard);
        var silent = OrdinalBootstrap.Run(fit, 12, seed: 4, threads: 1);
        Assert.Equal(Enumerable.Range(0, 13).Select(done => new WorkProgress("bootstrap refits", done, 12)), heard.Reports);
        Assert.Equal(heard.Reports, around.Reports);
        Assert.Equal(
            Enumerable.Range(0, silent.Converged).SelectMany(r => silent.Replicate(r).ToArray()),
            Enumerable.Range(0, told.Converged).SelectMany(r => told.Replicate(r).ToArray()));
    }

    [Fact]
    public void Rows_that_stand_for_several_outcomes_are_refused()
    {
        var fit = OrdinalGlmmFitter.Fit(
            OrdinalShapes.Frame("y ~ x + (1 | g)", seed: 3, weighted: true), new OrdinalGlmmOptions { Nodes = 1 });
        Assert.Contains("one category a row", Assert.Throws<InputException>(() => OrdinalBootstrap.Run(fit, 2, 1)).Message);
    }

    [Fact]
    public void A_penalty_is_that_of_the_binomial_model()
    {
        var frame = OrdinalShapes.Frame("y ~ x + w + (1 | g)", seed: 11, groups: 15, categories: 2);
        var fit = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Nodes = 9, PenaltyScale = 0.5 });
        var peer = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Nodes = 9, PenaltyScale = 0.5 });
        Assert.Equal(peer.LogLikelihood, fit.LogLikelihood, 1e-8);
        Assert.Equal(-peer.Coefficients[0], fit.Thresholds[0], 1e-6);
        for (var j = 1; j < peer.ParameterCount; j++)
        {
            Assert.Equal(peer.Parameters[j], fit.Parameters[j], 1e-6);
            var m = fit.ParameterCount;
            Assert.Equal(peer.JointCovariance[j * (m + 1)], fit.JointCovariance[j * (m + 1)], 1e-5);
        }

        Assert.Equal(peer.Warnings[0], fit.Warnings[0]);
    }

    [Fact]
    public void A_penalty_makes_separated_categories_estimable()
    {
        var made = OrdinalShapes.Frame("y ~ x + w + (1 | g)", seed: 3, groups: 20, categories: 3);
        double[] outcome = [.. Enumerable.Range(0, made.Rows).Select(row => made.Design.Column(2)[row] > 0 ? 2 : row % 4 < 2 ? 0.0 : 1)];
        var frame = made.WithResponse(outcome);
        Assert.Equal(ConvergenceStatus.Separation, OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions()).Convergence.Status);
        var fit = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { PenaltyScale = 2.5 });
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.InRange(fit.FixedParameters[^1], 2, 30);
    }
}
