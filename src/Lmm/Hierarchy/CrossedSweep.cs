using MarginalConditional.Lmm.Model;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>
/// The elimination of crossed random effects from the moments of all rows, and the derivative of what is left by their factors.
/// </summary>
/// <remarks>
/// The moments A of [own, rest, X̃, ỹ] are computed once. An evaluation factors C = Λ̄ᵀAΛ̄ + I on the effects, Λ̄ = diag(Λ, I). With K the
/// derivative of the function by C, that by Λ is 2AΛ̄K at Λ's entries, which asks for K only where A is not zero, and divides by nothing,
/// so that it holds at Λ = 0 (Bates et al. 2015, section 3; for the inverse Erisman and Tinney 1975).
/// </remarks>
internal sealed class CrossedSweep
{
    private readonly CrossedMoments moments;
    private readonly CrossedLayout layout;
    private readonly CrossedSystem system;
    private readonly int q;
    private readonly int s;
    private readonly int tail;
    private readonly double[] ownLambda;
    private readonly double[] restLambda;
    private readonly double[] scaled;
    private readonly double[] cross;
    private readonly double[] blocks;

    /// <summary>Computes the moments and allocates.</summary>
    /// <param name="layout">The layout of the effects.</param>
    /// <param name="rows">The rows, the effects of every term standing once.</param>
    /// <param name="threads">0 for all processors.</param>
    public CrossedSweep(CrossedLayout layout, WorkingRows rows, int threads)
    {
        this.layout = layout;
        tail = rows.FixedEffects + 1;
        moments = new CrossedMoments(layout, rows);
        system = new CrossedSystem(layout, tail, threads);
        (q, s) = (layout.OwnDimension, layout.RestPerRow);
        ownLambda = new double[q * q];
        restLambda = new double[s * s];
        var widest = Enumerable.Range(0, layout.Groups).Max(system.Width);
        scaled = new double[q * widest];
        cross = new double[q * widest];
        blocks = new double[4 * q * q];
    }

    /// <summary>The factored system of the last evaluation.</summary>
    public CrossedSystem System => system;

    /// <summary>Eliminates all effects.</summary>
    /// <param name="rest">Λ of the effects of the rest that one row meets, s×s.</param>
    /// <param name="own">Λ of the first grouping, q×q.</param>
    /// <param name="left">Receives what is left for [X̃, ỹ], p + 1 square, lower triangle.</param>
    /// <returns>log|C|; NaN when it is not positive definite.</returns>
    public double Forward(ReadOnlySpan<double> rest, ReadOnlySpan<double> own, Span<double> left)
    {
        rest.CopyTo(restLambda);
        own.CopyTo(ownLambda);
        moments.Load(system, own, rest, identity: true);
        if (!system.TryFactor())
        {
            return double.NaN;
        }

        var m = layout.RestDimension;
        for (var i = 0; i < tail; i++)
        {
            system.Rest.AsSpan(((m + i) * system.Stride) + m, i + 1).CopyTo(left.Slice(i * tail, i + 1));
        }

        return system.LogDeterminant;
    }

    /// <summary>Adds the derivatives by Λ of both parts, as they stand in Λ, after <see cref="Forward"/>.</summary>
    /// <param name="adjoint">The derivative by what is left for [X̃, ỹ], full.</param>
    /// <param name="rest">s×s, added to; only the blocks of the terms are filled.</param>
    /// <param name="own">q×q, added to.</param>
    public void Backward(ReadOnlySpan<double> adjoint, Span<double> rest, Span<double> own)
    {
        system.Invert();
        system.AddTail(adjoint);
        moments.AddRestSlope(system.Rest, restLambda, rest);
        var block = blocks.AsSpan(0, q * q);
        var product = blocks.AsSpan(q * q, q * q);
        for (var g = 0; g < layout.Groups; g++)
        {
            CancellationScope.Check(g);
            var width = system.Width(g);
            var k = cross.AsSpan(0, q * width);
            system.FillInverse(g, block, k);
            moments.ScaleCoupling(g, restLambda, scaled);
            var a = moments.Own(g);
            Dense.Multiply(a, ownLambda, q, q, q, product);
            for (var i = 0; i < q; i++)
            {
                for (var j = 0; j < q; j++)
                {
                    own[(i * q) + j] += 2 * (Dense.Dot(product.Slice(i * q, q), block.Slice(j * q, q))
                        + Dense.Dot(scaled.AsSpan(i * width, width), k.Slice(j * width, width)));
                }
            }

            moments.AddCrossSlope(g, ownLambda, k, rest);
        }
    }

    /// <summary>
    /// The derivatives by Ψ = ΛΛᵀ of both parts, after <see cref="Backward"/>: P = A − AΛ̄KΛ̄ᵀA. For a point on the boundary, where those
    /// by Λ vanish.
    /// </summary>
    /// <param name="rest">s×s, overwritten; only the blocks of the terms are filled.</param>
    /// <param name="own">q×q, overwritten.</param>
    public void FillCovarianceDerivative(Span<double> rest, Span<double> own)
    {
        own.Clear();
        rest.Clear();
        var block = blocks.AsSpan(0, q * q);
        var product = blocks.AsSpan(q * q, q * q);
        var half = blocks.AsSpan(2 * q * q, q * q);
        for (var g = 0; g < layout.Groups; g++)
        {
            CancellationScope.Check(g);
            var width = system.Width(g);
            var k = cross.AsSpan(0, q * width);
            system.FillInverse(g, block, k);
            moments.ScaleCoupling(g, restLambda, scaled);
            var a = moments.Own(g);
            Dense.Multiply(a, ownLambda, q, q, q, product);
            Dense.AddScaled(1, a, own);
            var inner = new double[q * q];
            Dense.Sandwich(product, block, q, q, half, inner);
            var outer = new double[q * q];
            Dense.MultiplyTranspose(scaled.AsSpan(0, q * width), k, q, width, q, half);
            Dense.MultiplyTranspose(half, product, q, q, q, outer);
            var far = moments.FarForm(g, system, scaled);
            for (var i = 0; i < q; i++)
            {
                for (var j = 0; j < q; j++)
                {
                    own[(i * q) + j] -= inner[(i * q) + j] + outer[(i * q) + j] + outer[(j * q) + i] + far[(i * q) + j];
                }
            }
        }

        moments.FillRestCovarianceDerivative(ownLambda, restLambda, system.Rest, rest);
    }
}
