using System.Numerics;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>Newton's method for the mode of one cluster.</content>
internal sealed partial class ClusterIntegrator
{
    private void Load(int pattern)
    {
        start = data.PatternOffsets[pattern];
        rows = data.PatternOffsets[pattern + 1] - start;
        rowVectors = VectorPadding.Vectors(rows);
        var padded = rowVectors * Vector<double>.Count;
        var beta = point.Coefficients;
        for (var i = 0; i < rows; i++)
        {
            var x = data.Design.AsSpan((start + i) * p, p);
            var sum = data.Offset[start + i];
            for (var j = 0; j < x.Length; j++)
            {
                sum += x[j] * beta[j];
            }

            linear[i] = sum;
            response[i] = data.Response[start + i];
            weight[i] = data.Weight[start + i];
            for (var b = 0; b < q; b++)
            {
                z[(b * rowStride) + i] = data.RandomDesign[((start + i) * q) + b];
                var effect = 0.0;
                for (var a = 0; a <= b; a++)
                {
                    effect += lambda[(a * q) + b] * data.RandomDesign[((start + i) * q) + a];
                }

                v[(b * rowStride) + i] = effect;
            }
        }

        for (var i = rows; i < padded; i++)
        {
            // Padding rows have no weight, so whatever is finite will do.
            linear[i] = weight[i] = 0;
            response[i] = rows > 0 ? response[0] : 0;
            for (var b = 0; b < q; b++)
            {
                z[(b * rowStride) + i] = v[(b * rowStride) + i] = 0;
            }
        }
    }

    // Newton's method on h from a warm start. For log-concave densities H exceeds the identity, so the step always exists.
    private void FindMode()
    {
        var value = Height(mode);
        for (var iteration = 0; iteration < ModeSearch.MaximumSteps; iteration++)
        {
            Curvature();
            curvature.CopyTo(factor, 0);
            if (!Cholesky.TryFactor(factor, q, out _))
            {
                RaiseCurvature();
            }

            slope.CopyTo(trial, 0);
            Cholesky.Solve(factor, q, trial);
            var decrement = 0.0;
            for (var b = 0; b < q; b++)
            {
                decrement += slope[b] * trial[b];
            }

            var last = ModeSearch.IsLast(decrement);
            value = Step(value, last);
            if (last)
            {
                break;
            }
        }

        Shift(mode);
        density.AlongRows(RowVectors(response), RowVectors(weight), point.Dispersion, RowVectors(eta), RowVectors(first), RowVectors(second), RowVectors(third));
        Curvature();
        curvature.CopyTo(factor, 0);
        if (!Cholesky.TryFactor(factor, q, out _))
        {
            RaiseCurvature();
        }
    }

    // Moves the mode by the step in `trial`, halved until h no longer falls; the last, tiny step is not checked.
    private double Step(double value, bool last)
    {
        if (last)
        {
            for (var b = 0; b < q; b++)
            {
                mode[b] += trial[b];
            }

            return value;
        }

        for (var halving = 0; ; halving++)
        {
            for (var b = 0; b < q; b++)
            {
                mode[b] += trial[b];
            }

            var next = Height(mode);
            if (ModeSearch.Holds(next, value) || halving == 40)
            {
                return next;
            }

            for (var b = 0; b < q; b++)
            {
                mode[b] -= trial[b];
                trial[b] *= 0.5;
            }
        }
    }

    // A density that is not log-concave can make H indefinite away from the mode: then raise it until it is not.
    private void RaiseCurvature()
    {
        for (var shift = 1.0; shift < 1e300; shift *= 4)
        {
            curvature.CopyTo(factor, 0);
            for (var b = 0; b < q; b++)
            {
                factor[(b * q) + b] += shift;
            }

            if (Cholesky.TryFactor(factor, q, out _))
            {
                return;
            }
        }
    }

    private void Shift(ReadOnlySpan<double> effects)
    {
        var target = RowVectors(eta);
        RowVectors(linear).CopyTo(target);
        for (var b = 0; b < q; b++)
        {
            var direction = RowVectors(v, b);
            var amount = new Vector<double>(effects[b]);
            for (var i = 0; i < target.Length; i++)
            {
                target[i] += direction[i] * amount;
            }
        }
    }

    // h(u), leaving ℓ′ and ℓ″ of the rows and ∂h/∂u.
    private double Height(ReadOnlySpan<double> effects)
    {
        Shift(effects);
        var value = density.AlongRows(RowVectors(response), RowVectors(weight), point.Dispersion, RowVectors(eta), RowVectors(first), RowVectors(second));
        for (var b = 0; b < q; b++)
        {
            slope[b] = DotRows(RowVectors(first), RowVectors(v, b)) - effects[b];
            value -= 0.5 * effects[b] * effects[b];
        }

        return value;
    }

    // H = I − Σ ℓ″ v vᵀ.
    private void Curvature()
    {
        var weights = RowVectors(second);
        for (var b = 0; b < q; b++)
        {
            var left = RowVectors(v, b);
            for (var c = 0; c <= b; c++)
            {
                var right = RowVectors(v, c);
                var sum = Vector<double>.Zero;
                for (var i = 0; i < weights.Length; i++)
                {
                    sum += weights[i] * left[i] * right[i];
                }

                var entry = (b == c ? 1 : 0) - Vector.Sum(sum);
                curvature[(b * q) + c] = entry;
                curvature[(c * q) + b] = entry;
            }
        }
    }
}
