using MarginalConditional.Glmm.Model;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Crossed;

/// <summary>
/// The gradient of the Laplace value of crossed effects, as in <see cref="Effects.ModeMovement"/> with A = 0 and P = ½H⁻¹: one solution
/// e = H⁻¹Σ ℓ‴κ d is the whole movement of the modes. Scratch of one thread.
/// </summary>
internal sealed class CrossedMovement
{
    private readonly CrossedDesign design;
    private readonly ClusterData data;
    private readonly CrossedMode mode;
    private readonly double[] squares;
    private readonly double[] slopes;
    private readonly double[] moved;
    private readonly double[] adjointRows;
    private readonly double[] own;
    private readonly double[] rest;
    private readonly double[] block;
    private readonly double[] cross;

    /// <summary>Allocates.</summary>
    public CrossedMovement(CrossedDesign design, CrossedMode mode)
    {
        this.design = design;
        this.mode = mode;
        data = design.Data;
        (squares, slopes, adjointRows) = (new double[data.Rows], new double[data.Rows], new double[data.Rows]);
        moved = new double[data.Rows * design.Width];
        (own, rest) = (new double[mode.Own.Length], new double[mode.Rest.Length]);
        block = new double[design.Own * design.Own];
        cross = new double[design.Own * Enumerable.Range(0, design.Layout.Groups).Max(mode.System.Width)];
    }

    /// <summary>dᵀH⁻¹d of every row, after <see cref="Invert"/>.</summary>
    public ReadOnlySpan<double> Variances => squares;

    /// <summary>Inverts the curvature where rows need it: H⁻¹d of the effects that each row meets.</summary>
    public void Invert()
    {
        var system = mode.System;
        system.Invert();
        var (q, s, width) = (design.Own, design.Rest, design.Width);
        var offsets = design.Layout.Offsets;
        Span<int> places = stackalloc int[s];
        for (var g = 0; g < design.Layout.Groups; g++)
        {
            system.FillInverse(g, block, cross);
            var list = system.Width(g);
            for (var i = offsets[g]; i < offsets[g + 1]; i++)
            {
                var direction = mode.Rows.Directions.Slice(i * width, width);
                var target = moved.AsSpan(i * width, width);
                target.Clear();
                design.FillPlaces(i, places);
                for (var a = 0; a < q; a++)
                {
                    var (sum, value) = (0.0, direction[s + a]);
                    for (var k = 0; k < s; k++)
                    {
                        var entry = cross[(a * list) + places[k]];
                        sum += entry * direction[k];
                        target[k] += entry * value;
                    }

                    for (var b = 0; b < q; b++)
                    {
                        sum += block[(a * q) + b] * direction[s + b];
                    }

                    target[s + a] = sum;
                }

                AddRest(design.Columns(i), direction, target);
                squares[i] = Dense.Dot(direction, target);
            }
        }
    }

    /// <summary>Solves for the movement of the modes, after <see cref="Invert"/>.</summary>
    public void Solve()
    {
        var second = mode.Rows.Second;
        var third = mode.Rows.Third;
        for (var i = 0; i < slopes.Length; i++)
        {
            slopes[i] = 0.5 * third[i] * squares[i];
        }

        Array.Clear(own);
        Array.Clear(rest);
        mode.Rows.AddRows(slopes, own, rest);
        CrossedSolver.Solve(mode.System, own, rest);
        mode.Rows.Project(own, rest, adjointRows);
        for (var i = 0; i < slopes.Length; i++)
        {
            slopes[i] += mode.Rows.First[i] + (second[i] * adjointRows[i]);
        }
    }

    /// <summary>Adds the derivatives in (β, θ, log φ) that the rows of some clusters bring, each to its own sums.</summary>
    /// <param name="clusters">For each row of the layout the number of its sums; empty when all go to the first.</param>
    /// <param name="sums">Clusters×m.</param>
    /// <param name="m">The number of parameters.</param>
    /// <param name="freeDispersion">Whether log φ is one of them.</param>
    public void AddGradient(ReadOnlySpan<int> clusters, Span<double> sums, int m, bool freeDispersion)
    {
        var (p, width) = (data.Columns, design.Width);
        var first = mode.Rows.First;
        var second = mode.Rows.Second;
        var rows = design.EntryRows;
        var places = design.EntryColumns;
        Span<double> modes = stackalloc double[width];
        Span<double> solution = stackalloc double[width];
        Span<double> factors = stackalloc double[width];
        ReadOnlySpan<double> log = [], slope = [], bend = [];
        if (data.InflationColumns > 0)
        {
            AddInflation(clusters, sums, m, freeDispersion);
        }

        if (freeDispersion)
        {
            mode.Rows.Disperse(out log, out slope, out bend);
        }

        for (var g = 0; g < design.Layout.Groups; g++)
        {
            for (var i = design.Layout.Offsets[g]; i < design.Layout.Offsets[g + 1]; i++)
            {
                var target = sums.Slice(clusters.IsEmpty ? 0 : clusters[i] * m, m);
                Dense.AddScaled(slopes[i], data.Design.AsSpan(i * p, p), target);
                design.Read(i, g, mode.Own, mode.Rest, modes);
                design.Read(i, g, own, rest, solution);
                for (var b = 0; b < width; b++)
                {
                    factors[b] = (slopes[i] * modes[b]) + (first[i] * solution[b]) + (second[i] * moved[(i * width) + b]);
                }

                for (var e = 0; e < rows.Length; e++)
                {
                    target[p + e] += design.Value(i, rows[e]) * factors[places[e]];
                }

                if (freeDispersion)
                {
                    mode.Rows.Constant(i, out var constant);
                    target[^1] += constant + log[i] + (0.5 * bend[i] * squares[i]) + (slope[i] * adjointRows[i]);
                }
            }
        }
    }

    // The derivatives in γ, from those in the log odds of each row.
    private void AddInflation(ReadOnlySpan<int> clusters, Span<double> sums, int m, bool freeDispersion)
    {
        var k = data.InflationColumns;
        var start = m - k - (freeDispersion ? 1 : 0);
        mode.Rows.Inflate(out var log, out var slope, out var bend);
        for (var i = 0; i < data.Rows; i++)
        {
            var score = log[i] + mode.Rows.InflationConstantSlope(i) + (0.5 * bend[i] * squares[i]) + (slope[i] * adjointRows[i]);
            Dense.AddScaled(
                score, data.InflationDesign.AsSpan(i * k, k), sums[((clusters.IsEmpty ? 0 : clusters[i] * m) + start)..]);
        }
    }

    private void AddRest(ReadOnlySpan<int> columns, ReadOnlySpan<double> direction, Span<double> target)
    {
        var system = mode.System;
        for (var k = 0; k < columns.Length; k++)
        {
            var row = system.Rest.AsSpan(columns[k] * system.Stride, system.Stride);
            var sum = 0.0;
            for (var l = 0; l < columns.Length; l++)
            {
                sum += row[columns[l]] * direction[l];
            }

            target[k] += sum;
        }
    }
}
