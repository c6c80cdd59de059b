using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Gee.Fitting;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee;

/// <summary>Fits generalized estimating equations (Liang and Zeger 1986). Stateless; every fit returns, with its convergence and warnings as data.</summary>
public static class GeeFitter
{
    /// <summary>A start this near the solution, in standard errors, is left to the iteration with correlation.</summary>
    private const double StartTarget = 0.1;

    /// <summary>Fits the marginal model of a frame.</summary>
    /// <param name="frame">The rows, sorted by cluster and wave.</param>
    /// <param name="options">What to fit and how.</param>
    /// <exception cref="ArgumentException">An option is out of its range, the frame has no row or no column, or the structure lacks what it needs from the frame.</exception>
    public static GeeFit Fit(ModelFrame frame, GeeOptions options)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (frame.Rows == 0 || frame.Design.Columns == 0)
        {
            throw new ArgumentException("The frame has no row or no column to fit.", nameof(frame));
        }

        if (options.Correlation.DependsOnWaves && frame.Waves.IsEmpty)
        {
            throw new ArgumentException($"The {options.Correlation.Name} correlation needs the waves of the rows.", nameof(frame));
        }

        if (options.Correlation.DependsOnWaves && !options.Correlation.AllowsRepeatedWaves)
        {
            RequireAscendingWaves(frame);
        }

        var data = new GeeData(frame, options);
        var kernel = options.Correlation.CreateKernel(data.CorrelationInput);
        var evaluator = new BlockEvaluator(data);
        var pass = new EstimatingPass(data, evaluator, kernel, options.Threads);
        var newton = new NewtonStep(data.Coefficients);
        var state = new IterationState(data.Coefficients);
        var correlated = kernel is not IndependenceKernel;
        var start = new IndependenceStart(data, pass, newton, options.FixedScale ?? 0);
        start.Run(state, correlated ? StartTarget : options.Tolerance, options.MaximumIterations);
        var scale = options.FixedScale ?? (pass.SumOfSquares / data.ScaleDivisor);
        string? repaired = null;
        double[]? inadmissible = null;
        if (correlated && state.Status == ConvergenceStatus.Converged)
        {
            var iteration = new CorrelationIteration(data, pass, newton, kernel, options);
            iteration.Run(state);
            if (state.Status == ConvergenceStatus.NotPositiveDefinite && options.RepairCorrelation)
            {
                // From the start again: where the first iteration ended it may have gone astray.
                var violation = state.Message;
                state = new IterationState(data.Coefficients);
                start.Run(state, StartTarget, options.MaximumIterations);
                Array.Clear(kernel.Alpha);
                iteration = new CorrelationIteration(data, pass, newton, kernel, options, repairs: true);
                iteration.Run(state);
                repaired = iteration.Repaired ? violation : null;
            }

            scale = iteration.Scale;
            inadmissible = iteration.Inadmissible;
        }

        return new GeeFit(data, evaluator, pass, kernel, options, state, scale, inadmissible ?? [.. kernel.Alpha], repaired);
    }

    private static void RequireAscendingWaves(ModelFrame frame)
    {
        var waves = frame.Waves;
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            for (var row = frame.Clusters.Start(i) + 1; row < frame.Clusters.Start(i) + frame.Clusters.Size(i); row++)
            {
                if (waves[row] <= waves[row - 1])
                {
                    throw new ArgumentException($"The waves of cluster {frame.Clusters.Label(i)} are not ascending: each wave may occur once in a cluster, in order.", nameof(frame));
                }
            }
        }
    }
}
