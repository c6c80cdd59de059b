using System.Globalization;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Lmm.Fitting;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Optimization;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm;

/// <summary>
/// Fits linear mixed models, and linear models with correlated residuals, by maximum likelihood or restricted maximum likelihood.
/// </summary>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Lmm;
/// using MarginalConditional.Lmm.Inference;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + time + (time | id)") });
/// var fit = LmmFitter.Fit(frame, new LmmOptions());
/// foreach (var row in LmmReference.Satterthwaite.Of(fit).Table())
/// {
///     Console.WriteLine($"{row.Term} {row.Estimate} {row.StandardError} {row.DegreesOfFreedom}");
/// }
/// </code>
/// </example>
public static class LmmFitter
{
    /// <summary>
    /// With more waves than this, times of every row perhaps, only the parameters of the residual covariance are reported.
    /// </summary>
    private const int MaximumWavesShown = 400;

    /// <summary>How often a fit may leave a boundary again on which the likelihood still rises.</summary>
    private const int MaximumEscapes = 5;

    /// <summary>
    /// Fits a frame: the response on the fixed effects, with the frame's random terms and the residual structure of the options.
    /// </summary>
    /// <exception cref="InputException">The data cannot carry the model: a wave
    /// seen twice, crossed groupings, fewer rows than coefficients.</exception>
    public static LmmFit Fit(ModelFrame frame, LmmOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(frame);
        return Fit(frame, frame.Response, frame.Weights, options, null);
    }

    /// <summary>Fits a frame with another response and other weights, from a given start.</summary>
    internal static LmmFit Fit(
        ModelFrame frame,
        ReadOnlySpan<double> response,
        ReadOnlySpan<double> weights,
        LmmOptions options,
        double[]? start)
    {
        double[] curvature = [];
        return Fit(frame, response, weights, options, start, ref curvature);
    }

    /// <summary>The same with the curvature of a similar fit.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="response">The response of each row.</param>
    /// <param name="weights">The weight of each row, or empty.</param>
    /// <param name="options">What is asked of the fit.</param>
    /// <param name="start">Where to begin; null for the usual place.</param>
    /// <param name="curvature">As <see cref="Minimize"/> takes and gives it.</param>
    internal static LmmFit Fit(
        ModelFrame frame,
        ReadOnlySpan<double> response,
        ReadOnlySpan<double> weights,
        LmmOptions options,
        double[]? start,
        ref double[] curvature)
    {
        ArgumentNullException.ThrowIfNull(options);
        LmmInputCheck.Check(frame, response, options);
        var (groups, labels) = Groups(frame, options.ResidualBy);
        var data = LinearMixedData.Create(frame, response, weights, options.Residual, groups);
        LmmInputCheck.CheckResidual(frame, data, options.Residual, labels);
        var likelihood = new LinearMixedLikelihood(data, options.Restricted, options.FixedResidualVariance, options.Threads);
        var result = Minimize(likelihood, options, start ?? data.Start(), ref curvature);
        return Assemble(frame, options, likelihood, result, labels);
    }

    /// <summary>The likelihood of a frame's model for another response.</summary>
    internal static LinearMixedLikelihood Likelihood(ModelFrame frame, ReadOnlySpan<double> response, LmmOptions options)
    {
        var (groups, _) = Groups(frame, options.ResidualBy);
        var data = LinearMixedData.Create(frame, response, frame.Weights, options.Residual, groups);
        return new LinearMixedLikelihood(data, options.Restricted, options.FixedResidualVariance, options.Threads);
    }

    /// <summary>Finds the parameters at which minus twice the log-likelihood is least.</summary>
    /// <param name="likelihood">The function.</param>
    /// <param name="options">Its thresholds.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="curvature">The Hessian of a similar function near its minimum, or empty; receives that at the end of the first search,
    /// empty where it did not converge.</param>
    internal static OptimizerResult Minimize(
        LinearMixedLikelihood likelihood, LmmOptions options, double[] start, ref double[] curvature)
    {
        var (nearer, hessian) = curvature.Length > 0 ? (start, curvature) : Pilot(likelihood, options, start);
        var control = options.Tolerances.Search(options.Tolerance, options.MaximumIterations);
        var polish = new BoundaryPolish(likelihood, options.Tolerances);
        var optimizer = new QuasiNewton(likelihood, control);
        var first = new QuasiNewton(likelihood, control) { SimilarHessian = hessian };
        var result = first.Minimize(nearer);
        curvature = result.Status == ConvergenceStatus.Converged ? first.Hessian.ToArray() : [];
        for (var attempt = 0; attempt < MaximumEscapes; attempt++)
        {
            result = polish.Apply(result);
            if (polish.Escape(result) is not { } better)
            {
                break;
            }

            result = optimizer.Minimize(better);
        }

        likelihood.Data.NormalizeSigns(result.Theta);
        return result;
    }

    /// <summary>
    /// With very many clusters a search over a few of them gives a start that
    /// is nearly right, and the curvature there, at a fraction of the cost.
    /// </summary>
    private static (double[] Start, double[] Hessian) Pilot(LinearMixedLikelihood likelihood, LmmOptions options, double[] start)
    {
        if (!likelihood.AllowsPilot)
        {
            return (start, []);
        }

        likelihood.UsePilot(true);
        var rows = likelihood.EffectiveRows;
        var optimizer = new QuasiNewton(
            likelihood,
            options.Tolerances.Search(options.Tolerances.PilotConvergence, options.MaximumIterations));
        var pilot = optimizer.Minimize(start);
        likelihood.UsePilot(false);
        var interior = !Enumerable.Range(0, start.Length)
            .Any(k => likelihood.Data.IsDiagonal(k) && Math.Abs(pilot.Theta[k]) < options.Tolerances.NearBoundary);
        return pilot.Status == ConvergenceStatus.Converged && interior
            ? (pilot.Theta, [.. optimizer.Hessian.ToArray().Select(value => value * likelihood.EffectiveRows / rows)])
            : (start, []);
    }

    private static LmmFit Assemble(
        ModelFrame frame,
        LmmOptions options,
        LinearMixedLikelihood likelihood,
        OptimizerResult result,
        IReadOnlyList<string> labels)
    {
        var value = likelihood.Evaluate(result.Theta, []);
        var rows = likelihood.Data.Rows;
        var p = rows.FixedEffects;
        var coefficients = new double[p];
        rows.ToOriginal(likelihood.Root.Coefficients, coefficients);
        var working = likelihood.Root.Inverse.ToArray();
        foreach (ref var entry in working.AsSpan())
        {
            entry *= likelihood.Scale;
        }

        var covariance = new double[p * p];
        rows.CovarianceToOriginal(working, covariance);
        var effects = ConditionalModes.Compute(likelihood, frame.RandomTerms);
        var warnings = LmmWarnings.Of(frame, options, likelihood, result, effects, labels);
        return new LmmFit(frame, options, likelihood.Data, result.Theta, coefficients, covariance)
        {
            ResidualVariance = likelihood.Scale,
            ResidualCovariances = ResidualCovariances(frame, likelihood, result.Theta, labels),
            RandomEffects = effects,
            LogLikelihood = -value / 2,
            Convergence = LmmWarnings.Describe(result, options, effects),
            Warnings = warnings,
        };
    }

    private static IReadOnlyList<ResidualCovarianceEstimate> ResidualCovariances(
        ModelFrame frame,
        LinearMixedLikelihood likelihood,
        double[] theta,
        IReadOnlyList<string> labels)
    {
        var estimates = new List<ResidualCovarianceEstimate>();
        if (likelihood.Data.Residual is not { } residual)
        {
            return [];
        }

        var layout = residual.Layout;
        var waves = frame.WaveLabels.Count > 0
            ? frame.WaveLabels
            : [.. Enumerable.Range(1, layout.Waves).Select(wave => wave.ToString(CultureInfo.InvariantCulture))];
        var own = theta.AsSpan(likelihood.Data.RandomParameters);
        for (var group = 0; group < layout.Groups; group++)
        {
            var ratio = residual.Ratio(group, own);
            var natural = residual.Shape.ToNatural(
                own.Slice(residual.Start(group), residual.PerGroup),
                layout.Waves,
                likelihood.Scale * ratio * ratio);
            var tooLarge = layout.Waves > MaximumWavesShown;
            var covariance = new double[tooLarge ? 0 : layout.Waves * layout.Waves];
            if (!tooLarge)
            {
                residual.Shape.Fill(natural, layout.Times, covariance);
            }

            estimates.Add(new ResidualCovarianceEstimate(
                labels[group],
                tooLarge ? [] : waves,
                covariance,
                residual.Shape.Names(layout.Waves),
                natural));
        }

        return [.. estimates];
    }

    /// <summary>The group of each row by a column, with the groups' labels; no groups and one label without a column.</summary>
    internal static (int[] Groups, IReadOnlyList<string> Labels) Groups(ModelFrame frame, string? column)
    {
        switch (column is null ? null : frame.Auxiliary(column))
        {
            case null:
                return ([], [""]);
            case FactorColumn factor:
                var used = factor.Codes.ToArray().Distinct().Order().ToList();
                return (Array.ConvertAll(factor.Codes.ToArray(), used.IndexOf), used.ConvertAll(code => factor.Levels[code]));
            case NumericColumn numeric:
                var values = numeric.Values.ToArray().Distinct().Order().ToList();
                return (Array.ConvertAll(
                    numeric.Values.ToArray(),
                    values.IndexOf), values.ConvertAll(value => value.ToString(CultureInfo.InvariantCulture)));
            default:
                throw new ArgumentException($"The column {column} is neither numeric nor a factor.", nameof(column));
        }
    }
}
