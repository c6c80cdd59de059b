using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.Inference;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests;

public sealed class LmmFitProperties
{
    [Fact]
    public void Restricted_likelihood_differs_by_a_known_constant_and_nothing_else_under_another_coding_of_the_design()
    {
        var frame = LinearFrames.Longitudinal(11, 30, 5, slope: true);
        var x = DenseLikelihood.Design(frame);
        var change = Matrix<double>.Build.DenseOfRowArrays([2, 0.5, -300], [0, 3, 7], [0, 1, 0.01]);
        var coded = x * change;
        var names = frame.Design.Names;
        var other = new ModelFrame(
            new DesignMatrix(frame.Rows, names, coded.ToColumnMajorArray(), names),
            frame.Response.ToArray(),
            frame.Clusters)
        { RandomTerms = frame.RandomTerms };
        var (first, second) = (LmmFitter.Fit(frame, new LmmOptions()), LmmFitter.Fit(other, new LmmOptions()));
        Relative.Equal(first.LogLikelihood, second.LogLikelihood + Math.Log(Math.Abs(change.Determinant())), 1e-9);
        Relative.Equal(first.ResidualVariance, second.ResidualVariance, 1e-6);
        var back = change * Vector<double>.Build.Dense(second.Coefficients.ToArray());
        for (var j = 0; j < 3; j++)
        {
            Relative.Equal(first.Coefficients[j], back[j], 1e-7);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Compound_symmetry_equals_a_random_intercept_when_the_correlation_is_positive(bool restricted)
    {
        var with = LmmFitter.Fit(LinearFrames.Longitudinal(12, 40, 4, slope: false), new LmmOptions { Restricted = restricted });
        var without = LmmFitter.Fit(
            LinearFrames.Longitudinal(12, 40, 4, slope: false, random: false),
            new LmmOptions { Restricted = restricted, Residual = ResidualStructure.CompoundSymmetry });
        Relative.Equal(with.LogLikelihood, without.LogLikelihood, 1e-9);
        Relative.Equal(with.RandomEffects[0].Covariance[0], without.ResidualCovariances[0].Covariance[1], 1e-5);
        var adjusted = CovarianceInformation.All.Select(LmmReference.KenwardRogerBy);
        foreach (var reference in restricted ? [.. adjusted, LmmReference.Satterthwaite] : new[] { LmmReference.Satterthwaite })
        {
            var (one, other) = (reference.Of(with).Table(), reference.Of(without).Table());
            for (var j = 0; j < one.Count; j++)
            {
                Relative.Equal(one[j].StandardError, other[j].StandardError, 1e-6);
                Relative.Equal(one[j].DegreesOfFreedom ?? 0, other[j].DegreesOfFreedom ?? 0, 1e-4);
            }
        }
    }

    [Fact]
    public void A_negative_correlation_within_subjects_puts_the_random_intercept_on_zero_exactly()
    {
        var frame = LinearFrames.Longitudinal(13, 60, 2, slope: false, missing: 0, between: 0);
        var y = frame.Response.ToArray();
        for (var i = 0; i < 60; i++)
        {
            (y[2 * i], y[(2 * i) + 1]) = (y[2 * i] - (0.8 * y[(2 * i) + 1]) + 80, y[(2 * i) + 1] - (0.8 * y[2 * i]) + 80);
        }

        var fit = LmmFitter.Fit(frame.WithResponse(y), new LmmOptions());
        Assert.Equal(ConvergenceStatus.Boundary, fit.Convergence.Status);
        Assert.Equal(0, fit.RandomEffects[0].StandardDeviations[0]);
        Assert.Contains(fit.Warnings, warning => warning.Contains("estimated as zero", StringComparison.Ordinal));
        var plain = LinearFrames.Longitudinal(13, 60, 2, slope: false, missing: 0, between: 0, random: false).WithResponse(y);
        Relative.Equal(LmmFitter.Fit(plain, new LmmOptions()).LogLikelihood, fit.LogLikelihood, 1e-10);
        Assert.All(reference(fit), row => Assert.True(row.DegreesOfFreedom > 0));

        static IEnumerable<Coefficient> reference(LmmFit fit) => LmmReference.Satterthwaite.Of(fit).Table();
    }

    [Fact]
    public void No_other_start_leads_higher_even_where_effects_barely_vary()
    {
        for (ulong seed = 100; seed < 130; seed++)
        {
            var frame = LinearFrames.Longitudinal(seed, 6 + (int)(seed % 8), 4, slope: true, between: 0.3 * (seed % 3));
            var fit = LmmFitter.Fit(frame, new LmmOptions { Restricted = seed % 2 == 0 });
            Assert.True(fit.Convergence.Converged, $"{seed}: {fit.Convergence}");
            var numbers = new Numbers(seed);
            for (var k = 0; k < 6; k++)
            {
                var other = LmmFitter.Fit(
                    frame,
                    frame.Response,
                    [],
                    fit.Options,
                    [2 * numbers.Uniform(), numbers.Normal(), 2 * numbers.Uniform()]);
                Assert.True(other.LogLikelihood < fit.LogLikelihood + 1e-6, $"{seed}: {other.LogLikelihood - fit.LogLikelihood}");
            }
        }
    }

    [Fact]
    public void Conditional_modes_and_their_deviations_are_the_moments_of_the_posterior()
    {
        foreach (var frame in new[]
        {
            LinearFrames.Longitudinal(14, 15, 5, slope: true),
            LinearFrames.Nested(3, 5, 3, 2, 3),
            LinearFrames.Crossed(4, 9, 6),
        })
        {
            var fit = LmmFitter.Fit(frame, new LmmOptions());
            var residual =
                DenseLikelihood.Response(frame) - (DenseLikelihood.Design(frame) * Vector<double>.Build.Dense(fit.Coefficients.ToArray()));
            var v = DenseLikelihood.Covariance(fit).Cholesky();
            for (var term = 0; term < frame.RandomTerms.Count; term++)
            {
                var dz = DenseLikelihood.RandomCovariance(fit, term) * DenseLikelihood.RandomDesign(frame, term).Transpose();
                var modes = dz * v.Solve(residual);
                var covariance = DenseLikelihood.RandomCovariance(fit, term) - (dz * v.Solve(dz.Transpose()));
                for (var i = 0; i < modes.Count; i++)
                {
                    Relative.Equal(modes[i], fit.RandomEffects[term].Modes[i], 1e-8);
                    Relative.Equal(Math.Sqrt(covariance[i, i]), fit.RandomEffects[term].ModeStandardErrors[i], 1e-8);
                }
            }
        }
    }

    [Fact]
    public void Autoregression_counts_a_missed_visit()
    {
        var fit = LmmFitter.Fit(
            LinearFrames.Longitudinal(15, 50, 5, slope: false, random: false, missing: 0.4),
            new LmmOptions { Residual = ResidualStructure.FirstOrderAutoregression });
        var residual = fit.ResidualCovariances[0];
        Relative.Equal(Math.Pow(residual.Correlation(0, 1), 3), residual.Correlation(1, 4), 1e-12);
        Relative.Equal(DenseLikelihood.LogLikelihood(fit), fit.LogLikelihood, 1e-10);
    }

    [Fact]
    public void Prior_weights_divide_the_residual_variance()
    {
        var plain = LinearFrames.Longitudinal(16, 20, 4, slope: true);
        var weights = Enumerable.Range(0, plain.Rows).Select(i => 0.5 + (i % 3)).ToArray();
        var frame = new ModelFrame(plain.Design, plain.Response.ToArray(), plain.Clusters)
        {
            Weights = weights,
            RandomTerms = plain.RandomTerms,
            Waves = plain.Waves,
        };
        foreach (var structure in new[] { ResidualStructure.Identity, ResidualStructure.FirstOrderAutoregression })
        {
            var fit = LmmFitter.Fit(frame, new LmmOptions { Residual = structure });
            Relative.Equal(DenseLikelihood.LogLikelihood(fit), fit.LogLikelihood, 1e-9);
        }
    }

    [Fact]
    public void A_wave_seen_twice_is_refused_with_its_place()
    {
        var plain = LinearFrames.Longitudinal(17, 10, 4, slope: false, random: false, missing: 0);
        var waves = plain.Waves.ToArray();
        waves[5] = waves[4];
        var frame = new ModelFrame(plain.Design, plain.Response.ToArray(), plain.Clusters) { Waves = waves };
        var problem =
            Assert.Throws<InputException>(() => LmmFitter.Fit(frame, new LmmOptions { Residual = ResidualStructure.Unstructured }));
        Assert.Contains("Cluster 2 of id has more than one row at wave 1", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pair_of_waves_that_nobody_has_is_refused_when_unstructured()
    {
        var plain = LinearFrames.Longitudinal(18, 30, 2, slope: false, random: false, missing: 0);
        var waves = plain.Waves.ToArray();
        for (var i = 0; i < 15; i++)
        {
            waves[(2 * i) + 1] = 2;
        }

        var frame = new ModelFrame(plain.Design, plain.Response.ToArray(), plain.Clusters) { Waves = waves };
        var problem =
            Assert.Throws<InputException>(() => LmmFitter.Fit(frame, new LmmOptions { Residual = ResidualStructure.Unstructured }));
        Assert.Contains("both of the waves 2 and 3", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_random_intercept_beside_compound_symmetry_is_named()
    {
        var fit = LmmFitter.Fit(
            LinearFrames.Longitudinal(20, 30, 4, slope: false),
            new LmmOptions { Residual = ResidualStructure.CompoundSymmetry });
        Assert.Contains(fit.Warnings, warning => warning.Contains("overlap", StringComparison.Ordinal));
    }

    [Fact]
    public void A_subject_with_one_row_is_counted_when_unstructured()
    {
        var fit = LmmFitter.Fit(
            LinearFrames.Longitudinal(22, 40, 3, slope: false, random: false, missing: 0.6),
            new LmmOptions { Residual = ResidualStructure.Unstructured });
        Assert.Contains(fit.Warnings, warning => warning.Contains("have a single row", StringComparison.Ordinal));
    }

    [Fact]
    public void A_constant_response_is_refused()
    {
        var frame = LinearFrames.Longitudinal(19, 10, 4, slope: false);
        Assert.Throws<InputException>(() => LmmFitter.Fit(frame.WithResponse(new double[frame.Rows]), new LmmOptions()));
    }
}
