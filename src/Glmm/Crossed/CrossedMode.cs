using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Crossed;

/// <summary>
/// The joint mode of all crossed effects by Newton's method with halving, and the curvature there. Scratch of one thread.
/// </summary>
/// <remarks>
/// h(u) = Σ ℓ − ½‖u‖². The search starts from the modes of the evaluation before; afterwards <see cref="Rows"/> and <see cref="System"/>
/// are those at the mode, the system factored.
/// </remarks>
internal sealed class CrossedMode
{
    private const double ShortestStep = 1e-12;
    private const double FirstRaise = 1;
    private const double Growth = 10;
    private const double LargestRaise = 1e12;

    private readonly CrossedDesign design;
    private readonly double[] own;
    private readonly double[] rest;
    private readonly double[] ownSlope;
    private readonly double[] restSlope;
    private readonly double[] ownStep;
    private readonly double[] restStep;

    /// <summary>Allocates.</summary>
    public CrossedMode(CrossedDesign design, ConditionalDensity density, ParameterPoint point, int threads)
    {
        this.design = design;
        Rows = new CrossedRows(design, density, point);
        System = new CrossedSystem(design.Layout, 0, threads);
        (own, rest) = (new double[design.Layout.Groups * design.Own], new double[design.Layout.RestDimension]);
        (ownSlope, restSlope) = (new double[own.Length], new double[rest.Length]);
        (ownStep, restStep) = (new double[own.Length], new double[rest.Length]);
    }

    /// <summary>The rows.</summary>
    public CrossedRows Rows { get; }

    /// <summary>The curvature of the effects.</summary>
    public CrossedSystem System { get; }

    /// <summary>û of the finest grouping, groups×q.</summary>
    public double[] Own => own;

    /// <summary>û of the others.</summary>
    public double[] Rest => rest;

    /// <summary>Finds the mode at the parameters of the point.</summary>
    /// <returns>h(û); NaN when there is none.</returns>
    public double Find()
    {
        Rows.Load();
        var value = Height(withThird: false);
        if (!double.IsFinite(value))
        {
            // The modes of other parameters may be impossible here.
            Array.Clear(own);
            Array.Clear(rest);
            value = Height(withThird: false);
        }

        var before = double.PositiveInfinity;
        for (var step = 0; step < ModeSearch.MaximumSteps && double.IsFinite(value); step++)
        {
            var decrement = Step();
            var last = ModeSearch.IsLast(decrement);
            var next = Move(value, last);
            if (last || ModeSearch.IsRounding(next, value, decrement, before))
            {
                break;
            }

            (value, before) = (next, decrement);
        }

        value = Height(withThird: true);
        Factor();
        return value;
    }

    // h at the effects, leaving the rows' derivatives.
    private double Height(bool withThird) =>
        Rows.Evaluate(own, rest, withThird) - (0.5 * (Dense.Dot(own, own) + Dense.Dot(rest, rest)));

    // The Newton step; returns slope times step.
    private double Step()
    {
        Factor();
        for (var k = 0; k < own.Length; k++)
        {
            ownSlope[k] = -own[k];
        }

        for (var k = 0; k < rest.Length; k++)
        {
            restSlope[k] = -rest[k];
        }

        Rows.AddRows(Rows.First, ownSlope, restSlope);
        ownSlope.CopyTo(ownStep, 0);
        restSlope.CopyTo(restStep, 0);
        CrossedSolver.Solve(System, ownStep, restStep);
        return Dense.Dot(ownSlope, ownStep) + Dense.Dot(restSlope, restStep);
    }

    // Moves by the step, halved while h falls; the last, tiny step is not checked.
    private double Move(double value, bool last)
    {
        for (double length = 1; ; length *= 0.5)
        {
            Dense.AddScaled(length, ownStep, own);
            Dense.AddScaled(length, restStep, rest);
            if (last)
            {
                return value;
            }

            var next = Height(withThird: false);
            if (ModeSearch.Holds(next, value) || length < ShortestStep)
            {
                return next;
            }

            Dense.AddScaled(-length, ownStep, own);
            Dense.AddScaled(-length, restStep, rest);
        }
    }

    // H = I − Σ ℓ″ddᵀ, its diagonal raised where h is not concave.
    private void Factor()
    {
        var raise = 0.0;
        do
        {
            Assemble(1 + raise);
            raise = raise == 0 ? FirstRaise : raise * Growth;
        }
        while (!System.TryFactor() && raise < LargestRaise);
    }

    private void Assemble(double diagonal)
    {
        System.Clear();
        var (q, s, width) = (design.Own, design.Rest, design.Width);
        var offsets = design.Layout.Offsets;
        Span<int> places = stackalloc int[s];
        for (var g = 0; g < design.Layout.Groups; g++)
        {
            var block = System.Own(g);
            var coupling = System.Coupling(g);
            var list = System.Width(g);
            for (var a = 0; a < q; a++)
            {
                block[a * (q + 1)] = diagonal;
            }

            for (var i = offsets[g]; i < offsets[g + 1]; i++)
            {
                var direction = Rows.Directions.Slice(i * width, width);
                var weight = -Rows.Second[i];
                design.FillPlaces(i, places);
                for (var a = 0; a < q; a++)
                {
                    var value = weight * direction[s + a];
                    for (var b = 0; b <= a; b++)
                    {
                        block[(a * q) + b] += value * direction[s + b];
                    }

                    for (var k = 0; k < s; k++)
                    {
                        coupling[(a * list) + places[k]] += value * direction[k];
                    }
                }

                AddRest(design.Columns(i), weight, direction);
            }
        }

        for (var k = 0; k < rest.Length; k++)
        {
            System.Rest[k * (System.Stride + 1)] += diagonal;
        }
    }

    // The places of a row ascend with its terms: this is the lower triangle.
    private void AddRest(ReadOnlySpan<int> columns, double weight, ReadOnlySpan<double> direction)
    {
        for (var k = 0; k < columns.Length; k++)
        {
            var row = System.Rest.AsSpan(columns[k] * System.Stride, columns[k] + 1);
            var value = weight * direction[k];
            for (var l = 0; l <= k; l++)
            {
                row[columns[l]] += value * direction[l];
            }
        }
    }
}
