using System.Numerics;
using System.Runtime.InteropServices;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>The effects of one top-level group: found, expanded, differentiated.</summary>
internal sealed partial class LaplaceGroup
{
    private readonly ClusterData data;
    private readonly Hierarchy hierarchy;
    private readonly ConditionalDensity density;
    private readonly ParameterPoint point;
    private readonly int start;
    private readonly int rows;
    private readonly int[] firstGroups;
    private readonly int[] levelStarts;
    private readonly int order;
    private readonly double[] linear;
    private readonly double[] eta;
    private readonly double[] response;
    private readonly double[] weight;
    private readonly double[] first;
    private readonly double[] second;
    private readonly double[] third;
    private readonly double[] effects;
    private readonly double[] curvature;
    private readonly double[] directions;
    private readonly int[] places;
    private readonly int width;

    public LaplaceGroup(ClusterData data, Hierarchy hierarchy, ConditionalDensity density, ParameterPoint point, int cluster)
    {
        this.data = data;
        this.hierarchy = hierarchy;
        this.density = density;
        this.point = point;
        var levels = hierarchy.Levels.Count;
        start = hierarchy.Levels[0].ClusterOffsets[cluster];
        rows = hierarchy.Levels[0].ClusterOffsets[cluster + 1] - start;
        firstGroups = new int[levels];
        levelStarts = new int[levels];
        for (var l = 0; l < levels; l++)
        {
            firstGroups[l] = l == 0 ? cluster : hierarchy.FirstGroup(l, cluster);
            levelStarts[l] = order;
            var count = (l == 0 ? cluster + 1 : hierarchy.FirstGroup(l, cluster + 1)) - firstGroups[l];
            order += count * hierarchy.Levels[l].Factor.Dimension;
            width += hierarchy.Levels[l].Factor.Dimension;
        }

        var padded = VectorPadding.Length(rows);
        (linear, eta, response, weight) = (new double[padded], new double[padded], new double[padded], new double[padded]);
        (first, second, third) = (new double[padded], new double[padded], new double[padded]);
        effects = new double[order];
        curvature = new double[order * order];
        directions = new double[rows * width];
        places = new int[rows * width];
        Load();
    }

    private static Span<Vector<double>> Vectors(double[] values) => MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan());

    // The linear predictor without effects, and each row's Λᵀz at its places among the effects.
    private void Load()
    {
        var p = data.Columns;
        for (var i = 0; i < rows; i++)
        {
            linear[i] = data.Offset[start + i] + Dense.Dot(point.Coefficients, data.Design.AsSpan((start + i) * p, p));
            response[i] = data.Response[start + i];
            weight[i] = data.Weight[start + i];
            var k = 0;
            for (var l = 0; l < levelStarts.Length; l++)
            {
                var q = hierarchy.Levels[l].Factor.Dimension;
                var lambda = point.Lambda(l);
                var z = hierarchy.Designs[l].AsSpan((start + i) * q, q);
                var place = levelStarts[l] + ((hierarchy.Levels[l].Groups[start + i] - firstGroups[l]) * q);
                for (var b = 0; b < q; b++, k++)
                {
                    places[(i * width) + k] = place + b;
                    for (var a = 0; a <= b; a++)
                    {
                        directions[(i * width) + k] += lambda[(a * q) + b] * z[a];
                    }
                }
            }
        }

        response.AsSpan(rows).Fill(rows > 0 ? response[0] : 0);
    }

    private double Along(double[] values, int i)
    {
        var sum = 0.0;
        for (var k = i * width; k < (i + 1) * width; k++)
        {
            sum += directions[k] * values[places[k]];
        }

        return sum;
    }
}
