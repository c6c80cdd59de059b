using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>Newton's method for the joint mode of both levels.</content>
internal sealed partial class NestedIntegrator
{
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
}
