using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Laplace;

/// <content>The curvature of all effects of a group: eliminated node by node, solved, and inverted along paths.</content>
internal sealed partial class LaplaceIntegrator
{
    private readonly double[][] covariances;

    // The fronts hold, after elimination, L of the node's own block in its corner and beside it the coupling with the path above.
    private void Factor()
    {
        for (var shift = 0.0; !TryFactor(shift) && shift < 1e300;)
        {
            // Only densities that are not log-concave come here, away from the mode.
            shift = Math.Max(1, 4 * shift);
        }
    }

    private bool TryFactor(double shift)
    {
        var width = widths[^1];
        for (var l = 0; l < depth; l++)
        {
            fronts[l].AsSpan(0, counts[l] * widths[l] * widths[l]).Clear();
        }

        for (var leaf = 0; leaf < counts[^1]; leaf++)
        {
            var front = Front(depth - 1, leaf);
            for (var i = leafStarts[leaf]; i < leafStarts[leaf + 1]; i++)
            {
                var direction = Direction(i);
                for (var a = 0; a < width; a++)
                {
                    Dense.AddScaled(-second[i] * direction[a], direction[..(a + 1)], front.Slice(a * width, a + 1));
                }
            }
        }

        for (var l = depth - 1; l > 0; l--)
        {
            for (var node = 0; node < counts[l]; node++)
            {
                var parent = parents[l][node];
                if (!Eliminate(l, node, shift, Front(l - 1, parent)))
                {
                    return false;
                }
            }
        }

        return Eliminate(0, 0, shift, []);
    }

    private Span<double> Front(int level, int node)
    {
        var size = widths[level] * widths[level];
        return fronts[level].AsSpan(node * size, size);
    }

    // Factors the node's own block E and adds what is left of its front, F − C E⁻¹Cᵀ, to the front of its parent; both in lower triangles.
    private bool Eliminate(int level, int node, double shift, Span<double> parent)
    {
        var (q, width) = (dimensions[level], widths[level]);
        var above = width - q;
        var front = Front(level, node);
        Span<double> own = stackalloc double[q * q];
        for (var a = 0; a < q; a++)
        {
            front.Slice(((above + a) * width) + above, a + 1).CopyTo(own[(a * q)..]);
            own[(a * q) + a] += copies[level][node] * (1 + shift);
        }

        if (!Cholesky.TryFactor(own, q, out _))
        {
            return false;
        }

        Span<double> coupling = stackalloc double[q];
        Span<double> solved = stackalloc double[q];
        for (var c = 0; c < above; c++)
        {
            Coupling(front, level, c, solved);
            Cholesky.Solve(own, q, solved);
            for (var d = 0; d <= c; d++)
            {
                Coupling(front, level, d, coupling);
                parent[(c * above) + d] += front[(c * width) + d] - Dense.Dot(solved, coupling);
            }
        }

        for (var a = 0; a < q; a++)
        {
            own.Slice(a * q, a + 1).CopyTo(front[(((above + a) * width) + above)..]);
        }

        return true;
    }

    // The entries of a front between its own effects and effect c of the path above.
    private void Coupling(ReadOnlySpan<double> front, int level, int c, Span<double> target)
    {
        var (q, width) = (dimensions[level], widths[level]);
        for (var a = 0; a < q; a++)
        {
            target[a] = front[((width - q + a) * width) + c];
        }
    }

    // L of the node's own block, q×q.
    private void OwnFactor(int level, int node, Span<double> target)
    {
        var (q, width) = (dimensions[level], widths[level]);
        var front = Front(level, node);
        for (var a = 0; a < q; a++)
        {
            front.Slice(((width - q + a) * width) + width - q, a + 1).CopyTo(target[(a * q)..]);
        }
    }

    // log|H| of the group with every copy of its nodes.
    private double LogDeterminant()
    {
        var sum = 0.0;
        for (var l = 0; l < depth; l++)
        {
            var (q, width) = (dimensions[l], widths[l]);
            for (var node = 0; node < counts[l]; node++)
            {
                var front = Front(l, node);
                var own = -0.5 * q * Math.Log(copies[l][node]);
                for (var a = width - q; a < width; a++)
                {
                    own += Math.Log(front[(a * width) + a]);
                }

                sum += 2 * copies[l][node] * own;
            }
        }

        return sum;
    }

    // Replaces right-hand sides by solutions, finest first up to the top, then back; leaves the solutions along the paths in `paths`.
    private void Solve(double[][] values)
    {
        Span<double> own = stackalloc double[widths[^1] * widths[^1]];
        ClearPaths();
        for (var l = depth - 1; l >= 0; l--)
        {
            var (q, width) = (dimensions[l], widths[l]);
            var above = width - q;
            for (var node = 0; node < counts[l]; node++)
            {
                var side = values[l].AsSpan(node * q, q);
                var path = paths[l].AsSpan(node * width, width);
                Dense.AddScaled(1, path[above..], side);
                OwnFactor(l, node, own);
                Cholesky.Solve(own, q, side);
                if (l > 0)
                {
                    PassUp(l, node, side, path[..above], paths[l - 1].AsSpan(parents[l][node] * above, above));
                }
            }
        }

        PassDown(values);
    }

    // What the children left for the path above, less C E⁻¹ side, goes to the parent.
    private void PassUp(int level, int node, ReadOnlySpan<double> solved, ReadOnlySpan<double> path, Span<double> parent)
    {
        var front = Front(level, node);
        var width = widths[level];
        Dense.AddScaled(1, path, parent);
        for (var a = 0; a < solved.Length; a++)
        {
            Dense.AddScaled(-solved[a], front.Slice((path.Length + a) * width, path.Length), parent);
        }
    }

    // x = E⁻¹side − E⁻¹Cᵀx above.
    private void PassDown(double[][] values)
    {
        Span<double> own = stackalloc double[widths[^1] * widths[^1]];
        Span<double> change = stackalloc double[widths[^1]];
        values[0].AsSpan(0, dimensions[0]).CopyTo(paths[0]);
        for (var l = 1; l < depth; l++)
        {
            var (q, width) = (dimensions[l], widths[l]);
            var above = width - q;
            for (var node = 0; node < counts[l]; node++)
            {
                var parent = parents[l][node];
                var path = paths[l].AsSpan(node * width, width);
                paths[l - 1].AsSpan(parent * above, above).CopyTo(path);
                var front = Front(l, node);
                for (var a = 0; a < q; a++)
                {
                    change[a] = -Dense.Dot(front.Slice((above + a) * width, above), path[..above]);
                }

                OwnFactor(l, node, own);
                Cholesky.Solve(own, q, change[..q]);
                Dense.AddScaled(1, change[..q], values[l].AsSpan(node * q, q));
                values[l].AsSpan(node * q, q).CopyTo(path[above..]);
            }
        }
    }

    // The posterior covariance of the effects along the path of each node, for one of its copies: from the top down.
    private void FillCovariances()
    {
        Invert(0, 0, [], covariances[0]);
        for (var l = 1; l < depth; l++)
        {
            var size = widths[l] * widths[l];
            var above = widths[l - 1] * widths[l - 1];
            for (var node = 0; node < counts[l]; node++)
            {
                var parent = parents[l][node];
                Invert(l, node, covariances[l - 1].AsSpan(parent * above, above), covariances[l].AsSpan(node * size, size));
            }
        }
    }

    // With B = E⁻¹Cᵀ and the covariance V of the path above: [V, −VBᵀ; −BV, N E⁻¹ + BVBᵀ].
    private void Invert(int level, int node, ReadOnlySpan<double> pathAbove, Span<double> covariance)
    {
        var (q, width) = (dimensions[level], widths[level]);
        var above = width - q;
        var front = Front(level, node);
        Span<double> own = stackalloc double[q * q];
        Span<double> inverse = stackalloc double[q * q];
        Span<double> regression = stackalloc double[q * Math.Max(1, above)];
        OwnFactor(level, node, own);
        Cholesky.Inverse(own, q, inverse);
        for (var a = 0; a < q; a++)
        {
            for (var c = 0; c < above; c++)
            {
                var sum = 0.0;
                for (var b = 0; b < q; b++)
                {
                    sum += inverse[(a * q) + b] * front[((above + b) * width) + c];
                }

                regression[(a * above) + c] = sum;
            }
        }

        for (var c = 0; c < above; c++)
        {
            pathAbove.Slice(c * above, above).CopyTo(covariance[(c * width)..]);
        }

        for (var a = 0; a < q; a++)
        {
            var line = covariance.Slice((above + a) * width, width);
            for (var c = 0; c < above; c++)
            {
                line[c] = -Dense.Dot(regression.Slice(a * above, above), pathAbove.Slice(c * above, above));
                covariance[(c * width) + above + a] = line[c];
            }

            for (var b = 0; b < q; b++)
            {
                line[above + b] = (copies[level][node] * inverse[(a * q) + b]) - Dense.Dot(line[..above], regression.Slice(b * above, above));
            }
        }
    }
}
