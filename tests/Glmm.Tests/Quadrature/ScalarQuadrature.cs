using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>The quadrature of one cluster the slow way: one number at a time, a full tensor grid, derivatives by differences.</summary>
internal sealed class ScalarQuadrature(ClusterData data, int pattern, IScalarLaw law, int nodes, bool adaptive)
{
    private const double Step = 1e-3;

    private readonly int q = data.Dimension;

    /// <summary>ℓ at (β, θ, log φ).</summary>
    public double Value(ReadOnlySpan<double> parameters)
    {
        Expand(parameters, out var value, out _);
        return value;
    }

    /// <summary>The gradient of <see cref="Value"/>, node movement and all, by differences of fourth order.</summary>
    public double[] Gradient(double[] parameters) => Differences(parameters, moved => Value(moved));

    /// <summary>The derivatives of <see cref="Value"/> in the linear predictor of each row.</summary>
    public double[] RowScores(double[] parameters)
    {
        var (from, to) = (data.PatternOffsets[pattern], data.PatternOffsets[pattern + 1]);
        var own = data.Offset[from..to];
        var scores = Differences(own, moved =>
        {
            moved.CopyTo(data.Offset, from);
            return Value(parameters);
        });
        own.CopyTo(data.Offset, from);
        return scores;
    }

    /// <summary>Louis' information in (β, θ): score and Hessian of the complete data at every node, by differences.</summary>
    public double[] Information(double[] parameters)
    {
        var terms = Expand(parameters, out _, out var effects);
        var count = data.Columns + data.Factor.ParameterCount;
        var information = new double[count * count];
        var mean = new double[count];
        for (var k = 0; k < terms.Length; k++)
        {
            var u = effects[k];
            double[] Score(double[] at) => Differences(at, moved => Rows(moved, u));
            var score = Score(parameters);
            for (var j = 0; j < count; j++)
            {
                mean[j] += terms[k] * score[j];
                var column = Differences(parameters, moved => Score(moved)[j]);
                for (var l = 0; l < count; l++)
                {
                    information[(j * count) + l] -= terms[k] * (column[l] + (score[j] * score[l]));
                }
            }
        }

        Dense.RankOneUpdateLower(1, mean, information);
        return information;
    }

    /// <summary>The posterior means and standard deviations of b = Λu.</summary>
    public (double[] Means, double[] Deviations) Moments(ReadOnlySpan<double> parameters)
    {
        var terms = Expand(parameters, out _, out var effects);
        var (means, squares) = (new double[q], new double[q]);
        for (var k = 0; k < terms.Length; k++)
        {
            var b = Multiply(Lambda(parameters), effects[k]);
            for (var a = 0; a < q; a++)
            {
                means[a] += terms[k] * b[a];
                squares[a] += terms[k] * b[a] * b[a];
            }
        }

        return (means, [.. squares.Zip(means, (square, mean) => Math.Sqrt(square - (mean * mean)))]);
    }

    /// <summary>û and the lower Cholesky factor of the curvature there, q×q by row.</summary>
    public (double[] Mode, double[] Factor) Mode(ReadOnlySpan<double> parameters)
    {
        var mode = new double[q];
        for (var iteration = 0; ; iteration++)
        {
            double[] step = [.. mode.Select(u => -u)];
            var curvature = new double[q * q];
            for (var b = 0; b < q; b++)
            {
                curvature[(b * q) + b] = 1;
            }

            for (var i = data.PatternOffsets[pattern]; i < data.PatternOffsets[pattern + 1]; i++)
            {
                var v = Direction(parameters, i);
                var (_, first, second) = law.At(Predictor(parameters, mode, i), data.Response[i], Dispersion(parameters));
                for (var b = 0; b < q; b++)
                {
                    step[b] += data.Weight[i] * first * v[b];
                    for (var c = 0; c < q; c++)
                    {
                        curvature[(b * q) + c] -= data.Weight[i] * second * v[b] * v[c];
                    }
                }
            }

            Assert.True(Cholesky.TryFactor(curvature, q, out _));
            if (iteration == 50)
            {
                return (mode, curvature);
            }

            Cholesky.Solve(curvature, q, step);
            for (var b = 0; b < q; b++)
            {
                mode[b] += step[b];
            }
        }
    }

    // The normalized terms p_k and the effects u_k.
    private double[] Expand(ReadOnlySpan<double> parameters, out double value, out double[][] effects)
    {
        var (mode, factor) = Mode(parameters);
        var rule = GaussHermiteRule.OfSize(nodes);
        var count = (int)Math.Pow(nodes, q);
        effects = new double[count][];
        var logs = new double[count];
        for (var k = 0; k < count; k++)
        {
            var rest = k;
            var z = new double[q];
            for (var d = 0; d < q; d++, rest /= nodes)
            {
                z[d] = rule.Nodes[rest % nodes];
                logs[k] += rule.LogWeights[rest % nodes];
            }

            var u = (double[])z.Clone();
            if (adaptive)
            {
                Cholesky.SolveLowerTransposed(factor, q, u);
                for (var b = 0; b < q; b++)
                {
                    u[b] += mode[b];
                    logs[k] += (0.5 * z[b] * z[b]) - (0.5 * u[b] * u[b]) - Math.Log(factor[(b * q) + b]);
                }
            }

            effects[k] = u;
            logs[k] += Rows(parameters, u);
        }

        value = Math.Log(logs.Sum(Math.Exp));
        var total = value;
        return [.. logs.Select(log => Math.Exp(log - total))];
    }

    private double Rows(ReadOnlySpan<double> parameters, double[] u)
    {
        var sum = 0.0;
        for (var i = data.PatternOffsets[pattern]; i < data.PatternOffsets[pattern + 1]; i++)
        {
            sum += data.Weight[i] * law.At(Predictor(parameters, u, i), data.Response[i], Dispersion(parameters)).Log;
        }

        return sum;
    }

    private double Predictor(ReadOnlySpan<double> parameters, double[] u, int i)
    {
        var sum = data.Offset[i] + Dense.Dot(Direction(parameters, i), u);
        for (var j = 0; j < data.Columns; j++)
        {
            sum += data.Design[(i * data.Columns) + j] * parameters[j];
        }

        return sum;
    }

    // Λᵀz.
    private double[] Direction(ReadOnlySpan<double> parameters, int i)
    {
        var lambda = Lambda(parameters);
        var v = new double[q];
        for (var b = 0; b < q; b++)
        {
            for (var a = 0; a < q; a++)
            {
                v[b] += lambda[(a * q) + b] * data.RandomDesign[(i * q) + a];
            }
        }

        return v;
    }

    private double[] Lambda(ReadOnlySpan<double> parameters)
    {
        var lambda = new double[q * q];
        data.Factor.Fill(parameters.Slice(data.Columns, data.Factor.ParameterCount), lambda);
        return lambda;
    }

    private double Dispersion(ReadOnlySpan<double> parameters) => law.Density.HasFreeDispersion ? Math.Exp(parameters[^1]) : 1;

    private static double[] Multiply(double[] matrix, double[] vector)
    {
        var product = new double[vector.Length];
        for (var a = 0; a < product.Length; a++)
        {
            product[a] = Dense.Dot(matrix.AsSpan(a * vector.Length, vector.Length), vector);
        }

        return product;
    }

    private static double[] Differences(double[] at, Func<double[], double> function)
    {
        var slopes = new double[at.Length];
        for (var j = 0; j < at.Length; j++)
        {
            double Moved(double h)
            {
                var moved = (double[])at.Clone();
                moved[j] += h;
                return function(moved);
            }

            slopes[j] = ((8 * (Moved(Step) - Moved(-Step))) - (Moved(2 * Step) - Moved(-2 * Step))) / (12 * Step);
        }

        return slopes;
    }
}
