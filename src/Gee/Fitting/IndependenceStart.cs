using System.Numerics.Tensors;
using MarginalConditional.Data.Coding;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Fitting;

/// <summary>The generalized linear model that ignores the clusters: the start of every fit, and all of it under independence.</summary>
/// <remarks>
/// Fisher scoring from the family's starting means (McCullagh and Nelder 1989, section 2.5). The deviance costs a logarithm a row, so it is consulted
/// only when the scaled score did not fall: then the step is halved until the deviance does not grow.
/// </remarks>
internal sealed class IndependenceStart(GeeData data, EstimatingPass pass, NewtonStep newton, double scale)
{
    private const int Halvings = 30;

    /// <summary>Iterates until the scaled score is below a target. The last pass is at the state's β.</summary>
    public void Run(IterationState state, double target, int limit)
    {
        var separation = new SeparationCheck(data);
        if (!Initialize(state))
        {
            return;
        }

        while (true)
        {
            state.Criterion = NewtonStep.Criterion(pass, Scale());
            var singular = newton.Solve(pass);
            if (state.Criterion < target && singular < 0 && !separation.IsSuspected(newton))
            {
                state.Stop(ConvergenceStatus.Converged);
                return;
            }

            if (separation.IsFound(newton, singular, state))
            {
                return;
            }

            if (singular >= 0)
            {
                state.Stop(ConvergenceStatus.NotFinite, $"The information matrix is singular at \"{data.Frame.Design.Names[singular]}\".");
                return;
            }

            if (state.Passes >= limit)
            {
                state.Stop(ConvergenceStatus.IterationLimit, $"The limit of {limit} passes over the data was reached.");
                return;
            }

            if (!Step(state))
            {
                return;
            }
        }
    }

    private double Scale()
    {
        var estimate = scale > 0 ? scale : pass.SumOfSquares / data.ScaleDivisor;
        return estimate > 0 && double.IsFinite(estimate) ? estimate : 1;
    }

    private bool Initialize(IterationState state)
    {
        var ok = pass.Run([], asIndependence: true) && newton.Solve(pass) < 0;
        state.Passes++;
        if (ok)
        {
            newton.Step.CopyTo(state.Beta);
            ok = pass.Run(state.Beta, asIndependence: true);
            state.Passes++;
        }

        if (!ok && TryInterceptOnly(state))
        {
            ok = pass.Run(state.Beta, asIndependence: true);
            state.Passes++;
        }

        if (!ok)
        {
            state.Stop(ConvergenceStatus.NotFinite, Overflow() ?? "No starting value gives finite means inside the family's domain; check the link and the scale of the covariates.");
        }

        return ok;
    }

    // An offset whose exponential overflows leaves no finite mean whatever the coefficients.
    private string? Overflow()
    {
        var offset = data.Frame.Offset;
        if (offset.IsEmpty || TensorPrimitives.MaxMagnitude(offset) is var largest && Math.Abs(largest) < 500)
        {
            return null;
        }

        var row = TensorPrimitives.IndexOfMaxMagnitude(offset);
        var cluster = 0;
        while (data.Frame.Clusters.Start(cluster) + data.Frame.Clusters.Size(cluster) <= row)
        {
            cluster++;
        }

        return FormattableString.Invariant(
            $"The offset is {offset[row]:G6} in cluster {data.Frame.Clusters.Label(cluster)}, on the scale of the linear predictor; no coefficients give finite means there.");
    }

    // The mean of the response is inside the domain of every family whenever the response varies.
    private bool TryInterceptOnly(IterationState state)
    {
        var design = data.Frame.Design;
        for (var j = 0; j < design.Columns; j++)
        {
            if (design.Column(j).IndexOfAnyExcept(1.0) < 0)
            {
                double sum = 0, weights = 0;
                for (var row = 0; row < data.Rows; row++)
                {
                    var weight = data.Weights.Length > 0 ? data.Weights[row] : 1;
                    sum += weight * data.Frame.Response[row];
                    weights += weight;
                }

                Array.Clear(state.Beta);
                state.Beta[j] = data.Link.Predictor(sum / weights);
                return double.IsFinite(state.Beta[j]);
            }
        }

        return false;
    }

    private bool Step(IterationState state)
    {
        var before = state.Criterion;
        var deviance = double.NaN;
        for (int halving = 0; halving < Halvings; halving++)
        {
            state.Propose(newton.Step, Math.ScaleB(1, -halving));
            var valid = pass.Run(state.Trial, asIndependence: true);
            state.Passes++;
            if (valid && NewtonStep.Criterion(pass, Scale()) < before)
            {
                state.Accept();
                return true;
            }

            if (valid)
            {
                deviance = double.IsNaN(deviance) ? pass.Deviance(state.Beta) : deviance;
                if (pass.Deviance(state.Trial) <= deviance * (1 + 1e-12))
                {
                    state.Accept();
                    return true;
                }
            }
        }

        pass.Run(state.Beta, asIndependence: true);
        state.Stop(ConvergenceStatus.StepFailure, "No step lowers the deviance further, yet the score is not zero; check the scale of the covariates.");
        return false;
    }
}
