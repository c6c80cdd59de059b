using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>The pass over the nodes of a block: the sum, and the shares' means that its gradient needs. Scratch of one thread.</summary>
internal sealed class OrdinalNodes
{
    private readonly OrdinalRows rows;
    private readonly OrdinalBlock block;
    private readonly OrdinalSlopes slopes;
    private readonly QuadratureGrid grid;
    private readonly double[] node;
    private readonly double[] effects;
    private readonly double[] slope;
    private readonly double[] root;
    private readonly double[] meanSlope;
    private readonly double[] moment;
    private readonly double[] nodeUpper;
    private readonly double[] nodeLower;
    private readonly double[] upper;
    private readonly double[] lower;
    private readonly double[] shifted;

    /// <summary>Allocates for the largest block.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="block">The block, loaded and at its mode when nodes are summed.</param>
    /// <param name="slopes">Receives the derivatives at the nodes.</param>
    /// <param name="grid">The nodes; null when there are none.</param>
    public OrdinalNodes(OrdinalRows rows, OrdinalBlock block, OrdinalSlopes slopes, QuadratureGrid? grid)
    {
        (this.rows, this.block, this.slopes) = (rows, block, slopes);
        this.grid = grid ?? new QuadratureGrid(1, 1);
        var (n, q) = grid is null ? (0, 0) : (rows.MaximumRows, rows.MaximumEffects);
        (node, effects, slope, root, meanSlope) = (new double[q], new double[q], new double[q], new double[q], new double[q]);
        moment = new double[q * q];
        (nodeUpper, nodeLower, upper, lower) = (new double[n], new double[n], new double[n], new double[n]);
        shifted = new double[n * q];
    }

    /// <summary>c = Σ ω_k ∂g(v_k).</summary>
    public ReadOnlySpan<double> MeanSlope => meanSlope.AsSpan(0, block.Effects);

    /// <summary>B = Σ ω_k z_k a_kᵀ, effects×effects.</summary>
    public ReadOnlySpan<double> Moments => moment.AsSpan(0, block.Effects * block.Effects);

    /// <summary>ℓ of the block; its derivatives at fixed nodes go to the slopes.</summary>
    /// <param name="mode">v̂.</param>
    /// <param name="needsGradient">Whether the means and slopes are wanted.</param>
    public double Integrate(ReadOnlySpan<double> mode, bool needsGradient)
    {
        var (q, n) = (block.Effects, block.Rows);
        Clear(n, q);
        var (largest, total) = (double.NegativeInfinity, 0.0);
        for (var k = 0; k < grid.Count; k++)
        {
            for (var d = 0; d < q; d++)
            {
                root[d] = node[d] = grid.Coordinates(d)[k];
            }

            Cholesky.SolveLowerTransposed(block.Factor, q, root);
            for (var d = 0; d < q; d++)
            {
                effects[d] = mode[d] + root[d];
            }

            var term = grid.AdjustedLogWeights[k] + Visit(n, q, needsGradient);
            if (double.IsNegativeInfinity(term))
            {
                continue;
            }

            // Shares are kept relative to the largest term so far, which the nodes from the middle outwards meet early.
            if (term > largest)
            {
                var scale = Math.Exp(largest - term);
                total *= scale;
                Scale(scale, n, q, needsGradient);
                largest = term;
            }

            var share = Math.Exp(term - largest);
            total += share;
            if (needsGradient)
            {
                Add(share, n, q);
            }
        }

        if (needsGradient)
        {
            Scale(1 / total, n, q, needsGradient);
            HandOver(n, q);
        }

        return largest + Math.Log(total) - (0.5 * Cholesky.LogDeterminant(block.Factor, q));
    }

    /// <summary>g at the node, and its derivatives.</summary>
    private double Visit(int n, int q, bool needsGradient)
    {
        if (!needsGradient)
        {
            return block.Height(effects.AsSpan(0, q));
        }

        var value = 0.0;
        for (var d = 0; d < q; d++)
        {
            value -= 0.5 * effects[d] * effects[d];
            slope[d] = -effects[d];
        }

        for (var r = 0; r < n; r++)
        {
            var terms = block.TermsAt(r, block.Shift(r, effects.AsSpan(0, q)));
            var weight = rows.Weights[block.First + r];
            value += weight * terms.LogProbability;
            nodeUpper[r] = weight * terms.Upper;
            nodeLower[r] = weight * terms.Lower;
            block.AddLoadings(r, -nodeUpper[r] - nodeLower[r], slope);
        }

        return value;
    }

    private void Add(double share, int n, int q)
    {
        Dense.AddScaled(share, slope.AsSpan(0, q), meanSlope);
        Cholesky.SolveLower(block.Factor, q, slope);
        for (var a = 0; a < q; a++)
        {
            Dense.AddScaled(share * node[a], slope.AsSpan(0, q), moment.AsSpan(a * q));
        }

        Dense.AddScaled(share, nodeUpper.AsSpan(0, n), upper);
        Dense.AddScaled(share, nodeLower.AsSpan(0, n), lower);
        for (var r = 0; r < n; r++)
        {
            Dense.AddScaled(share * (nodeUpper[r] + nodeLower[r]), effects.AsSpan(0, q), shifted.AsSpan(r * q));
        }
    }

    private void Clear(int n, int q)
    {
        meanSlope.AsSpan(0, q).Clear();
        moment.AsSpan(0, q * q).Clear();
        upper.AsSpan(0, n).Clear();
        lower.AsSpan(0, n).Clear();
        shifted.AsSpan(0, n * q).Clear();
    }

    private void Scale(double factor, int n, int q, bool needed)
    {
        if (!needed)
        {
            return;
        }

        Multiply(meanSlope.AsSpan(0, q), factor);
        Multiply(moment.AsSpan(0, q * q), factor);
        Multiply(upper.AsSpan(0, n), factor);
        Multiply(lower.AsSpan(0, n), factor);
        Multiply(shifted.AsSpan(0, n * q), factor);
    }

    private void HandOver(int n, int q)
    {
        for (var r = 0; r < n; r++)
        {
            slopes.AddEnds(r, upper[r], lower[r]);
            slopes.AddOuter(r, -1, shifted.AsSpan(r * q, q));
        }
    }

    private static void Multiply(Span<double> values, double factor)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }
}
