using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Quadrature;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Glmm;

/// <summary>Fits generalized linear mixed models by maximum likelihood with adaptive Gauss–Hermite quadrature. Stateless.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Glmm;
/// using MarginalConditional.Glmm.Inference;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + (1 | site)") });
/// var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial });
/// Console.WriteLine(fit.RandomEffects[0].StandardDeviations[0]);
/// foreach (var row in GlmmInference.Of(fit).Table())
/// {
///     Console.WriteLine($"{row.Term} {row.Estimate} {row.StandardError}");
/// }
/// </code>
/// </example>
public static class GlmmFitter
{
    private static readonly double[] SpreadFactors = [0.7, 0.85, 1, 1.1, 1.25, 1.5];

    /// <summary>Fits the model of a frame; a frame without random terms gets a random intercept of its clusters.</summary>
    /// <param name="frame">Design, response and random terms.</param>
    /// <param name="options">Family, nodes, tolerances.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="ArgumentException">There is no such model: see <see cref="Problem"/>.</exception>
    public static GlmmFit Fit(ModelFrame frame, GlmmOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Nodes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Nodes, GaussHermiteRule.MaximumNodes);
        var model = new PreparedModel(frame, options);
        var nodes = options.Nodes == 0 || model.LaplaceOnly ? model.DefaultNodes : options.Nodes;
        var start = StartingValues.Of(model);
        var fit = options.Adaptive ? Maximize(model, nodes, start.Parameters, start) : Best(model, nodes, start);
        if (options.AutomaticNodes && !model.LaplaceOnly)
        {
            fit = RaiseNodes(model, fit, start);
        }

        var supremum = start.Separated is null && !options.ZeroInflation && options.PenaltyScale is null
            ? UnboundedVariance.Supremum(model, fit.Maximizer.Parameters, start.Marginal.Coefficients)
            : null;
        var assembled = GlmmFitAssembler.Assemble(model, Separation.Name(model, fit, start, supremum is not null));
        fit.Likelihood.Release();
        if (supremum is { } infinite)
        {
            return assembled.WithoutMaximum(infinite);
        }

        return start.Separated is { } separated && options.PenaltyScale is null
            ? assembled.AtTheLimit(separated, Rest(frame, separated, options))
            : assembled;
    }

    /// <summary>
    /// The fit of the rows that are not separated, which decide about the coefficients that are finite: given the random effects, a
    /// separated row has a likelihood of 1 at the limit. Null when every row is separated.
    /// </summary>
    private static GlmmFit? Rest(ModelFrame frame, SeparatedRows separated, GlmmOptions options) =>
        separated.KeptColumns.IsEmpty ? null : Fit(frame.Restricted(separated.Rows, separated.KeptColumns), options);

    /// <summary>
    /// Why a frame and options have no model, a sentence for the user: a
    /// family without that link, or quadrature over crossed groupings; null if they have one.
    /// </summary>
    /// <param name="frame">Design, response and random terms.</param>
    /// <param name="options">Family and link.</param>
    public static string? Problem(ModelFrame frame, GlmmOptions options)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        return PreparedModel.Problem(frame, options);
    }

    /// <summary>Whether the random effects of a frame cross, so that the Laplace approximation is the only one.</summary>
    /// <param name="frame">Design, response and random terms.</param>
    public static bool AreCrossed(ModelFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return PreparedModel.AreCrossed(RandomLevel.FromFrame(frame));
    }

    private static Ascent Maximize(PreparedModel model, int nodes, double[] parameters, StartingValues start)
    {
        var likelihood = model.Open(nodes);
        var maximizer = new NewtonMaximizer(likelihood, model.Options.Tolerances) { Watched = model.Watched };
        var convergence = maximizer.Climb(parameters, model.Options.MaximumIterations, model.Options.Tolerances.Distance);
        return Boundary.Settle(model, new Ascent(likelihood, maximizer, convergence, nodes), start);
    }

    // Fixed nodes make a likelihood of several hills: climb from the adaptive solution under several spreads, and keep the highest.
    private static Ascent Best(PreparedModel model, int nodes, StartingValues start)
    {
        var adaptive = new PreparedModel(model.Frame, model.Options with { Adaptive = true });
        var guide = Maximize(adaptive, adaptive.DefaultNodes, start.Parameters, start).Maximizer.Parameters;
        var p = model.Scaling.Columns;
        var best = Maximize(model, nodes, start.Parameters, start);
        foreach (var factor in SpreadFactors)
        {
            var parameters = (double[])guide.Clone();
            for (var e = p; e < p + model.Levels.Sum(level => level.Factor.ParameterCount); e++)
            {
                parameters[e] *= factor;
            }

            var candidate = Maximize(model, nodes, parameters, start);
            if (candidate.Convergence.Converged && candidate.Maximizer.Value > best.Maximizer.Value)
            {
                best = candidate;
            }
        }

        return best;
    }

    private static Ascent RaiseNodes(PreparedModel model, Ascent fit, StartingValues start)
    {
        var moved = new double[fit.Maximizer.Parameters.Length];

        // Without a maximum there is nothing that more nodes could make more exact.
        while (fit.Convergence.Converged)
        {
            var more = model.MoreNodes(fit.Nodes);
            fit.Maximizer.Parameters.CopyTo(moved, 0);
            if (more <= fit.Nodes
                || Math.Abs(model.ValueWith(more, fit.Likelihood, moved) - fit.Maximizer.Value) <= model.Options.Tolerances.Nodes)
            {
                return fit;
            }

            fit = Maximize(model, more, moved, start);
        }

        return fit;
    }
}
