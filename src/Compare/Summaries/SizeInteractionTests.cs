using MarginalConditional.Compare.Designs;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Summaries;

/// <summary>
/// Whether the outcome, or the effect, goes with the size of a cluster: both are added to GEE with independence, centred, and tested.
/// </summary>
/// <remarks>
/// F tests by a sandwich corrected for few clusters on K − p degrees of freedom (Blette and others 2025, who call such tests model-based):
/// Kauermann and Carroll (2001) for one coefficient; for several that rejects twice as often as it should with 12 clusters, and Mancl and
/// DeRouen (2001) does not.
/// </remarks>
internal static class SizeInteractionTests
{
    /// <summary>Runs both tests.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="trial">The arms of the clusters.</param>
    /// <param name="outcomes">nᵢ.</param>
    /// <param name="options">Family, link, tolerances.</param>
    /// <param name="note">Why there is none, or null.</param>
    public static IReadOnlyList<SizeTest> Run(
        ModelFrame frame, TrialArms trial, ClusterOutcomes outcomes, SummaryOptions options, out string? note)
    {
        note = null;
        var extension = new DesignExtension(frame.Design, options.Tolerances.Confounded);
        var (size, unit) = Scaled(frame, outcomes.Sizes);
        extension.Add("size", size);
        var outcome = extension.Added;
        for (var arm = 1; arm < trial.Levels.Count; arm++)
        {
            extension.Add($"size:{trial.Levels[arm]}", InArm(frame, trial, arm, size));
        }

        var columns = frame.Design.Columns + extension.Added;
        if (extension.Added == outcome || frame.Clusters.Count <= columns)
        {
            note = extension.Added == outcome
                ? "The covariates tell the size of the clusters in each arm, so its interaction with the treatment was not tested."
                : "There are too few clusters for a test of the interaction of treatment and size.";
            return [];
        }

        var fit = GeeFitter.Fit(extension.Frame(frame), options.Gee with { Correlation = WorkingCorrelation.Independence });
        if (!fit.Convergence.Converged || fit.Separated is not null)
        {
            note = "GEE with the size of the clusters has no finite solution, so their size was not tested by it.";
            return [];
        }

        List<SizeTest> tests = [Test(SizeTest.EffectBySize, fit, frame.Design.Columns + outcome, unit)];
        if (outcome > 0)
        {
            tests.Add(Test(SizeTest.OutcomeBySize, fit, frame.Design.Columns, unit));
        }

        return tests;
    }

    /// <summary>The F test that the columns from the first on have no effect.</summary>
    private static SizeTest Test(string name, GeeFit fit, int first, double unit)
    {
        var p = fit.Coefficients.Length;
        var variance = first == p - 1 ? GeeVariance.KauermannCarroll : GeeVariance.ManclDeRouen;
        var inference = GeeInference.Of(fit, variance, GeeDegreesOfFreedom.ClustersMinusCoefficients);
        var contrasts = new List<Contrast>();
        for (var column = first; column < p; column++)
        {
            var weights = new double[p];
            weights[column] = 1;
            contrasts.Add(new Contrast(name, weights));
        }

        var test = inference.Test(contrasts);
        var single = contrasts.Count == 1 ? inference.Test(contrasts[0]) : null;
        return new SizeTest(
            name,
            single?.Estimate / unit,
            single?.StandardError / unit,
            test.Statistic,
            test.Rank,
            test.DenominatorDegreesOfFreedom,
            test.PValue);
    }

    /// <summary>The size of each row's cluster less the mean of the clusters, in standard deviations; and one of them.</summary>
    private static (double[] Column, double Unit) Scaled(ModelFrame frame, ReadOnlySpan<double> sizes)
    {
        var mean = SpanMath.Sum(sizes) / sizes.Length;
        var centred = new double[sizes.Length];
        SpanMath.Subtract(sizes, mean, centred);
        var unit = SpanMath.Norm(centred) / Math.Sqrt(sizes.Length);
        var column = new double[frame.Rows];
        for (var c = 0; c < sizes.Length; c++)
        {
            column.AsSpan(frame.Clusters.Start(c), frame.Clusters.Size(c)).Fill(centred[c] / unit);
        }

        return (column, unit);
    }

    private static double[] InArm(ModelFrame frame, TrialArms trial, int arm, double[] size)
    {
        var column = new double[size.Length];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            CancellationScope.Check();
            if (trial.Arms[c] == arm)
            {
                var (start, length) = (frame.Clusters.Start(c), frame.Clusters.Size(c));
                size.AsSpan(start, length).CopyTo(column.AsSpan(start));
            }
        }

        return column;
    }
}
