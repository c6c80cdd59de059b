using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Crossed;

/// <summary>All rows of a crossed model at given parameters and effects: η = a + dᵀu with d = Λᵀz. Scratch of one thread.</summary>
internal sealed class CrossedRows
{
    private readonly CrossedDesign design;
    private readonly ClusterData data;
    private readonly ConditionalDensity density;
    private readonly ParameterPoint point;
    private readonly int stride;
    private readonly double[] linear;
    private readonly double[] eta;
    private readonly double[] response;
    private readonly double[] weight;
    private readonly double[] derivatives;
    private readonly double[] directions;
    private readonly double[] dispersion;
    private readonly double[] odds;

    /// <summary>Copies responses and weights.</summary>
    public CrossedRows(CrossedDesign design, ConditionalDensity density, ParameterPoint point)
    {
        this.design = design;
        this.density = density;
        this.point = point;
        data = design.Data;
        stride = VectorPadding.Length(data.Rows);
        (linear, eta, response, weight) = (new double[data.Rows], new double[stride], new double[stride], new double[stride]);
        (derivatives, directions) = (new double[3 * stride], new double[data.Rows * design.Width]);
        dispersion = density.HasFreeDispersion || density.IsInflated ? new double[3 * stride] : [];
        odds = new double[density.IsInflated ? data.Rows : 0];
        response.AsSpan().Fill(data.Response[0]);
        data.Response.CopyTo(response, 0);
        data.Weight.CopyTo(weight, 0);
    }

    /// <summary>d of every row, rows×width by row.</summary>
    public ReadOnlySpan<double> Directions => directions;

    /// <summary>ℓ′ of every row times its weight, where it was evaluated last.</summary>
    public ReadOnlySpan<double> First => derivatives.AsSpan(0, data.Rows);

    /// <summary>ℓ″ likewise.</summary>
    public ReadOnlySpan<double> Second => derivatives.AsSpan(stride, data.Rows);

    /// <summary>ℓ‴ likewise, where it was asked for last.</summary>
    public ReadOnlySpan<double> Third => derivatives.AsSpan(2 * stride, data.Rows);

    /// <summary>The linear predictors where it was evaluated last.</summary>
    public ReadOnlySpan<double> Predictor => eta.AsSpan(0, data.Rows);

    /// <summary>Takes the parameters of the point.</summary>
    public void Load()
    {
        var p = data.Columns;
        var width = design.Width;
        for (var i = 0; i < data.Rows; i++)
        {
            linear[i] = data.Offset[i] + Dense.Dot(point.Coefficients, data.Design.AsSpan(i * p, p));
        }

        for (var i = 0; i < odds.Length; i++)
        {
            odds[i] = data.OddsOf(i, point.Inflation);
            response[i] = ExcessZeros.Code(data.Response[i], odds[i]);
        }

        var start = 0;
        for (var l = 0; l < design.Levels.Count; l++)
        {
            var q = design.Levels[l].Factor.Dimension;
            var lambda = point.Lambda(l);
            for (var i = 0; i < data.Rows; i++)
            {
                var target = directions.AsSpan((i * width) + start, q);
                for (var b = 0; b < q; b++)
                {
                    var sum = 0.0;
                    for (var a = 0; a <= b; a++)
                    {
                        sum += lambda[(a * q) + b] * design.Value(i, start + a);
                    }

                    target[b] = sum;
                }
            }

            start += q;
        }
    }

    /// <summary>Σ ℓ at effects but for what depends on the dispersion alone, leaving the rows' derivatives.</summary>
    public double Evaluate(ReadOnlySpan<double> own, ReadOnlySpan<double> rest, bool withThird)
    {
        Project(own, rest, eta);
        for (var i = 0; i < data.Rows; i++)
        {
            eta[i] += linear[i];
        }

        var (first, second) = (0, stride);
        return withThird
            ? density.AlongRows(
                Vectors(response, 0),
                Vectors(weight, 0),
                point.Dispersion,
                Vectors(eta, 0),
                Vectors(derivatives, first),
                Vectors(derivatives, second),
                Vectors(derivatives, 2 * stride))
            : density.AlongRows(
                Vectors(response, 0),
                Vectors(weight, 0),
                point.Dispersion,
                Vectors(eta, 0),
                Vectors(derivatives, first),
                Vectors(derivatives, second));
    }

    /// <summary>dᵀu of every row.</summary>
    public void Project(ReadOnlySpan<double> own, ReadOnlySpan<double> rest, Span<double> values)
    {
        var (q, s, width) = (design.Own, design.Rest, design.Width);
        var offsets = design.Layout.Offsets;
        for (var g = 0; g < design.Layout.Groups; g++)
        {
            var effects = own.Slice(g * q, q);
            for (var i = offsets[g]; i < offsets[g + 1]; i++)
            {
                var direction = directions.AsSpan(i * width, width);
                var columns = design.Columns(i);
                var sum = 0.0;
                for (var k = 0; k < s; k++)
                {
                    sum += direction[k] * rest[columns[k]];
                }

                for (var k = 0; k < q; k++)
                {
                    sum += direction[s + k] * effects[k];
                }

                values[i] = sum;
            }
        }
    }

    /// <summary>The transpose of <see cref="Project"/>: adds Σ amount·d to the effects.</summary>
    public void AddRows(ReadOnlySpan<double> amounts, Span<double> own, Span<double> rest)
    {
        var (q, s, width) = (design.Own, design.Rest, design.Width);
        var offsets = design.Layout.Offsets;
        for (var g = 0; g < design.Layout.Groups; g++)
        {
            var effects = own.Slice(g * q, q);
            for (var i = offsets[g]; i < offsets[g + 1]; i++)
            {
                var direction = directions.AsSpan(i * width, width);
                var columns = design.Columns(i);
                for (var k = 0; k < s; k++)
                {
                    rest[columns[k]] += amounts[i] * direction[k];
                }

                for (var k = 0; k < q; k++)
                {
                    effects[k] += amounts[i] * direction[s + k];
                }
            }
        }
    }

    /// <summary>The derivatives in log φ of ℓ, ℓ′ and ℓ″ of every row where it was evaluated last.</summary>
    public void Disperse(out ReadOnlySpan<double> log, out ReadOnlySpan<double> slope, out ReadOnlySpan<double> bend)
    {
        density.DispersionAlongRows(
            Vectors(response, 0),
            Vectors(weight, 0),
            point.Dispersion,
            Vectors(eta, 0),
            Vectors(dispersion, 0),
            Vectors(dispersion, stride),
            Vectors(dispersion, 2 * stride));
        log = dispersion.AsSpan(0, data.Rows);
        slope = dispersion.AsSpan(stride, data.Rows);
        bend = dispersion.AsSpan(2 * stride, data.Rows);
    }

    /// <summary>The derivatives in the log odds of excess zeros of ℓ, ℓ′ and ℓ″ of every row where it was evaluated last.</summary>
    public void Inflate(out ReadOnlySpan<double> log, out ReadOnlySpan<double> slope, out ReadOnlySpan<double> bend)
    {
        density.InflationAlongRows(
            Vectors(response, 0),
            Vectors(weight, 0),
            point.Dispersion,
            Vectors(eta, 0),
            Vectors(dispersion, 0),
            Vectors(dispersion, stride),
            Vectors(dispersion, 2 * stride));
        log = dispersion.AsSpan(0, data.Rows);
        slope = dispersion.AsSpan(stride, data.Rows);
        bend = dispersion.AsSpan(2 * stride, data.Rows);
    }

    /// <summary>The derivative of <see cref="Constant"/> in the log odds of a row's excess zeros.</summary>
    public double InflationConstantSlope(int row) => -weight[row] * odds[row] / (1 + odds[row]);

    /// <summary>The part of a row's ℓ that depends on the dispersion alone, and its derivative in log φ.</summary>
    public double Constant(int row, out double slope)
    {
        var value = weight[row] * (density.Constant(response[row], point.Dispersion, out slope)
            - (density.IsInflated ? Elementary.LogOnePlus(odds[row]) : 0));
        slope *= weight[row];
        return value;
    }

    /// <summary>The sum of those parts.</summary>
    public double Constants()
    {
        var sum = 0.0;
        for (var i = 0; i < data.Rows && !density.IsLinearInResponse; i++)
        {
            sum += Constant(i, out _);
        }

        return sum;
    }

    private Span<Vector256<double>> Vectors(double[] values, int start) =>
        MemoryMarshal.Cast<double, Vector256<double>>(values.AsSpan(start, stride));
}
