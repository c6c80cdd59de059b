using MarginalConditional.Data;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>Draws outcomes from a fitted cumulative mixed model, and refits to them.</summary>
public static class OrdinalBootstrap
{
    /// <summary>Draws and refits; a fit that has not converged is no model to draw from, and no replicate of it converges.</summary>
    /// <param name="fit">The model to draw from.</param>
    /// <param name="count">Replicates to try.</param>
    /// <param name="seed">Of the streams: replicate r always gets the same numbers.</param>
    /// <param name="threads">0 for all processors; the result does not depend on it.</param>
    /// <param name="progress">Told of the refits, as <see cref="ProgressScope"/> says; may be null.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="InputException">Rows stand for several outcomes, which one category cannot be drawn for.</exception>
    public static ParametricBootstrap Run(
        OrdinalGlmmFit fit, int count, ulong seed, int threads = 0, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        using var told = ProgressScope.Enter(progress);
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Frame.Weights.ContainsAnyExcept(1.0))
        {
            throw new InputException("A bootstrap draws one category a row, and rows with weights stand for several outcomes.")
            {
                Hint = "Leave --bootstrap or --weights out, or give each outcome a row of its own.",
            };
        }

        var options = fit.Options with
        {
            Nodes = fit.Nodes,
            CheckNodes = false,
            ComputeCovariance = false,
            Threads = 1,
        };
        return ParametricBootstrap.Run(fit.Convergence.Converged, count, threads, replicate =>
        {
            var response = Draw(fit, new RandomStream(seed, 0, (ulong)replicate));

            // Without one of the categories the draw is of another model.
            if (response.Distinct().Count() < fit.Frame.Categories.Count)
            {
                return null;
            }

            var refit = OrdinalGlmmFitter.Fit(fit.Frame.WithResponse(response), options);
            return refit.Convergence.Converged ? refit.Parameters.ToArray() : null;
        });
    }

    /// <summary>Codes of categories for the frame's rows: new random effects, then a new outcome for every row.</summary>
    /// <param name="fit">The model to draw from, with finite estimates.</param>
    /// <param name="stream">The random numbers.</param>
    public static double[] Draw(OrdinalGlmmFit fit, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(stream);
        var (frame, layout) = (fit.Frame, fit.Layout);
        var shifts = new double[frame.Rows];
        if (!frame.Offset.IsEmpty)
        {
            frame.Offset.CopyTo(shifts);
        }

        GlmmSimulator.AddEffects(RandomLevel.FromFrame(frame), fit.Parameters[layout.Count..], stream, shifts);
        var row = new double[frame.Design.Columns];
        var codes = new double[frame.Rows];
        for (var i = 0; i < codes.Length; i++)
        {
            for (var j = 0; j < row.Length; j++)
            {
                row[j] = frame.Design.Column(j)[i];
            }

            var chance = stream.NextUniform();
            while (codes[i] < layout.Thresholds
                && chance > fit.Link.Cumulative(layout.Point(fit.Parameters, row, (int)codes[i]) - shifts[i]))
            {
                codes[i]++;
            }
        }

        return codes;
    }
}
