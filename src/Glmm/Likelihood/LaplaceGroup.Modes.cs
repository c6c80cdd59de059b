using System.Numerics.Tensors;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>Newton's method for the joint mode of a group, and the value there.</content>
internal sealed partial class LaplaceGroup
{
    public double Maximize(double[][] modes)
    {
        CopyModes(modes, toGroup: true);
        var step = new double[order];
        var trial = new double[order];
        var value = Height(effects, withThird: false);
        for (var iteration = 0; iteration < ModeSearch.MaximumSteps; iteration++)
        {
            Factor();
            Slope(step);
            step.CopyTo(trial, 0);
            Cholesky.Solve(curvature, order, trial);
            var last = ModeSearch.IsLast(Dense.Dot(step, trial));
            for (double length = 1; ; length *= 0.5)
            {
                Dense.AddScaled(length, trial, effects);
                var next = last ? value : Height(effects, withThird: false);
                if (last || ModeSearch.Holds(next, value) || length < 1e-12)
                {
                    value = next;
                    break;
                }

                Dense.AddScaled(-length, trial, effects);
            }

            if (last)
            {
                break;
            }
        }

        value = Height(effects, withThird: true);
        Factor();
        CopyModes(modes, toGroup: false);
        return value - (0.5 * Cholesky.LogDeterminant(curvature, order)) + Constants();
    }

    private double Height(double[] at, bool withThird)
    {
        for (var i = 0; i < rows; i++)
        {
            eta[i] = linear[i] + Along(at, i);
        }

        return (withThird
            ? density.AlongRows(Vectors(response), Vectors(weight), point.Dispersion, Vectors(eta), Vectors(first), Vectors(second), Vectors(third))
            : density.AlongRows(Vectors(response), Vectors(weight), point.Dispersion, Vectors(eta), Vectors(first), Vectors(second)))
            - (0.5 * TensorPrimitives.SumOfSquares<double>(at));
    }

    private void Slope(double[] slope)
    {
        for (var k = 0; k < order; k++)
        {
            slope[k] = -effects[k];
        }

        for (var i = 0; i < rows; i++)
        {
            for (var k = i * width; k < (i + 1) * width; k++)
            {
                slope[places[k]] += first[i] * directions[k];
            }
        }
    }

    private void Factor()
    {
        curvature.AsSpan().Clear();
        for (var k = 0; k < order; k++)
        {
            curvature[(k * order) + k] = 1;
        }

        for (var i = 0; i < rows; i++)
        {
            for (var k = i * width; k < (i + 1) * width; k++)
            {
                for (var l = i * width; l < (i + 1) * width; l++)
                {
                    curvature[(places[k] * order) + places[l]] -= second[i] * directions[k] * directions[l];
                }
            }
        }

        Cholesky.TryFactor(curvature, order, out _);
    }

    private double Constants()
    {
        var sum = 0.0;
        for (var i = 0; i < rows && !density.IsLinearInResponse; i++)
        {
            sum += weight[i] * density.Constant(response[i], point.Dispersion, out _);
        }

        return sum;
    }

    private void CopyModes(double[][] modes, bool toGroup)
    {
        for (var l = 0; l < levelStarts.Length; l++)
        {
            var q = hierarchy.Levels[l].Factor.Dimension;
            var end = l + 1 < levelStarts.Length ? levelStarts[l + 1] : order;
            var shared = modes[l].AsSpan(firstGroups[l] * q, end - levelStarts[l]);
            var own = effects.AsSpan(levelStarts[l], end - levelStarts[l]);
            if (toGroup)
            {
                shared.CopyTo(own);
            }
            else
            {
                own.CopyTo(shared);
            }
        }
    }
}
