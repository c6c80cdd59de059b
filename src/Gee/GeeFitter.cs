using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Gee.Fitting;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Gee;

/// <summary>
/// Fits generalized estimating equations (Liang and Zeger 1986). Stateless; every fit returns, with its convergence and warnings as data.
/// </summary>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Gee;
/// using MarginalConditional.Gee.Inference;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm"), Cluster = "site" });
/// var fit = GeeFitter.Fit(frame, new GeeOptions { Family = Family.Binomial });
/// foreach (var row in GeeInference.Of(fit).CoefficientTable())
/// {
///     Console.WriteLine($"{row.Term} {row.Estimate} {row.StandardError}");
/// }
/// </code>
/// </example>
public static class GeeFitter
{
    /// <summary>Fits the marginal model of a frame.</summary>
    /// <param name="frame">The rows, sorted by cluster and wave.</param>
    /// <param name="options">What to fit and how.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="ArgumentException">An option is out of its range, the frame has no
    /// row or no column, or the structure lacks what it needs from the frame.</exception>
    public static GeeFit Fit(ModelFrame frame, GeeOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
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

        var data = new GeeData(frame, options);
        if (options.Correlation.DependsOnWaves && !options.Correlation.AllowsRepeatedWaves)
        {
            RequireAscendingWaves(data.CorrelationInput.Frame);
        }

        var kernel = options.Correlation.CreateKernel(data.CorrelationInput);
        using var pass = new EstimatingPass(data, kernel, options.Threads);
        var solver = new EquationSolver(data, options, kernel, pass);
        solver.Run();
        var fit = GeeFitAssembler.Assemble(data, options, kernel, pass, solver);
        return solver.Separated is { } separated ? fit.AtTheLimit(separated, Rest(frame, separated, options)) : fit;
    }

    /// <summary>
    /// The fit of the rows that are not separated, which decide about the coefficients that are finite; null without any.
    /// </summary>
    /// <remarks>
    /// As the other coefficients grow, the residual of a separated row and its derivative, over the root of its variance, tend to 0: in the
    /// limit the row stays in its cluster with weight 0.
    /// </remarks>
    private static GeeFit? Rest(ModelFrame frame, SeparatedRows separated, GeeOptions options) =>
        separated.KeptColumns.IsEmpty ? null : Fit(frame.Restricted(separated.Rows, separated.KeptColumns), options);

    private static void RequireAscendingWaves(ModelFrame frame)
    {
        var waves = frame.Waves;
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            for (var row = frame.Clusters.Start(i) + 1; row < frame.Clusters.Start(i) + frame.Clusters.Size(i); row++)
            {
                if (waves[row] <= waves[row - 1])
                {
                    throw new ArgumentException(
                        $"The waves of cluster {frame.Clusters.Label(i)} are not ascending: each wave may occur once in a cluster, in "
                            + $"order.",
                        nameof(frame));
                }
            }
        }
    }
}
