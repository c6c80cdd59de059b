using MarginalConditional.Lmm.Model;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>
/// The moments of crossed effects, fixed effects and response over all rows: a block and a coupling for each group of the first grouping,
/// a dense matrix for the rest and the tail.
/// </summary>
internal sealed partial class CrossedMoments
{
    private readonly CrossedLayout layout;
    private readonly int q;
    private readonly int s;
    private readonly int tail;
    private readonly int stride;
    private readonly double[] own;
    private readonly double[] coupling;
    private readonly double[] rest;

    /// <summary>Sums over the rows.</summary>
    public CrossedMoments(CrossedLayout layout, WorkingRows rows)
    {
        this.layout = layout;
        (q, s, tail) = (layout.OwnDimension, layout.RestPerRow, rows.FixedEffects + 1);
        stride = layout.RestDimension + tail;
        own = new double[layout.Groups * q * q];
        coupling = new double[checked(q * (layout.ListStart(layout.Groups) + (layout.Groups * tail)))];
        rest = new double[checked(stride * stride)];
        var places = new int[s + tail];
        var columns = new int[s + tail];
        for (var g = 0; g < layout.Groups; g++)
        {
            CancellationScope.Check(g);
            for (var i = layout.Offsets[g]; i < layout.Offsets[g + 1]; i++)
            {
                FillPlaces(g, i, places, columns);
                Add(g, rows.Values.AsSpan(i * rows.Width, rows.Width), places, columns);
            }
        }

        for (var g = 0; g < layout.Groups; g++)
        {
            CancellationScope.Check(g);
            Dense.MirrorLower(own.AsSpan(g * q * q, q * q), q);
        }

        BlockedCholesky.MirrorLower(rest, stride);
    }

    /// <summary>A group's own moments, q×q, full.</summary>
    public ReadOnlySpan<double> Own(int group) => own.AsSpan(group * q * q, q * q);

    /// <summary>Writes Λ̄ᵀAΛ̄, with the identity added on the effects, or A with Λ of the first grouping alone.</summary>
    /// <param name="system">Receives the matrix.</param>
    /// <param name="ownLambda">Λ of the first grouping, q×q.</param>
    /// <param name="restLambda">Λ of the rest, s×s, block diagonal over terms; empty for the identity.</param>
    /// <param name="identity">Whether I is added on the rest.</param>
    public void Load(CrossedSystem system, ReadOnlySpan<double> ownLambda, ReadOnlySpan<double> restLambda, bool identity)
    {
        var half = new double[q * q];
        var row = new double[Math.Max(q, 1)];
        for (var g = 0; g < layout.Groups; g++)
        {
            CancellationScope.Check(g);
            var target = system.Own(g);
            Dense.Multiply(Own(g), ownLambda, q, q, q, half);
            Dense.TransposeMultiply(ownLambda, half, q, q, q, target);
            for (var a = 0; a < q; a++)
            {
                target[a * (q + 1)] += 1;
            }

            var coupled = system.Coupling(g);
            var width = system.Width(g);
            ScaleCoupling(g, restLambda, coupled);
            for (var k = 0; k < width; k++)
            {
                for (var a = 0; a < q; a++)
                {
                    row[a] = 0;
                    for (var b = a; b < q; b++)
                    {
                        row[a] += ownLambda[(b * q) + a] * coupled[(b * width) + k];
                    }
                }

                for (var a = 0; a < q; a++)
                {
                    coupled[(a * width) + k] = row[a];
                }
            }
        }

        LoadRest(system.Rest, restLambda);
        for (var j = 0; identity && j < layout.RestDimension; j++)
        {
            system.Rest[j * (stride + 1)] += 1;
        }
    }

    /// <summary>A group's coupling times Λ̄, q×width.</summary>
    public void ScaleCoupling(int group, ReadOnlySpan<double> restLambda, Span<double> target)
    {
        var source = Coupling(group);
        var columns = layout.Columns(group);
        var width = columns.Length + tail;
        source.CopyTo(target);
        if (restLambda.Length == 0)
        {
            return;
        }

        for (var a = 0; a < q; a++)
        {
            RestRows.ScaleRow(layout, source.Slice(a * width, width), columns, restLambda, target.Slice(a * width, width));
        }
    }

    private ReadOnlySpan<double> Coupling(int group) => coupling.AsSpan(
        q * (layout.ListStart(group) + (group * tail)),
        q * (layout.Columns(group).Length + tail));

    /// <summary>The rest and the tail times Λ̄ from both sides, lower triangle.</summary>
    private void LoadRest(double[] target, ReadOnlySpan<double> lambda)
    {
        if (lambda.Length == 0)
        {
            rest.CopyTo(target, 0);
            return;
        }

        for (var t = 0; t < layout.Rest.Count; t++)
        {
            var (d, local) = (layout.Rest[t].Dimension, layout.LocalStart(t));
            for (var level = 0; level < layout.Rest[t].GroupCount; level++)
            {
                var start = layout.RestStart(t) + (level * d);
                for (var b = 0; b < d; b++)
                {
                    // Row b of ΛᵀA, then times Λ̄ from the right; the block on the diagonal needs all of its columns.
                    var row = target.AsSpan((start + b) * stride, stride);
                    row.Clear();
                    for (var a = b; a < d; a++)
                    {
                        Dense.AddScaled(lambda[((local + a) * s) + local + b], rest.AsSpan((start + a) * stride, start + d), row);
                    }

                    RestRows.ScaleInPlace(layout, row, start + d, lambda);
                }
            }
        }

        for (var i = layout.RestDimension; i < stride; i++)
        {
            rest.AsSpan(i * stride, i + 1).CopyTo(target.AsSpan(i * stride));
            RestRows.ScaleInPlace(layout, target.AsSpan(i * stride, stride), layout.RestDimension, lambda);
        }
    }

    private void FillPlaces(int group, int row, Span<int> places, Span<int> columns)
    {
        var lists = layout.Places(row);
        var list = layout.Columns(group);
        for (var t = 0; t < layout.Rest.Count; t++)
        {
            for (var a = 0; a < layout.Rest[t].Dimension; a++)
            {
                places[layout.LocalStart(t) + a] = lists[t] + a;
                columns[layout.LocalStart(t) + a] = list[lists[t] + a];
            }
        }

        for (var k = 0; k < tail; k++)
        {
            places[s + k] = list.Length + k;
            columns[s + k] = layout.RestDimension + k;
        }
    }

    private void Add(int group, ReadOnlySpan<double> row, ReadOnlySpan<int> places, ReadOnlySpan<int> columns)
    {
        var z = row[..q];
        Dense.RankOneUpdateLower(1, z, own.AsSpan(group * q * q, q * q));
        var others = row[q..];
        var width = layout.Columns(group).Length + tail;
        var coupled = coupling.AsSpan(q * (layout.ListStart(group) + (group * tail)), q * width);
        for (var k = 0; k < others.Length; k++)
        {
            var value = others[k];
            for (var a = 0; a < q; a++)
            {
                coupled[(a * width) + places[k]] += z[a] * value;
            }

            for (var l = 0; l <= k; l++)
            {
                // Columns of one row ascend with the terms, so this is the lower triangle.
                rest[(columns[k] * stride) + columns[l]] += value * others[l];
            }
        }
    }
}
