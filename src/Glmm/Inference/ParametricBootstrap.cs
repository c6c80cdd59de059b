using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Inference;

/// <summary>Refits to outcomes drawn from a fit: the sampling distribution of the estimates when the model is right.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Glmm;
/// using MarginalConditional.Glmm.Inference;
/// using MarginalConditional.Statistics.Families;
/// using MarginalConditional.Statistics.Parallelism;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + (1 | site)") });
/// var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial });
/// var told = new Progress&lt;WorkProgress&gt;(one =&gt; Console.Error.WriteLine($"{one.Done} of {one.Total}"));
/// var bootstrap = ParametricBootstrap.Run(fit, count: 200, seed: 1, progress: told);
/// var (lower, upper) = bootstrap.PercentileInterval(parameter: 1);
/// Console.WriteLine($"{bootstrap.StandardError(1)}, {lower} to {upper}");
/// </code>
/// </example>
public sealed class ParametricBootstrap
{
    private readonly double[][] replicates;

    private ParametricBootstrap(double[][] replicates, int attempted)
    {
        this.replicates = replicates;
        Attempted = attempted;
    }

    /// <summary>Replicates tried.</summary>
    public int Attempted { get; }

    /// <summary>Replicates whose fit converged; the others are left out of every figure and counted here by their absence.</summary>
    public int Converged => replicates.Length;

    /// <summary>ψ of a converged replicate.</summary>
    /// <param name="index">Its place among the converged ones, in the order of the replicates.</param>
    public ReadOnlySpan<double> Replicate(int index) => replicates[index];

    /// <summary>Draws and refits; a fit that has not converged is no model to draw from, and no replicate of it converges.</summary>
    /// <param name="fit">The model to draw from.</param>
    /// <param name="count">Replicates to try.</param>
    /// <param name="seed">Of the streams: replicate r always gets the same numbers.</param>
    /// <param name="threads">0 for all processors; the result does not depend on it.</param>
    /// <param name="progress">Told of the refits, as <see cref="ProgressScope"/> says; may be null.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    public static ParametricBootstrap Run(
        GlmmFit fit, int count, ulong seed, int threads = 0, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        using var told = ProgressScope.Enter(progress);
        ArgumentNullException.ThrowIfNull(fit);
        var options = fit.Options with
        {
            Nodes = fit.Nodes,
            AutomaticNodes = false,
            CheckNodes = false,
            ComputeCovariance = false,
            Threads = 1,
        };
        return Run(fit.Convergence.Converged, count, threads, replicate =>
        {
            var response = GlmmSimulator.Draw(fit, new RandomStream(seed, 0, (ulong)replicate));
            if (response.AsSpan().ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
            {
                return null;
            }

            var refit = GlmmFitter.Fit(fit.Frame.WithResponse(response), options);
            return refit.Convergence.Converged ? refit.Parameters.ToArray() : null;
        });
    }

    /// <summary>The replicates of a model of any kind.</summary>
    /// <param name="converged">Whether there is a model to draw from.</param>
    /// <param name="count">Replicates to try.</param>
    /// <param name="threads">0 for all processors.</param>
    /// <param name="refit">ψ of the refit to a replicate's draw; null when it did not converge. Called from several threads.</param>
    internal static ParametricBootstrap Run(bool converged, int count, int threads, Func<int, double[]?> refit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (!converged)
        {
            return new ParametricBootstrap([], count);
        }

        var results = new double[]?[count];
        using var work = LongWork.Begin("bootstrap refits", count);
        ParallelWork.For(0, count, threads, replicate =>
        {
            results[replicate] = refit(replicate);
            work.Step();
        });
        return new ParametricBootstrap([.. results.OfType<double[]>()], count);
    }

    /// <summary>The standard deviation of a parameter over the converged replicates; NaN if fewer than two converged.</summary>
    public double StandardError(int parameter)
    {
        if (replicates.Length < 2)
        {
            return double.NaN;
        }

        var mean = replicates.Average(psi => psi[parameter]);
        return Math.Sqrt(replicates.Sum(psi => (psi[parameter] - mean) * (psi[parameter] - mean)) / (replicates.Length - 1));
    }

    /// <summary>
    /// The percentile interval of a parameter: the interpolated quantiles (1 − level)/2 and (1 + level)/2 of the replicates; NaN if fewer
    /// than two converged.
    /// </summary>
    public (double Lower, double Upper) PercentileInterval(int parameter, double level = 0.95)
    {
        var values = replicates.Select(psi => psi[parameter]).Order().ToArray();
        return (Quantile(values, (1 - level) / 2), Quantile(values, (1 + level) / 2));
    }

    private static double Quantile(double[] sorted, double probability)
    {
        if (sorted.Length < 2)
        {
            return double.NaN;
        }

        var place = probability * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
