using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>The outer nodes, and the inner quadratures at each.</content>
internal sealed partial class NestedIntegrator
{
    private double OuterNode(int d, int k) => MemoryMarshal.Cast<Vector<double>, double>(grid.Nodes(d))[k];

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
