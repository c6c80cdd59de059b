using MarginalConditional.Data.Frames;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace MarginalConditional.Lmm.Tests.Profiles;

/// <summary>
/// The slow twin of profiles: −2ℓ of small models by dense matrices, minimized by the simplex method over all parameters but one.
/// </summary>
internal static class ConstrainedLikelihood
{
    private const double NotPossible = 1e9;

    /// <summary>
    /// −2ℓ by full likelihood with β profiled; the covariance of cluster c, n×n over its rows, is a function of parameters.
    /// </summary>
    public static double Deviance(ModelFrame frame, Func<int, Matrix<double>> covariance)
    {
        var (x, y) = (DenseLikelihood.Design(frame), DenseLikelihood.Response(frame));
        var p = x.ColumnCount;
        var (information, score, square, logDeterminant) = (Matrix<double>.Build.Dense(p, p), Vector<double>.Build.Dense(p), 0.0, 0.0);
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var (start, size) = (frame.Clusters.Start(c), frame.Clusters.Size(c));
            var v = covariance(c);
            if (!IsDefinite(v))
            {
                return NotPossible;
            }

            var factor = v.Cholesky();
            var (xc, yc) = (x.SubMatrix(start, size, 0, p), y.SubVector(start, size));
            information += xc.Transpose() * factor.Solve(xc);
            score += xc.Transpose() * factor.Solve(yc);
            square += yc * factor.Solve(yc);
            logDeterminant += factor.DeterminantLn;
        }

        return (frame.Rows * Math.Log(2 * Math.PI)) + logDeterminant + square - (score * information.Cholesky().Solve(score));
    }

    /// <summary>The least −2ℓ with one parameter held, over unbounded versions of the others.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="covariance">The covariance of a cluster under natural parameters: standard deviations, then correlations.</param>
    /// <param name="start">Natural parameters to start at.</param>
    /// <param name="deviations">How many of them are standard deviations.</param>
    /// <param name="held">The index of the one that is held at its start.</param>
    public static double Minimum(ModelFrame frame, Func<int, double[], Matrix<double>> covariance, double[] start, int deviations, int held)
    {
        double[] Natural(Vector<double> free)
        {
            var natural = (double[])start.Clone();
            for (int k = 0, f = 0; k < natural.Length; k++)
            {
                if (k != held)
                {
                    natural[k] = k < deviations ? Math.Exp(free[f]) : Math.Tanh(free[f]);
                    f++;
                }
            }

            return natural;
        }

        var others = Enumerable.Range(0, start.Length).Where(k => k != held);
        var point = Vector<double>.Build.DenseOfEnumerable(others.Select(k => k < deviations ? Math.Log(start[k]) : Math.Atanh(start[k])));
        var objective = ObjectiveFunction.Value(free =>
        {
            var natural = Natural(free);
            return Deviance(frame, cluster => covariance(cluster, natural));
        });
        if (point.Count == 0)
        {
            return objective.Value;
        }

        // The simplex may stall: it starts again where it stopped until nothing is gained.
        var best = double.PositiveInfinity;
        for (var restart = 0; restart < 20; restart++)
        {
            var result = new NelderMeadSimplex(1e-11, 20000).FindMinimum(objective, point);
            if (result.FunctionInfoAtMinimum.Value > best - 1e-9)
            {
                break;
            }

            (best, point) = (result.FunctionInfoAtMinimum.Value, result.MinimizingPoint);
        }

        return best;
    }

    /// <summary>Whether all pivots are positive: MathNet would throw, which costs more than the rest.</summary>
    private static bool IsDefinite(Matrix<double> matrix)
    {
        var a = matrix.ToArray();
        for (var k = 0; k < matrix.RowCount; k++)
        {
            if (!(a[k, k] > 0))
            {
                return false;
            }

            for (var i = k + 1; i < matrix.RowCount; i++)
            {
                for (var j = k + 1; j < matrix.RowCount; j++)
                {
                    a[i, j] -= a[i, k] * a[k, j] / a[k, k];
                }
            }
        }

        return true;
    }
}
