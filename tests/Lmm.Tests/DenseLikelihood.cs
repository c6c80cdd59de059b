using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Mixed;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests;

/// <summary>The slow twin: the whole n×n covariance of a fit, and everything computed from it by dense algebra.</summary>
internal static class DenseLikelihood
{
    public static Matrix<double> Design(ModelFrame frame) =>
        Matrix<double>.Build.Dense(frame.Rows, frame.Design.Columns, frame.Design.Values.ToArray());

    public static Vector<double> Response(ModelFrame frame)
    {
        var y = Vector<double>.Build.Dense(frame.Response.ToArray());
        return frame.Offset.Length == 0 ? y : y - Vector<double>.Build.Dense(frame.Offset.ToArray());
    }

    public static Matrix<double> RandomDesign(ModelFrame frame, int term)
    {
        var random = frame.RandomTerms[term];
        var z = Matrix<double>.Build.Dense(frame.Rows, random.GroupCount * random.Dimension);
        for (var i = 0; i < frame.Rows; i++)
        {
            for (var j = 0; j < random.Dimension; j++)
            {
                z[i, (random.Groups[i] * random.Dimension) + j] = random.Column(j)[i];
            }
        }

        return z;
    }

    public static Matrix<double> RandomCovariance(LmmFit fit, int term)
    {
        var effect = fit.RandomEffects[term];
        var (q, groups) = (effect.Dimension, effect.GroupCount);
        var d = Matrix<double>.Build.Dense(groups * q, groups * q);
        for (var g = 0; g < groups; g++)
        {
            for (var a = 0; a < q; a++)
            {
                for (var b = 0; b < q; b++)
                {
                    d[(g * q) + a, (g * q) + b] = effect.Covariance[(a * q) + b];
                }
            }
        }

        return d;
    }

    public static Matrix<double> Covariance(LmmFit fit)
    {
        var frame = fit.Frame;
        var v = Matrix<double>.Build.Dense(frame.Rows, frame.Rows);
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var start = frame.Clusters.Start(c);
            for (var i = start; i < start + frame.Clusters.Size(c); i++)
            {
                for (var j = start; j < start + frame.Clusters.Size(c); j++)
                {
                    if (fit.ResidualCovariances.Count == 0)
                    {
                        v[i, j] = i == j ? fit.ResidualVariance : 0;
                    }
                    else
                    {
                        var group = fit.ResidualCovariances.Count == 1
                            ? 0
                            : (int)((NumericColumn)frame.Auxiliary(fit.Options.ResidualBy!)).Values[i];
                        var residual = fit.ResidualCovariances[group];
                        v[i, j] = residual.Covariance[(frame.Waves[i] * residual.Waves.Count) + frame.Waves[j]];
                    }

                    if (frame.Weights.Length > 0)
                    {
                        v[i, j] /= Math.Sqrt(frame.Weights[i] * frame.Weights[j]);
                    }
                }
            }
        }

        for (var term = 0; term < frame.RandomTerms.Count; term++)
        {
            var z = RandomDesign(frame, term);
            v += z * RandomCovariance(fit, term) * z.Transpose();
        }

        return v;
    }

    /// <summary>The log-likelihood, full or restricted, at the fit's covariance and its own generalized least squares.</summary>
    public static double LogLikelihood(LmmFit fit)
    {
        var (x, y, v) = (Design(fit.Frame), Response(fit.Frame), Covariance(fit).Cholesky());
        var information = x.Transpose() * v.Solve(x);
        var beta = information.Cholesky().Solve(x.Transpose() * v.Solve(y));
        var r = y - (x * beta);
        var (n, p) = (x.RowCount, x.ColumnCount);
        var value = v.DeterminantLn + (r * v.Solve(r));
        return fit.Options.Restricted
            ? -0.5 * (((n - p) * Math.Log(2 * Math.PI)) + value + information.Cholesky().DeterminantLn)
            : -0.5 * ((n * Math.Log(2 * Math.PI)) + value);
    }
}
