using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>
/// The log-likelihood of a group with groups within it, and its exact gradient: nodes of the coarser group's effects about the joint mode,
/// an adaptive quadrature of every finer group at each, which may have groups within it itself. Scratch of one thread.
/// </summary>
/// <remarks>
/// With v the coarser and u_j the finer effects the integrand over v is h(v) = Σ_j m_j(v) − ½‖v‖², m_j the log of the quadrature of group j
/// with zᵀΛv known in its rows (Pinheiro and Chao 2006). v_k = v̂ + L⁻ᵀz_k, LLᵀ = S, v̂ the coarser part of the joint mode and S the
/// curvature there that is left without the finer effects, S⁻¹ = E ᵀH⁻¹E. As in <see cref="OrdinalIntegrator"/>, with h for g and
/// dS = WᵀdH W, W = H⁻¹ES.
/// </remarks>
internal sealed class NestedOrdinalIntegrator : BlockIntegrator
{
    private readonly OrdinalRows rows;
    private readonly OrdinalRows innerRows;
    private readonly OrdinalBlock block;
    private readonly OrdinalSlopes slopes;
    private readonly ModeGradient movement;
    private readonly BlockIntegrator inner;
    private readonly OuterNodes nodes;
    private readonly int q;
    private readonly double[] innerModes;
    private readonly double[] shifts;
    private readonly double[] covariance;
    private readonly double[] curvature;
    private readonly double[] factor;
    private readonly double[] adjoint;
    private readonly double[] own;
    private readonly double[] scratch;
    private readonly double[] turn;
    private readonly double[] direction;
    private readonly double[] padded;
    private double[] mode = [];

    /// <summary>Allocates for the largest block.</summary>
    /// <param name="rows">
    /// The rows, in blocks of one group of the coarsest level each; then the same rows in the same order in blocks of the groups of the
    /// next level, with that level and those within it; and so on.
    /// </param>
    /// <param name="link">F.</param>
    /// <param name="points">The parameters in force of the levels of each.</param>
    /// <param name="grids">The nodes of the coarsest level of each.</param>
    public NestedOrdinalIntegrator(
        IReadOnlyList<OrdinalRows> rows, CumulativeLink link, IReadOnlyList<OrdinalPoint> points, IReadOnlyList<QuadratureGrid> grids)
        : this(rows, link, points, grids, 0)
    {
    }

    private NestedOrdinalIntegrator(
        IReadOnlyList<OrdinalRows> all,
        CumulativeLink link,
        IReadOnlyList<OrdinalPoint> points,
        IReadOnlyList<QuadratureGrid> grids,
        int depth)
    {
        (rows, innerRows) = (all[depth], all[depth + 1]);
        block = new OrdinalBlock(rows, link, points[depth]);
        slopes = new OrdinalSlopes(rows, block);
        movement = new ModeGradient(rows, block, slopes);
        inner = depth + 2 < all.Count
            ? new NestedOrdinalIntegrator(all, link, points, grids, depth + 1)
            : new OrdinalIntegrator(innerRows, link, points[depth + 1], grids[depth + 1]);
        q = grids[depth].Dimension;
        var effects = rows.MaximumEffects;
        nodes = new OuterNodes(grids[depth], rows.MaximumRows, innerRows.Levels.Sum(level => level.Factor.ParameterCount));
        innerModes = new double[innerRows.Blocks.EffectStart(innerRows.Blocks.Count)];
        shifts = new double[rows.MaximumRows];
        (covariance, adjoint, turn) = (new double[effects * effects], new double[effects * effects], new double[effects * q]);
        (curvature, factor, own, scratch) = (new double[q * q], new double[q * q], new double[q * q], new double[q * q]);
        (direction, padded) = (new double[effects], new double[effects]);
    }

    /// <inheritdoc/>
    public override OrdinalSlopes Slopes => slopes;

    /// <inheritdoc/>
    public override double Integrate(int number, double[] modes, bool needsGradient, ReadOnlySpan<double> shifts = default)
    {
        if (!block.Load(number, shifts))
        {
            return double.NegativeInfinity;
        }

        mode = modes;
        block.Maximize(Mode);
        slopes.Begin();
        Curve();
        StartInner();
        nodes.Begin(block.Rows);
        for (var k = 0; k < nodes.Count; k++)
        {
            nodes.Place(k, Mode[..q], factor);
            Visit(needsGradient, shifts);
        }

        if (needsGradient)
        {
            nodes.Normalize();
        }

        return nodes.Total - (0.5 * Cholesky.LogDeterminant(factor, q));
    }

    /// <inheritdoc/>
    public override void AddFactors(Span<double> target)
    {
        slopes.AddFactors(target);
        Dense.AddScaled(1, nodes.InnerFactors, target[rows.Levels[0].Factor.ParameterCount..]);
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        padded.AsSpan(0, block.Effects).Clear();
        for (var r = 0; r < block.Rows; r++)
        {
            slopes.AddEnds(r, nodes.Upper[r], nodes.Lower[r]);
            nodes.Shifted(r).CopyTo(padded);
            slopes.AddOuter(r, -1, padded.AsSpan(0, block.Effects));
        }

        // G of S, and with it WGWᵀ of H.
        ModeGradient.FormAdjoint(factor, q, nodes.Moments, own, scratch);
        var all = block.Effects;
        for (var i = 0; i < all; i++)
        {
            Dense.MultiplyTransposed(curvature, covariance.AsSpan(i * all, q), turn.AsSpan(i * q, q));
        }

        for (var i = 0; i < all; i++)
        {
            Dense.MultiplyTransposed(own, turn.AsSpan(i * q, q), scratch.AsSpan(0, q));
            for (var j = 0; j < all; j++)
            {
                adjoint[(i * all) + j] = Dense.Dot(scratch.AsSpan(0, q), turn.AsSpan(j * q, q));
            }
        }

        var along = direction.AsSpan(0, all);
        along.Clear();
        nodes.MeanSlope.CopyTo(along);
        movement.Add(Mode, adjoint, along, withHeight: false);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Posterior(int number, double[] modes, Span<double> covariance) =>
        block.Posterior(number, modes, covariance);

    private Span<double> Mode => mode.AsSpan(rows.Blocks.EffectStart(block.Block), block.Effects);

    /// <summary>H⁻¹, S and its factor.</summary>
    private void Curve()
    {
        var all = block.Effects;
        Cholesky.Inverse(block.Factor, all, covariance);
        for (var a = 0; a < q; a++)
        {
            covariance.AsSpan(a * all, q).CopyTo(factor.AsSpan(a * q));
        }

        Cholesky.TryFactor(factor, q, out _);
        Cholesky.Inverse(factor, q, curvature);
        curvature.CopyTo(factor, 0);
        Cholesky.TryFactor(factor, q, out _);
    }

    /// <summary>Begins the searches of the finer groups' modes where the joint mode has them: the same for every thread.</summary>
    private void StartInner()
    {
        for (var r = 0; r < block.Rows; r++)
        {
            var first = innerRows.Blocks.EffectStart(innerRows.Blocks.BlockOf(0, innerRows.Levels[0].Groups[block.First + r]));
            for (var l = 0; l < innerRows.Levels.Count; l++)
            {
                var level = innerRows.Levels[l];
                Mode.Slice(block.PlaceOf(r, l + 1), level.Factor.Dimension)
                    .CopyTo(innerModes.AsSpan(first + innerRows.Blocks.PlaceInBlock(l, level.Groups[block.First + r])));
            }
        }
    }

    /// <summary>h at the node placed, and its derivatives.</summary>
    private void Visit(bool needsGradient, ReadOnlySpan<double> outside)
    {
        var effects = nodes.Effects;
        for (var r = 0; r < block.Rows; r++)
        {
            shifts[r] = Dense.Dot(block.Loadings(r)[..q], effects) + (outside.IsEmpty ? 0 : outside[r]);
        }

        var height = -0.5 * Dense.Dot(effects, effects);
        var (first, end) = (block.First, block.First + block.Rows);
        for (var row = first; row < end;)
        {
            var group = innerRows.Blocks.BlockOf(0, innerRows.Levels[0].Groups[row]);
            var next = innerRows.Blocks.RowStart(group + 1);
            height += inner.Integrate(group, innerModes, needsGradient, shifts.AsSpan(row - first, next - row));
            if (needsGradient && double.IsFinite(height))
            {
                inner.Complete();
                Gather(row - first, next - row);
            }

            row = next;
        }

        if (!nodes.Take(height) || !needsGradient)
        {
            return;
        }

        nodes.Slope.Clear();
        Dense.AddScaled(-1, effects, nodes.Slope);
        for (var r = 0; r < block.Rows; r++)
        {
            Dense.AddScaled(-nodes.NodeUpper[r] - nodes.NodeLower[r], block.Loadings(r)[..q], nodes.Slope);
        }

        nodes.Add(factor);
    }

    private void Gather(int start, int count)
    {
        for (var r = 0; r < count; r++)
        {
            (nodes.NodeUpper[start + r], nodes.NodeLower[start + r]) = inner.Slopes.Ends(r);
        }

        if (start == 0)
        {
            nodes.NodeFactors.Clear();
        }

        inner.AddFactors(nodes.NodeFactors);
    }
}
