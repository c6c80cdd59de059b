using MarginalConditional.Glmm.Effects;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.LargeClusters;

/// <summary>The mode û of a large cluster by Newton's method with halving, and H = I − Σ ℓ″vvᵀ = LLᵀ there. One thread's scratch.</summary>
internal sealed class LargeClusterModes
{
    private const int MaximumHalvings = 40;

    private readonly LargeClusterPasses passes;
    private readonly double[] lambda;
    private readonly int q;
    private readonly double[] mode;
    private readonly double[] effects;
    private readonly double[] slope;
    private readonly double[] step;
    private readonly double[] curvature;
    private readonly double[] factor;
    private readonly double[] scratch;
    private readonly double[] totals;

    /// <summary>Allocates.</summary>
    /// <param name="passes">The rows.</param>
    /// <param name="lambda">Λ of the point, q×q by row.</param>
    /// <param name="dimension">q.</param>
    public LargeClusterModes(LargeClusterPasses passes, double[] lambda, int dimension)
    {
        this.passes = passes;
        this.lambda = lambda;
        q = dimension;
        (mode, effects, slope, step) = (new double[q], new double[q], new double[q], new double[q]);
        (curvature, factor, scratch) = (new double[q * q], new double[q * q], new double[q * q]);
        totals = new double[1 + q + (q * q)];
    }

    /// <summary>û.</summary>
    public double[] Mode => mode;

    /// <summary>b̂ = Λû.</summary>
    public double[] Effects => effects;

    /// <summary>L, lower triangle.</summary>
    public double[] Factor => factor;

    /// <summary>Finds the mode of the cluster loaded.</summary>
    /// <param name="warm">q numbers: where the mode was last; receives the mode.</param>
    public void Find(Span<double> warm)
    {
        warm.CopyTo(mode);
        var value = Height();
        if (!double.IsFinite(value))
        {
            // The mode of other parameters may be impossible here.
            Array.Clear(mode);
            value = Height();
        }

        var before = double.PositiveInfinity;
        for (var iteration = 0; iteration < ModeSearch.MaximumSteps && double.IsFinite(value); iteration++)
        {
            var decrement = Step();
            if (decrement == 0)
            {
                break;
            }

            if (ModeSearch.IsLast(decrement))
            {
                Dense.AddScaled(1, step, mode);
                Height();
                break;
            }

            var next = Move(value);
            if (ModeSearch.IsRounding(next, value, decrement, before))
            {
                break;
            }

            (value, before) = (next, decrement);
        }

        FactorCurvature();
        mode.CopyTo(warm);
    }

    /// <summary>h at the mode so far, leaving its slope and curvature.</summary>
    private double Height()
    {
        Dense.Multiply(lambda, mode, effects);
        passes.Height(effects, totals);
        Dense.MultiplyTransposed(lambda, totals.AsSpan(1, q), slope);
        Dense.AddScaled(-1, mode, slope);
        var bend = totals.AsSpan(1 + q, q * q);
        Dense.MirrorLower(bend, q);
        Dense.Multiply(bend, lambda, q, q, q, scratch);
        Dense.TransposeMultiply(lambda, scratch, q, q, q, curvature);
        for (var a = 0; a < q; a++)
        {
            for (var c = 0; c < q; c++)
            {
                curvature[(a * q) + c] = (a == c ? 1 : 0) - curvature[(a * q) + c];
            }
        }

        return totals[0] - (0.5 * Dense.Dot(mode, mode));
    }

    /// <summary>The Newton step; returns slope times step.</summary>
    private double Step()
    {
        FactorCurvature();
        slope.CopyTo(step, 0);
        Cholesky.Solve(factor, q, step);
        return Dense.Dot(slope, step);
    }

    /// <summary>Moves by the step, halved while h falls.</summary>
    private double Move(double value)
    {
        Dense.AddScaled(1, step, mode);
        var length = 1.0;
        for (var halving = 0; ; halving++)
        {
            var next = Height();
            if (ModeSearch.Holds(next, value) || halving == MaximumHalvings)
            {
                return next;
            }

            length *= 0.5;
            Dense.AddScaled(-length, step, mode);
        }
    }

    /// <summary>L of the curvature, its diagonal raised where h is not concave.</summary>
    private void FactorCurvature()
    {
        for (var shift = 0.0; ; shift = Math.Max(4 * shift, 1))
        {
            curvature.CopyTo(factor, 0);
            for (var a = 0; a < q; a++)
            {
                factor[a * (q + 1)] += shift;
            }

            if (Cholesky.TryFactor(factor, q, out _) || !double.IsFinite(shift))
            {
                return;
            }
        }
    }
}
