using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Optimization;

/// <summary>Settles maxima where a variance is zero: moves exactly onto the boundary when the log-likelihood does not fall by it.</summary>
internal static class Boundary
{
    // Standard deviations below this, on the link scale and per unit of a scaled column, may be zero.
    private const double Suspicious = 0.02;

    /// <summary>Returns the maximum with vanishing columns of Λ set to zero and everything else maximized again.</summary>
    public static Maximum Settle(GlmmModel model, Maximum maximum, StartingValues start)
    {
        var parameters = (double[])maximum.Maximizer.Parameters.Clone();
        var p = start.Marginal.Coefficients.Length;
        var factor = model.Levels[0].Factor;
        var snapped = false;
        for (var column = 0; column < factor.Dimension; column++)
        {
            var size = 0.0;
            for (var e = 0; e < factor.ParameterCount; e++)
            {
                size += factor.Columns[e] == column ? parameters[p + e] * parameters[p + e] : 0;
            }

            if (size < Suspicious * Suspicious)
            {
                snapped = true;
                for (var e = 0; e < factor.ParameterCount; e++)
                {
                    parameters[p + e] = factor.Columns[e] == column ? 0 : parameters[p + e];
                }
            }
        }

        if (!snapped)
        {
            return maximum;
        }

        if (Array.TrueForAll(parameters[p..(p + factor.ParameterCount)], value => value == 0))
        {
            start.Marginal.Coefficients.CopyTo(parameters, 0);
        }

        // The derivative in a vanished column is zero by symmetry, so the climb stays on the boundary.
        var settled = new NewtonMaximizer(maximum.Likelihood);
        var convergence = settled.Climb(parameters, model.Options.MaximumIterations, model.Options.Tolerance);
        if (settled.Value < maximum.Maximizer.Value - 1e-9)
        {
            return maximum;
        }

        var status = convergence.Converged ? ConvergenceStatus.Boundary : convergence.Status;
        return maximum with
        {
            Maximizer = settled,
            Convergence = convergence with
            {
                Status = status,
                Iterations = convergence.Iterations + maximum.Convergence.Iterations,
                Message = "The maximum lies on the boundary, where a variance of the random effects is zero.",
            },
        };
    }
}
