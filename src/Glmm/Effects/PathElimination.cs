using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Effects;

/// <summary>
/// The curvature H = N − Σ ℓ″ddᵀ of all effects of a tree: factored node
/// by node from the leaves to the root, solved, and inverted along paths.
/// </summary>
/// <remarks>
/// A node is coupled to the groups it lies in, its path, and to the nodes below it. When those are gone its effects have a front: E of its
/// own, C with the path above and F of the path above alone. Eliminating it leaves F − CᵀE⁻¹C to the front of its parent (the multifrontal
/// method of Duff and Reid 1983), so cost and memory grow with the rows and the nodes, not with their squares.
/// N equal groups are one node: they share their mode, so their rows weigh N times and so does their prior, and the pivot of one of them is
/// the node's divided by N. The equations are those of docs/derivations/elimination.md.
/// </remarks>
internal sealed class PathElimination
{
    private readonly EffectPath path;
    private readonly int depth;

    // One array a level, by node: L of E, lower q×q; C and R = E⁻¹C, both
    // q×path above; the front of a node with children; a matrix along the path.
    private readonly double[][] factors;
    private readonly double[][] couplings;
    private readonly double[][] regressions;
    private readonly double[][] fronts;
    private readonly double[][] covariances;

    /// <summary>Allocates for the largest tree that a path holds.</summary>
    public PathElimination(EffectPath path)
    {
        this.path = path;
        depth = path.Depth;
        factors = ByNode(l => path.Dimension(l) * path.Dimension(l));
        couplings = ByNode(l => path.Dimension(l) * path.PathStart(l));
        regressions = ByNode(l => path.Dimension(l) * path.PathStart(l));
        covariances = ByNode(l => Square(path.PathStart(l + 1)));
        fronts = ByNode(l => l == depth - 1 ? 0 : Square(path.PathStart(l + 1)));
        fronts[^1] = new double[Square(path.Width)];

        double[][] ByNode(Func<int, int> size) => [.. Enumerable.Range(0, depth).Select(l => new double[path.LargestCounts[l] * size(l)])];
    }

    /// <summary>The lower Cholesky factor of what remains for the root, all other effects integrated out.</summary>
    public ReadOnlySpan<double> RootFactor => factors[0].AsSpan(0, Square(path.Dimension(0)));

    /// <summary>
    /// R = E⁻¹C of a node, q×path above by row: to first order its mode moves by −R times the movement of the path above.
    /// </summary>
    public ReadOnlySpan<double> Regression(int level, int node) =>
        Block(regressions, level, node, path.Dimension(level) * path.PathStart(level));

    /// <summary>
    /// The matrix along the path of a node that <see cref="FillCovariances"/> or <see cref="FillMovement"/> left, both triangles.
    /// </summary>
    public ReadOnlySpan<double> Covariance(int level, int node) => Block(covariances, level, node, Square(path.PathStart(level + 1)));

    /// <summary>Factors H; where it is not positive definite the prior is raised until it is.</summary>
    /// <param name="directions">d of every row: the derivative of its linear
    /// predictor in the effects of its path, rows×width by row.</param>
    /// <param name="second">ℓ″ of every row, its weight and copies counted.</param>
    public void Factor(ReadOnlySpan<double> directions, ReadOnlySpan<double> second)
    {
        // Only densities that are not log-concave need a shift, away from the mode.
        var schedule = RaisingSchedule.Modes;
        var positive = TryFactor(directions, second, 0);
        for (var shift = schedule.First; !positive && shift < schedule.Last; shift *= schedule.Growth)
        {
            positive = TryFactor(directions, second, shift);
        }
    }

    /// <summary>log|H| of the tree with every copy of its nodes.</summary>
    public double LogDeterminant()
    {
        var sum = 0.0;
        for (var l = 0; l < depth; l++)
        {
            var q = path.Dimension(l);
            for (var node = 0; node < path.Count(l); node++)
            {
                var copies = path.Copies(l, node);
                sum += copies * (Cholesky.LogDeterminant(Block(factors, l, node, q * q), q) - (q * Math.Log(copies)));
            }
        }

        return sum;
    }

    /// <summary>Replaces a right-hand side by the solution of Hx = b: up the tree, and down again.</summary>
    /// <param name="effects">b, a vector of the tree's effects; receives x.</param>
    public void Solve(Span<double> effects)
    {
        Span<double> along = stackalloc double[path.Width];
        for (var l = depth - 1; l > 0; l--)
        {
            var (q, above) = (path.Dimension(l), path.PathStart(l));
            for (var node = 0; node < path.Count(l); node++)
            {
                var side = effects.Slice(path.Slot(l, node), q);
                var regression = Regression(l, node);
                along.Clear();
                for (var a = 0; a < q; a++)
                {
                    Dense.AddScaled(-side[a], regression.Slice(a * above, above), along);
                }

                path.Add(l - 1, path.Parent(l, node), along, effects);
            }
        }

        for (var l = 0; l < depth; l++)
        {
            var (q, above) = (path.Dimension(l), path.PathStart(l));
            for (var node = 0; node < path.Count(l); node++)
            {
                var side = effects.Slice(path.Slot(l, node), q);
                if (l > 0)
                {
                    path.Read(l - 1, path.Parent(l, node), effects, along);
                    var coupling = Block(couplings, l, node, q * above);
                    for (var a = 0; a < q; a++)
                    {
                        side[a] -= Dense.Dot(coupling.Slice(a * above, above), along);
                    }
                }

                Cholesky.Solve(Block(factors, l, node, q * q), q, side);
            }
        }
    }

    /// <summary>
    /// Fills <see cref="Covariance"/> with the block of H⁻¹ along the path of each node, for one of its copies, times a factor.
    /// </summary>
    public void FillCovariances(double scale = 1)
    {
        var q = path.Dimension(0);
        Span<double> root = stackalloc double[q * q];
        Cholesky.Inverse(RootFactor, q, root);
        for (var k = 0; k < root.Length; k++)
        {
            root[k] *= scale;
        }

        FillPaths(root, scale);
    }

    /// <summary>
    /// Fills <see cref="Covariance"/> with PVPᵀ along the path of each node, P
    /// the modes' derivatives in the root's effects (I at the root, −R below).
    /// </summary>
    /// <param name="root">V, symmetric, of the root.</param>
    public void FillMovement(ReadOnlySpan<double> root) => FillPaths(root, 0);

    private static int Square(int n) => n * n;

    private static Span<double> Block(double[][] values, int level, int node, int size) => values[level].AsSpan(node * size, size);

    // A leaf has no children, so all leaves share one front.
    private Span<double> Front(int level, int node) =>
        Block(fronts, level, level == depth - 1 ? 0 : node, Square(path.PathStart(level + 1)));

    private bool TryFactor(ReadOnlySpan<double> directions, ReadOnlySpan<double> second, double shift)
    {
        for (var l = 0; l < depth - 1; l++)
        {
            fronts[l].AsSpan(0, path.Count(l) * Square(path.PathStart(l + 1))).Clear();
        }

        var width = path.Width;
        var leafFront = Front(depth - 1, 0);
        for (var leaf = 0; leaf < path.Count(depth - 1); leaf++)
        {
            leafFront.Clear();
            for (var i = path.RowStart(leaf); i < path.RowStart(leaf + 1); i++)
            {
                Dense.RankOneUpdateLower(-second[i], directions.Slice(i * width, width), leafFront);
            }

            if (!Eliminate(depth - 1, leaf, shift))
            {
                return false;
            }
        }

        for (var l = depth - 2; l >= 0; l--)
        {
            for (var node = 0; node < path.Count(l); node++)
            {
                if (!Eliminate(l, node, shift))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // Factors the node's own block E, keeps C and R, and adds F − CᵀR to the front of its parent; fronts are lower triangles.
    private bool Eliminate(int level, int node, double shift)
    {
        var (q, above) = (path.Dimension(level), path.PathStart(level));
        var width = above + q;
        var front = Front(level, node);
        var factor = Block(factors, level, node, q * q);
        var coupling = Block(couplings, level, node, q * above);
        for (var a = 0; a < q; a++)
        {
            var line = front.Slice((above + a) * width, width);
            line[..above].CopyTo(coupling[(a * above)..]);
            line.Slice(above, a + 1).CopyTo(factor[(a * q)..]);
            factor[(a * q) + a] += path.Copies(level, node) * (1 + shift);
        }

        if (!Cholesky.TryFactor(factor, q, out _))
        {
            return false;
        }

        var regression = Block(regressions, level, node, q * above);
        TriangularRoot.SolveColumns(factor, q, coupling, above, regression);
        if (level > 0)
        {
            var parent = Front(level - 1, path.Parent(level, node));
            for (var c = 0; c < above; c++)
            {
                for (var d = 0; d <= c; d++)
                {
                    var sum = 0.0;
                    for (var a = 0; a < q; a++)
                    {
                        sum += regression[(a * above) + c] * coupling[(a * above) + d];
                    }

                    parent[(c * above) + d] += front[(c * width) + d] - sum;
                }
            }
        }

        return true;
    }

    // From the root down. With the matrix V of the path above and w the
    // weight of what a node has of its own: [V, −VRᵀ; −RV, wN E⁻¹ + RVRᵀ].
    private void FillPaths(ReadOnlySpan<double> root, double weight)
    {
        root.CopyTo(covariances[0]);
        for (var l = 1; l < depth; l++)
        {
            var above = Square(path.PathStart(l));
            for (var node = 0; node < path.Count(l); node++)
            {
                var target = Block(covariances, l, node, Square(path.PathStart(l + 1)));
                Extend(l, node, weight, Block(covariances, l - 1, path.Parent(l, node), above), target);
            }
        }
    }

    private void Extend(int level, int node, double weight, ReadOnlySpan<double> pathAbove, Span<double> covariance)
    {
        var (q, above) = (path.Dimension(level), path.PathStart(level));
        var width = above + q;
        var regression = Regression(level, node);
        Span<double> own = stackalloc double[q * q];
        if (weight == 0)
        {
            own.Clear();
        }
        else
        {
            Cholesky.Inverse(Block(factors, level, node, q * q), q, own);
            weight *= path.Copies(level, node);
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
                line[above + b] = (weight * own[(a * q) + b]) - Dense.Dot(line[..above], regression.Slice(b * above, above));
            }
        }
    }
}
