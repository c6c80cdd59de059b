using System.Numerics;
using MarginalConditional.Glmm.Effects;

namespace MarginalConditional.Glmm.Quadrature;

/// <content>Newton's method for the modes of several clusters at once.</content>
internal sealed partial class LaneIntegrator
{
    private readonly Vector<double>[] trial;
    private readonly Vector<double>[] slope;
    private readonly Vector<double>[] curvature;
    private readonly Vector<double>[] factor;

    // Newton's method on h from a warm start, until every lane has taken its last step.
    private void FindMode()
    {
        var value = Height();
        for (var iteration = 0; iteration < ModeSearch.MaximumSteps; iteration++)
        {
            Curvature();
            LaneCholesky.Factor(curvature, q, factor);
            slope.CopyTo(trial, 0);
            LaneCholesky.Solve(factor, q, trial);
            var decrement = Vector<double>.Zero;
            for (var b = 0; b < q; b++)
            {
                decrement += slope[b] * trial[b];
            }

            var last = ModeSearch.AreLast(decrement);
            if (Vector.EqualsAll(last, Vector<long>.AllBitsSet))
            {
                for (var b = 0; b < q; b++)
                {
                    mode[b] += trial[b];
                }

                break;
            }

            value = Step(value, last);
        }

        FillEta();
        density.AlongLanes(response.AsSpan(0, rows), weight.AsSpan(0, rows), point.Dispersion, eta.AsSpan(0, rows), first, second, third);
        Curvature();
        LaneCholesky.Factor(curvature, q, factor);
    }

    // Moves the modes by the steps in `trial`, halved in the lanes where h fell; last, tiny steps are not checked.
    private Vector<double> Step(Vector<double> value, Vector<long> last)
    {
        for (var halving = 0; ; halving++)
        {
            for (var b = 0; b < q; b++)
            {
                mode[b] += trial[b];
            }

            var next = Height();
            var kept = Vector.AsVectorDouble(last | ModeSearch.Hold(next, value));
            if (Vector.EqualsAll(Vector.AsVectorInt64(kept), Vector<long>.AllBitsSet) || halving == 40)
            {
                return next;
            }

            for (var b = 0; b < q; b++)
            {
                mode[b] = Vector.ConditionalSelect(kept, mode[b], mode[b] - trial[b]);
                trial[b] = Vector.ConditionalSelect(kept, Vector<double>.Zero, 0.5 * trial[b]);
            }
        }
    }

    private void FillEta()
    {
        for (var i = 0; i < rows; i++)
        {
            var sum = linear[i];
            for (var b = 0; b < q; b++)
            {
                sum += v[(i * q) + b] * mode[b];
            }

            eta[i] = sum;
        }
    }

    // h at the modes, leaving ℓ′ and ℓ″ of the rows and ∂h/∂u.
    private Vector<double> Height()
    {
        FillEta();
        var value = density.AlongLanes(response.AsSpan(0, rows), weight.AsSpan(0, rows), point.Dispersion, eta.AsSpan(0, rows), first, second);
        for (var b = 0; b < q; b++)
        {
            var sum = -mode[b];
            for (var i = 0; i < rows; i++)
            {
                sum += first[i] * v[(i * q) + b];
            }

            slope[b] = sum;
            value -= 0.5 * mode[b] * mode[b];
        }

        return value;
    }

    // H = I − Σ ℓ″ v vᵀ, the lower triangle.
    private void Curvature()
    {
        for (var b = 0; b < q; b++)
        {
            for (var c = 0; c <= b; c++)
            {
                var sum = b == c ? Vector<double>.One : Vector<double>.Zero;
                for (var i = 0; i < rows; i++)
                {
                    sum -= second[i] * v[(i * q) + b] * v[(i * q) + c];
                }

                curvature[(b * q) + c] = sum;
            }
        }
    }
}
