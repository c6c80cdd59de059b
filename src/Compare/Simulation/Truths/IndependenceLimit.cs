using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Simulation.Truths;

/// <summary>
/// The limit of GEE coefficients with working independence: solves E{Dᵀ V⁻¹ [m_true − μ(β*)]} = 0 over the rows of all arms.
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
    /// <param name="mechanism">The mechanism.</param>
    /// <param name="population">Its population.</param>
    /// <param name="adjusted">Whether the covariates are in the model, after the columns of the design.</param>
    public static double[] Coefficients(Mechanism mechanism, Population population, bool adjusted = false)
    {
        double[] start =
        [
            .. mechanism.Design.Coefficients(mechanism.Effects),
            .. adjusted ? mechanism.Covariates.Select(covariate => covariate.Slope) : [],
        ];
        return Solve(LimitRow.Of(mechanism, population, adjusted), start, mechanism.Family, mechanism.Link);
    }

    /// <summary>The same for any rows.</summary>
    /// <param name="rows">The rows with their true means.</param>
    /// <param name="start">Where to begin, p values.</param>
    /// <param name="family">Whose variance function weights the rows.</param>
    /// <param name="link">The link.</param>
    public static double[] Solve(IReadOnlyList<LimitRow> rows, ReadOnlySpan<double> start, Family family, Link link)
    {
        double[] beta = [.. start];
        var p = beta.Length;
        var information = new double[p * p];
        var step = new double[p];
        for (var iteration = 0; iteration < MaximumIterations && rows.Count > 0; iteration++)
        {
            Array.Clear(information);
            Array.Clear(step);
            foreach (var row in rows)
            {
                var eta = row.Offset + Dense.Dot(row.Columns, beta);
                var mean = link.Mean(eta);
                var slope = link.Derivative(eta);
                var weight = row.Share * slope / family.Variance(mean);
                Dense.RankOneUpdateLower(weight * slope, row.Columns, information);
                Dense.AddScaled(weight * (row.Mean - mean), row.Columns, step);
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
