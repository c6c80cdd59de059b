using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>The rows of the clusters that are integrated at once, one cluster in each lane: η_i = a_i + v_iᵀu with v_i = Λᵀz_i.</summary>
internal sealed class LaneBlock
{
    private readonly ConditionalDensity density;
    private readonly ParameterPoint point;
    private readonly double[] lambda;
    private readonly int p;
    private readonly int q;
    private readonly Vector256<double>[] linear;
    private readonly Vector256<double>[] response;
    private readonly Vector256<double>[] weight;
    private readonly Vector256<double>[] z;
    private readonly Vector256<double>[] v;
    private readonly Vector256<double>[] odds;
    private Vector256<double>[] design = [];
    private Vector256<double>[] inflationDesign = [];
    private int designStart;
    private int rowStart;
    private int rows;

    /// <summary>Makes room for the largest cluster.</summary>
    /// <param name="columns">p.</param>
    /// <param name="dimension">q.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="point">The parameters of the evaluation.</param>
    /// <param name="level">The level whose effects are integrated.</param>
    /// <param name="maximumRows">The rows of the largest cluster.</param>
    public LaneBlock(int columns, int dimension, ConditionalDensity density, ParameterPoint point, int level, int maximumRows)
    {
        this.density = density;
        this.point = point;
        lambda = point.Lambda(level);
        p = columns;
        q = dimension;
        MaximumRows = maximumRows;
        linear = new Vector256<double>[maximumRows];
        response = new Vector256<double>[maximumRows];
        weight = new Vector256<double>[maximumRows];
        odds = density.IsInflated ? new Vector256<double>[maximumRows] : [];
        (z, v) = (new Vector256<double>[maximumRows * q], new Vector256<double>[maximumRows * q]);
    }

    /// <summary>The most rows that it can take.</summary>
    public int MaximumRows { get; }

    /// <summary>The rows of the clusters loaded.</summary>
    public int Rows => rows;

    /// <summary>p.</summary>
    public int Columns => p;

    /// <summary>q.</summary>
    public int Dimension => q;

    /// <summary>Family and link.</summary>
    public ConditionalDensity Density => density;

    /// <summary>φ.</summary>
    public double Dispersion => point.Dispersion;

    /// <summary>Λ, q×q by row.</summary>
    public ReadOnlySpan<double> Lambda => lambda;

    /// <summary>a: the linear predictor of each row without the effects that are integrated.</summary>
    public Span<Vector256<double>> Linear => linear.AsSpan(0, rows);

    /// <summary>The response of each row.</summary>
    public ReadOnlySpan<Vector256<double>> Response => response.AsSpan(0, rows);

    /// <summary>The weight of each row; 0 where a lane has no such row.</summary>
    public ReadOnlySpan<Vector256<double>> Weight => weight.AsSpan(0, rows);

    /// <summary>x, rows×p; only of clusters that were loaded as a block.</summary>
    public ReadOnlySpan<Vector256<double>> Design => design.AsSpan(designStart, rows * p);

    /// <summary>w, rows×columns of the predictor of excess zeros; only of clusters that were loaded as a block.</summary>
    public ReadOnlySpan<Vector256<double>> InflationDesign =>
        inflationDesign.AsSpan(rowStart * point.Inflation.Length, rows * point.Inflation.Length);

    /// <summary>The odds of each row that a zero is an excess one; empty where there are none.</summary>
    public ReadOnlySpan<Vector256<double>> Odds => odds.AsSpan(0, density.IsInflated ? rows : 0);

    /// <summary>z, rows×q.</summary>
    public ReadOnlySpan<Vector256<double>> RandomDesign => z.AsSpan(0, rows * q);

    /// <summary>v = Λᵀz, rows×q.</summary>
    public ReadOnlySpan<Vector256<double>> Loadings => v.AsSpan(0, rows * q);

    /// <summary>Takes the clusters of a block.</summary>
    public void Load(ClusterLanes lanes, int block)
    {
        var start = lanes.RowOffsets[block];
        rows = lanes.RowOffsets[block + 1] - start;
        lanes.Response.AsSpan(start, rows).CopyTo(response);
        lanes.Weight.AsSpan(start, rows).CopyTo(weight);
        lanes.RandomDesign.AsSpan(start * q, rows * q).CopyTo(z);
        (design, inflationDesign, designStart, rowStart) = (lanes.Design, lanes.InflationDesign, start * p, start);
        var x = Design;
        var beta = point.Coefficients;
        for (var i = 0; i < rows; i++)
        {
            var sum = lanes.Offset[start + i];
            var row = x.Slice(i * p, p);
            for (var j = 0; j < row.Length; j++)
            {
                sum += row[j] * beta[j];
            }

            linear[i] = sum;
        }

        var gamma = point.Inflation;
        for (var i = 0; i < odds.Length && i < rows; i++)
        {
            var sum = Vector256<double>.Zero;
            for (var j = 0; j < gamma.Length; j++)
            {
                sum += lanes.InflationDesign[((start + i) * gamma.Length) + j] * gamma[j];
            }

            Inflate(i, ExcessZeros.Odds(sum));
        }

        FillLoadings();
    }

    /// <summary>Takes one pattern into every lane; the caller sets <see cref="Linear"/>.</summary>
    public void Load(ClusterData data, int pattern)
    {
        var start = data.PatternOffsets[pattern];
        rows = data.PatternOffsets[pattern + 1] - start;
        for (var i = 0; i < rows; i++)
        {
            response[i] = Vector256.Create(data.Response[start + i]);
            weight[i] = Vector256.Create(data.Weight[start + i]);
            for (var b = 0; b < q; b++)
            {
                z[(i * q) + b] = Vector256.Create(data.RandomDesign[((start + i) * q) + b]);
            }

            if (density.IsInflated)
            {
                Inflate(i, Vector256.Create(data.OddsOf(start + i, point.Inflation)));
            }
        }

        FillLoadings();
    }

    /// <summary>η = a + vᵀu.</summary>
    /// <param name="effects">u, q vectors.</param>
    /// <param name="eta">Receives a vector a row.</param>
    public void FillPredictor(ReadOnlySpan<Vector256<double>> effects, Span<Vector256<double>> eta)
    {
        for (var i = 0; i < rows; i++)
        {
            var sum = linear[i];
            for (var b = 0; b < effects.Length; b++)
            {
                sum += v[(i * q) + b] * effects[b];
            }

            eta[i] = sum;
        }
    }

    /// <summary>The part of the log-likelihoods that depends on the dispersion alone, with its derivative in log φ.</summary>
    public Vector256<double> Constants(out Vector256<double> derivative)
    {
        derivative = Vector256<double>.Zero;
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < rows && !density.IsLinearInResponse; i++)
        {
            var values = Vector256<double>.Zero;
            var slopes = Vector256<double>.Zero;
            for (var lane = 0; lane < Vector256<double>.Count; lane++)
            {
                if (weight[i][lane] > 0)
                {
                    values = values.WithElement(lane, density.Constant(response[i][lane], point.Dispersion, out var slopeOfLane));
                    slopes = slopes.WithElement(lane, slopeOfLane);
                }
            }

            sum += weight[i] * (density.IsInflated ? values - NegativeBinomialKernel.LogOnePlus(odds[i]) : values);
            derivative += weight[i] * slopes;
        }

        return sum;
    }

    private void Inflate(int row, Vector256<double> value)
    {
        odds[row] = value;
        response[row] = ExcessZeros.Code(response[row], value);
    }

    /// <summary>v = Λᵀz.</summary>
    private void FillLoadings()
    {
        for (var i = 0; i < rows; i++)
        {
            for (var b = 0; b < q; b++)
            {
                var sum = Vector256<double>.Zero;
                for (var a = 0; a <= b; a++)
                {
                    sum += z[(i * q) + a] * lambda[(a * q) + b];
                }

                v[(i * q) + b] = sum;
            }
        }
    }
}
