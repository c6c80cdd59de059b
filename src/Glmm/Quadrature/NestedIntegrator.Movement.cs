using System.Numerics;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Quadrature;

/// <content>How the outer nodes move with the parameters.</content>
internal sealed partial class NestedIntegrator
{
    // A and M over the outer nodes, V = TQTᵀ, õ, the adjoint solution, and the rows' scores completed.
    private void Movement()
    {
        Span<double> means = stackalloc double[qo];
        Span<double> products = stackalloc double[qo * qo];
        var lambda = point.Lambda(0);
        for (var b = 0; b < qo; b++)
        {
            var mean = Vector<double>.Zero;
            var byNode = products[b..];
            for (var k = 0; k < lanes; k++)
            {
                var slope = -nodeEffects[(k * qo) + b];
                for (var a = 0; a <= b; a++)
                {
                    slope += lambda[(a * qo) + b] * nodeSlopes[(k * qo) + a];
                }

                slope *= logs[k];
                mean += slope;
                for (var a = 0; a < qo; a++)
                {
                    byNode[a * qo] += Vector.Dot(slope, nodes[(k * qo) + a]);
                }
            }

            means[b] = Vector.Sum(mean);
        }

        FillMovement(products);
        FillResidualRows();
        Adjoint(means);
    }

    private void FillMovement(ReadOnlySpan<double> products)
    {
        Span<double> half = stackalloc double[qo * qo];
        NodeMovement.FillHalf(products, transform, qo, half);

        Span<double> scratch = stackalloc double[qo * qo];
        Dense.Sandwich(transform, half, qo, qo, scratch, movement);
    }

    private void FillResidualRows()
    {
        for (var j = 0; j < groups; j++)
        {
            for (var i = groupStarts[j]; i < groupStarts[j + 1]; i++)
            {
                for (var a = 0; a < qo; a++)
                {
                    var value = outerRows[(a * stride) + i];
                    for (var b = 0; b < qu; b++)
                    {
                        value -= regression[(j * qo * qu) + (a * qu) + b] * innerRows[(b * stride) + i];
                    }

                    residualRows[(a * stride) + i] = value;
                }
            }
        }
    }

    private double MovementTimesResidual(int a, int i)
    {
        var sum = 0.0;
        for (var b = 0; b < qo; b++)
        {
            sum += movement[(a * qo) + b] * residualRows[(b * stride) + i];
        }

        return sum;
    }

    // κ = õᵀVõ.
    private double Square(int i)
    {
        var sum = 0.0;
        for (var a = 0; a < qo; a++)
        {
            sum += residualRows[(a * stride) + i] * MovementTimesResidual(a, i);
        }

        return sum;
    }

    private void Adjoint(ReadOnlySpan<double> means)
    {
        means.CopyTo(outerAdjoint);
        innerAdjoint.AsSpan().Clear();
        for (var j = 0; j < groups; j++)
        {
            for (var i = groupStarts[j]; i < groupStarts[j + 1]; i++)
            {
                var amount = third[i] * Square(i);
                for (var a = 0; a < qo; a++)
                {
                    outerAdjoint[a] += amount * outerRows[(a * stride) + i];
                }

                for (var b = 0; b < qu; b++)
                {
                    innerAdjoint[(j * qu) + b] += amount * innerRows[(b * stride) + i];
                }
            }
        }

        SolveJoint(outerAdjoint, innerAdjoint);
        for (var j = 0; j < groups; j++)
        {
            for (var i = groupStarts[j]; i < groupStarts[j + 1]; i++)
            {
                residualScore[i] = (third[i] * Square(i)) + (second[i] * AdjointAt(j, i));
                rowScores[i] += residualScore[i];
            }
        }
    }

    private double AdjointAt(int j, int i) => OuterShift(outerAdjoint, i) + InnerShift(innerAdjoint.AsSpan(j * qu, qu), i);

    private void AddOuterMovement(Span<double> theta)
    {
        var factor = outerFactor;
        for (var e = 0; e < theta.Length; e++)
        {
            var b = factor.Columns[e];
            for (var i = 0; i < rows; i++)
            {
                theta[e] += OuterDesign(i, factor.Rows[e])
                    * ((residualScore[i] * outerMode[b]) + (first[i] * outerAdjoint[b]) + (2 * second[i] * MovementTimesResidual(b, i)));
            }
        }
    }

    private void AddInnerMovement(Span<double> theta)
    {
        var factor = data.Factor;
        var z = data.RandomDesign;
        for (var e = 0; e < theta.Length; e++)
        {
            var b = factor.Columns[e];
            for (var j = 0; j < groups; j++)
            {
                for (var i = groupStarts[j]; i < groupStarts[j + 1]; i++)
                {
                    var back = 0.0;
                    for (var a = 0; a < qo; a++)
                    {
                        back += regression[(j * qo * qu) + (a * qu) + b] * MovementTimesResidual(a, i);
                    }

                    theta[e] += z[(rowOf[i] * qu) + factor.Rows[e]]
                        * ((residualScore[i] * innerModes[(j * qu) + b]) + (first[i] * innerAdjoint[(j * qu) + b]) - (2 * second[i] * back));
                }
            }
        }
    }

    private double DispersionMovement()
    {
        density.DispersionAlongRows(
            RowVectors(response), RowVectors(weight), point.Dispersion, RowVectors(eta), RowVectors(dispersionRows), RowVectors(dispersionRows, 1), RowVectors(dispersionRows, 2));
        var sum = 0.0;
        for (var j = 0; j < groups; j++)
        {
            for (var i = groupStarts[j]; i < groupStarts[j + 1]; i++)
            {
                sum += (dispersionRows[(2 * stride) + i] * Square(i)) + (dispersionRows[stride + i] * AdjointAt(j, i));
            }
        }

        return sum;
    }
}
