using System.Numerics.Tensors;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Quadrature;

/// <content>Newton's method for the joint mode of both levels.</content>
internal sealed partial class NestedIntegrator
{
    private void Load(int node)
    {
        top = node;
        firstGroup = tree.FirstChild(0, node);
        groups = tree.FirstChild(0, node + 1) - firstGroup;
        rows = 0;
        modes[0].AsSpan(node * qo, qo).CopyTo(outerMode);
        modes[1].AsSpan(firstGroup * qu, groups * qu).CopyTo(innerModes);
        for (var j = 0; j < groups; j++)
        {
            copies[j] = tree.Multiplicity(1, firstGroup + j);
            groupStarts[j] = rows;
            var pattern = tree.Pattern(firstGroup + j);
            for (var row = data.PatternOffsets[pattern]; row < data.PatternOffsets[pattern + 1]; row++, rows++)
            {
                LoadRow(row, copies[j]);
            }
        }

        groupStarts[groups] = rows;
        for (var i = rows; i < VectorPadding.Length(rows); i++)
        {
            (linear[i], weight[i], response[i]) = (0, 0, response[0]);
        }
    }

    private void LoadRow(int row, double count)
    {
        rowOf[rows] = row;
        linear[rows] = data.Offset[row] + Dense.Dot(point.Coefficients, data.Design.AsSpan(row * p, p));
        response[rows] = data.Response[row];
        weight[rows] = count * data.Weight[row];
        Project(point.Lambda(0), qo, data.CoarseDesign.AsSpan(row * qo, qo), outerRows, rows);
        Project(point.Lambda(1), qu, data.RandomDesign.AsSpan(row * qu, qu), innerRows, rows);
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

    // Σ ℓ − ½‖v‖² − ½Σ n‖u‖² at given effects, leaving the rows' derivatives.
    private double Height(ReadOnlySpan<double> outer, ReadOnlySpan<double> innerEffects, bool withThird)
    {
        var value = -0.5 * TensorPrimitives.SumOfSquares(outer);
        for (var j = 0; j < groups; j++)
        {
            var own = innerEffects.Slice(j * qu, qu);
            value -= 0.5 * copies[j] * TensorPrimitives.SumOfSquares(own);
            for (var i = groupStarts[j]; i < groupStarts[j + 1]; i++)
            {
                eta[i] = linear[i] + OuterShift(outer, i) + InnerShift(own, i);
            }
        }

        eta.AsSpan(rows, VectorPadding.Length(rows) - rows).Clear();
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
        for (var iteration = 0; iteration < ModeSearch.MaximumSteps; iteration++)
        {
            Curvature();
            var decrement = JointStep();
            var last = ModeSearch.IsLast(decrement);
            value = Move(value, last);
            if (last)
            {
                break;
            }
        }

        Height(outerMode, innerModes.AsSpan(0, groups * qu), withThird: true);
        Curvature();
        TriangularRoot.OfFactor(schur, qo, jointRoot);
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
                var slope = -copies[j] * innerModes[(j * qu) + b];
                for (var i = groupStarts[j]; i < groupStarts[j + 1]; i++)
                {
                    slope += first[i] * innerRows[(b * stride) + i];
                }

                innerSteps[(j * qu) + b] = slope;
            }
        }

        return SolveJoint(outerStep, innerSteps);
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
            if (ModeSearch.Holds(next, value) || halving == 40)
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
