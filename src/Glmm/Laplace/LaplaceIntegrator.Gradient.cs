using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Laplace;

/// <content>The gradient of a group's Laplace value.</content>
internal sealed partial class LaplaceIntegrator
{
    private readonly double[][] adjoint;
    private readonly double[] squares;
    private readonly double[] scores;
    private readonly double[] spread;
    private readonly double[] dispersionRows;

    /// <inheritdoc/>
    public override void AddGradient(double multiplicity, Span<double> gradient)
    {
        FillCovariances();
        SolveAdjoint();
        var p = data.Columns;
        var width = widths[^1];
        for (var leaf = 0; leaf < counts[^1]; leaf++)
        {
            var path = paths[^1].AsSpan(leaf * width, width);
            for (var i = leafStarts[leaf]; i < leafStarts[leaf + 1]; i++)
            {
                scores[i] = first[i] + (third[i] * squares[i]) + (second[i] * Dense.Dot(Direction(i), path));
                Dense.AddScaled(multiplicity * scores[i], data.Design.AsSpan(rowOf[i] * p, p), gradient);
            }
        }

        if (density.HasFreeDispersion)
        {
            gradient[^1] += multiplicity * DispersionSlope();
        }

        AddTheta(multiplicity, gradient[p..]);
    }

    // ½dᵀVd of every row with V the covariance along its path, and H⁻¹ Σ ℓ‴ ½dᵀVd d.
    private void SolveAdjoint()
    {
        var width = widths[^1];
        ClearPaths();
        for (var leaf = 0; leaf < counts[^1]; leaf++)
        {
            var covariance = covariances[^1].AsSpan(leaf * width * width, width * width);
            var path = paths[^1].AsSpan(leaf * width, width);
            for (var i = leafStarts[leaf]; i < leafStarts[leaf + 1]; i++)
            {
                Dense.Multiply(covariance, Direction(i), spread);
                squares[i] = 0.5 * Dense.Dot(Direction(i), spread);
                Dense.AddScaled(third[i] * squares[i], Direction(i), path);
            }
        }

        GatherPaths(adjoint);
        Solve(adjoint);
    }

    private void AddTheta(double multiplicity, Span<double> theta)
    {
        var entry = 0;
        for (var l = 0; l < depth; l++)
        {
            var factor = tree.Levels[l].Factor;
            for (var e = 0; e < factor.ParameterCount; e++, entry++)
            {
                for (var leaf = 0; leaf < counts[^1]; leaf++)
                {
                    theta[entry] += multiplicity * ThetaSlope(l, factor.Rows[e], factor.Columns[e], leaf);
                }
            }
        }
    }

    private double ThetaSlope(int level, int a, int b, int leaf)
    {
        var width = widths[^1];
        var place = widths[level] - dimensions[level] + b;
        var line = covariances[^1].AsSpan((leaf * width * width) + (place * width), width);
        var effect = effects[level][(Ancestor(level, leaf) * dimensions[level]) + b];
        var solution = paths[^1][(leaf * width) + place];
        var sum = 0.0;
        for (var i = leafStarts[leaf]; i < leafStarts[leaf + 1]; i++)
        {
            sum += Design(rowOf[i], level)[a] * ((scores[i] * effect) + (first[i] * solution) + (second[i] * Dense.Dot(line, Direction(i))));
        }

        return sum;
    }

    private int Ancestor(int level, int leaf)
    {
        for (var l = depth - 1; l > level; l--)
        {
            leaf = parents[l][leaf];
        }

        return leaf;
    }

    private double DispersionSlope()
    {
        density.DispersionAlongRows(
            RowVectors(response), RowVectors(weight), point.Dispersion, RowVectors(eta), RowVectors(dispersionRows), RowVectors(dispersionRows, 1), RowVectors(dispersionRows, 2));
        var slope = dispersionRows.AsSpan(stride);
        var bend = dispersionRows.AsSpan(2 * stride);
        var width = widths[^1];
        var sum = 0.0;
        for (var leaf = 0; leaf < counts[^1]; leaf++)
        {
            var path = paths[^1].AsSpan(leaf * width, width);
            for (var i = leafStarts[leaf]; i < leafStarts[leaf + 1]; i++)
            {
                density.Constant(response[i], point.Dispersion, out var constant);
                sum += dispersionRows[i] + (weight[i] * constant) + (bend[i] * squares[i]) + (slope[i] * Dense.Dot(Direction(i), path));
            }
        }

        return sum;
    }
}
