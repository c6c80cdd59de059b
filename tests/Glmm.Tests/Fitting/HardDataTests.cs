using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm.Profiles;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Fitting;

/// <summary>Data that break fits: each has an answer, or a status that says why there is none.</summary>
public sealed class HardDataTests
{
    private static readonly GlmmOptions Binomial = new() { Family = Family.Binomial };

    [Fact]
    public void Zero_variance_is_reached_exactly_and_gives_the_answer_of_the_generalized_linear_model()
    {
        // Every cluster has the same share of events, less variation than chance: the variance is zero.
        var (x, y) = (new double[80], new double[80]);
        var offsets = new int[21];
        for (var i = 0; i < 80; i++)
        {
            x[i] = i % 4 < 2 ? 0 : 1;
            y[i] = (i / 4) % 2 == 0 ? (i % 4 is 0 or 2 ? 1 : 0) : (i % 4 is 2 or 3 ? 1 : 0);
            offsets[(i / 4) + 1] = i + 1;
        }

        var fit = GlmmFitter.Fit(Frame(x, y, offsets), Binomial);

        Assert.Equal(ConvergenceStatus.Boundary, fit.Convergence.Status);
        Assert.True(fit.Convergence.Converged);
        Assert.Equal(0, fit.RandomEffects[0].StandardDeviations[0]);
        var (low, high) = (Share(x, y, 0), Share(x, y, 1));
        Assert.Equal(Math.Log(low / (1 - low)), fit.Coefficients[0], 1e-9);
        Assert.Equal(Math.Log(high / (1 - high)) - Math.Log(low / (1 - low)), fit.Coefficients[1], 1e-9);
        Assert.Equal(Math.Sqrt(1 / (40 * low * (1 - low))), fit.StandardErrors[0], 1e-6);
        var log = y.Zip(x).Sum(pair => Math.Log(pair.First == 1 ? (pair.Second == 0 ? low : high) : 1 - (pair.Second == 0 ? low : high)));
        Assert.Equal(log, fit.LogLikelihood, 1e-9);
        Assert.Contains(fit.Warnings, warning => warning.Contains("boundary", StringComparison.Ordinal));
        Assert.All(fit.RandomEffects[0].Modes.ToArray(), mode => Assert.Equal(0, mode));
    }

    [Fact]
    public void A_covariate_in_units_of_a_hundred_million_gives_the_same_fit()
    {
        var frame = SyntheticFrames.Make(7, Family.Binomial, [60], effects: 2);
        var fit = GlmmFitter.Fit(frame, Binomial);
        const double Unit = 1e8;
        var design = frame.Design.Values.ToArray();
        var random = frame.RandomTerms[0].Values.ToArray();
        for (var i = frame.Rows; i < 2 * frame.Rows; i++)
        {
            design[i] *= Unit;
            random[i] *= Unit;
        }

        var term = frame.RandomTerms[0];
        var large = new ModelFrame(
            new DesignMatrix(frame.Rows, frame.Design.Names, design, frame.Design.Terms),
            frame.Response.ToArray(),
            frame.Clusters)
        {
            RandomTerms = [new RandomTermDesign(
                term.Group,
                term.Groups.ToArray(),
                term.GroupCount,
                term.Label,
                term.Names,
                random,
                correlated: true)],
        };
        var rescaled = GlmmFitter.Fit(large, Binomial);

        Assert.True(rescaled.Convergence.Converged);
        Assert.DoesNotContain(rescaled.Warnings, warning => warning.Contains("scale", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(fit.LogLikelihood, rescaled.LogLikelihood, 1e-8);
        Assert.Equal(fit.Coefficients[1], rescaled.Coefficients[1] * Unit, 1e-6);
        Assert.Equal(fit.StandardErrors[1], rescaled.StandardErrors[1] * Unit, 1e-5);
        Assert.Equal(fit.RandomEffects[0].StandardDeviations[1], rescaled.RandomEffects[0].StandardDeviations[1] * Unit, 1e-5);
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e-9)]
    public void A_gaussian_outcome_in_another_unit_gives_the_same_fit(double unit)
    {
        var options = new GlmmOptions { Family = Family.Gaussian };
        var frame = SyntheticFrames.Make(11, Family.Gaussian, [30], effects: 2);
        var fit = GlmmFitter.Fit(frame, options);
        var other = new ModelFrame(frame.Design, [.. frame.Response.ToArray().Select(y => unit * y)], frame.Clusters)
        {
            RandomTerms = frame.RandomTerms,
        };
        var rescaled = GlmmFitter.Fit(other, options);

        Assert.Equal(fit.Convergence.Status, rescaled.Convergence.Status);
        Assert.Equal(fit.LogLikelihood, rescaled.LogLikelihood + (frame.Rows * Math.Log(unit)), 1e-7);
        for (var j = 0; j < fit.Coefficients.Length; j++)
        {
            Assert.Equal(fit.Coefficients[j], rescaled.Coefficients[j] / unit, 1e-6);
            Assert.Equal(fit.StandardErrors[j], rescaled.StandardErrors[j] / unit, 1e-6);
        }

        for (var a = 0; a < 2; a++)
        {
            Assert.Equal(fit.RandomEffects[0].StandardDeviations[a], rescaled.RandomEffects[0].StandardDeviations[a] / unit, 1e-5);
        }
    }

    [Fact]
    public void Clusters_without_events_are_fitted()
    {
        var frame = SyntheticFrames.Make(3, Family.Binomial, [40], deviation: 2.5);
        var offsets = frame.Clusters.Offsets.ToArray();
        var response = frame.Response.ToArray();
        for (var i = 0; i < 15; i++)
        {
            response.AsSpan(offsets[i], offsets[i + 1] - offsets[i]).Clear();
        }

        var fit = GlmmFitter.Fit(frame.WithResponse(response), Binomial);
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.All(Enumerable.Range(0, 15), cluster => Assert.True(fit.RandomEffects[0].Modes[cluster] < 0));
    }

    [Fact]
    public void One_cluster_ends_with_a_status()
    {
        var frame = SyntheticFrames.Make(5, Family.Binomial, [1], size: 40);
        var fit = GlmmFitter.Fit(frame, Binomial);
        Assert.True(double.IsFinite(fit.LogLikelihood));
        Assert.Equal(ConvergenceStatus.Boundary, fit.Convergence.Status);
        Assert.Contains(
            "variance of (Intercept) between values of g0 is estimated as zero",
            fit.Convergence.Message,
            StringComparison.Ordinal);
        Assert.Contains(fit.Convergence.Message, fit.Warnings);
    }

    [Fact]
    public void Clusters_of_one_binary_outcome_are_said_to_tell_nothing_of_a_variance()
    {
        var many = SyntheticFrames.Make(5, Family.Binomial, [120], size: 1);
        Assert.Equal(many.Rows, many.Clusters.Count);
        Assert.Contains(GlmmFitter.Fit(many, Binomial).Warnings, warning => warning.Contains("a single outcome", StringComparison.Ordinal));
        Assert.DoesNotContain(
            GlmmFitter.Fit(SyntheticFrames.Make(5, Family.Binomial, [40]), Binomial).Warnings,
            warning => warning.Contains("a single outcome", StringComparison.Ordinal));
    }

    [Fact]
    public void A_slope_of_a_covariate_that_is_constant_within_clusters_is_fitted()
    {
        var frame = SyntheticFrames.Make(11, Family.Binomial, [50], effects: 2);
        var random = frame.RandomTerms[0].Values.ToArray();
        var offsets = frame.Clusters.Offsets;
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            random.AsSpan(frame.Rows + offsets[c], offsets[c + 1] - offsets[c]).Fill(c % 3);
        }

        var term = frame.RandomTerms[0];
        var constant = new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
        {
            RandomTerms = [new RandomTermDesign(
                term.Group,
                term.Groups.ToArray(),
                term.GroupCount,
                term.Label,
                term.Names,
                random,
                correlated: true)],
        };
        var fit = GlmmFitter.Fit(constant, Binomial with { Nodes = 25 });
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());

        // Within a cluster there is one effect only, of variance D00 + 2cD01 + c²D11: its likelihood by a fine sum.
        var d = fit.RandomEffects[0].Covariance.ToArray();
        var expected = 0.0;
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var value = c % 3;
            var deviation = Math.Sqrt(d[0] + (2 * value * d[1]) + (value * value * d[3]));
            var sum = 0.0;
            for (var z = -9.0; z <= 9; z += 0.01)
            {
                var log = -0.5 * z * z;
                for (var i = offsets[c]; i < offsets[c + 1]; i++)
                {
                    var eta = Enumerable.Range(0, 3).Sum(j => fit.Coefficients[j] * frame.Design.Column(j)[i]) + (deviation * z);
                    log += (frame.Response[i] * eta) - Math.Log(1 + Math.Exp(eta));
                }

                sum += 0.01 * Math.Exp(log);
            }

            expected += Math.Log(sum / Math.Sqrt(2 * Math.PI));
        }

        Assert.Equal(expected, fit.LogLikelihood, 1e-3);
    }

    [Fact]
    public void Counts_without_overdispersion_end_with_the_Poisson_fit_and_a_sentence()
    {
        var frame = SyntheticFrames.Make(3, Family.Poisson, [50]);
        var narrow = frame.WithResponse([.. Enumerable.Range(0, frame.Rows).Select(i => 3.0 + (i % 2))]);
        var fit = GlmmFitter.Fit(narrow, new GlmmOptions { Family = Family.NegativeBinomial(1) });
        var poisson = GlmmFitter.Fit(narrow, new GlmmOptions { Family = Family.Poisson });
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.Equal(poisson.LogLikelihood, fit.LogLikelihood, 1e-6);
        Assert.Equal(poisson.Coefficients[1], fit.Coefficients[1], 1e-5);
        Assert.Equal(0, fit.RandomEffects[0].StandardDeviations[0]);
        Assert.Contains(
            fit.Warnings,
            warning => warning.Contains("dispersion of the negative binomial is estimated as zero", StringComparison.Ordinal));
    }

    [Fact]
    public void Counts_that_are_not_whole_are_warned_of()
    {
        var frame = SyntheticFrames.Make(3, Family.Poisson, [50]);
        var response = frame.Response.ToArray();
        response[4] += 0.5;
        response[9] += 0.25;
        Assert.Contains(
            GlmmFitter.Fit(frame.WithResponse(response), new GlmmOptions { Family = Family.Poisson }).Warnings,
            warning => warning.StartsWith("2 counts are not whole numbers", StringComparison.Ordinal));
        Assert.DoesNotContain(
            GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Poisson }).Warnings,
            warning => warning.Contains("whole", StringComparison.Ordinal));
        var proportion = SyntheticFrames.Make(3, Family.Binomial, [50]);
        var part = proportion.Response.ToArray();
        part[7] = 0.3;
        Assert.Contains(
            GlmmFitter.Fit(proportion.WithResponse(part), Binomial).Warnings,
            warning => warning.StartsWith("One number of events", StringComparison.Ordinal));
    }

    [Fact]
    public void As_many_effects_as_distinct_rows_cannot_be_told_from_the_residual()
    {
        // A random effect for each of two visits, every visit once a cluster.
        var (n, clusters) = (80, 40);
        var design = new double[2 * n];
        var groups = new int[n];
        var response = new double[n];
        var stream = new RandomStream(8, 0, 0);
        for (var i = 0; i < n; i++)
        {
            (design[i], design[n + i], groups[i], response[i]) = (1, i % 2, i / 2, stream.NextNormal() + (i / 2 % 5));
        }

        var terms = new RandomTermDesign("id", groups, clusters, g => $"{g}", ["(Intercept)", "visit2"], design, correlated: true);
        var frame = new ModelFrame(
            new DesignMatrix(n, ["(Intercept)", "visit2"], design, ["(Intercept)", "visit"]),
            response,
            new Clusters("id", [.. Enumerable.Range(0, clusters + 1).Select(c => 2 * c)], g => $"{g}"))
        {
            RandomTerms = [terms],
        };
        const string Sentence = "cannot be told from the residual";
        Assert.Contains(
            GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Gaussian, Nodes = 1 }).Warnings,
            warning => warning.Contains(Sentence, StringComparison.Ordinal));

        // One cluster that repeats a visit separates the two.
        var moved = (double[])design.Clone();
        moved[n + 1] = 0;
        var repeated = frame.WithTerms(
            new DesignMatrix(n, ["(Intercept)", "visit2"], moved, ["(Intercept)", "visit"]),
            [new RandomTermDesign("id", groups, clusters, g => $"{g}", terms.Names, moved, correlated: true)]);
        Assert.DoesNotContain(
            GlmmFitter.Fit(repeated, new GlmmOptions { Family = Family.Gaussian, Nodes = 1 }).Warnings,
            warning => warning.Contains(Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void A_million_trials_a_row_keep_their_digits()
    {
        var stream = new RandomStream(1, 2, 3);
        const int Rows = 60;
        var (x, y, trials) = (new double[Rows], new double[Rows], new double[Rows]);
        var offsets = new int[21];
        for (var i = 0; i < Rows; i++)
        {
            x[i] = i % 3;
            trials[i] = 1e6;
            var effect = i % 3 == 0 ? 0.5 * stream.NextNormal() : 0;
            y[i] = Math.Round(1e6 / (1 + Math.Exp(1 - (0.2 * x[i]) - (0.5 * Math.Sin(i / 3)) - (0.001 * effect)))) / 1e6;
            offsets[(i / 3) + 1] = i + 1;
        }

        var plain = Frame(x, y, offsets);
        var frame = new ModelFrame(plain.Design, y, plain.Clusters) { Trials = trials };
        var fit = GlmmFitter.Fit(frame, Binomial);
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.Equal(0.2, fit.Coefficients[1], 1e-3);
        Assert.True(fit.RandomEffects[0].ModeStandardErrors[0] < 0.005);
    }

    [Fact]
    public void Complete_separation_is_named()
    {
        var frame = SyntheticFrames.Make(9, Family.Binomial, [30]);
        var response = new double[frame.Rows];
        for (var i = 0; i < response.Length; i++)
        {
            response[i] = frame.Design.Column(1)[i] > 0.1 ? 1 : 0;
        }

        var fit = GlmmFitter.Fit(frame.WithResponse(response), Binomial);
        Assert.Equal(ConvergenceStatus.Separation, fit.Convergence.Status);
        Assert.False(fit.Convergence.Converged);
        Assert.Contains(
            fit.Warnings,
            warning => warning.Contains("separat", StringComparison.Ordinal) && warning.Contains("x", StringComparison.Ordinal));

        // Every outcome has probability 1 at the limit, whatever the random effects.
        Assert.Equal(0, fit.LogLikelihood);
        Assert.True(double.IsNaN(fit.RandomEffects[0].StandardDeviations[0]));
        Assert.All(fit.RandomEffects[0].Modes.ToArray(), mode => Assert.True(double.IsNaN(mode)));
    }

    [Theory]
    [InlineData("binomial", "logit")]
    [InlineData("binomial", "probit")]
    [InlineData("binomial", "cloglog")]
    [InlineData("poisson", "log")]
    public void An_arm_without_events_is_named_and_its_profile_interval_has_one_end(string familyName, string linkName)
    {
        Assert.True(Family.TryParse(familyName, out var family));
        Assert.True(Link.TryParse(linkName, out var link));
        var frame = SyntheticFrames.Make(12, family, [60]);
        var response = frame.Response.ToArray();
        for (var i = 0; i < response.Length; i++)
        {
            response[i] = frame.Design.Column(2)[i] > 0 ? 0 : response[i];
        }

        var fit = GlmmFitter.Fit(frame.WithResponse(response), new GlmmOptions { Family = family, Link = link });
        Assert.Equal(ConvergenceStatus.Separation, fit.Convergence.Status);
        Assert.Contains(fit.Warnings, warning => warning.Contains("separated along \"w\"", StringComparison.Ordinal));
        var interval = GlmmProfiles.OfCoefficient(fit, 2);
        Assert.Equal(double.NegativeInfinity, interval.Lower);
        Assert.InRange(interval.Upper, -12, -0.5);

        // Held at that end, its column in the offset, the model is just rejected against the supremum.
        var design = new DesignMatrix(
            frame.Rows,
            ["(Intercept)", "x"],
            frame.Design.Values[..(2 * frame.Rows)].ToArray(),
            ["(Intercept)", "x"]);
        var held = new ModelFrame(design, response, frame.Clusters)
        {
            RandomTerms = frame.RandomTerms,
            Offset = [.. frame.Design.Column(2).ToArray().Select(w => w * interval.Upper)],
        };
        Assert.Equal(3.841458820694124, 2 * (fit.LogLikelihood - GlmmFitter.Fit(held, fit.Options).LogLikelihood), 1e-3);
    }

    [Fact]
    public void A_penalty_makes_separated_data_estimable_and_is_announced()
    {
        var frame = SyntheticFrames.Make(9, Family.Binomial, [30]);
        var response = new double[frame.Rows];
        for (var i = 0; i < response.Length; i++)
        {
            response[i] = frame.Design.Column(2)[i] > 0.5 && frame.Design.Column(1)[i] > -3 ? 1 : frame.Response[i];
        }

        var fit = GlmmFitter.Fit(frame.WithResponse(response), Binomial with { PenaltyScale = 2.5 });
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.True(fit.Coefficients[2] is > 1 and < 20);
        Assert.Contains(fit.Warnings, warning => warning.Contains("penalty", StringComparison.Ordinal));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var frame = SyntheticFrames.Make(13, Family.Binomial, [900]);
        var one = GlmmFitter.Fit(frame, Binomial with { Threads = 1 });
        var two = GlmmFitter.Fit(frame, Binomial with { Threads = 3 });
        Assert.Equal(one.LogLikelihood, two.LogLikelihood);
        Assert.True(one.Parameters.SequenceEqual(two.Parameters));
        Assert.True(one.JointCovariance.SequenceEqual(two.JointCovariance));
    }

    [Fact]
    public void Quadrature_over_crossed_groupings_is_refused_with_a_sentence()
    {
        var frame = SyntheticFrames.Make(17, Family.Binomial, [6]);
        var groups = new int[frame.Rows];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = i % 4;
        }

        var ones = new double[frame.Rows];
        Array.Fill(ones, 1);
        var crossed = new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
        {
            RandomTerms =
                [frame.RandomTerms[0], new RandomTermDesign("other", groups, 4, g => $"{g}", ["(Intercept)"], ones, correlated: true)],
        };
        Assert.Null(GlmmFitter.Problem(crossed, Binomial));
        Assert.Contains("crossed", GlmmFitter.Problem(crossed, Binomial with { Nodes = 3 }), StringComparison.Ordinal);
    }

    private static double Share(double[] x, double[] y, double value) =>
        x.Zip(y).Where(pair => pair.First == value).Average(pair => pair.Second);

    private static ModelFrame Frame(double[] x, double[] y, int[] offsets)
    {
        var design = new double[2 * x.Length];
        design.AsSpan(0, x.Length).Fill(1);
        x.CopyTo(design, x.Length);
        return new ModelFrame(
            new DesignMatrix(x.Length, ["(Intercept)", "x"], design, ["(Intercept)", "x"]),
            y,
            new Clusters("id", offsets, i => $"{i}"));
    }
}
