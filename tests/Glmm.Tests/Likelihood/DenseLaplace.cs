using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Tests.Likelihood;

/// <summary>
/// The Laplace approximation of a binary logistic model by one dense matrix over all effects of all groups: slow, and plain to read.
/// </summary>
internal sealed class DenseLaplace
{
    private readonly PreparedModel model;
    private readonly double[] linear;
    private readonly double[][] directions;
    private readonly double[][] lambdas;

    /// <summary>Maximizes over the effects at a parameter vector (β, θ of each level) in scaled units.</summary>
    public DenseLaplace(PreparedModel model, double[] parameters)
    {
        this.model = model;
        var frame = model.Frame;
        var p = frame.Design.Columns;
        var order = model.Levels.Sum(level => level.GroupCount * level.Factor.Dimension);
        linear = [.. Enumerable.Range(0, frame.Rows)
            .Select(i => Enumerable.Range(0, p).Sum(j => parameters[j] * model.Scaling.Apply(j, frame.Design.Column(j)[i])))];
        directions = [.. Enumerable.Range(0, frame.Rows).Select(_ => new double[order])];
        lambdas = new double[model.Levels.Count][];
        var (place, at) = (0, p);
        for (var l = 0; l < model.Levels.Count; l++)
        {
            var level = model.Levels[l];
            var q = level.Factor.Dimension;
            lambdas[l] = new double[q * q];
            level.Factor.Fill(parameters.AsSpan(at, level.Factor.ParameterCount), lambdas[l]);
            var z = level.RowMajorDesign();
            for (var i = 0; i < frame.Rows; i++)
            {
                for (var b = 0; b < q; b++)
                {
                    directions[i][place + (level.Groups[i] * q) + b] = Enumerable.Range(0, q)
                        .Sum(a => lambdas[l][(a * q) + b] * z[(i * q) + a]);
                }
            }

            at += level.Factor.ParameterCount;
            place += level.GroupCount * q;
        }

        Effects = new double[order];
        Maximize();
    }

    /// <summary>ℓ.</summary>
    public double Value { get; private set; }

    /// <summary>û of all groups, level by level.</summary>
    public double[] Effects { get; }

    /// <summary>H⁻¹.</summary>
    public double[,] Covariance { get; private set; } = new double[0, 0];

    /// <summary>The modes b̂ = Λû and their standard errors at one level, groups×q by row.</summary>
    public (double[] Modes, double[] Errors) Level(int l)
    {
        var q = model.Levels[l].Factor.Dimension;
        var place = model.Levels.Take(l).Sum(level => level.GroupCount * level.Factor.Dimension);
        var count = model.Levels[l].GroupCount;
        var (modes, errors) = (new double[count * q], new double[count * q]);
        for (var g = 0; g < count; g++)
        {
            for (var a = 0; a < q; a++)
            {
                var at = place + (g * q);
                modes[(g * q) + a] = Enumerable.Range(0, q).Sum(b => lambdas[l][(a * q) + b] * Effects[at + b]);
                errors[(g * q) + a] = Math.Sqrt(Enumerable.Range(0, q).Sum(b =>
                    Enumerable.Range(0, q).Sum(c => lambdas[l][(a * q) + b] * Covariance[at + b, at + c] * lambdas[l][(a * q) + c])));
            }
        }

        return (modes, errors);
    }

    private void Maximize()
    {
        var order = Effects.Length;
        for (var iteration = 0; iteration < 30; iteration++)
        {
            var curvature = new double[order, order];
            var slope = Effects.Select(u => -u).ToArray();
            Value = -0.5 * Effects.Sum(u => u * u);
            for (var k = 0; k < order; k++)
            {
                curvature[k, k] = 1;
            }

            for (var i = 0; i < linear.Length; i++)
            {
                var eta = linear[i] + directions[i].Zip(Effects, (d, u) => d * u).Sum();
                var (y, mean) = (model.Frame.Response[i], 1 / (1 + Math.Exp(-eta)));
                Value += (y * eta) - Math.Max(eta, 0) - Math.Log(1 + Math.Exp(-Math.Abs(eta)));
                for (var k = 0; k < order; k++)
                {
                    slope[k] += (y - mean) * directions[i][k];
                    for (var l = 0; l < order; l++)
                    {
                        curvature[k, l] += mean * (1 - mean) * directions[i][k] * directions[i][l];
                    }
                }
            }

            var matrix = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(curvature);
            Value -= 0.5 * Math.Log(matrix.Determinant());
            Covariance = matrix.Inverse().ToArray();
            for (var k = 0; k < order; k++)
            {
                Effects[k] += Enumerable.Range(0, order).Sum(l => Covariance[k, l] * slope[l]);
            }
        }
    }
}
