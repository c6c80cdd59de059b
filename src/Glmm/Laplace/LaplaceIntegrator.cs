using System.Numerics;
using System.Runtime.InteropServices;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Laplace;

/// <summary>The effects of one top-level group of a tree of any depth: found, expanded, differentiated. The scratch of one thread.</summary>
/// <remarks>
/// The curvature H of all effects couples a group only with the groups above it. Finest first, each group's effects are eliminated from a
/// small matrix over its path, the effects of the groups above it and its own (Duff and Reid 1983), so the work is proportional to the rows.
/// N equal groups are one node: they share their mode, so their rows weigh N times and so does their prior, and the pivot of one of them is
/// the node's divided by N.
/// </remarks>
internal sealed partial class LaplaceIntegrator : GroupIntegrator
{
    private readonly GroupTree tree;
    private readonly ClusterData data;
    private readonly ConditionalDensity density;
    private readonly ParameterPoint point;
    private readonly double[][] modes;
    private readonly int depth;
    private readonly int stride;

    // q of each level and, of the levels so far together, the width of a path.
    private readonly int[] dimensions;
    private readonly int[] widths;

    private readonly double[] linear;
    private readonly double[] eta;
    private readonly double[] response;
    private readonly double[] weight;
    private readonly double[] first;
    private readonly double[] second;
    private readonly double[] third;
    private readonly double[] directions;
    private readonly int[] rowOf;
    private readonly int[] leafStarts;

    // One array a level; the nodes below the group are numbered from 0.
    private readonly int[] firstNodes;
    private readonly int[] counts;
    private readonly int[][] parents;
    private readonly double[][] copies;
    private readonly double[][] effects;
    private readonly double[][] steps;
    private readonly double[][] sides;
    private readonly double[][] fronts;
    private readonly double[][] paths;

    private int rows;

    /// <summary>Allocates the scratch for the largest group.</summary>
    public LaplaceIntegrator(GroupTree tree, ConditionalDensity density, ParameterPoint point, double[][] modes)
    {
        this.tree = tree;
        data = tree.Data;
        this.density = density;
        this.point = point;
        this.modes = modes;
        depth = tree.Depth;
        dimensions = [.. tree.Levels.Select(level => level.Factor.Dimension)];
        widths = new int[depth];
        for (var l = 0; l < depth; l++)
        {
            widths[l] = dimensions[l] + (l > 0 ? widths[l - 1] : 0);
        }

        stride = VectorPadding.Length(tree.MaximumRows);
        (linear, eta, response, weight) = (new double[stride], new double[stride], new double[stride], new double[stride]);
        (first, second, third) = (new double[stride], new double[stride], new double[stride]);
        (directions, rowOf) = (new double[stride * widths[^1]], new int[stride]);
        leafStarts = new int[tree.MaximumDescendants(depth - 1) + 1];
        (firstNodes, counts) = (new int[depth], new int[depth]);
        parents = [.. Enumerable.Range(0, depth).Select(l => new int[tree.MaximumDescendants(l)])];
        copies = ByNode(_ => 1);
        (effects, steps, sides) = (ByNode(l => dimensions[l]), ByNode(l => dimensions[l]), ByNode(l => dimensions[l]));
        (fronts, paths) = (ByNode(l => widths[l] * widths[l]), ByNode(l => widths[l]));
        (covariances, adjoint) = (ByNode(l => widths[l] * widths[l]), ByNode(l => dimensions[l]));
        (squares, scores, dispersionRows) = (new double[stride], new double[stride], new double[3 * stride]);
        spread = new double[widths[^1]];

        double[][] ByNode(Func<int, int> width) => [.. Enumerable.Range(0, depth).Select(l => new double[tree.MaximumDescendants(l) * width(l)])];
    }

    /// <inheritdoc/>
    public override double Integrate(int top, EvaluationNeeds needs)
    {
        Load(top);
        CopyModes(toGroup: true);
        var value = FindMode();
        CopyModes(toGroup: false);
        return value - (0.5 * LogDeterminant()) + Constants();
    }

    private Span<Vector<double>> RowVectors(double[] values, int column = 0) =>
        MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan(column * stride, VectorPadding.Length(rows)));

    private ReadOnlySpan<double> Direction(int i) => directions.AsSpan(i * widths[^1], widths[^1]);

    private void Load(int top)
    {
        for (var l = 0; l < depth; l++)
        {
            firstNodes[l] = tree.FirstDescendant(l, top);
            counts[l] = tree.FirstDescendant(l, top + 1) - firstNodes[l];
        }

        copies[0][0] = 1;
        for (var l = 1; l < depth; l++)
        {
            for (var parent = 0; parent < counts[l - 1]; parent++)
            {
                var end = tree.FirstChild(l - 1, firstNodes[l - 1] + parent + 1) - firstNodes[l];
                for (var node = tree.FirstChild(l - 1, firstNodes[l - 1] + parent) - firstNodes[l]; node < end; node++)
                {
                    parents[l][node] = parent;
                    copies[l][node] = copies[l - 1][parent] * tree.Multiplicity(l, firstNodes[l] + node);
                }
            }
        }

        rows = 0;
        for (var leaf = 0; leaf < counts[^1]; leaf++)
        {
            leafStarts[leaf] = rows;
            var pattern = tree.Pattern(firstNodes[^1] + leaf);
            for (var row = data.PatternOffsets[pattern]; row < data.PatternOffsets[pattern + 1]; row++, rows++)
            {
                LoadRow(row, copies[^1][leaf]);
            }
        }

        leafStarts[counts[^1]] = rows;
        for (var i = rows; i < VectorPadding.Length(rows); i++)
        {
            (linear[i], eta[i], weight[i], response[i]) = (0, 0, 0, response[0]);
        }
    }

    // The linear predictor without effects, and Λᵀz of every level side by side.
    private void LoadRow(int row, double count)
    {
        rowOf[rows] = row;
        linear[rows] = data.Offset[row] + Dense.Dot(point.Coefficients, data.Design.AsSpan(row * data.Columns, data.Columns));
        response[rows] = data.Response[row];
        weight[rows] = count * data.Weight[row];
        var target = directions.AsSpan(rows * widths[^1], widths[^1]);
        for (var l = 0; l < depth; l++)
        {
            var q = dimensions[l];
            var z = Design(row, l);
            var lambda = point.Lambda(l);
            for (var b = 0; b < q; b++)
            {
                var sum = 0.0;
                for (var a = 0; a <= b; a++)
                {
                    sum += lambda[(a * q) + b] * z[a];
                }

                target[widths[l] - q + b] = sum;
            }
        }
    }

    // z of one row of the data and one level.
    private ReadOnlySpan<double> Design(int row, int level)
    {
        var q = dimensions[level];
        return level == depth - 1
            ? data.RandomDesign.AsSpan(row * q, q)
            : data.CoarseDesign.AsSpan((row * data.CoarseWidth) + widths[level] - q, q);
    }

    private void CopyModes(bool toGroup)
    {
        for (var l = 0; l < depth; l++)
        {
            var shared = modes[l].AsSpan(firstNodes[l] * dimensions[l], counts[l] * dimensions[l]);
            var own = effects[l].AsSpan(0, shared.Length);
            if (toGroup)
            {
                shared.CopyTo(own);
            }
            else
            {
                own.CopyTo(shared);
            }
        }
    }
}
