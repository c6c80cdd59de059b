using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Meta.Regression;

/// <summary>Finds the variances of highest likelihood by Fisher scoring; those that want to be negative are held at zero.</summary>
internal static class ComponentSearch
{
    /// <summary>Climbs from the total put into equal parts and into each component alone, and takes the highest end.</summary>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="total">A first guess of the sum of all variances, 0 or more.</param>
    /// <param name="tolerances">Where a climb ends.</param>
    public static (double[] Variances, Convergence Convergence) Find(
        ComponentLikelihood likelihood, double total, MetaTolerances tolerances)
    {
        var count = likelihood.Count;
        var starts = new List<double[]> { Enumerable.Repeat(total / count, count).ToArray() };
        for (var s = 0; s < count && count > 1; s++)
        {
            var alone = new double[count];
            alone[s] = total;
            starts.Add(alone);
        }

        return starts.Select(start => Climb(likelihood, start, tolerances))
            .OrderByDescending(end => end.Convergence.Converged)
            .ThenByDescending(end => likelihood.Value(end.Variances))
            .First();
    }

    /// <summary>Climbs from one start.</summary>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="start">Variances, 0 or more.</param>
    /// <param name="tolerances">Where the climb ends.</param>
    /// <param name="held">A variance that stays as it is; −1 for none.</param>
    public static (double[] Variances, Convergence Convergence) Climb(
        ComponentLikelihood likelihood, double[] start, MetaTolerances tolerances, int held = -1)
    {
        var count = likelihood.Count;
        double[] at = [.. start], gradient = new double[count], information = new double[count * count];
        for (var iteration = 1; iteration <= tolerances.MostSteps; iteration++)
        {
            var value = likelihood.Derivatives(at, gradient, information);
            var step = Step(at, gradient, information, held);
            var gain = Dense.Dot(step, gradient);
            if (gain <= tolerances.Gain)
            {
                return (at, Ended(at, iteration, gain, tolerances));
            }

            var next = Next(likelihood, at, step, value, gain > tolerances.VisibleGain);
            if (next is null)
            {
                return (at, Ended(at, iteration, gain, tolerances));
            }

            at = next;
        }

        return (at, new Convergence(
            ConvergenceStatus.IterationLimit, tolerances.MostSteps, double.NaN, tolerances.Gain, "The variances were not found."));
    }

    /// <summary>The scoring step of the variances that may move: those at zero that it would lower stay.</summary>
    private static double[] Step(double[] at, double[] gradient, double[] information, int held)
    {
        var count = at.Length;
        int[] free = [.. Enumerable.Range(0, count).Where(s => s != held && (at[s] > 0 || gradient[s] > 0))];
        while (true)
        {
            var step = Step(gradient, information, free, count);
            int[] kept = [.. free.Where(s => at[s] > 0 || step[s] > 0)];
            if (kept.Length == free.Length)
            {
                return step;
            }

            free = kept;
        }
    }

    private static double[] Step(double[] gradient, double[] information, int[] free, int count)
    {
        var n = free.Length;
        double[] matrix = new double[n * n], reduced = new double[n], step = new double[count];
        for (var i = 0; i < n; i++)
        {
            reduced[i] = gradient[free[i]];
            for (var j = 0; j < n; j++)
            {
                matrix[(i * n) + j] = information[(free[i] * count) + free[j]];
            }
        }

        var factor = new double[n * n];
        Cholesky.FactorRaised(matrix, n, RaisingSchedule.Rounding, factor);
        Cholesky.Solve(factor, n, reduced);
        for (var i = 0; i < n; i++)
        {
            step[free[i]] = reduced[i];
        }

        return step;
    }

    /// <summary>The point that a step leads to, shortened until the likelihood rises; null where it does not.</summary>
    private static double[]? Next(ComponentLikelihood likelihood, double[] at, double[] step, double value, bool mustRise)
    {
        for (var length = 1.0; length > 1e-10; length /= 2)
        {
            double[] next = [.. at.Select((variance, s) => Math.Max(0, variance + (length * step[s])))];
            if (!mustRise || likelihood.Value(next) > value)
            {
                return next;
            }
        }

        return null;
    }

    private static Convergence Ended(double[] at, int iterations, double gain, MetaTolerances tolerances) => new(
        at.Any(variance => variance == 0) ? ConvergenceStatus.Boundary : ConvergenceStatus.Converged,
        iterations,
        Math.Max(gain, 0),
        tolerances.Gain,
        at.All(variance => variance == 0)
            ? "The variance between studies is estimated as 0: the studies differ no more than their sampling errors explain."
            : at.Any(variance => variance == 0) ? "A variance of true effects is estimated as 0." : string.Empty);
}
