using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Effects;

/// <summary>
/// How a log-likelihood changes with the parameters through the joint mode û
/// and the curvature H there: dℓ = Aᵀdû − tr(P dH). The scratch of one thread.
/// </summary>
/// <remarks>
/// P need only be known along the paths of the leaves: dH has no other entries. With κ = dᵀPd of a row, both dû and dH are linear in ℓ′, ℓ″
/// and ℓ‴ of the rows, so one adjoint solve e = H⁻¹(A + Σ ℓ‴κ d) serves all parameters; a row's linear predictor then has the slope ℓ‴κ +
/// ℓ″dᵀe.
/// The Laplace value has A = 0 and P = ½H⁻¹; quadrature over the root's
/// effects has the A and V of its nodes. See docs/derivations/elimination.md.
/// </remarks>
internal sealed class ModeMovement
{
    private readonly GroupTree tree;
    private readonly JointMode joint;
    private readonly EffectPath path;
    private readonly GroupRows rows;
    private readonly double[] squares;
    private readonly double[] amounts;
    private readonly double[] movedRows;
    private readonly double[] adjointRows;
    private readonly double[] adjoint;

    /// <summary>Allocates for the largest group.</summary>
    public ModeMovement(GroupTree tree, JointMode joint)
    {
        this.tree = tree;
        this.joint = joint;
        (path, rows) = (joint.Path, joint.Rows);
        (squares, amounts, adjointRows) = (new double[tree.MaximumRows], new double[tree.MaximumRows], new double[tree.MaximumRows]);
        movedRows = new double[tree.MaximumRows * path.Width];
        adjoint = new double[path.LargestSize];
    }

    /// <summary>The slope of every row's linear predictor; a caller whose value has h(û) in it adds ℓ′.</summary>
    public Span<double> RowSlopes => amounts.AsSpan(0, rows.Count);

    /// <summary>Solves the adjoint system, with P in the elimination's <see cref="PathElimination.Covariance"/>.</summary>
    /// <param name="means">A, of the root's effects; those of other nodes are 0.</param>
    public void Solve(ReadOnlySpan<double> means)
    {
        var width = path.Width;
        var second = rows.Second;
        var third = rows.Third;
        var slopes = RowSlopes;
        for (var leaf = 0; leaf < path.Count(path.Depth - 1); leaf++)
        {
            var matrix = joint.Elimination.Covariance(path.Depth - 1, leaf);
            for (var i = path.RowStart(leaf); i < path.RowStart(leaf + 1); i++)
            {
                var direction = rows.Directions.Slice(i * width, width);
                var moved = movedRows.AsSpan(i * width, width);
                Dense.Multiply(matrix, direction, moved);
                squares[i] = Dense.Dot(direction, moved);
                slopes[i] = third[i] * squares[i];
            }
        }

        var solution = adjoint.AsSpan(0, path.Size);
        solution.Clear();
        means.CopyTo(solution);
        path.AddRows(rows.Directions, slopes, solution);
        joint.Elimination.Solve(solution);
        path.Project(rows.Directions, solution, adjointRows);
        for (var i = 0; i < rows.Count; i++)
        {
            slopes[i] += second[i] * adjointRows[i];
        }
    }

    /// <summary>
    /// Adds the derivatives in θ of all levels: Σ z_a(s û_b + ℓ′e_b + 2ℓ″(Pd)_b) for the entry (a, b) of Λ, s the rows' slopes.
    /// </summary>
    /// <param name="multiplicity">A factor.</param>
    /// <param name="theta">The derivatives, level by level.</param>
    public void AddTheta(double multiplicity, Span<double> theta)
    {
        Span<double> modes = stackalloc double[path.Width];
        Span<double> solution = stackalloc double[path.Width];
        for (var leaf = 0; leaf < path.Count(path.Depth - 1); leaf++)
        {
            path.Read(path.Depth - 1, leaf, joint.Effects, modes);
            path.Read(path.Depth - 1, leaf, adjoint, solution);
            var entry = 0;
            for (var l = 0; l < path.Depth; l++)
            {
                var factor = tree.Levels[l].Factor;
                for (var e = 0; e < factor.ParameterCount; e++, entry++)
                {
                    var place = path.PathStart(l) + factor.Columns[e];
                    theta[entry] += multiplicity * EntrySlope(leaf, l, factor.Rows[e], place, modes[place], solution[place]);
                }
            }
        }
    }

    /// <summary>The derivative in log φ: Σ κ ∂ℓ″ + dᵀe ∂ℓ′, and Σ ∂ℓ when the value has h(û) in it.</summary>
    public double DispersionSlope(bool withHeight)
    {
        rows.Disperse(out var log, out var slope, out var bend);
        var sum = withHeight ? rows.ConstantSlopes() : 0;
        for (var i = 0; i < rows.Count; i++)
        {
            sum += (withHeight ? log[i] : 0) + (bend[i] * squares[i]) + (slope[i] * adjointRows[i]);
        }

        return sum;
    }

    /// <summary>Adds the derivatives in the log odds of the rows' excess zeros, as <see cref="DispersionSlope"/> does for log φ.</summary>
    /// <param name="withHeight">Whether the value has h(û) in it.</param>
    /// <param name="scores">A number a row; empty without excess zeros.</param>
    public void AddInflationSlopes(bool withHeight, Span<double> scores)
    {
        if (scores.IsEmpty)
        {
            return;
        }

        rows.Inflate(out var log, out var slope, out var bend);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] += (withHeight ? log[i] + rows.InflationConstantSlope(i) : 0)
                + (bend[i] * squares[i]) + (slope[i] * adjointRows[i]);
        }
    }

    private double EntrySlope(int leaf, int level, int a, int place, double mode, double solution)
    {
        var width = path.Width;
        var first = rows.First;
        var second = rows.Second;
        var sum = 0.0;
        for (var i = path.RowStart(leaf); i < path.RowStart(leaf + 1); i++)
        {
            sum += rows.Design(i, level)[a]
                * ((amounts[i] * mode) + (first[i] * solution) + (2 * second[i] * movedRows[(i * width) + place]));
        }

        return sum;
    }
}
