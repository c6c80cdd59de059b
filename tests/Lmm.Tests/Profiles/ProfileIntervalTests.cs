using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Lmm.Profiles;
using MarginalConditional.Mixed;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.Parallelism;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Profiles;

public sealed class ProfileIntervalTests
{
    /// <summary>The 0.95 quantile of χ² on one degree of freedom.</summary>
    private const double Cutoff = 3.841458820694124;

    /// <summary>lme4 1.1.31, confint(lmer(Reaction ~ Days + (Days | Subject), REML = FALSE), oldNames = FALSE).</summary>
    /// <remarks>lme4 interpolates its profile by splines: the limits of the correlation agree to 1e-4.</remarks>
    [Fact]
    public void Intervals_of_sleepstudy_are_those_of_lme4()
    {
        var fit = LmmFitter.Fit(LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)"), new LmmOptions());
        var coefficients = ProfileIntervals.OfCoefficients(fit);
        AssertInterval(237.6806955, 265.129515, coefficients[0], 2e-5);
        AssertInterval(7.3586533, 13.575919, coefficients[1], 2e-5);
        var covariance = ProfileIntervals.OfCovariance(fit);
        Assert.Equal(
            ["SD (Intercept) | Subject", "SD Days | Subject", "correlation (Intercept), Days | Subject", "residual SD"],
            covariance.Select(interval => interval.Label));
        AssertInterval(14.381481116, 37.716018740, covariance[0], 2e-5);
        AssertInterval(3.801164762, 8.753366659, covariance[1], 2e-5);
        AssertInterval(-0.481500443, 0.684986139, covariance[2], 1e-4);
        AssertInterval(22.898266215, 28.857997323, covariance[3], 2e-5);
    }

    /// <summary>
    /// lme4 1.1.31, confint(lmer(distance ~ age + Sex + (age | Subject), REML = FALSE), oldNames = FALSE): zero and ±1 are inside.
    /// </summary>
    /// <remarks>lme4 warns there that its profile is not monotonic, and interpolates: hence 1e-3.</remarks>
    [Fact]
    public void Limits_at_the_boundary_are_reported_as_such()
    {
        var fit = LmmFitter.Fit(LmmGolden.Frame("orthodont", "distance ~ age + Sex + (age | Subject)"), new LmmOptions());
        var covariance = ProfileIntervals.OfCovariance(fit);
        AssertInterval(0, 4.691509082, covariance[0], 1e-3);
        AssertInterval(0, 0.392859973, covariance[1], 1e-3);
        AssertInterval(-1, 1, covariance[2], 0);
        AssertInterval(1.097032642, 1.602346933, covariance[3], 1e-3);
        Assert.Equal([true, true, true, false], covariance.Select(interval => interval.LowerIsEdge));
        Assert.Equal([false, false, true, false], covariance.Select(interval => interval.UpperIsEdge));
    }

    /// <summary>
    /// The numbers that crossed.R prints: lme4 1.1.31, confint(lmer(diameter
    /// ~ 1 + (1 | plate) + (1 | sample), REML = FALSE), oldNames = FALSE).
    /// </summary>
    /// <remarks>
    /// At lme4's lower limit of the samples the deviance, minimized by dense
    /// matrices, is 7e-4 above the cutoff, at the one here 6e-6: lme4 interpolates.
    /// </remarks>
    [Fact]
    public void Intervals_of_crossed_effects_are_those_of_lme4()
    {
        var data = DatasetReader.Read(ReferenceFiles.Beside("Lmm.Tests", "Profiles", "penicillin.csv"));
        var fit = LmmFitter.Fit(
            ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("diameter ~ 1 + (1 | plate) + (1 | sample)") }),
            new LmmOptions());
        var covariance = ProfileIntervals.OfCovariance(fit).ToDictionary(interval => interval.Label, StringComparer.Ordinal);
        AssertInterval(0.633565966, 1.182103975, covariance["SD (Intercept) | plate"], 2e-5);
        AssertInterval(1.095789465, 3.556291864, covariance["SD (Intercept) | sample"], 1e-4);
        AssertInterval(0.485845400, 0.629453479, covariance["residual SD"], 2e-5);
    }

    [Fact]
    public void A_standard_deviation_on_the_boundary_has_an_interval_from_zero()
    {
        var interval = ProfileIntervals.OfCovariance(LmmFitter.Fit(
            LinearFrames.Longitudinal(31, 12, 3, slope: false, between: 0),
            new LmmOptions()))[0];
        Assert.Equal(0, interval.Lower);
        Assert.True(interval.Upper > interval.Estimate);
    }

    /// <summary>
    /// At both limits of a covariance parameter −2ℓ, minimized over all others by another method, lies 3.84 above its minimum.
    /// </summary>
    /// <remarks>The simplex method is slow in five dimensions: of the unstructured covariance every third parameter is checked.</remarks>
    [Theory]
    [InlineData("cs")]
    [InlineData("ar1")]
    [InlineData("toep")]
    [InlineData("ar1h")]
    [InlineData("ante")]
    [InlineData("un")]
    public void At_the_limits_of_a_residual_parameter_the_likelihood_ratio_is_the_cutoff(string name)
    {
        Assert.True(ResidualStructure.TryParse(name, out var structure));
        var frame = LinearFrames.Longitudinal(61, 24, 3, slope: false, random: false);
        var fit = LmmFitter.Fit(frame, new LmmOptions { Restricted = false, Residual = structure });
        var intervals = ProfileIntervals.OfCovariance(fit);
        var deviations = intervals.Count(interval => !interval.Label.Contains("rho", StringComparison.Ordinal));
        AssertCutoffs(
            frame,
            fit,
            intervals,
            deviations,
            (cluster, natural) => Restrict(frame, cluster, Covariance(name, natural)),
            every: intervals.Count > 5 ? 3 : 1);
    }

    [Fact]
    public void At_the_limits_of_a_group_s_parameter_the_likelihood_ratio_is_the_cutoff()
    {
        var source = LinearFrames.Longitudinal(62, 30, 3, slope: false, random: false);
        var frame = Grouped(source);
        var fit = LmmFitter.Fit(
            frame,
            new LmmOptions { Restricted = false, Residual = ResidualStructure.FirstOrderAutoregression, ResidualBy = "group" });
        var intervals = ProfileIntervals.OfCovariance(fit);
        Assert.Equal(
            ["residual SD, 0", "residual rho, 0", "residual SD, 1", "residual rho, 1"],
            intervals.Select(interval => interval.Label));
        ProfileInterval[] ordered = [intervals[0], intervals[2], intervals[1], intervals[3]];
        AssertCutoffs(
            frame,
            fit,
            ordered,
            2,
            (cluster, natural) => Restrict(frame, cluster, Covariance("ar1", [natural[cluster % 2], natural[2 + (cluster % 2)]])));
    }

    [Fact]
    public void At_the_limits_of_correlated_effects_the_likelihood_ratio_is_the_cutoff()
    {
        var frame = LinearFrames.Longitudinal(63, 25, 5, slope: true);
        var fit = LmmFitter.Fit(frame, new LmmOptions { Restricted = false });
        var intervals = ProfileIntervals.OfCovariance(fit);
        ProfileInterval[] ordered = [intervals[0], intervals[1], intervals[3], intervals[2]];
        AssertCutoffs(frame, fit, ordered, 3, (cluster, natural) =>
        {
            var (start, size) = (frame.Clusters.Start(cluster), frame.Clusters.Size(cluster));
            var cross = natural[3] * natural[0] * natural[1];
            double Entry(double t, double s) => (natural[0] * natural[0]) + ((t + s) * cross) + (t * s * natural[1] * natural[1]);
            return Matrix<double>.Build.Dense(
                size,
                size,
                (i, j) => Entry(frame.Waves[start + i], frame.Waves[start + j]) + (i == j ? natural[2] * natural[2] : 0));
        });
    }

    [Fact]
    public void With_a_random_intercept_the_correlation_in_time_has_an_interval_too()
    {
        var frame = LinearFrames.Longitudinal(64, 30, 5, slope: false);
        var fit = LmmFitter.Fit(frame, new LmmOptions { Restricted = false, Residual = ResidualStructure.FirstOrderAutoregression });
        var intervals = ProfileIntervals.OfCovariance(fit);
        Assert.Equal(3, intervals.Count);
        AssertCutoffs(frame, fit, intervals, 2, (cluster, natural) =>
            Restrict(frame, cluster, Covariance("ar1", [natural[1], natural[2]], 5) + (natural[0] * natural[0])));
    }

    [Fact]
    public void A_fit_without_a_maximum_has_no_limits()
    {
        var frame = LinearFrames.Longitudinal(63, 25, 5, slope: true);
        var fit = LmmFitter.Fit(frame, new LmmOptions { Restricted = false, MaximumIterations = 1 });
        Assert.False(fit.Convergence.Converged);
        var intervals = ProfileIntervals.OfCoefficients(fit);
        Assert.Equal(frame.Design.Names, intervals.Select(interval => interval.Label));
        Assert.Equal(fit.Coefficients.ToArray(), intervals.Select(interval => interval.Estimate));
        Assert.All(
            intervals.Concat(ProfileIntervals.OfCovariance(fit)),
            interval => Assert.True(double.IsNaN(interval.Lower) && double.IsNaN(interval.Upper) && !interval.RanOut));
    }

    /// <summary>What the first limits have taken is not there for the later ones, which are not looked for.</summary>
    [Fact]
    public void Intervals_after_the_evaluations_of_all_are_taken_have_run_out()
    {
        var frame = LinearFrames.Longitudinal(63, 25, 5, slope: true);
        var first = Intervals(int.MaxValue).Select(interval => interval.RanOut);
        Assert.DoesNotContain(true, first);
        var fewer = Intervals(200);
        Assert.False(fewer[0].RanOut);
        Assert.True(fewer[^1].RanOut && double.IsNaN(fewer[^1].Lower) && double.IsNaN(fewer[^1].Upper));
        Assert.Equal(Intervals(int.MaxValue)[0], fewer[0]);
        IReadOnlyList<ProfileInterval> Intervals(int all) => ProfileIntervals.OfCovariance(LmmFitter.Fit(
            frame,
            new LmmOptions { Restricted = false, Tolerances = new LmmTolerances { AllProfileEvaluations = all } }));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(1000, false)]
    public void Limits_that_would_take_more_evaluations_than_allowed_are_said_to_have_run_out(int allowed, bool ranOut)
    {
        var frame = LinearFrames.Longitudinal(63, 25, 5, slope: false);
        var tolerances = new LmmTolerances { ProfileEvaluations = allowed };
        var fit = LmmFitter.Fit(frame, new LmmOptions { Restricted = false, Tolerances = tolerances });
        Assert.All(ProfileIntervals.Of(fit), interval =>
        {
            Assert.Equal(ranOut, interval.RanOut);
            Assert.Equal(ranOut, double.IsNaN(interval.Lower));
            Assert.Equal(ranOut, double.IsNaN(interval.Upper));
        });
    }

    [Fact]
    public void Every_interval_is_a_step_of_the_work_that_is_told_of()
    {
        var fit = LmmFitter.Fit(LinearFrames.Longitudinal(63, 12, 4, slope: false), new LmmOptions { Restricted = false });
        var heard = new HeardProgress();
        using var scope = ProgressScope.Enter(heard);
        var count = ProfileIntervals.OfCoefficients(fit).Count;
        Assert.Equal(
            Enumerable.Range(0, count + 1).Select(done => new WorkProgress("profile intervals of coefficients", done, count)),
            heard.Reports);
        heard.Reports.Clear();
        count = ProfileIntervals.OfCovariance(fit).Count;
        Assert.Equal(
            Enumerable.Range(0, count + 1).Select(done => new WorkProgress("profile intervals of variances", done, count)),
            heard.Reports);
    }

    private static void AssertCutoffs(
        ModelFrame frame,
        LmmFit fit,
        IReadOnlyList<ProfileInterval> intervals,
        int deviations,
        Func<int, double[], Matrix<double>> covariance,
        int every = 1)
    {
        double[] estimates = [.. intervals.Select(interval => interval.Estimate)];
        Relative.Equal(-2 * fit.LogLikelihood, ConstrainedLikelihood.Deviance(frame, cluster => covariance(cluster, estimates)), 1e-9);
        for (var k = every - 1; k < intervals.Count; k += every)
        {
            foreach (var limit in new[] { intervals[k].Lower, intervals[k].Upper })
            {
                if (limit == 0)
                {
                    continue;
                }

                var start = (double[])estimates.Clone();
                start[k] = limit;
                var ratio = ConstrainedLikelihood.Minimum(frame, covariance, start, deviations, k) + (2 * fit.LogLikelihood);
                Assert.True(Math.Abs(ratio - Cutoff) < 1e-4, $"{intervals[k].Label} at {limit}: {ratio}");
            }
        }
    }

    /// <summary>R over all waves from standard deviations, then correlations.</summary>
    private static Matrix<double> Covariance(string structure, double[] natural, int waves = 3)
    {
        var deviations = structure is "cs" or "ar1" or "toep" ? 1 : waves;
        var rho = natural.AsSpan(deviations).ToArray();
        double Correlation(int i, int j) => i < j ? Correlation(j, i) : i == j ? 1 : structure switch
        {
            "cs" => rho[0],
            "ar1" or "ar1h" => Math.Pow(rho[0], i - j),
            "toep" => rho[i - j - 1],
            "ante" => Enumerable.Range(j, i - j).Aggregate(1.0, (product, k) => product * rho[k]),
            _ => rho[(i * (i - 1) / 2) + j],
        };
        return Matrix<double>.Build.Dense(waves, waves, (i, j) => natural[i % deviations] * natural[j % deviations] * Correlation(i, j));
    }

    private static Matrix<double> Restrict(ModelFrame frame, int cluster, Matrix<double> covariance)
    {
        var (start, size) = (frame.Clusters.Start(cluster), frame.Clusters.Size(cluster));
        return Matrix<double>.Build.Dense(size, size, (i, j) => covariance[frame.Waves[start + i], frame.Waves[start + j]]);
    }

    private static ModelFrame Grouped(ModelFrame source)
    {
        var group = new double[source.Rows];
        for (var c = 0; c < source.Clusters.Count; c++)
        {
            group.AsSpan(source.Clusters.Start(c), source.Clusters.Size(c)).Fill(c % 2);
        }

        return new ModelFrame(source.Design, source.Response.ToArray(), source.Clusters)
        {
            Waves = source.Waves,
            WaveLabels = source.WaveLabels,
            AuxiliaryColumns = [new NumericColumn("group", group)],
        };
    }

    private static void AssertInterval(double lower, double upper, ProfileInterval interval, double tolerance)
    {
        Relative.Equal(lower, interval.Lower, tolerance);
        Relative.Equal(upper, interval.Upper, tolerance);
    }
}
