using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Mixed.Crossed;

/// <summary>
/// A symmetric positive definite matrix of the shape of a <see cref="CrossedLayout"/>, its factor, and the part of its inverse that
/// gradients and standard errors need. Scratch of one thread: filled anew for every evaluation.
/// </summary>
/// <remarks>
/// With D_g the block of group g and B_g its coupling to the dense rest S, the determinant is Π|D_g|·|S − Σ B_gᵀD_g⁻¹B_g|, and with G the
/// inverse of that Schur complement the inverse has −D_g⁻¹B_gG beside G and D_g⁻¹ + D_g⁻¹B_gGB_gᵀD_g⁻¹ at the group. Behind the rest may
/// stand further columns, the tail, that every group meets and that are not eliminated.
/// </remarks>
public sealed partial class CrossedSystem
{
    private readonly CrossedLayout layout;
    private readonly int threads;
    private readonly int q;
    private readonly double[] own;
    private readonly double[] coupling;
    private readonly int[] columnScratch;
    private readonly double[] scratch;
    private double[] inverted = [];

    /// <summary>Allocates.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="tail">The columns behind the rest.</param>
    /// <param name="threads">1 works on the caller's thread; 0 means all processors.</param>
    public CrossedSystem(CrossedLayout layout, int tail, int threads)
    {
        ArgumentNullException.ThrowIfNull(layout);
        this.layout = layout;
        this.threads = threads;
        Tail = tail;
        q = layout.OwnDimension;
        Stride = layout.RestDimension + tail;
        own = new double[layout.Groups * q * q];
        coupling = new double[checked(q * (layout.ListStart(layout.Groups) + (layout.Groups * tail)))];
        Rest = new double[checked(Stride * Stride)];
        var widest = 0;
        for (var g = 0; g < layout.Groups; g++)
        {
            CancellationScope.Check(g);
            widest = Math.Max(widest, Width(g));
        }

        columnScratch = new int[widest];
        scratch = new double[(2 * q * widest) + (q * q)];
    }

    /// <summary>The layout.</summary>
    public CrossedLayout Layout => layout;

    /// <summary>The columns behind the rest.</summary>
    public int Tail { get; }

    /// <summary>The order of <see cref="Rest"/>: the dense effects and the tail.</summary>
    public int Stride { get; }

    /// <summary>
    /// The dense rest and the tail, lower triangle; after <see cref="TryFactor"/> its factor with the tail's Schur complement; after
    /// <see cref="Invert"/> the inverse of the rest's Schur complement, both triangles, in the leading block.
    /// </summary>
    public double[] Rest { get; }

    /// <summary>Whether <see cref="Rest"/> holds the inverse.</summary>
    public bool IsInverted { get; private set; }

    /// <summary>log|·| of everything but the tail, after <see cref="TryFactor"/>.</summary>
    public double LogDeterminant { get; private set; }

    /// <summary>The columns that a group meets, the tail included.</summary>
    public int Width(int group) => layout.Columns(group).Length + Tail;

    /// <summary>A group's block, q×q, lower triangle; after <see cref="TryFactor"/> its factor.</summary>
    public Span<double> Own(int group) => own.AsSpan(group * q * q, q * q);

    /// <summary>A group's coupling, q×width; after <see cref="TryFactor"/> the factor's inverse times it.</summary>
    public Span<double> Coupling(int group) =>
        coupling.AsSpan(q * (layout.ListStart(group) + (group * Tail)), q * Width(group));

    /// <summary>The places in <see cref="Rest"/> of the columns that a group meets, the tail included. Valid until the next call.</summary>
    public ReadOnlySpan<int> Places(int group)
    {
        var list = layout.Columns(group);
        var places = columnScratch.AsSpan(0, list.Length + Tail);
        list.CopyTo(places);
        for (var k = 0; k < Tail; k++)
        {
            places[list.Length + k] = layout.RestDimension + k;
        }

        return places;
    }

    /// <summary>Sets everything to zero.</summary>
    public void Clear()
    {
        Array.Clear(own);
        Array.Clear(coupling);
        Array.Clear(Rest);
    }

    /// <summary>Factors the matrix in place.</summary>
    /// <returns>Whether it is numerically positive definite.</returns>
    public bool TryFactor()
    {
        LogDeterminant = double.NaN;
        IsInverted = false;
        var sum = EliminateOwn();
        if (double.IsNaN(sum) || !BlockedCholesky.TryFactor(Rest, Stride, layout.RestDimension, threads))
        {
            return false;
        }

        for (var j = 0; j < layout.RestDimension; j++)
        {
            sum += 2 * Math.Log(Rest[(j * Stride) + j]);
        }

        LogDeterminant = sum;
        return double.IsFinite(sum);
    }

    /// <summary>Eliminates the groups of the first grouping alone: the rest and the tail become their Schur complement.</summary>
    /// <returns>The sum of their log-determinants; NaN when a block is not positive definite.</returns>
    public double EliminateOwn()
    {
        var sum = 0.0;
        for (var g = 0; g < layout.Groups; g++)
        {
            CancellationScope.Check(g);
            var factor = Own(g);
            if (!Cholesky.TryFactor(factor, q, out _, Cholesky.Definite))
            {
                return double.NaN;
            }

            sum += Cholesky.LogDeterminant(factor, q);
            Eliminate(g, factor);
        }

        return sum;
    }

    /// <summary>Turns a group's coupling B into L⁻¹B and takes BᵀD⁻¹B off the rest.</summary>
    private void Eliminate(int group, ReadOnlySpan<double> factor)
    {
        var coupled = Coupling(group);
        var places = Places(group);
        var width = places.Length;
        for (var a = 0; a < q; a++)
        {
            var row = coupled.Slice(a * width, width);
            for (var b = 0; b < a; b++)
            {
                Dense.AddScaled(-factor[(a * q) + b], coupled.Slice(b * width, width), row);
            }

            var inverse = 1 / factor[(a * q) + a];
            foreach (ref var value in row)
            {
                value *= inverse;
            }
        }

        for (var a = 0; a < q; a++)
        {
            var row = coupled.Slice(a * width, width);
            for (var k = 0; k < width; k++)
            {
                var value = row[k];
                if (value == 0)
                {
                    continue;
                }

                var target = Rest.AsSpan(places[k] * Stride, places[k] + 1);
                for (var l = 0; l <= k; l++)
                {
                    target[places[l]] -= value * row[l];
                }
            }
        }
    }
}
