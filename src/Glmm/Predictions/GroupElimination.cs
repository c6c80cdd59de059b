using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Predictions;

/// <summary>The curvature H = I + VᵀWV of a cluster's effects, eliminated group by group from the finest level up: cost and memory grow with the number of groups.</summary>
/// <remarks>
/// A group is coupled to the groups that hold it, its path, and to nothing else. With E its own block and C its coupling to the path,
/// eliminating it leaves −CᵀE⁻¹C on the path (the multifrontal method of Duff and Reid 1983). Going down again gives H⁻¹ on every path.
/// </remarks>
internal sealed class GroupElimination
{
    private readonly ClusterSystem system;
    private readonly int levels;
    private readonly double[][] factors;
    private readonly double[][] couplings;
    private readonly double[][] solved;

    /// <summary>Eliminates all groups of a cluster at the rows' second derivatives.</summary>
    public GroupElimination(ClusterSystem system, int levels)
    {
        this.system = system;
        this.levels = levels;
        factors = new double[levels][];
        couplings = new double[levels][];
        solved = new double[levels][];
        var fronts = RowFronts();
        for (var l = levels - 1; l >= 0; l--)
        {
            fronts = Eliminate(l, fronts);
        }
    }

    /// <summary>The lower factor of what remains for the coarsest group.</summary>
    public ReadOnlySpan<double> RootFactor => factors[0];

    /// <summary>Replaces a right-hand side, level by level and group by group, by the solution of Hx = b.</summary>
    public void Solve(Span<double> side)
    {
        for (var l = levels - 1; l >= 0; l--)
        {
            var (q, above) = (Own(l), system.PathStart(l));
            for (var g = 0; g < system.GroupsOf(l); g++)
            {
                var own = side.Slice(system.Slot(l, g), q);
                Cholesky.Solve(factors[l].AsSpan(g * q * q, q * q), q, own);
                for (var a = 0; a < q; a++)
                {
                    AddToPath(l, g, -own[a], couplings[l].AsSpan(((g * q) + a) * above, above), side);
                }
            }
        }

        Span<double> path = stackalloc double[system.Width];
        for (var l = 1; l < levels; l++)
        {
            var (q, above) = (Own(l), system.PathStart(l));
            for (var g = 0; g < system.GroupsOf(l); g++)
            {
                ReadPath(l, g, side, path);
                var own = side.Slice(system.Slot(l, g), q);
                for (var a = 0; a < q; a++)
                {
                    own[a] -= Dense.Dot(solved[l].AsSpan(((g * q) + a) * above, above), path[..above]);
                }
            }
        }
    }

    /// <summary>vᵀH⁻¹v of every row.</summary>
    public double[] Variances()
    {
        double[][] inverses = [];
        for (var l = 0; l < levels; l++)
        {
            inverses = PathInverses(l, inverses);
        }

        var variances = new double[system.Rows];
        for (var i = 0; i < variances.Length; i++)
        {
            variances[i] = Dense.QuadraticForm(inverses[system.GroupOf(levels - 1, i)], system.Loadings.AsSpan(i * system.Width, system.Width));
        }

        return variances;
    }

    // H⁻¹ on each group's path and itself, from that on its path: −RP beside it, and E⁻¹ + RPRᵀ.
    private double[][] PathInverses(int level, double[][] parents)
    {
        var (q, above) = (Own(level), system.PathStart(level));
        var width = above + q;
        var inverses = new double[system.GroupsOf(level)][];
        var own = new double[q * q];
        var mixed = new double[q * above];
        for (var g = 0; g < inverses.Length; g++)
        {
            var inverse = inverses[g] = new double[width * width];
            Cholesky.Inverse(factors[level].AsSpan(g * q * q, q * q), q, own);
            var r = solved[level].AsSpan(g * q * above, q * above);
            if (above > 0)
            {
                var parent = parents[system.GroupOf(level - 1, system.RowsOf(level, g).Start)];
                Dense.Multiply(r, parent, q, above, above, mixed);
                for (var a = 0; a < above; a++)
                {
                    parent.AsSpan(a * above, above).CopyTo(inverse.AsSpan(a * width));
                }
            }

            for (var a = 0; a < q; a++)
            {
                for (var b = 0; b < above; b++)
                {
                    inverse[((above + a) * width) + b] = inverse[(b * width) + above + a] = -mixed[(a * above) + b];
                }

                for (var b = 0; b < q; b++)
                {
                    inverse[((above + a) * width) + above + b] = own[(a * q) + b] + Dense.Dot(mixed.AsSpan(a * above, above), r.Slice(b * above, above));
                }
            }
        }

        return inverses;
    }

    private int Own(int level) => system.PathStart(level + 1) - system.PathStart(level);

    // Σ W v vᵀ of each of the finest groups, Q×Q.
    private double[] RowFronts()
    {
        var width = system.Width;
        var fronts = new double[system.GroupsOf(levels - 1) * width * width];
        for (var i = 0; i < system.Rows; i++)
        {
            var front = fronts.AsSpan(system.GroupOf(levels - 1, i) * width * width, width * width);
            Dense.RankOneUpdateLower(-system.Density.Second[i], system.Loadings.AsSpan(i * width, width), front);
        }

        for (var at = 0; at < fronts.Length; at += width * width)
        {
            Dense.MirrorLower(fronts.AsSpan(at, width * width), width);
        }

        return fronts;
    }

    // Factors the own block of every group of a level, and returns what is left for the groups above.
    private double[] Eliminate(int level, double[] fronts)
    {
        var (q, above) = (Own(level), system.PathStart(level));
        var width = above + q;
        var groups = system.GroupsOf(level);
        factors[level] = new double[groups * q * q];
        couplings[level] = new double[groups * q * above];
        solved[level] = new double[groups * q * above];
        var remaining = new double[level == 0 ? 0 : system.GroupsOf(level - 1) * above * above];
        for (var g = 0; g < groups; g++)
        {
            var front = fronts.AsSpan(g * width * width, width * width);
            var factor = factors[level].AsSpan(g * q * q, q * q);
            var coupling = couplings[level].AsSpan(g * q * above, q * above);
            for (var a = 0; a < q; a++)
            {
                front.Slice(((above + a) * width) + above, q).CopyTo(factor[(a * q)..]);
                factor[(a * q) + a] += 1;
                front.Slice((above + a) * width, above).CopyTo(coupling[(a * above)..]);
            }

            Cholesky.TryFactor(factor, q, out _);
            var own = solved[level].AsSpan(g * q * above, q * above);
            SolveColumns(factor, q, coupling, above, own);
            if (level > 0)
            {
                var target = remaining.AsSpan(system.GroupOf(level - 1, system.RowsOf(level, g).Start) * above * above, above * above);
                AddSchur(front, width, coupling, own, q, target);
            }
        }

        return remaining;
    }

    // E⁻¹C, column by column.
    private static void SolveColumns(ReadOnlySpan<double> factor, int q, ReadOnlySpan<double> coupling, int above, Span<double> result)
    {
        Span<double> column = stackalloc double[q];
        for (var b = 0; b < above; b++)
        {
            for (var a = 0; a < q; a++)
            {
                column[a] = coupling[(a * above) + b];
            }

            Cholesky.Solve(factor, q, column);
            for (var a = 0; a < q; a++)
            {
                result[(a * above) + b] = column[a];
            }
        }
    }

    // The path's part of the front less CᵀE⁻¹C.
    private static void AddSchur(ReadOnlySpan<double> front, int width, ReadOnlySpan<double> coupling, ReadOnlySpan<double> own, int q, Span<double> target)
    {
        var above = width - q;
        for (var b = 0; b < above; b++)
        {
            var line = target.Slice(b * above, above);
            Dense.AddScaled(1, front.Slice(b * width, above), line);
            for (var a = 0; a < q; a++)
            {
                Dense.AddScaled(-coupling[(a * above) + b], own.Slice(a * above, above), line);
            }
        }
    }

    private void AddToPath(int level, int group, double amount, ReadOnlySpan<double> values, Span<double> side)
    {
        var row = system.RowsOf(level, group).Start;
        for (var l = 0; l < level; l++)
        {
            Dense.AddScaled(amount, values.Slice(system.PathStart(l), Own(l)), side.Slice(system.Slot(l, system.GroupOf(l, row)), Own(l)));
        }
    }

    private void ReadPath(int level, int group, ReadOnlySpan<double> side, Span<double> path)
    {
        var row = system.RowsOf(level, group).Start;
        for (var l = 0; l < level; l++)
        {
            side.Slice(system.Slot(l, system.GroupOf(l, row)), Own(l)).CopyTo(path[system.PathStart(l)..]);
        }
    }
}
