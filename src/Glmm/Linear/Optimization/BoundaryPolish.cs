using MarginalConditional.Glmm.Linear.Likelihood;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Linear.Optimization;

/// <summary>Puts variances that vanish exactly on zero, and names the result a boundary solution.</summary>
/// <remarks>Near zero the function depends on the square of a diagonal of Λ: the search approaches the boundary but need not arrive.</remarks>
internal static class BoundaryPolish
{
    /// <summary>Below this part of its typical size a diagonal is tried at zero.</summary>
    private const double Near = 2e-3;

    /// <summary>Tries each small diagonal at zero, and minimizes again over the rest when that is no worse.</summary>
    public static OptimizerResult Apply(LinearMixedLikelihood likelihood, double[] bounds, OptimizerResult result, LmmOptions options)
    {
        var atBoundary = false;
        for (var k = 0; k < likelihood.Data.RandomParameters; k++)
        {
            if (double.IsNegativeInfinity(bounds[k]) || result.Theta[k] > Near * likelihood.Data.RandomScales[k])
            {
                continue;
            }

            var candidate = (double[])result.Theta.Clone();
            candidate[k] = 0;
            var gradient = new double[candidate.Length];
            var value = likelihood.Evaluate(candidate, gradient);
            if (result.Theta[k] != 0 && value > result.Value + 1e-9 + 1e-14 * Math.Abs(result.Value))
            {
                continue;
            }

            atBoundary = true;
            if (result.Theta[k] != 0)
            {
                result = result with { Theta = candidate, Value = value, Gradient = gradient };
            }
        }

        if (!atBoundary)
        {
            return result;
        }

        var status = result.Status == ConvergenceStatus.Converged ? ConvergenceStatus.Boundary : result.Status;
        return result with { Status = status };
    }
}
