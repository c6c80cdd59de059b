using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>
/// The nodes v = v̂ + Tz of the effects of one group, several in the lanes of each
/// vector, with the log-terms that are summed over them. The scratch of one thread.
/// </summary>
/// <remarks>
/// TTᵀ = S⁻¹ with S = LLᵀ the curvature of these effects, all others eliminated, so that
/// one node gives the Laplace approximation. Lanes past the last node have no weight.
/// </remarks>
internal sealed class OuterGrid
{
    private readonly bool adaptive;
    private readonly int q;
    private readonly Vector256<double>[] nodes;
    private readonly Vector256<double>[] logWeights;
    private readonly Vector256<double>[] effects;
    private readonly Vector256<double>[] terms;
    private readonly double[] center;
    private readonly double[] transform;

    /// <summary>Lays a grid out in lanes.</summary>
    /// <param name="grid">The nodes.</param>
    /// <param name="adaptive">Whether they are centred and scaled at the mode.</param>
    public OuterGrid(QuadratureGrid grid, bool adaptive)
    {
        this.adaptive = adaptive;
        q = grid.Dimension;
        Vectors = VectorPadding.Vectors(grid.Count);
        (nodes, effects) = (new Vector256<double>[Vectors * q], new Vector256<double>[Vectors * q]);
        (logWeights, terms) = (new Vector256<double>[Vectors], new Vector256<double>[Vectors]);
        (center, transform) = (new double[q], new double[q * q]);
        logWeights.AsSpan().Fill(Vector256.Create(double.NegativeInfinity));
        for (var k = 0; k < grid.Count; k++)
        {
            var (vector, lane) = (k / Vector256<double>.Count, k % Vector256<double>.Count);
            logWeights[vector] = logWeights[vector].WithElement(lane, (adaptive ? grid.AdjustedLogWeights : grid.LogWeights)[k]);
            for (var a = 0; a < q; a++)
            {
                nodes[(vector * q) + a] = nodes[(vector * q) + a].WithElement(lane, grid.Coordinates(a)[k]);
            }
        }
    }

    /// <summary>The vectors that hold the nodes.</summary>
    public int Vectors { get; }

    /// <summary>The log-terms, to which the callers add; after <see cref="Normalize"/> the terms themselves, adding to 1.</summary>
    public Span<Vector256<double>> Terms => terms;

    /// <summary>v at the nodes of a vector.</summary>
    public ReadOnlySpan<Vector256<double>> Effects(int vector) => effects.AsSpan(vector * q, q);

    /// <summary>Places the nodes, with their weights and the prior in the terms; returns log|L|.</summary>
    /// <param name="mode">v̂.</param>
    /// <param name="factor">L, the lower Cholesky factor of S.</param>
    public double Place(ReadOnlySpan<double> mode, ReadOnlySpan<double> factor)
    {
        var logDeterminant = 0.0;
        if (adaptive)
        {
            mode.CopyTo(center);
            TriangularRoot.OfFactor(factor, q, transform);
            logDeterminant = 0.5 * Cholesky.LogDeterminant(factor, q);
        }
        else
        {
            for (var a = 0; a < q; a++)
            {
                transform[(a * q) + a] = 1;
            }
        }

        for (var k = 0; k < terms.Length; k++)
        {
            var log = logWeights[k];
            for (var a = 0; a < q; a++)
            {
                var value = Vector256.Create(center[a]);
                for (var d = a; d < q; d++)
                {
                    value += transform[(a * q) + d] * nodes[(k * q) + d];
                }

                effects[(k * q) + a] = value;
                log -= adaptive ? 0.5 * value * value : Vector256<double>.Zero;
            }

            terms[k] = log;
        }

        return logDeterminant;
    }

    /// <summary>The log of the sum of the terms; leaves their shares.</summary>
    public double Normalize()
    {
        var largest = Vector256.Create(double.NegativeInfinity);
        foreach (var log in terms)
        {
            largest = Vector256.Max(largest, log);
        }

        var highest = largest[0];
        for (var lane = 1; lane < Vector256<double>.Count; lane++)
        {
            highest = Math.Max(highest, largest[lane]);
        }

        var total = Vector256<double>.Zero;
        for (var k = 0; k < terms.Length; k++)
        {
            terms[k] = LaneExponential.Exp(terms[k] - Vector256.Create(highest));
            total += terms[k];
        }

        var sum = Vector256.Sum(total);
        for (var k = 0; k < terms.Length; k++)
        {
            terms[k] *= 1 / sum;
        }

        return highest + Math.Log(sum);
    }

    /// <summary>How the log of the sum changes when the nodes move: A by their centre, V by −S.</summary>
    /// <remarks>
    /// A = Σ p_k h′(v_k), M = Σ p_k z_k h′(v_k)ᵀ and V = TQTᵀ with the Q of <see cref="NodeMovement"/>; h′ = Λᵀ(Σ z ℓ′) − v.
    /// </remarks>
    /// <param name="slopes">Σ z ℓ′ at the nodes: vector, then effect.</param>
    /// <param name="lambda">Λ, q×q by row.</param>
    /// <param name="means">Receives A, q.</param>
    /// <param name="movement">Receives V, q×q.</param>
    public void Differentiate(
        ReadOnlySpan<Vector256<double>> slopes, ReadOnlySpan<double> lambda, Span<double> means, Span<double> movement)
    {
        Span<double> products = stackalloc double[q * q];
        products.Clear();
        for (var b = 0; b < q; b++)
        {
            var mean = Vector256<double>.Zero;
            for (var k = 0; k < terms.Length; k++)
            {
                var slope = -effects[(k * q) + b];
                for (var a = 0; a <= b; a++)
                {
                    slope += lambda[(a * q) + b] * slopes[(k * q) + a];
                }

                slope *= terms[k];
                mean += slope;
                for (var a = 0; a < q; a++)
                {
                    products[(a * q) + b] += Vector256.Dot(slope, nodes[(k * q) + a]);
                }
            }

            means[b] = Vector256.Sum(mean);
        }

        Span<double> half = stackalloc double[q * q];
        Span<double> scratch = stackalloc double[q * q];
        NodeMovement.FillHalf(products, transform, q, half);
        Dense.Sandwich(transform, half, q, q, scratch, movement);
    }
}
