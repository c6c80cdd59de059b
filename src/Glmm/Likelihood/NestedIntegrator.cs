using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>Integrates one group of the coarser level at a time: outer nodes around the joint mode, an inner quadrature of every finer group at each. The scratch of one thread.</summary>
/// <remarks>
/// With v the outer and u_j the inner standardized effects, η_i = a_i + o_iᵀv + c_iᵀu_j. The outer nodes are v̂ + Tz with v̂ from the joint mode
/// of all effects and TTᵀ = S⁻¹, S the Schur complement of the joint curvature, so that one node gives the joint Laplace approximation.
/// The integrand is h(v) = Σ_j m_j(v) − ½‖v‖² with m_j the inner quadrature of group j.
/// </remarks>
internal sealed partial class NestedIntegrator
{
    private const double LastStep = 1e-6;
    private const int MaximumModeSteps = 200;

    private readonly ClusterData data;
    private readonly Hierarchy hierarchy;
    private readonly ConditionalDensity density;
    private readonly ParameterPoint point;
    private readonly QuadratureGrid grid;
    private readonly bool adaptive;
    private readonly ClusterIntegrator inner;
    private readonly int p;
    private readonly int qo;
    private readonly int qu;
    private readonly int stride;
    private readonly int largestGroups;

    private readonly double[] linear;
    private readonly double[] eta;
    private readonly double[] response;
    private readonly double[] weight;
    private readonly double[] first;
    private readonly double[] second;
    private readonly double[] third;
    private readonly double[] outerRows;
    private readonly double[] innerRows;

    private readonly double[] outerMode;
    private readonly double[] innerModes;
    private readonly double[] outerStep;
    private readonly double[] innerSteps;
    private readonly double[] schur;
    private readonly double[] cross;
    private readonly double[] regression;
    private readonly double[] innerFactors;
    private readonly double[] transform;
    private readonly double[] effects;
    private readonly double[] shift;
    private readonly double[] warm;

    private readonly double[] logs;
    private readonly double[] nodeEffects;
    private readonly double[] nodeRowScores;
    private readonly double[] nodeTheta;
    private readonly double[] nodeDispersion;

    private int start;
    private int rows;
    private int firstGroup;
    private int groups;
    private int outerGroup;

    /// <summary>Allocates the scratch for the largest group.</summary>
    public NestedIntegrator(ClusterData data, Hierarchy hierarchy, ConditionalDensity density, ParameterPoint point, QuadratureGrid outerGrid, QuadratureGrid innerGrid, bool adaptive)
    {
        this.data = data;
        this.hierarchy = hierarchy;
        this.density = density;
        this.point = point;
        this.adaptive = adaptive;
        grid = outerGrid;
        inner = new ClusterIntegrator(data, density, point, 1, innerGrid, adaptive);
        p = data.Columns;
        qo = hierarchy.Levels[0].Factor.Dimension;
        qu = data.Dimension;
        var largestRows = 0;
        for (var g = 0; g < hierarchy.Levels[0].GroupCount; g++)
        {
            largestRows = Math.Max(largestRows, hierarchy.Levels[0].ClusterOffsets[g + 1] - hierarchy.Levels[0].ClusterOffsets[g]);
            largestGroups = Math.Max(largestGroups, hierarchy.FirstGroup(1, g + 1) - hierarchy.FirstGroup(1, g));
        }

        stride = (largestRows + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        (linear, eta, response, weight) = (new double[stride], new double[stride], new double[stride], new double[stride]);
        (first, second, third, shift) = (new double[stride], new double[stride], new double[stride], new double[stride]);
        (outerRows, innerRows) = (new double[stride * qo], new double[stride * qu]);
        (outerMode, outerStep, effects) = (new double[qo], new double[qo], new double[qo]);
        (innerModes, innerSteps) = (new double[largestGroups * qu], new double[largestGroups * qu]);
        (schur, transform) = (new double[qo * qo], new double[qo * qo]);
        (cross, regression) = (new double[largestGroups * qo * qu], new double[largestGroups * qo * qu]);
        innerFactors = new double[largestGroups * qu * qu];
        warm = new double[qu];
        logs = new double[grid.Count];
        nodeEffects = new double[grid.Count * qo];
        nodeRowScores = new double[grid.Count * stride];
        nodeTheta = new double[grid.Count * data.Factor.ParameterCount];
        nodeDispersion = new double[grid.Count];
        AllocateDerivatives();
    }

    /// <summary>The log-likelihood of one group of the coarser level.</summary>
    public double Integrate(int cluster, NestedModes modes, EvaluationNeeds needs)
    {
        Load(cluster, modes);
        FindMode();
        outerMode.CopyTo(modes.Outer, cluster * qo);
        innerModes.AsSpan(0, groups * qu).CopyTo(modes.Inner.AsSpan(firstGroup * qu));
        var logDeterminant = PlaceNodes();
        for (var k = 0; k < grid.Count; k++)
        {
            IntegrateNode(k, needs);
        }

        var largest = TensorPrimitives.Max(logs);
        var sum = 0.0;
        for (var k = 0; k < logs.Length; k++)
        {
            logs[k] = Math.Exp(logs[k] - largest);
            sum += logs[k];
        }

        for (var k = 0; k < logs.Length; k++)
        {
            logs[k] /= sum;
        }

        return largest + Math.Log(sum) - logDeterminant;
    }

    /// <summary>Writes the joint modes of the last group, with their standard errors from the joint curvature.</summary>
    public void Describe(IReadOnlyList<PosteriorModes> posterior)
    {
        PosteriorModes.Transform(
            point.Lambda(0), qo, outerMode, jointRoot, posterior[0].Modes.AsSpan(outerGroup * qo, qo), posterior[0].StandardErrors.AsSpan(outerGroup * qo, qo));
        for (var j = 0; j < groups; j++)
        {
            InnerRoot(j);
            var at = (firstGroup + j) * qu;
            PosteriorModes.Transform(
                point.Lambda(1), qu, innerModes.AsSpan(j * qu, qu), innerRoot, posterior[1].Modes.AsSpan(at, qu), posterior[1].StandardErrors.AsSpan(at, qu));
        }
    }

    private Span<Vector<double>> RowVectors(double[] values) =>
        MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan(0, (rows + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count));

    private double OuterNode(int d, int k) => MemoryMarshal.Cast<Vector<double>, double>(grid.Nodes(d))[k];

    private int GroupStart(int j) => data.PatternOffsets[firstGroup + j] - start;

    private void Load(int cluster, NestedModes modes)
    {
        outerGroup = cluster;
        start = hierarchy.Levels[0].ClusterOffsets[cluster];
        rows = hierarchy.Levels[0].ClusterOffsets[cluster + 1] - start;
        firstGroup = hierarchy.FirstGroup(1, cluster);
        groups = hierarchy.FirstGroup(1, cluster + 1) - firstGroup;
        modes.Outer.AsSpan(cluster * qo, qo).CopyTo(outerMode);
        modes.Inner.AsSpan(firstGroup * qu, groups * qu).CopyTo(innerModes);
        for (var i = 0; i < rows; i++)
        {
            linear[i] = data.Offset[start + i] + Dense.Dot(point.Coefficients, data.Design.AsSpan((start + i) * p, p));
            response[i] = data.Response[start + i];
            weight[i] = data.Weight[start + i];
            Project(point.Lambda(0), qo, hierarchy.Designs[0].AsSpan((start + i) * qo, qo), outerRows, i);
            Project(point.Lambda(1), qu, hierarchy.Designs[1].AsSpan((start + i) * qu, qu), innerRows, i);
        }

        for (var i = rows; i < stride; i++)
        {
            (linear[i], weight[i], response[i]) = (0, 0, response[0]);
        }
    }

    // Λᵀz of one row, by column.
    private void Project(double[] lambda, int q, ReadOnlySpan<double> z, double[] target, int row)
    {
        for (var b = 0; b < q; b++)
        {
            var sum = 0.0;
            for (var a = 0; a <= b; a++)
            {
                sum += lambda[(a * q) + b] * z[a];
            }

            target[(b * stride) + row] = sum;
        }
    }

    // Σ ℓ − ½‖v‖² − ½Σ‖u‖² at given effects, leaving the rows' derivatives.
    private double Height(ReadOnlySpan<double> outer, ReadOnlySpan<double> innerEffects, bool withThird)
    {
        var value = -0.5 * (TensorPrimitives.SumOfSquares(outer) + TensorPrimitives.SumOfSquares(innerEffects));
        for (var j = 0; j < groups; j++)
        {
            for (var i = GroupStart(j); i < GroupStart(j + 1); i++)
            {
                eta[i] = linear[i] + OuterShift(outer, i) + InnerShift(innerEffects.Slice(j * qu, qu), i);
            }
        }

        eta.AsSpan(rows).Clear();
        return value + (withThird
            ? density.AlongRows(RowVectors(response), RowVectors(weight), point.Dispersion, RowVectors(eta), RowVectors(first), RowVectors(second), RowVectors(third))
            : density.AlongRows(RowVectors(response), RowVectors(weight), point.Dispersion, RowVectors(eta), RowVectors(first), RowVectors(second)));
    }

    private double OuterShift(ReadOnlySpan<double> outer, int i)
    {
        var sum = 0.0;
        for (var b = 0; b < qo; b++)
        {
            sum += outerRows[(b * stride) + i] * outer[b];
        }

        return sum;
    }

    private double InnerShift(ReadOnlySpan<double> innerEffects, int i)
    {
        var sum = 0.0;
        for (var b = 0; b < qu; b++)
        {
            sum += innerRows[(b * stride) + i] * innerEffects[b];
        }

        return sum;
    }

    private void FindMode()
    {
        var value = Height(outerMode, innerModes.AsSpan(0, groups * qu), withThird: false);
        for (var iteration = 0; iteration < MaximumModeSteps; iteration++)
        {
            Curvature();
            var decrement = JointStep();
            var last = !(decrement > LastStep * LastStep);
            value = Move(value, last);
            if (last)
            {
                break;
            }
        }

        Height(outerMode, innerModes.AsSpan(0, groups * qu), withThird: true);
        Curvature();
        JointRoot();
    }

    // E_j = I + Σωccᵀ (factored), OC_j = Σωocᵀ, B_j = OC_j E_j⁻¹ and S = I + Σωooᵀ − Σ B_j OC_jᵀ (factored).
    private void Curvature()
    {
        schur.AsSpan().Clear();
        for (var a = 0; a < qo; a++)
        {
            schur[(a * qo) + a] = 1;
        }

        for (var j = 0; j < groups; j++)
        {
            var factor = innerFactors.AsSpan(j * qu * qu, qu * qu);
            var mixed = cross.AsSpan(j * qo * qu, qo * qu);
            factor.Clear();
            mixed.Clear();
            for (var b = 0; b < qu; b++)
            {
                factor[(b * qu) + b] = 1;
            }

            for (var i = GroupStart(j); i < GroupStart(j + 1); i++)
            {
                AddRow(i, -second[i], factor, mixed);
            }

            Cholesky.TryFactor(factor, qu, out _);
            var solved = regression.AsSpan(j * qo * qu, qo * qu);
            mixed.CopyTo(solved);
            Cholesky.SolveRows(factor, qu, solved);
            for (var a = 0; a < qo; a++)
            {
                for (var b = 0; b < qo; b++)
                {
                    schur[(a * qo) + b] -= Dense.Dot(solved.Slice(a * qu, qu), mixed.Slice(b * qu, qu));
                }
            }
        }

        Cholesky.TryFactor(schur, qo, out _);
    }

    private void AddRow(int i, double omega, Span<double> innerCurvature, Span<double> mixed)
    {
        for (var b = 0; b < qu; b++)
        {
            var scaled = omega * innerRows[(b * stride) + i];
            for (var c = 0; c < qu; c++)
            {
                innerCurvature[(b * qu) + c] += scaled * innerRows[(c * stride) + i];
            }

            for (var a = 0; a < qo; a++)
            {
                mixed[(a * qu) + b] += scaled * outerRows[(a * stride) + i];
            }
        }

        for (var a = 0; a < qo; a++)
        {
            for (var b = 0; b < qo; b++)
            {
                schur[(a * qo) + b] += omega * outerRows[(a * stride) + i] * outerRows[(b * stride) + i];
            }
        }
    }

    // The joint Newton step into outerStep and innerSteps; returns its decrement.
    private double JointStep()
    {
        for (var a = 0; a < qo; a++)
        {
            outerStep[a] = -outerMode[a];
            for (var i = 0; i < rows; i++)
            {
                outerStep[a] += first[i] * outerRows[(a * stride) + i];
            }
        }

        for (var j = 0; j < groups; j++)
        {
            for (var b = 0; b < qu; b++)
            {
                var slope = -innerModes[(j * qu) + b];
                for (var i = GroupStart(j); i < GroupStart(j + 1); i++)
                {
                    slope += first[i] * innerRows[(b * stride) + i];
                }

                innerSteps[(j * qu) + b] = slope;
            }
        }

        return SolveJoint(outerStep, innerSteps);
    }

    // Replaces the right-hand sides by the solution of the joint system; returns the product of both.
    private double SolveJoint(Span<double> outer, Span<double> innerSides)
    {
        Span<double> outerSide = stackalloc double[qo];
        outer.CopyTo(outerSide);
        for (var j = 0; j < groups; j++)
        {
            for (var a = 0; a < qo; a++)
            {
                outer[a] -= Dense.Dot(regression.AsSpan((j * qo * qu) + (a * qu), qu), innerSides.Slice(j * qu, qu));
            }
        }

        Cholesky.Solve(schur, qo, outer);
        var product = Dense.Dot(outerSide, outer);
        Span<double> side = stackalloc double[qu];
        for (var j = 0; j < groups; j++)
        {
            var own = innerSides.Slice(j * qu, qu);
            own.CopyTo(side);
            for (var a = 0; a < qo; a++)
            {
                Dense.AddScaled(-outer[a], cross.AsSpan((j * qo * qu) + (a * qu), qu), own);
            }

            Cholesky.Solve(innerFactors.AsSpan(j * qu * qu, qu * qu), qu, own);
            product += Dense.Dot(side, own);
        }

        return product;
    }

    private double Move(double value, bool last)
    {
        var count = groups * qu;
        for (var halving = 0; ; halving++)
        {
            Dense.AddScaled(1, outerStep, outerMode);
            Dense.AddScaled(1, innerSteps.AsSpan(0, count), innerModes);
            if (last)
            {
                return value;
            }

            var next = Height(outerMode, innerModes.AsSpan(0, count), withThird: false);
            if (next >= value - (1e-12 * Math.Abs(value)) || halving == 40)
            {
                return next;
            }

            Dense.AddScaled(-1, outerStep, outerMode);
            Dense.AddScaled(-1, innerSteps.AsSpan(0, count), innerModes);
            TensorPrimitives.Multiply(outerStep, 0.5, outerStep);
            TensorPrimitives.Multiply(innerSteps.AsSpan(0, count), 0.5, innerSteps.AsSpan(0, count));
        }
    }

    // T and the outer effects at every node; returns log|L|.
    private double PlaceNodes()
    {
        var logDeterminant = 0.0;
        if (adaptive)
        {
            jointRoot.CopyTo(transform, 0);
            for (var a = 0; a < qo; a++)
            {
                logDeterminant += Math.Log(schur[(a * qo) + a]);
            }
        }
        else
        {
            transform.AsSpan().Clear();
            for (var a = 0; a < qo; a++)
            {
                transform[(a * qo) + a] = 1;
            }
        }

        for (var k = 0; k < grid.Count; k++)
        {
            for (var a = 0; a < qo; a++)
            {
                var value = adaptive ? outerMode[a] : 0;
                for (var d = a; d < qo; d++)
                {
                    value += transform[(a * qo) + d] * OuterNode(d, k);
                }

                nodeEffects[(k * qo) + a] = value;
            }
        }

        return logDeterminant;
    }

    // h at one outer node, with the inner derivatives there.
    private void IntegrateNode(int k, EvaluationNeeds needs)
    {
        var outer = nodeEffects.AsSpan(k * qo, qo);
        var weights = MemoryMarshal.Cast<Vector<double>, double>(adaptive ? grid.AdjustedLogWeights : grid.LogWeights);
        logs[k] = weights[k] - (0.5 * TensorPrimitives.SumOfSquares<double>(outer));
        var theta = nodeTheta.AsSpan(k * data.Factor.ParameterCount, data.Factor.ParameterCount);
        theta.Clear();
        nodeDispersion[k] = 0;
        for (var i = 0; i < rows; i++)
        {
            shift[i] = OuterShift(outer, i);
        }

        for (var j = 0; j < groups; j++)
        {
            var from = GroupStart(j);
            var count = GroupStart(j + 1) - from;
            WarmInner(j, outer);
            logs[k] += inner.Integrate(firstGroup + j, warm, needs, shift.AsSpan(from, count));
            if (needs >= EvaluationNeeds.Gradient)
            {
                inner.PartialGradient(nodeRowScores.AsSpan((k * stride) + from, count), partialTheta, out var dispersion);
                Dense.AddScaled(1, partialTheta, theta);
                nodeDispersion[k] += dispersion;
            }
        }
    }

    // To first order the inner mode moves by −B_jᵀ(v − v̂).
    private void WarmInner(int j, ReadOnlySpan<double> outer)
    {
        for (var b = 0; b < qu; b++)
        {
            warm[b] = innerModes[(j * qu) + b];
            for (var a = 0; a < qo; a++)
            {
                warm[b] -= regression[(j * qo * qu) + (a * qu) + b] * (outer[a] - outerMode[a]);
            }
        }
    }
}
