using System.Numerics.Tensors;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Laplace;

/// <content>Newton's method for the joint mode of a group, and the height there.</content>
internal sealed partial class LaplaceIntegrator
{
    private double FindMode()
    {
        var value = Height(withThird: false);
        for (var iteration = 0; iteration < ModeSearch.MaximumSteps; iteration++)
        {
            Factor();
            Slope(sides);
            Copy(sides, steps);
            Solve(steps);
            var last = ModeSearch.IsLast(Product(sides, steps));
            value = Move(value, last);
            if (last)
            {
                break;
            }
        }

        value = Height(withThird: true);
        Factor();
        return value;
    }

    private double Move(double value, bool last)
    {
        for (double length = 1; ; length *= 0.5)
        {
            AddSteps(length);
            if (last)
            {
                return value;
            }

            var next = Height(withThird: false);
            if (ModeSearch.Holds(next, value) || length < 1e-12)
            {
                return next;
            }

            AddSteps(-length);
        }
    }

    private void AddSteps(double length)
    {
        for (var l = 0; l < depth; l++)
        {
            Dense.AddScaled(length, Used(steps, l), Used(effects, l));
        }
    }

    private Span<double> Used(double[][] values, int level) => values[level].AsSpan(0, counts[level] * dimensions[level]);

    private void Copy(double[][] source, double[][] target)
    {
        for (var l = 0; l < depth; l++)
        {
            Used(source, l).CopyTo(target[l]);
        }
    }

    private double Product(double[][] a, double[][] b)
    {
        var sum = 0.0;
        for (var l = 0; l < depth; l++)
        {
            sum += Dense.Dot(Used(a, l), Used(b, l));
        }

        return sum;
    }

    // Σ ℓ − ½Σ N‖u‖² at the effects, leaving the rows' derivatives.
    private double Height(bool withThird)
    {
        FillPaths(effects);
        var width = widths[^1];
        for (var leaf = 0; leaf < counts[^1]; leaf++)
        {
            var path = paths[^1].AsSpan(leaf * width, width);
            for (var i = leafStarts[leaf]; i < leafStarts[leaf + 1]; i++)
            {
                eta[i] = linear[i] + Dense.Dot(Direction(i), path);
            }
        }

        var value = withThird
            ? density.AlongRows(RowVectors(response), RowVectors(weight), point.Dispersion, RowVectors(eta), RowVectors(first), RowVectors(second), RowVectors(third))
            : density.AlongRows(RowVectors(response), RowVectors(weight), point.Dispersion, RowVectors(eta), RowVectors(first), RowVectors(second));
        for (var l = 0; l < depth; l++)
        {
            var q = dimensions[l];
            for (var node = 0; node < counts[l]; node++)
            {
                value -= 0.5 * copies[l][node] * TensorPrimitives.SumOfSquares<double>(effects[l].AsSpan(node * q, q));
            }
        }

        return value;
    }

    // Each node's path: what its parent's holds, then its own values.
    private void FillPaths(double[][] values)
    {
        values[0].AsSpan(0, dimensions[0]).CopyTo(paths[0]);
        for (var l = 1; l < depth; l++)
        {
            var (q, width, above) = (dimensions[l], widths[l], widths[l - 1]);
            for (var node = 0; node < counts[l]; node++)
            {
                var parent = parents[l][node];
                var path = paths[l].AsSpan(node * width, width);
                paths[l - 1].AsSpan(parent * above, above).CopyTo(path);
                values[l].AsSpan(node * q, q).CopyTo(path[above..]);
            }
        }
    }

    // Σ first·d of the rows below each node, less N times its effects.
    private void Slope(double[][] target)
    {
        ClearPaths();
        var width = widths[^1];
        for (var leaf = 0; leaf < counts[^1]; leaf++)
        {
            var path = paths[^1].AsSpan(leaf * width, width);
            for (var i = leafStarts[leaf]; i < leafStarts[leaf + 1]; i++)
            {
                Dense.AddScaled(first[i], Direction(i), path);
            }
        }

        GatherPaths(target);
        for (var l = 0; l < depth; l++)
        {
            var q = dimensions[l];
            for (var node = 0; node < counts[l]; node++)
            {
                Dense.AddScaled(-copies[l][node], effects[l].AsSpan(node * q, q), target[l].AsSpan(node * q, q));
            }
        }
    }

    private void ClearPaths()
    {
        for (var l = 0; l < depth; l++)
        {
            paths[l].AsSpan(0, counts[l] * widths[l]).Clear();
        }
    }

    // The transpose of FillPaths: sums along paths go to the nodes they belong to.
    private void GatherPaths(double[][] target)
    {
        for (var l = depth - 1; l > 0; l--)
        {
            var (q, width, above) = (dimensions[l], widths[l], widths[l - 1]);
            for (var node = 0; node < counts[l]; node++)
            {
                var parent = parents[l][node];
                var sum = paths[l - 1].AsSpan(parent * above, above);
                var path = paths[l].AsSpan(node * width, width);
                Dense.AddScaled(1, path[..above], sum);
                path[above..].CopyTo(target[l].AsSpan(node * q));
            }
        }

        paths[0].AsSpan(0, dimensions[0]).CopyTo(target[0]);
    }

    private double Constants()
    {
        var sum = 0.0;
        for (var i = 0; i < rows && !density.IsLinearInResponse; i++)
        {
            sum += weight[i] * density.Constant(response[i], point.Dispersion, out _);
        }

        return sum;
    }
}
