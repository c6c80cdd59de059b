using System.Numerics;
using MarginalConditional.Glmm.Effects;

namespace MarginalConditional.Glmm.Quadrature;

/// <content>The outer nodes, and the inner quadratures at each.</content>
internal sealed partial class NestedIntegrator
{
    // The nodes are in the lanes of `lanes` vectors; padding lanes are nodes without weight.
    private readonly Vector<double>[] nodes;
    private readonly Vector<double>[] nodeEffects;
    private readonly Vector<double>[] logs;
    private readonly Vector<double>[] nodeRowScores;
    private readonly Vector<double>[] nodeTheta;
    private readonly Vector<double>[] nodeDispersion;
    private readonly Vector<double>[] partialTheta;
    private readonly Vector<double>[] warm;

    private Vector<double>[] NodeCoordinates()
    {
        var coordinates = new Vector<double>[lanes * qo];
        for (var k = 0; k < grid.Count; k++)
        {
            for (var a = 0; a < qo; a++)
            {
                ref var vector = ref coordinates[((k / Vector<double>.Count) * qo) + a];
                vector = vector.WithElement(k % Vector<double>.Count, grid.Coordinates(a)[k]);
            }
        }

        return coordinates;
    }

    // T, the outer effects at every node and what of their terms no inner group moves; returns log|L|.
    private double PlaceNodes()
    {
        var logDeterminant = 0.0;
        transform.AsSpan().Clear();
        for (var a = 0; a < qo; a++)
        {
            transform[(a * qo) + a] = 1;
        }

        if (adaptive)
        {
            jointRoot.CopyTo(transform, 0);
            for (var a = 0; a < qo; a++)
            {
                logDeterminant += Math.Log(schur[(a * qo) + a]);
            }
        }

        for (var k = 0; k < lanes; k++)
        {
            var log = LogWeights(k);
            for (var a = 0; a < qo; a++)
            {
                var value = new Vector<double>(adaptive ? outerMode[a] : 0);
                for (var d = a; d < qo; d++)
                {
                    value += transform[(a * qo) + d] * nodes[(k * qo) + d];
                }

                nodeEffects[(k * qo) + a] = value;
                log -= adaptive ? 0.5 * value * value : Vector<double>.Zero;
            }

            logs[k] = log;
        }

        nodeTheta.AsSpan().Clear();
        nodeDispersion.AsSpan().Clear();
        return logDeterminant;
    }

    private Vector<double> LogWeights(int k)
    {
        var weights = new Vector<double>(double.NegativeInfinity);
        for (var lane = 0; lane < Vector<double>.Count && (k * Vector<double>.Count) + lane < grid.Count; lane++)
        {
            var node = (k * Vector<double>.Count) + lane;
            weights = weights.WithElement(lane, (adaptive ? grid.AdjustedLogWeights : grid.LogWeights)[node]);
        }

        return weights;
    }

    // Adds one inner group's terms at all outer nodes, with their derivatives.
    private void IntegrateGroup(int j, EvaluationNeeds needs)
    {
        var from = groupStarts[j];
        inner.Load(data, tree.Pattern(firstGroup + j));
        var constants = inner.Constants(out var constantSlopes);
        var count = partialTheta.Length;
        for (var k = 0; k < lanes; k++)
        {
            var effects = nodeEffects.AsSpan(k * qo, qo);
            var predictor = inner.Linear;
            for (var i = 0; i < predictor.Length; i++)
            {
                var sum = new Vector<double>(linear[from + i]);
                for (var a = 0; a < effects.Length; a++)
                {
                    sum += outerRows[(a * stride) + from + i] * effects[a];
                }

                predictor[i] = sum;
            }

            WarmInner(j, effects);
            logs[k] += copies[j] * (inner.Integrate(warm, needs) + constants);
            if (needs == EvaluationNeeds.Value)
            {
                continue;
            }

            inner.Differentiate(partialTheta, out var dispersion);
            nodeDispersion[k] += copies[j] * (dispersion + constantSlopes);
            for (var e = 0; e < count; e++)
            {
                nodeTheta[(k * count) + e] += copies[j] * partialTheta[e];
            }

            var scores = inner.RowScores;
            for (var i = 0; i < scores.Length; i++)
            {
                nodeRowScores[((from + i) * lanes) + k] = copies[j] * scores[i];
            }
        }
    }

    // To first order the inner mode moves by −B_jᵀ(v − v̂).
    private void WarmInner(int j, ReadOnlySpan<Vector<double>> effects)
    {
        for (var b = 0; b < qu; b++)
        {
            var sum = new Vector<double>(innerModes[(j * qu) + b]);
            for (var a = 0; a < qo; a++)
            {
                sum -= regression[(j * qo * qu) + (a * qu) + b] * (effects[a] - new Vector<double>(outerMode[a]));
            }

            warm[b] = sum;
        }
    }

    // The log of the sum over the outer nodes; leaves the normalized terms in `logs`.
    private double Normalize()
    {
        var largest = new Vector<double>(double.NegativeInfinity);
        foreach (var log in logs)
        {
            largest = Vector.Max(largest, log);
        }

        var highest = largest[0];
        for (var lane = 1; lane < Vector<double>.Count; lane++)
        {
            highest = Math.Max(highest, largest[lane]);
        }

        var total = Vector<double>.Zero;
        for (var k = 0; k < logs.Length; k++)
        {
            logs[k] = Vector.Exp(logs[k] - new Vector<double>(highest));
            total += logs[k];
        }

        var sum = Vector.Sum(total);
        for (var k = 0; k < logs.Length; k++)
        {
            logs[k] *= 1 / sum;
        }

        return highest + Math.Log(sum);
    }
}
