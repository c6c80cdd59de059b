using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.LargeClusters;

/// <content>The exact gradient with moving nodes, and Louis' information with nodes held still.</content>
internal sealed partial class LargeClusterIntegrator
{
    /// <summary>The gradient in (β, θ, log φ) of the cluster integrated last, with its needs.</summary>
    /// <param name="gradient">Receives m numbers.</param>
    public void Differentiate(Span<double> gradient)
    {
        for (var j = 0; j < p; j++)
        {
            gradient[j] = Mean(1 + j);
        }

        for (var e = 0; e < covariance.ParameterCount; e++)
        {
            gradient[p + e] = Dense.Dot(Slopes(1 + p + covariance.Rows[e]), Weighted(covariance.Columns[e]));
        }

        if (density.HasFreeDispersion)
        {
            gradient[^1] = Mean(1 + p + q) + constants[1];
        }

        if (adaptive)
        {
            AddMovement(gradient);
        }
    }

    /// <summary>Adds the information in (β, θ) of the cluster integrated last (23), times a factor, to m×m, full.</summary>
    /// <param name="multiplicity">How many clusters share the pattern.</param>
    /// <param name="target">m×m by row.</param>
    /// <param name="m">The number of parameters.</param>
    public void AddInformation(double multiplicity, Span<double> target, int m)
    {
        var order = p + covariance.ParameterCount;
        var weights = new double[(1 + q + (q * q)) * Nodes];
        for (var k = 0; k < Nodes; k++)
        {
            weights[k] = terms[k];
            for (var b = 0; b < q; b++)
            {
                var own = terms[k] * nodes[(b * Nodes) + k];
                weights[((1 + b) * Nodes) + k] = own;
                for (var c = 0; c < q; c++)
                {
                    weights[((1 + q + (b * q) + c) * Nodes) + k] = own * nodes[(c * Nodes) + k];
                }
            }
        }

        passes.Information(effects, weights, Nodes, information);
        SubtractVariance(order);
        for (var j = 0; j < order; j++)
        {
            for (var l = 0; l <= j; l++)
            {
                target[(j * m) + l] += multiplicity * information[(j * order) + l];
            }
        }

        Dense.MirrorLower(target, m);
    }

    /// <summary>Takes the variance of the complete-data score s_k (22) off the information.</summary>
    private void SubtractVariance(int order)
    {
        var scores = new double[order * Nodes];
        for (var j = 0; j < order; j++)
        {
            var own = scores.AsSpan(j * Nodes, Nodes);
            var e = j - p;
            Slopes(j < p ? 1 + j : 1 + p + covariance.Rows[e]).CopyTo(own);
            for (var k = 0; e >= 0 && k < Nodes; k++)
            {
                own[k] *= nodes[(covariance.Columns[e] * Nodes) + k];
            }

            var mean = Dense.Dot(own, terms.AsSpan(0, Nodes));
            for (var k = 0; k < Nodes; k++)
            {
                own[k] = (own[k] - mean) * Math.Sqrt(terms[k]);
            }

            for (var l = 0; l <= j; l++)
            {
                information[(j * order) + l] -= Dense.Dot(own, scores.AsSpan(l * Nodes, Nodes));
            }
        }
    }

    /// <summary>What the movement of the nodes adds: everything behind the means in (18), (19), (20).</summary>
    private void AddMovement(Span<double> gradient)
    {
        Span<double> adjoint = stackalloc double[q];
        var (turned, spread) = (new double[q * q], new double[q * q]);
        FillMovement(adjoint, turned, spread);
        passes.Movement(modes.Effects, spread, movement);
        var cross = movement.AsSpan(p + q, p * q);
        var square = movement.AsSpan(p + q + (p * q), q * q);
        var slope = movement.AsSpan(p + q + (p * q) + (q * q), q);

        // e = H⁻¹(A + Σ ℓ‴κv) (13, 15), and f = Λe, which rows meet as zᵀf.
        Span<double> side = stackalloc double[q];
        Dense.MultiplyTransposed(lambda, movement.AsSpan(p, q), side);
        Dense.AddScaled(1, side, adjoint);
        Cholesky.Solve(modes.Factor, q, adjoint);
        Span<double> moved = stackalloc double[q];
        Dense.Multiply(lambda, adjoint, moved);
        for (var j = 0; j < p; j++)
        {
            gradient[j] += movement[j] + Dense.Dot(cross.Slice(j * q, q), moved);
        }

        for (var e = 0; e < covariance.ParameterCount; e++)
        {
            var (a, b) = (covariance.Rows[e], covariance.Columns[e]);
            var line = square.Slice(a * q, q);
            var sum = ((movement[p + a] + Dense.Dot(line, moved)) * modes.Mode[b]) + (slope[a] * adjoint[b]);
            for (var c = 0; c < q; c++)
            {
                sum += 2 * line[c] * turned[(c * q) + b];
            }

            gradient[p + e] += sum;
        }

        if (density.HasFreeDispersion)
        {
            var dispersed = movement.AsSpan(p + q + (p * q) + (q * q) + q);
            gradient[^1] += dispersed[0] + Dense.Dot(dispersed.Slice(1, q), moved);
        }
    }

    /// <summary>A (9), ΛV and ΛVΛᵀ (11).</summary>
    private void FillMovement(Span<double> means, Span<double> turned, Span<double> spread)
    {
        Span<double> products = stackalloc double[q * q];
        Span<double> transform = stackalloc double[q * q];
        products.Clear();
        for (var b = 0; b < q; b++)
        {
            means[b] = 0;
            for (var k = 0; k < Nodes; k++)
            {
                // h′_b at node k.
                var slope = -nodes[(b * Nodes) + k];
                for (var a = 0; a <= b; a++)
                {
                    slope += lambda[(a * q) + b] * sums[((1 + p + a) * Nodes) + k];
                }

                slope *= terms[k];
                means[b] += slope;
                for (var c = 0; c < q; c++)
                {
                    products[(c * q) + b] += slope * grid.Coordinates(c)[k];
                    transform[(b * q) + c] = inverted[(c * q) + b];
                }
            }
        }

        Span<double> half = stackalloc double[q * q];
        Span<double> scratch = stackalloc double[q * q];
        Span<double> movementOfNodes = stackalloc double[q * q];
        NodeMovement.FillHalf(products, transform, q, half);
        Dense.Sandwich(transform, half, q, q, scratch, movementOfNodes);
        Dense.Multiply(lambda, movementOfNodes, q, q, q, turned);
        Dense.MultiplyTranspose(turned, lambda, q, q, q, spread);
    }

    /// <summary>A quantity of the pass over the nodes, at each node.</summary>
    private ReadOnlySpan<double> Slopes(int quantity) => sums.AsSpan(quantity * Nodes, Nodes);

    /// <summary>Its mean over the nodes.</summary>
    private double Mean(int quantity) => Dense.Dot(Slopes(quantity), terms.AsSpan(0, Nodes));

    /// <summary>p_k u_kb.</summary>
    private double[] Weighted(int b)
    {
        var weighted = new double[Nodes];
        for (var k = 0; k < Nodes; k++)
        {
            weighted[k] = terms[k] * nodes[(b * Nodes) + k];
        }

        return weighted;
    }
}
