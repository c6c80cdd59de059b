using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Simulation.Truths;

/// <summary>
/// The limit of a marginal cumulative model with working independence: thresholds θ* and coefficients β* that solve
/// E Σ_k π_k ∂ log p_k(θ*, β*) = 0 over the rows of all arms, π the true probabilities of a row's categories.
/// </summary>
/// <remarks>Under independence the equations of the indicators are the scores of the multinomial likelihood (McCullagh 1980).</remarks>
internal static class OrdinalLimit
{
    private const int MaximumIterations = 200;

    private const int MostHalvings = 40;

    private const double Converged = 1e-13;

    /// <summary>Rounding may keep the relative step above the tolerance; below this the equations are solved all the same.</summary>
    private const double Solved = 1e-9;

    /// <summary>
    /// β* at the places of the model's columns, that of the intercept 0; not numbers where the equations are not solved.
    /// </summary>
    /// <param name="mechanism">A mechanism of an ordered outcome.</param>
    /// <param name="population">Its population.</param>
    /// <param name="adjusted">Whether the covariates are in the model, after the columns of the design.</param>
    public static double[] Coefficients(Mechanism mechanism, Population population, bool adjusted = false)
    {
        var outcome = mechanism.Ordinal!;
        double[] start =
        [
            .. mechanism.Design.Coefficients(mechanism.Effects),
            .. adjusted ? mechanism.Covariates.Select(covariate => covariate.Slope) : [],
        ];
        var solved = Solve(LimitRow.Of(mechanism, population, adjusted), outcome.Link, outcome.Thresholds, start.AsSpan(1));
        return solved.Length == 0 ? [.. start.Select(_ => double.NaN)] : [0, .. solved.AsSpan(outcome.Thresholds.Length)];
    }

    /// <summary>θ* and β* by Fisher scoring; empty where the equations are not solved.</summary>
    /// <param name="rows">The rows with the true probabilities of exceeding each threshold; the first column is the intercept's.</param>
    /// <param name="link">F.</param>
    /// <param name="thresholds">Where θ begins, ascending.</param>
    /// <param name="slopes">Where β begins.</param>
    public static double[] Solve(
        IReadOnlyList<LimitRow> rows, CumulativeLink link, ReadOnlySpan<double> thresholds, ReadOnlySpan<double> slopes)
    {
        double[] psi = [.. thresholds, .. slopes];
        var (j, p) = (thresholds.Length, psi.Length);
        var (information, step, gradient) = (new double[p * p], new double[p], new double[p]);
        for (var iteration = 0; iteration < MaximumIterations && rows.Count > 0; iteration++)
        {
            Array.Clear(information);
            Array.Clear(step);
            foreach (var row in rows)
            {
                Add(row, link, psi, j, gradient, information, step);
            }

            if (!Cholesky.TryFactor(information, p, out _))
            {
                return [];
            }

            Cholesky.Solve(information, p, step);
            var size = Largest(psi, step, j);
            Dense.AddScaled(size, step, psi);
            var length = size * step.Max(Math.Abs) / (1 + psi.Max(Math.Abs));
            if (length < Converged || (length < Solved && iteration == MaximumIterations - 1))
            {
                return psi;
            }
        }

        return [];
    }

    /// <summary>Adds a row's score and information.</summary>
    private static void Add(
        LimitRow row, CumulativeLink link, double[] psi, int count, double[] gradient, double[] information, double[] step)
    {
        var x = row.Columns.AsSpan(1);
        var eta = row.Offset + Dense.Dot(x, psi.AsSpan(count));
        for (var k = 0; k <= count; k++)
        {
            var lower = k == 0 ? double.NegativeInfinity : psi[k - 1] - eta;
            var upper = k == count ? double.PositiveInfinity : psi[k] - eta;
            var probability = Math.Exp(link.LogInterval(lower, upper));
            if (probability == 0)
            {
                continue;
            }

            Array.Clear(gradient);
            var (below, above) = (k == 0 ? 0 : link.Density(lower), k == count ? 0 : link.Density(upper));
            if (k > 0)
            {
                gradient[k - 1] = -below;
            }

            if (k < count)
            {
                gradient[k] = above;
            }

            Dense.AddScaled(below - above, x, gradient.AsSpan(count));
            var truth = (k == 0 ? 1 : row.Above[k - 1]) - (k == count ? 0 : row.Above[k]);
            Dense.RankOneUpdateLower(row.Share / probability, gradient, information);
            Dense.AddScaled(row.Share * truth / probability, gradient, step);
        }
    }

    /// <summary>The largest of 1, ½, ¼, … by which the thresholds still ascend.</summary>
    private static double Largest(double[] psi, double[] step, int count)
    {
        var size = 1.0;
        for (var halving = 0; halving < MostHalvings; halving++, size /= 2)
        {
            var ascends = true;
            for (var k = 1; k < count; k++)
            {
                ascends &= psi[k] + (size * step[k]) > psi[k - 1] + (size * step[k - 1]);
            }

            if (ascends)
            {
                break;
            }
        }

        return size;
    }
}
