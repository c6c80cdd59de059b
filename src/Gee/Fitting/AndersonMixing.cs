using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Fitting;

/// <summary>Speeds up a fixed-point iteration by combining its last steps (Anderson 1965; Walker and Ni 2011).</summary>
/// <remarks>
/// With points z and residuals f = G(z) − z the next point is z + f − (ΔZ + ΔF)γ, γ the least-squares solution of ΔFγ = f over the last few
/// differences. It cures slow drift as well as running in circles; near the solution it acts as a secant method.
/// </remarks>
internal sealed class AndersonMixing(int dimension)
{
    private const int Depth = 6;

    /// <summary>What the diagonal is raised by, in units of itself, so that repeated differences do no harm.</summary>
    private const double Ridge = 1e-10;

    /// <summary>The share of its diagonal element that a pivot has to exceed for a difference to count.</summary>
    private const double Dependent = 1e-12;

    private readonly double[][] points = Allocate(dimension);
    private readonly double[][] residuals = Allocate(dimension);
    private int count;

    /// <summary>Forgets the steps so far.</summary>
    public void Clear() => count = 0;

    /// <summary>Replaces a plain residual by the mixed one.</summary>
    /// <param name="point">z.</param>
    /// <param name="residual">f = G(z) − z; replaced by the step to the next point.</param>
    public void Mix(ReadOnlySpan<double> point, Span<double> residual)
    {
        Push(points, point);
        Push(residuals, residual);
        count = Math.Min(count + 1, Depth);
        var columns = count - 1;
        Span<double> gram = stackalloc double[Depth * Depth];
        Span<double> weights = stackalloc double[Depth];
        while (columns > 0)
        {
            for (var i = 0; i < columns; i++)
            {
                weights[i] = Difference(i, -1, residual);
                for (var j = 0; j <= i; j++)
                {
                    gram[(i * columns) + j] = Difference(i, j, residual) * (i == j ? 1 + Ridge : 1);
                }
            }

            if (Cholesky.TryFactor(gram, columns, out _, Dependent))
            {
                break;
            }

            columns--;
        }

        if (columns == 0)
        {
            return;
        }

        Cholesky.Solve(gram, columns, weights[..columns]);
        for (var i = 0; i < columns; i++)
        {
            for (var k = 0; k < dimension; k++)
            {
                residual[k] -= weights[i] * (points[i][k] - points[i + 1][k] + residuals[i][k] - residuals[i + 1][k]);
            }
        }
    }

    /// <summary>The inner product of two differences of residuals, the latest first; −1 stands for the residual itself.</summary>
    private double Difference(int i, int j, ReadOnlySpan<double> residual)
    {
        var sum = 0.0;
        for (var k = 0; k < dimension; k++)
        {
            sum += (residuals[i][k] - residuals[i + 1][k]) * (j < 0 ? residual[k] : residuals[j][k] - residuals[j + 1][k]);
        }

        return sum;
    }

    private static double[][] Allocate(int dimension) => Array.ConvertAll(new double[Depth][], _ => new double[dimension]);

    private static void Push(double[][] history, ReadOnlySpan<double> values)
    {
        var last = history[^1];
        Array.Copy(history, 0, history, 1, history.Length - 1);
        history[0] = last;
        values.CopyTo(last);
    }
}
