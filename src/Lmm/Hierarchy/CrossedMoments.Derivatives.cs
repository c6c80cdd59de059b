using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Hierarchy;

/// <content>What the derivatives by Λ and Ψ need of the moments.</content>
internal sealed partial class CrossedMoments
{
    /// <summary>Adds 2AΛ̄K at the entries of Λ of the rest, without what comes by the first grouping.</summary>
    /// <param name="adjoint">K over the rest and the tail, full.</param>
    /// <param name="restLambda">Λ of the rest, s×s.</param>
    /// <param name="slope">s×s, added to.</param>
    public void AddRestSlope(double[] adjoint, ReadOnlySpan<double> restLambda, Span<double> slope)
    {
        // Σ over copies of ⟨row i of A, Λ̄ times row j of K⟩.
        var all = AllColumns();
        var turned = new double[stride];
        for (var t = 0; t < layout.Rest.Count; t++)
        {
            var (d, local) = (layout.Rest[t].Dimension, layout.LocalStart(t));
            for (var level = 0; level < layout.Rest[t].GroupCount; level++)
            {
                var start = layout.RestStart(t) + (level * d);
                for (var b = 0; b < d; b++)
                {
                    RestRows.TurnRow(layout, adjoint.AsSpan((start + b) * stride, stride), all, restLambda, turned);
                    for (var a = b; a < d; a++)
                    {
                        slope[((local + a) * s) + local + b] += 2 * Dense.Dot(rest.AsSpan((start + a) * stride, stride), turned);
                    }
                }
            }
        }
    }

    /// <summary>Adds what comes to the slope of the rest by one group: 2BᵀΛK at the blocks of the levels that it meets.</summary>
    /// <param name="group">The group.</param>
    /// <param name="ownLambda">Λ of the first grouping.</param>
    /// <param name="cross">K between the group and its columns, q×width.</param>
    /// <param name="slope">s×s, added to.</param>
    public void AddCrossSlope(int group, ReadOnlySpan<double> ownLambda, ReadOnlySpan<double> cross, Span<double> slope)
    {
        var source = Coupling(group);
        var columns = layout.Columns(group);
        var width = columns.Length + tail;
        for (int at = 0, t = 0; at < columns.Length;)
        {
            while (columns[at] >= layout.RestStart(t + 1))
            {
                t++;
            }

            var (d, local) = (layout.Rest[t].Dimension, layout.LocalStart(t));
            for (var a = 0; a < d; a++)
            {
                for (var b = 0; b <= a; b++)
                {
                    var sum = 0.0;
                    for (var i = 0; i < q; i++)
                    {
                        for (var j = 0; j <= i; j++)
                        {
                            sum += source[(i * width) + at + a] * ownLambda[(i * q) + j] * cross[(j * width) + at + b];
                        }
                    }

                    slope[((local + a) * s) + local + b] += 2 * sum;
                }
            }

            at += d;
        }
    }

    /// <summary>BΛ̄KΛ̄ᵀBᵀ of one group over the columns that it meets, q×q.</summary>
    public double[] FarForm(int group, CrossedSystem system, ReadOnlySpan<double> scaled)
    {
        var places = system.Places(group);
        var width = places.Length;
        var result = new double[q * q];
        var half = new double[q * width];
        for (var k = 0; k < width; k++)
        {
            var row = system.Rest.AsSpan(places[k] * stride, stride);
            for (var a = 0; a < q; a++)
            {
                var sum = 0.0;
                for (var l = 0; l < width; l++)
                {
                    sum += scaled[(a * width) + l] * row[places[l]];
                }

                half[(a * width) + k] = sum;
            }
        }

        Dense.MultiplyTranspose(half, scaled[..(q * width)], q, width, q, result);
        return result;
    }

    /// <summary>
    /// The derivative by Ψ of the rest, summed over the copies of each term: M − MΛ̄KΛ̄ᵀM at their blocks, M what the elimination of the
    /// first grouping leaves of A.
    /// </summary>
    public void FillRestCovarianceDerivative(
        ReadOnlySpan<double> ownLambda,
        ReadOnlySpan<double> restLambda,
        double[] adjoint,
        Span<double> derivative)
    {
        var left = new CrossedSystem(layout, tail, 1);
        Load(left, ownLambda, [], identity: false);
        left.EliminateOwn();
        var m = left.Rest;
        var all = AllColumns();
        BlockedCholesky.MirrorLower(m, stride);
        var (turned, product) = (new double[stride], new double[stride]);
        for (var t = 0; t < layout.Rest.Count; t++)
        {
            var (d, local) = (layout.Rest[t].Dimension, layout.LocalStart(t));
            for (var level = 0; level < layout.Rest[t].GroupCount; level++)
            {
                var start = layout.RestStart(t) + (level * d);
                for (var a = 0; a < d; a++)
                {
                    RestRows.ScaleRow(layout, m.AsSpan((start + a) * stride, stride), all, restLambda, turned);
                    Dense.Multiply(adjoint, turned, product);
                    RestRows.TurnRow(layout, product, all, restLambda, turned);
                    for (var b = 0; b < d; b++)
                    {
                        derivative[((local + a) * s) + local + b] += m[((start + a) * stride) + start + b]
                            - Dense.Dot(turned, m.AsSpan((start + b) * stride, stride));
                    }
                }
            }
        }
    }

    private int[] AllColumns() => [.. Enumerable.Range(0, layout.RestDimension)];
}
