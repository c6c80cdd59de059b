using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Lmm.Pseudo;

/// <summary>Fits generalized linear mixed models by (restricted) pseudo-likelihood about the current conditional modes.</summary>
/// <remarks>
/// Wolfinger and O'Connell (1993): the working response η + (y − μ)/μ′(η), with weights w μ′(η)²/v(μ), follows a linear mixed model;
/// fit that, update η from its coefficients and modes, and repeat. SAS's GLIMMIX calls it RSPL. Variances of binary data with small
/// clusters come out too small; with few clusters and Kenward–Roger degrees of freedom the tests of fixed effects keep their size
/// (Li and Redden 2015).
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Lmm.Pseudo;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + (1 | id)") });
/// Console.WriteLine(PseudoLikelihoodFitter.Fit(frame, new PseudoLikelihoodOptions { Family = Family.Binomial }));
/// </code>
/// </example>
public static class PseudoLikelihoodFitter
{
    /// <summary>The change of a covariance is relative to its size, of one that is zero to this.</summary>
    private const double SmallestVariance = 1e-8;

    /// <summary>Fits a frame.</summary>
    /// <exception cref="InputException">The data cannot carry the model.</exception>
    public static PseudoLikelihoodFit Fit(ModelFrame frame, PseudoLikelihoodOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        var linearOptions = new LmmOptions
        {
            Restricted = options.Restricted,
            Residual = options.Residual,
            FixedResidualVariance = (options.EstimateDispersion ?? !options.Family.HasUnitDispersion) ? null : 1,
            Threads = options.Threads,
            Tolerances = options.Tolerances,
        };
        var working = new WorkingResponse(frame, options);
        LmmFit? fit = null;
        double[]? start = null;
        double[] curvature = [];
        var (change, least) = (double.PositiveInfinity, double.PositiveInfinity);
        var (iteration, failures, idle) = (0, 0, 0);
        var status = ConvergenceStatus.IterationLimit;
        var separated = Separated(frame, options);
        while (iteration < (separated is null ? options.MaximumIterations : 1)
            && idle < options.Tolerances.IdleLinearizations
            && status == ConvergenceStatus.IterationLimit)
        {
            iteration++;
            if (!working.Linearize())
            {
                status = ConvergenceStatus.NotFinite;
                break;
            }

            var from = Interior(start, fit);
            curvature = from is null ? [] : curvature;
            var next = LmmFitter.Fit(frame, working.Response, working.Weights, linearOptions, from, ref curvature);
            change = fit is null ? double.PositiveInfinity : Change(fit, next);
            fit = next;
            start = fit.Theta.ToArray();
            working.Update(fit);
            failures += fit.Convergence.Converged ? 0 : 1;
            if (change < options.Tolerance || working.IsLinear)
            {
                change = working.IsLinear ? 0 : change;
                status = fit.Convergence.Status;
                break;
            }

            (least, idle) = change < least ? (change, 0) : (least, idle + 1);
            if (failures == options.Tolerances.FailedLinearizations)
            {
                status = ConvergenceStatus.StepFailure;
            }
        }

        if (fit is null)
        {
            throw new InputException("The starting values of the linearization are not finite: check the response and the offset.");
        }

        if (status == ConvergenceStatus.Converged && working.IsBeyondAll())
        {
            status = ConvergenceStatus.StepFailure;
        }

        var last = new PseudoLikelihoodFit(
            fit,
            options,
            new Convergence(status, iteration, change, options.Tolerance, Message(status, fit)),
            fit.Warnings);
        return separated is null ? last : last.AtTheLimit(separated);
    }

    /// <summary>What the design separates: estimates would grow from one linearization to the next, and one is enough.</summary>
    private static SeparatedRows? Separated(ModelFrame frame, PseudoLikelihoodOptions options) =>
        RowSides.MayBeInfinite(options.Family, options.EffectiveLink)
            ? SeparatedRows.Find(
                frame.Design.Values,
                frame.Design.Columns,
                RowSides.Of(options.Family, options.EffectiveLink, frame.Response, frame.Weights))
            : null;

    /// <summary>
    /// The last parameters as a start, or none when one lies on the boundary, where the gradient vanishes and nothing would move.
    /// </summary>
    private static double[]? Interior(double[]? start, LmmFit? fit) =>
        fit?.Convergence.Status == ConvergenceStatus.Converged ? start : null;

    private static double Change(LmmFit before, LmmFit after)
    {
        var largest = 0.0;
        for (var j = 0; j < after.Coefficients.Length; j++)
        {
            largest = Math.Max(largest, Math.Abs(after.Coefficients[j] - before.Coefficients[j]) / Math.Max(
                after.StandardError(j),
                Math.Abs(after.Coefficients[j])));
        }

        for (var k = 0; k < after.RandomEffects.Count; k++)
        {
            var (now, then) = (after.RandomEffects[k], before.RandomEffects[k]);
            for (var i = 0; i < now.Covariance.Length; i++)
            {
                var size = now.StandardDeviations[i / now.Dimension] * now.StandardDeviations[i % now.Dimension];
                largest = Math.Max(largest, Math.Abs(now.Covariance[i] - then.Covariance[i]) / Math.Max(size, SmallestVariance));
            }
        }

        return Math.Max(largest, Math.Abs(after.ResidualVariance - before.ResidualVariance) / after.ResidualVariance);
    }

    private static string Message(ConvergenceStatus status, LmmFit fit) => status switch
    {
        ConvergenceStatus.IterationLimit =>
            "The linearizations did not settle: their cap was reached, or they went round, while estimates still moved.",
        ConvergenceStatus.StepFailure when !fit.Convergence.Converged =>
            "The linearizations lead nowhere: the linear mixed models that they ask for have no maximum that a search could find.",
        ConvergenceStatus.StepFailure =>
            "The linearizations end where every outcome is certain, or one that was seen has no chance: check the response and the offset.",
        ConvergenceStatus.NotFinite => "A linear predictor left the link's domain.",
        _ => fit.Convergence.Message,
    };
}
