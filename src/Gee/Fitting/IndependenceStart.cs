using System.Numerics.Tensors;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Gee.Stacking;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Gee.Fitting;

/// <summary>The generalized linear model that ignores the clusters: the start of every fit, and all of it under independence.</summary>
/// <remarks>
/// Fisher scoring from the family's starting means (McCullagh and Nelder 1989, section 2.5). The deviance costs a logarithm a row, so it is
/// consulted only when the scaled score did not fall: then the step is halved until the deviance does not grow. A scaled score also falls
/// where means run to an end of their range, as the scale grows there. No maximum with an intercept has a larger deviance than one mean
/// for all rows: what ends with a larger one begins again from that mean, and counts its passes anew; what does so twice has failed.
/// </remarks>
/// <param name="data">The rows.</param>
/// <param name="pass">The sums over them.</param>
/// <param name="newton">The scoring step.</param>
/// <param name="options">Tolerances, limits and scale.</param>
internal sealed class IndependenceStart(GeeData data, EstimatingPass pass, NewtonStep newton, GeeOptions options)
{
    /// <summary>What rounding may add to a deviance that does not grow.</summary>
    private const double Rounding = 1e-12;

    /// <summary>An offset beyond this has no finite exponential worth the name.</summary>
    private const double LargestOffset = 500;

    /// <summary>
    /// The Pearson statistic for each unit of weight above which means may have run to an end of their range, where the variance is the
    /// family's.
    /// </summary>
    private const double LargeScale = 100;

    /// <summary>So many passes without an end are worth a search for separation.</summary>
    private const int ManyPasses = 12;

    private readonly OverlapCheck overlap = new(data);

    /// <summary>The rows that are separated, when that ended the iteration.</summary>
    public SeparatedRows? Separated => overlap.Separated;

    /// <summary>Iterates until the scaled score is below a target, at most twice. The last pass is at the state's β.</summary>
    public void Run(IterationState state, double target)
    {
        if (!Initialize(state))
        {
            return;
        }

        Iterate(state, target);
        if (!MayBeAstray(state) || !OneMean.TryFill(data, state.Trial))
        {
            return;
        }

        var most = pass.Deviance(state.Trial) * (1 + Rounding);
        if (!double.IsFinite(most) || pass.Deviance(state.Beta) <= most)
        {
            return;
        }

        if (!pass.Run(state.Trial, asIndependence: true))
        {
            pass.Run(state.Beta, asIndependence: true);
            return;
        }

        state.BeginAgain();
        Iterate(state, target);
        if (MayBeAstray(state) && !(pass.Deviance(state.Beta) <= most))
        {
            state.Stop(
                ConvergenceStatus.StepFailure,
                "Scoring ends at coefficients that fit worse than one mean for all rows; check weights, offsets and covariates.");
        }
    }

    /// <summary>Whether the iteration may have ended at worse coefficients than one mean for all rows.</summary>
    private bool MayBeAstray(IterationState state)
    {
        if (data.Stack is not null || state.Status == ConvergenceStatus.Separation)
        {
            return false;
        }

        var weights = data.Weights.Length > 0 ? SpanMath.Sum(data.Weights) : data.Rows;
        return state.Status != ConvergenceStatus.Converged
            || (data.Family.HasUnitDispersion && !(pass.SumOfSquares < LargeScale * weights));
    }

    private void Iterate(IterationState state, double target)
    {
        while (true)
        {
            state.Criterion = Criterion();
            var singular = newton.Solve(pass.Information, pass.Score);
            var isNear = state.Criterion < target && singular < 0;
            if (isNear && overlap.IsCertain(state.Beta, newton.Step, pass.Score))
            {
                state.Stop(ConvergenceStatus.Converged);
                return;
            }

            if ((isNear || singular >= 0 || state.Passes >= Math.Min(ManyPasses, options.MaximumIterations)) && overlap.Finds())
            {
                state.Stop(ConvergenceStatus.Separation, SeparationText(overlap.Separated!));
                return;
            }

            if (isNear)
            {
                state.Stop(ConvergenceStatus.Converged);
                return;
            }

            if (singular >= 0)
            {
                state.Stop(ConvergenceStatus.NotFinite, $"The information matrix is singular at \"{data.Frame.Design.Names[singular]}\".");
                return;
            }

            if (state.Passes >= options.MaximumIterations)
            {
                Stop(state, ConvergenceStatus.IterationLimit, IterationState.LimitReached(options.MaximumIterations));
                return;
            }

            if (!Step(state))
            {
                return;
            }
        }
    }

    /// <summary>The scaled score of the last pass; with a scale of 1 where the residuals give none.</summary>
    private double Criterion()
    {
        var scale = options.FixedScale ?? (pass.SumOfSquares / data.ScaleDivisor);
        return NewtonStep.Criterion(pass.Information, pass.Score, scale > 0 && double.IsFinite(scale) ? scale : 1);
    }

    /// <summary>One scoring step from the family's starting means. False, and said, when nothing is inside the domain.</summary>
    public bool Initialize(IterationState state)
    {
        if (data.Stack is not null)
        {
            return InitializeThresholds(data.Stack, state);
        }

        var ok = pass.Run([], asIndependence: true) && newton.Solve(pass.Information, pass.Score) < 0;
        state.Passes++;
        if (ok)
        {
            newton.Step.CopyTo(state.Beta);
            ok = pass.Run(state.Beta, asIndependence: true);
            state.Passes++;
        }

        if (!ok && OneMean.TryFill(data, state.Beta))
        {
            ok = pass.Run(state.Beta, asIndependence: true);
            state.Passes++;
        }

        if (!ok)
        {
            state.Stop(ConvergenceStatus.NotFinite, Overflow()
                ?? "No starting value gives finite means inside the family's domain; check the link and the scale of the covariates.");
        }

        return ok;
    }

    /// <summary>The thresholds of the outcomes' shares, without an effect of anything.</summary>
    private bool InitializeThresholds(CumulativeStack stack, IterationState state)
    {
        state.Passes++;
        if (stack.TryStart(data.Weights, state.Beta) && pass.Run(state.Beta, asIndependence: true))
        {
            return true;
        }

        state.Stop(ConvergenceStatus.NotFinite, "No starting value gives every category a probability; check the scale of the covariates.");
        return false;
    }

    /// <summary>An offset whose exponential overflows leaves no finite mean whatever the coefficients.</summary>
    private string? Overflow()
    {
        var offset = data.Frame.Offset;
        if (offset.IsEmpty || SpanMath.MaxMagnitude(offset) is var largest && largest < LargestOffset)
        {
            return null;
        }

        var row = TensorPrimitives.IndexOfMaxMagnitude(offset);
        var cluster = 0;
        while (data.Frame.Clusters.Start(cluster) + data.Frame.Clusters.Size(cluster) <= row)
        {
            cluster++;
        }

        return FormattableString.Invariant($"The offset is {offset[row]:G6} in cluster {data.Frame.Clusters.Label(cluster)}, on the ")
            + FormattableString.Invariant($"scale of the linear predictor; no coefficients give finite means there.");
    }

    /// <summary>Ends where no step led on; thresholds that the next one would cross are the reason before any other.</summary>
    private void Stop(IterationState state, ConvergenceStatus status, string message)
    {
        state.Propose(newton.Step, 1);
        var refusal = data.Stack?.Refusal(LinearPredictor.Of(data.Frame, state.Trial), data.Weights);
        state.Stop(refusal is null ? status : ConvergenceStatus.StepFailure, refusal ?? message);
    }

    /// <summary>
    /// Ends an iteration of penalized equations that found nothing because their dispersion, and the penalty with it, fell to 0.
    /// </summary>
    /// <returns>Whether separated rows are the cause.</returns>
    public bool StopWithoutPenalty(IterationState state)
    {
        if (!overlap.Finds())
        {
            return false;
        }

        state.Stop(
            ConvergenceStatus.Separation,
            $"{SeparationText(overlap.Separated!)} The scale falls to 0 with the residuals, and the penalty with it: fix the scale at 1.");
        return true;
    }

    private string SeparationText(SeparatedRows separated)
    {
        var names = data.Frame.Design.Names;
        if (data.Stack is not { } stack)
        {
            return SeparationSentence.Of(names, separated);
        }

        // A threshold goes along with a slope that grows: the slope is what can be left out.
        string[] known = [.. names.Select((name, j) => j < stack.Thresholds ? DesignMatrix.InterceptName : name)];
        return SeparationSentence.Of(known, separated, row: "cumulative probability", rows: "cumulative probabilities");
    }

    private bool Step(IterationState state)
    {
        var before = state.Criterion;
        var deviance = double.NaN;
        for (var halving = 0; halving < options.Tolerances.StartHalvings; halving++)
        {
            state.Propose(newton.Step, Math.ScaleB(1, -halving));
            var valid = pass.Run(state.Trial, asIndependence: true);
            state.Passes++;
            if (valid && Criterion() < before)
            {
                state.Accept();
                return true;
            }

            if (valid)
            {
                deviance = double.IsNaN(deviance) ? pass.Deviance(state.Beta) : deviance;
                if (pass.Deviance(state.Trial) <= deviance * (1 + Rounding))
                {
                    state.Accept();
                    return true;
                }
            }
        }

        pass.Run(state.Beta, asIndependence: true);
        if (overlap.Finds())
        {
            state.Stop(ConvergenceStatus.Separation, SeparationText(overlap.Separated!));
            return false;
        }

        Stop(
            state,
            ConvergenceStatus.StepFailure,
            "No step lowers the deviance further, yet the score is not zero; check the scale of the covariates.");
        return false;
    }
}
