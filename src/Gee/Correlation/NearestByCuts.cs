using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Correlation;

/// <summary>
/// The parameters nearest to given ones, in a weighted Euclidean norm, for which a
/// correlation matrix that is linear in them is positive definite with a margin.
/// </summary>
/// <remarks>
/// With R(α) = I + Σ α_k N_k every vector v of length 1 gives the linear condition vᵀR(α)v ≥ margin. The method adds
/// the condition of the smallest eigenvalue's vector and moves to the nearest point that meets those in force, until none is violated. The
/// nearest
/// point is updated exactly by the dual method of Goldfarb and Idnani (1983); every one is at most as far away as the solution. The
/// conditions in force at the end of a search begin the next one of the same matrices, which is close by in an iteration.
/// </remarks>
internal sealed class NearestByCuts
{
    /// <summary>
    /// How far below the margin is taken for it: the solution is to depend on α smoothly, for an iteration around it to settle.
    /// </summary>
    private const double Slack = 1e-8;

    private const int MostCuts = 1000;

    private readonly List<double[]> normals = [];
    private readonly List<double> multipliers = [];
    private double[] roots = [];
    private double[] point = [];

    /// <summary>Replaces α.</summary>
    /// <param name="weights">The weight of each squared distance: how often the parameter stands in the matrix.</param>
    /// <param name="margin">The smallest eigenvalue wanted.</param>
    /// <param name="smallest">The smallest eigenvalue at the present α;
    /// writes its derivative, the coefficients of vᵀR(α)v, q values.</param>
    /// <param name="alpha">q values; replaced.</param>
    public void Project(double[] weights, double margin, Func<double[], double> smallest, double[] alpha)
    {
        double[][] known = [.. normals.Select(normal => normal.Zip(roots, (value, root) => value * root).ToArray())];
        roots = [.. weights.Select(weight => weight > 0 ? Math.Sqrt(weight) : 1)];
        point = [.. alpha.Select((value, k) => value * roots[k])];
        normals.Clear();
        multipliers.Clear();
        foreach (var condition in known)
        {
            // vᵀR(α)v is 1 at α = 0.
            if (1 + Dense.Dot(condition, alpha) < margin)
            {
                Require(condition, margin - 1);
                Read(alpha);
            }
        }

        var gradient = new double[alpha.Length];
        var accepted = margin - Slack;
        double value;
        for (var cut = 0; (value = smallest(gradient)) < accepted && cut < MostCuts; cut++)
        {
            // vᵀR(α)v = value is linear: it may rise to the margin along the gradient only.
            Require(gradient, margin - value + Dense.Dot(gradient, alpha));
            Read(alpha);
        }

        // Should the cuts not have closed in: R is positive definite at 0.
        for (var share = margin; value < accepted; share *= 2)
        {
            for (var k = 0; k < alpha.Length; k++)
            {
                alpha[k] *= 1 - Math.Min(share, 1);
            }

            value = smallest(gradient);
        }
    }

    /// <summary>
    /// Adds the condition gradient · α ≥ offset, which the point violates, and moves to the nearest point that meets all in force.
    /// </summary>
    private void Require(ReadOnlySpan<double> gradient, double offset)
    {
        var normal = new double[point.Length];
        for (var k = 0; k < normal.Length; k++)
        {
            normal[k] = gradient[k] / roots[k];
        }

        var multiplier = 0.0;
        while (true)
        {
            var (weights, direction) = Split(normal);
            var squared = Dense.Dot(direction, normal);
            var full = squared > 1e-10 * Dense.Dot(normal, normal)
                ? (offset - Dense.Dot(normal, point)) / squared
                : double.PositiveInfinity;
            var (partial, blocking) = (double.PositiveInfinity, -1);
            for (var j = 0; j < weights.Length; j++)
            {
                if (weights[j] > 0 && multipliers[j] / weights[j] < partial)
                {
                    (partial, blocking) = (multipliers[j] / weights[j], j);
                }
            }

            var step = Math.Min(full, partial);
            if (double.IsPositiveInfinity(step))
            {
                return;
            }

            multiplier += step;
            for (var j = 0; j < weights.Length; j++)
            {
                multipliers[j] -= step * weights[j];
            }

            if (!double.IsPositiveInfinity(full))
            {
                Dense.AddScaled(step, direction, point);
            }

            if (full <= partial)
            {
                normals.Add(normal);
                multipliers.Add(multiplier);
                return;
            }

            normals.RemoveAt(blocking);
            multipliers.RemoveAt(blocking);
        }
    }

    /// <summary>The normal as a combination of those in force, and what is left of it.</summary>
    private (double[] Weights, double[] Remainder) Split(double[] normal)
    {
        var count = normals.Count;
        var gram = new double[count * count];
        var weights = new double[count];
        for (var i = 0; i < count; i++)
        {
            weights[i] = Dense.Dot(normals[i], normal);
            for (var j = 0; j <= i; j++)
            {
                gram[(i * count) + j] = Dense.Dot(normals[i], normals[j]);
            }
        }

        double[] rest = [.. normal];
        if (count > 0 && Cholesky.TryFactor(gram, count, out _))
        {
            Cholesky.Solve(gram, count, weights);
            for (var i = 0; i < count; i++)
            {
                Dense.AddScaled(-weights[i], normals[i], rest);
            }
        }

        return (weights, rest);
    }

    private void Read(double[] alpha)
    {
        for (var k = 0; k < alpha.Length; k++)
        {
            alpha[k] = point[k] / roots[k];
        }
    }
}
