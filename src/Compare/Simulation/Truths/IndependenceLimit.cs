using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Simulation.Truths;

/// <summary>
/// The limit of GEE coefficients with working independence: solves E{Dᵀ V⁻¹ [m_true − μ(β*)]} = 0 over the rows of both arms.
/// </summary>
internal static class IndependenceLimit
{
    private const int MaximumIterations = 100;

    /// <summary>Rounding may keep the relative step above the tolerance; below this the equations are solved all the same.</summary>
    private const double Solved = 1e-9;

    /// <summary>
    /// β*, p values, by Fisher scoring from the conditional coefficients; not numbers
    /// where the means are so near their limits that the equations are not solved.
    /// </summary>
    public static double[] Coefficients(Mechanism mechanism, TrueMeans means)
    {
        var design = mechanism.Design;
        var beta = design.Coefficients(mechanism.Effects);
        var p = beta.Length;
        var information = new double[p * p];
        var step = new double[p];
        var x = new double[p];
        for (var iteration = 0; iteration < MaximumIterations; iteration++)
        {
            Array.Clear(information);
            Array.Clear(step);
            for (var arm = 0; arm < 2; arm++)
            {
                // Clusters alternate between the arms: with an odd number arm 0 has one more.
                var share = (mechanism.Clusters + 1 - arm) / 2;
                for (var row = 0; row < means.Size; row++)
                {
                    design.Fill(design.Treatment(arm, row, means.Size), row, means.Size, x);
                    var eta = Dense.Dot(x, beta);
                    var mean = mechanism.Link.Mean(eta);
                    var slope = mechanism.Link.Derivative(eta);
                    var weight = share * slope / mechanism.Family.Variance(mean);
                    Dense.RankOneUpdateLower(weight * slope, x, information);
                    Dense.AddScaled(weight * (means.Mean(means.Predictor(arm, row)) - mean), x, step);
                }
            }

            if (!Cholesky.TryFactor(information, p, out _))
            {
                break;
            }

            Cholesky.Solve(information, p, step);
            Dense.AddScaled(1, step, beta);
            var length = step.Max(Math.Abs) / (1 + beta.Max(Math.Abs));
            if (length < 1e-13 || (length < Solved && iteration == MaximumIterations - 1))
            {
                return beta;
            }
        }

        Array.Fill(beta, double.NaN);
        return beta;
    }
}
