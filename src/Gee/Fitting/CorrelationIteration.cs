using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Fitting;

/// <summary>
/// Alternates scoring steps for β with moment estimates of α and φ until the estimating equations hold (Liang and Zeger 1986).
/// </summary>
/// <remarks>
/// One pass an iteration: the residuals of pass k give the α of pass k + 1, while the step of pass k uses the α of pass k − 1. At the
/// solution all agree; the lag costs at most an iteration or two and saves half of the passes. When it repairs, every estimate of α is
/// moved to the nearest
/// one that is positive definite with a margin.
/// </remarks>
/// <param name="data">The rows.</param>
/// <param name="pass">The sums over them.</param>
/// <param name="newton">The scoring step.</param>
/// <param name="kernel">The working correlation.</param>
/// <param name="options">Tolerances, limits and scale.</param>
/// <param name="repairs">Whether estimates of α are repaired.</param>
/// <param name="penalty">What is added to the score; null for nothing.</param>
internal sealed class CorrelationIteration(
    GeeData data, EstimatingPass pass, NewtonStep newton, CorrelationKernel kernel, GeeOptions options, bool repairs, FirthPenalty? penalty)
{
    private readonly GeeTolerances tolerances = options.Tolerances;
    private readonly double[] previous = new double[kernel.Alpha.Length];
    private int violations;
    private double alphaChange;
    private StepMixing? mixing;

    /// <summary>φ at the last pass.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>Whether the last estimate of α was repaired.</summary>
    public bool Repaired { get; private set; }

    /// <summary>Whether the kernel was prepared: there was an α, admissible or not.</summary>
    public bool Prepared { get; private set; }

    /// <summary>The estimate of α that ended the iteration because R is not positive definite; else null.</summary>
    public double[]? Inadmissible { get; private set; }

    /// <summary>Iterates from a state whose last pass was at its β.</summary>
    public void Run(IterationState state)
    {
        Scale = EstimateScale();
        if (!UpdateCorrelation(state, first: true))
        {
            return;
        }

        var previousCriterion = double.PositiveInfinity;
        var plainUntil = state.Passes + tolerances.PlainPasses;
        while (state.Passes < options.MaximumIterations)
        {
            if (!pass.Run(state.Beta, asIndependence: false))
            {
                if (data.Association?.Violation(state.Beta) is { } violation)
                {
                    state.Stop(ConvergenceStatus.NotPositiveDefinite, violation);
                    return;
                }

                state.Stop(ConvergenceStatus.NotFinite, "The estimating equations are not finite at the current coefficients.");
                return;
            }

            state.Passes++;
            var scale = EstimateScale();
            var moved = Math.Abs(Math.Log(scale / Scale));
            Scale = scale;
            penalty?.Evaluate(state.Beta, Scale);
            state.Criterion = NewtonStep.Criterion(pass.Information, Score, Scale);
            kernel.Alpha.CopyTo(previous, 0);
            if (!UpdateCorrelation(state, first: false))
            {
                return;
            }

            moved = Math.Max(moved, alphaChange);
            if (state.Criterion < tolerances.Equations && moved < tolerances.Equations && violations == 0)
            {
                state.Stop(ConvergenceStatus.Converged);
                return;
            }

            if (!Step(state, previousCriterion, mixes: state.Passes > plainUntil))
            {
                return;
            }

            previousCriterion = state.Criterion;
        }

        state.Stop(ConvergenceStatus.IterationLimit, IterationState.LimitReached(options.MaximumIterations));
    }

    private ReadOnlySpan<double> Score => penalty is null ? pass.Score : penalty.Score;

    private double EstimateScale() => options.FixedScale ?? (pass.SumOfSquares / data.ScaleDivisor);

    private bool UpdateCorrelation(IterationState state, bool first)
    {
        var problem = default(string);
        if (kernel.IsEstimated)
        {
            kernel.Estimate(pass.Moments, Scale, kernel.Alpha);
            if (kernel.Alpha.AsSpan().ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
            {
                state.Stop(ConvergenceStatus.NotFinite, Undetermined());
                previous.CopyTo(kernel.Alpha, 0);
                return false;
            }

            problem = Prepare();
            alphaChange = 0;
            for (var k = 0; k < previous.Length; k++)
            {
                alphaChange = Math.Max(alphaChange, Math.Abs(kernel.Alpha[k] - previous[k]));
            }

            violations = problem is null ? 0 : violations + 1;
            if (problem is not null)
            {
                // Estimates may overshoot on the way: hold the last admissible correlation, for a while.
                Inadmissible = violations < tolerances.Overshoots ? null : [.. kernel.Alpha];
                previous.CopyTo(kernel.Alpha, 0);
                problem = kernel.Prepare() ?? (Inadmissible is null ? null : problem);
            }
        }
        else if (first)
        {
            problem = Prepare();
        }

        if (problem is not null)
        {
            state.Stop(ConvergenceStatus.NotPositiveDefinite, problem);
            return false;
        }

        return true;
    }

    private string? Prepare()
    {
        Prepared = true;
        return repairs ? Repair() : kernel.Prepare();
    }

    private string? Repair()
    {
        double[] estimate = [.. kernel.Alpha];
        var problem = kernel.Prepare();
        kernel.Repair();
        Repaired = problem is not null
            || estimate.Zip(kernel.Alpha, (one, other) => Math.Abs(one - other)).Any(moved => moved > tolerances.Repaired);
        return kernel.Prepare();
    }

    private string Undetermined() => (kernel.Inestimable is { } reason ? reason
        : options.Moments == MomentConvention.LiangZeger
            ? $"The {options.Correlation.Name} correlation cannot be estimated: some of its parameters have no more pairs than the model "
                + $"has coefficients ({data.Coefficients})."
            : $"The {options.Correlation.Name} correlation cannot be estimated from the residuals.")
        + " Coefficients and standard errors are those under working independence.";

    private bool Step(IterationState state, double previousCriterion, bool mixes)
    {
        var singular = newton.Solve(pass.Information, Score);
        if (singular >= 0)
        {
            state.Stop(ConvergenceStatus.NotFinite, $"The information matrix is singular at \"{data.Frame.Design.Names[singular]}\".");
            return false;
        }

        var step = newton.Step;
        if (mixes && violations == 0)
        {
            mixing ??= new StepMixing(data.Coefficients, kernel);
            step = mixing.Mix(state.Beta, step, previous, pass.Information, Scale);
        }

        // Far from the solution a step that made the score grow is suspect; shorten the next one.
        var fraction = state.Criterion > tolerances.FarAway && state.Criterion > 2 * previousCriterion ? 0.5 : 1;
        for (var halving = 0; halving < tolerances.DomainHalvings; halving++, fraction /= 2)
        {
            state.Propose(step, fraction);
            if (IsInsideDomain(state.Trial))
            {
                state.Accept();
                return true;
            }
        }

        state.Stop(ConvergenceStatus.StepFailure, data.Stack?.Refusal(LinearPredictor.Of(data.Frame, state.Trial), data.Weights)
            ?? "No step keeps the fitted means inside the family's domain.");
        return false;
    }

    private bool IsInsideDomain(double[] beta) => !data.CanLeaveDomain || pass.MeansAreValid(beta);
}
