using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Gee.Fitting;

/// <summary>
/// Solves the equations of one fit: the start under independence, then the iteration with
/// correlation, a second time with repairs where the first left the admissible range.
/// </summary>
/// <param name="data">The rows.</param>
/// <param name="options">Tolerances, limits and scale.</param>
/// <param name="kernel">The working correlation.</param>
/// <param name="pass">The sums over the rows.</param>
internal sealed class EquationSolver(GeeData data, GeeOptions options, CorrelationKernel kernel, EstimatingPass pass)
{
    private readonly NewtonStep newton = new(data.Coefficients);

    /// <summary>Where the iteration ended.</summary>
    public IterationState State { get; private set; } = new(data.Coefficients);

    /// <summary>φ there.</summary>
    public double Scale { get; private set; }

    /// <summary>The α that ended the iteration because R is not positive definite; else null.</summary>
    public double[]? Inadmissible { get; private set; }

    /// <summary>What was wrong with the correlation before it was repaired; null when nothing was.</summary>
    public string? Repaired { get; private set; }

    /// <summary>Whether the kernel was ever prepared: the iteration may end before there is an α.</summary>
    public bool Correlated { get; private set; }

    /// <summary>The rows that are separated; null when none are.</summary>
    public SeparatedRows? Separated { get; private set; }

    /// <summary>Runs to the end; the last pass may be at another β than the state's.</summary>
    public void Run()
    {
        Solve();
        if (options.BiasReduction == BiasReduction.Corrected
            && State.Status == ConvergenceStatus.Converged
            && BiasCorrection.Apply(data, pass, kernel, State.Beta, options.Threads) is { } corrected)
        {
            State.Beta = corrected;
        }
    }

    private void Solve()
    {
        var correlated = kernel is not IndependenceKernel;
        var target = correlated ? options.Tolerances.Start : options.Tolerances.Equations;
        Begin(target);
        Scale = options.FixedScale ?? (pass.SumOfSquares / data.ScaleDivisor);
        if (!correlated || State.Status != ConvergenceStatus.Converged)
        {
            return;
        }

        var iteration = Iterate(repairs: false);
        if (!iteration.Prepared)
        {
            // There is no correlation: what can be told is told under independence, to the end.
            var reason = State.Message;
            State = new IterationState(data.Coefficients);
            Begin(options.Tolerances.Equations);
            Scale = options.FixedScale ?? (pass.SumOfSquares / data.ScaleDivisor);
            State.Stop(ConvergenceStatus.NotFinite, reason);
            return;
        }

        if (State.Status == ConvergenceStatus.NotPositiveDefinite && options.RepairCorrelation
            && !IsNoCorrelation(iteration.Inadmissible))
        {
            // From the start again: where the first iteration ended it may have gone astray.
            var violation = State.Message;
            State = new IterationState(data.Coefficients);
            Begin(target);
            Array.Clear(kernel.Alpha);
            iteration = Iterate(repairs: true);
            Repaired = iteration.Repaired ? violation : null;
        }

        Scale = iteration.Scale;
        Inadmissible = iteration.Inadmissible;
    }

    /// <summary>Solves the equations under independence; the pass is left where they hold.</summary>
    private void Begin(double target)
    {
        var start = new IndependenceStart(data, pass, newton, options);
        if (options.BiasReduction != BiasReduction.Firth)
        {
            start.Run(State, target);
            Separated = State.Status == ConvergenceStatus.Separation ? start.Separated : null;
        }
        else if (start.Initialize(State))
        {
            var alone = WorkingCorrelation.Independence.CreateKernel(data.CorrelationInput);
            using var lonePass = new EstimatingPass(data, alone, options.Threads);
            lonePass.Run(State.Beta, asIndependence: true);
            var penalty = new FirthPenalty(data, lonePass, alone, options.Threads);
            new CorrelationIteration(data, lonePass, newton, alone, options, repairs: false, penalty).Run(State);
            pass.Run(State.Beta, asIndependence: true);
            if (State.Status != ConvergenceStatus.Converged && options.FixedScale is null && start.StopWithoutPenalty(State))
            {
                Separated = start.Separated;
            }
        }
    }

    /// <summary>
    /// Whether an estimate is so large that it is no correlation, but a covariance over a scale that is not that of the residuals: the
    /// nearest correlation matrix would say nothing about it.
    /// </summary>
    private bool IsNoCorrelation(double[]? alpha) =>
        alpha is not null && alpha.AsSpan().ContainsAnyExceptInRange(-options.Tolerances.NoCorrelation, options.Tolerances.NoCorrelation);

    private CorrelationIteration Iterate(bool repairs)
    {
        var penalty = options.BiasReduction == BiasReduction.Firth ? new FirthPenalty(data, pass, kernel, options.Threads) : null;
        var iteration = new CorrelationIteration(data, pass, newton, kernel, options, repairs, penalty);
        iteration.Run(State);
        Correlated |= iteration.Prepared;
        return iteration;
    }
}
