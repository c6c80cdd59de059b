using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Effects;

/// <summary>
/// The rows of one group of the coarsest level, leaf by leaf, with their log-densities at given effects. The scratch of one thread.
/// </summary>
/// <remarks>
/// η = a + dᵀu with u the standardized effects along the path of the row's leaf, a = offset + xᵀβ and d = Λᵀz of every level side by side.
/// </remarks>
internal sealed class GroupRows
{
    private readonly GroupTree tree;
    private readonly ClusterData data;
    private readonly ConditionalDensity density;
    private readonly ParameterPoint point;
    private readonly EffectPath path;
    private readonly int width;
    private readonly int stride;

    private readonly double[] linear;
    private readonly double[] eta;
    private readonly double[] response;
    private readonly double[] weight;
    private readonly double[] first;
    private readonly double[] second;
    private readonly double[] third;
    private readonly double[] directions;
    private readonly double[] dispersion;
    private readonly double[] odds;
    private readonly int[] rowOf;

    /// <summary>Allocates for the largest group.</summary>
    public GroupRows(GroupTree tree, ConditionalDensity density, ParameterPoint point, EffectPath path)
    {
        this.tree = tree;
        data = tree.Data;
        this.density = density;
        this.point = point;
        this.path = path;
        width = path.Width;
        stride = VectorPadding.Length(tree.MaximumRows);
        (linear, eta, response, weight) = (new double[stride], new double[stride], new double[stride], new double[stride]);
        (first, second, third) = (new double[stride], new double[stride], new double[stride]);
        odds = new double[density.IsInflated ? stride : 0];
        (directions, dispersion, rowOf) = (new double[stride * width], new double[3 * stride], new int[stride]);
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>a of every row.</summary>
    public ReadOnlySpan<double> Linear => linear.AsSpan(0, Count);

    /// <summary>d of every row, rows×width by row.</summary>
    public ReadOnlySpan<double> Directions => directions.AsSpan(0, Count * width);

    /// <summary>ℓ′ of every row, its weight and copies counted, where it was evaluated last.</summary>
    public ReadOnlySpan<double> First => first.AsSpan(0, Count);

    /// <summary>ℓ″ likewise.</summary>
    public ReadOnlySpan<double> Second => second.AsSpan(0, Count);

    /// <summary>ℓ‴ likewise, where it was asked for last.</summary>
    public ReadOnlySpan<double> Third => third.AsSpan(0, Count);

    /// <summary>Takes the rows of the leaves of the path, which holds one group of the coarsest level.</summary>
    /// <param name="firstLeaf">The tree's node of the path's first leaf.</param>
    public void Load(int firstLeaf)
    {
        Count = 0;
        for (var leaf = 0; leaf < path.Count(path.Depth - 1); leaf++)
        {
            var copies = path.Copies(path.Depth - 1, leaf);
            var pattern = tree.Pattern(firstLeaf + leaf);
            for (var row = data.PatternOffsets[pattern]; row < data.PatternOffsets[pattern + 1]; row++)
            {
                LoadRow(row, copies);
            }
        }

        for (var i = Count; i < VectorPadding.Length(Count); i++)
        {
            (eta[i], weight[i], response[i]) = (0, 0, response[0]);
        }
    }

    /// <summary>Σ ℓ at effects but for what depends on the dispersion alone, leaving the rows' derivatives.</summary>
    /// <param name="effects">A vector of the tree's effects.</param>
    /// <param name="withThird">Whether the third derivatives are wanted.</param>
    public double Evaluate(ReadOnlySpan<double> effects, bool withThird)
    {
        path.Project(directions, effects, eta);
        for (var i = 0; i < Count; i++)
        {
            eta[i] += linear[i];
        }

        return withThird
            ? density.AlongRows(
                Vectors(response),
                Vectors(weight),
                point.Dispersion,
                Vectors(eta),
                Vectors(first),
                Vectors(second),
                Vectors(third))
            : density.AlongRows(Vectors(response), Vectors(weight), point.Dispersion, Vectors(eta), Vectors(first), Vectors(second));
    }

    /// <summary>Adds Σ amount·x of all rows, times a factor, to the derivatives in β.</summary>
    public void AddCoefficientSlopes(double multiplicity, ReadOnlySpan<double> amounts, Span<double> gradient)
    {
        var p = data.Columns;
        for (var i = 0; i < amounts.Length; i++)
        {
            Dense.AddScaled(multiplicity * amounts[i], data.Design.AsSpan(rowOf[i] * p, p), gradient);
        }
    }

    /// <summary>z of a row and a level.</summary>
    public ReadOnlySpan<double> Design(int row, int level)
    {
        var q = path.Dimension(level);
        return level == path.Depth - 1
            ? data.RandomDesign.AsSpan(rowOf[row] * q, q)
            : data.CoarseDesign.AsSpan((rowOf[row] * data.CoarseWidth) + path.PathStart(level), q);
    }

    /// <summary>The derivatives in log φ of ℓ, ℓ′ and ℓ″ of every row where it was evaluated last.</summary>
    public void Disperse(out ReadOnlySpan<double> log, out ReadOnlySpan<double> slope, out ReadOnlySpan<double> bend)
    {
        density.DispersionAlongRows(
            Vectors(response),
            Vectors(weight),
            point.Dispersion,
            Vectors(eta),
            Vectors(dispersion),
            Vectors(dispersion, 1),
            Vectors(dispersion, 2));
        log = dispersion.AsSpan(0, Count);
        slope = dispersion.AsSpan(stride, Count);
        bend = dispersion.AsSpan(2 * stride, Count);
    }

    /// <summary>The part of Σ ℓ that depends on the dispersion alone.</summary>
    public double Constants()
    {
        var sum = 0.0;
        for (var i = 0; i < Count && !density.IsLinearInResponse; i++)
        {
            sum += weight[i] * (density.Constant(response[i], point.Dispersion, out _)
                - (density.IsInflated ? Elementary.LogOnePlus(odds[i]) : 0));
        }

        return sum;
    }

    /// <summary>The derivatives in the log odds of excess zeros of ℓ, ℓ′ and ℓ″ of every row where it was evaluated last.</summary>
    public void Inflate(out ReadOnlySpan<double> log, out ReadOnlySpan<double> slope, out ReadOnlySpan<double> bend)
    {
        density.InflationAlongRows(
            Vectors(response),
            Vectors(weight),
            point.Dispersion,
            Vectors(eta),
            Vectors(dispersion),
            Vectors(dispersion, 1),
            Vectors(dispersion, 2));
        log = dispersion.AsSpan(0, Count);
        slope = dispersion.AsSpan(stride, Count);
        bend = dispersion.AsSpan(2 * stride, Count);
    }

    /// <summary>The derivative of a row's part of <see cref="Constants"/> in the log odds of its excess zeros.</summary>
    public double InflationConstantSlope(int row) => -weight[row] * odds[row] / (1 + odds[row]);

    /// <summary>Adds Σ amount·w of all rows, times a factor, to the derivatives in γ.</summary>
    public void AddInflationSlopes(double multiplicity, ReadOnlySpan<double> amounts, Span<double> gradient)
    {
        var k = data.InflationColumns;
        for (var i = 0; i < amounts.Length; i++)
        {
            Dense.AddScaled(
                multiplicity * amounts[i],
                data.InflationDesign.AsSpan(rowOf[i] * k, k),
                gradient[^(k + (density.HasFreeDispersion ? 1 : 0))..]);
        }
    }

    /// <summary>The derivative of <see cref="Constants"/> in log φ.</summary>
    public double ConstantSlopes()
    {
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
        {
            density.Constant(response[i], point.Dispersion, out var slope);
            sum += weight[i] * slope;
        }

        return sum;
    }

    private Span<Vector256<double>> Vectors(double[] values, int column = 0) =>
        MemoryMarshal.Cast<double, Vector256<double>>(values.AsSpan(column * stride, VectorPadding.Length(Count)));

    private void LoadRow(int row, double copies)
    {
        rowOf[Count] = row;
        linear[Count] = data.Offset[row] + Dense.Dot(point.Coefficients, data.Design.AsSpan(row * data.Columns, data.Columns));
        response[Count] = data.Response[row];
        if (density.IsInflated)
        {
            odds[Count] = data.OddsOf(row, point.Inflation);
            response[Count] = ExcessZeros.Code(response[Count], odds[Count]);
        }

        weight[Count] = copies * data.Weight[row];
        for (var l = 0; l < path.Depth; l++)
        {
            var q = path.Dimension(l);
            var z = Design(Count, l);
            var lambda = point.Lambda(l);
            var target = directions.AsSpan((Count * width) + path.PathStart(l), q);
            for (var b = 0; b < q; b++)
            {
                var sum = 0.0;
                for (var a = 0; a <= b; a++)
                {
                    sum += lambda[(a * q) + b] * z[a];
                }

                target[b] = sum;
            }
        }

        Count++;
    }
}
