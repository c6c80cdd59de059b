using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Effects;

namespace MarginalConditional.Glmm.Intercept;

/// <summary>The modes of the clusters of a block in the variable t that is integrated, with the widths that the curvature gives.</summary>
/// <remarks>
/// Newton's method on h(t) = Σ ℓ_i(Δ_i + b(t)) + log density of t, in all lanes. Where h is not concave, the law's part of the curvature
/// is replaced by one; a step is no longer than two and is halved until h does not fall.
/// </remarks>
internal sealed class InterceptModes
{
    private const int MaximumHalvings = 40;
    private const double LongestStep = 2;

    private readonly InterceptBlock block;
    private readonly Vector256<double>[] eta;
    private readonly Vector256<double>[] first;
    private readonly Vector256<double>[] second;
    private Vector256<double> mode;
    private Vector256<double> slope;
    private Vector256<double> curvature;

    /// <summary>Makes room for the largest cluster.</summary>
    /// <param name="block">The clusters.</param>
    public InterceptModes(InterceptBlock block)
    {
        this.block = block;
        var rows = block.MaximumRows;
        (eta, first, second) = (new Vector256<double>[rows], new Vector256<double>[rows], new Vector256<double>[rows]);
    }

    /// <summary>The modes.</summary>
    public Vector256<double> Mode => mode;

    /// <summary>1/√−h″ at the modes.</summary>
    public Vector256<double> Width => Vector256<double>.One / Vector256.Sqrt(curvature);

    /// <summary>Finds the modes.</summary>
    /// <param name="warm">Where they were last; receives the modes.</param>
    public void Find(ref Vector256<double> warm)
    {
        mode = warm;
        var value = Height();
        for (var iteration = 0; iteration < ModeSearch.MaximumSteps; iteration++)
        {
            var step = Vector256.Min(Vector256.Max(slope / curvature, Vector256.Create(-LongestStep)), Vector256.Create(LongestStep));
            var last = ModeSearch.AreLast(slope * step);
            if (Vector256.AllWhereAllBitsSet(last))
            {
                mode += step;
                Height();
                break;
            }

            value = MoveUp(value, step, last);
        }

        warm = mode;
    }

    private Vector256<double> MoveUp(Vector256<double> value, Vector256<double> step, Vector256<double> last)
    {
        for (var halving = 0; ; halving++)
        {
            mode += step;
            var next = Height();
            var kept = last | ModeSearch.Hold(next, value);
            if (Vector256.AllWhereAllBitsSet(kept) || halving == MaximumHalvings)
            {
                return next;
            }

            mode = Vector256.ConditionalSelect(kept, mode, mode - step);
            step = Vector256.ConditionalSelect(kept, Vector256<double>.Zero, 0.5 * step);
        }
    }

    /// <summary>h at the modes, leaving h′ and a positive −h″.</summary>
    private Vector256<double> Height()
    {
        block.Law.Trace(block.Constants, mode, out var curve);
        var rows = block.Rows;
        var predictor = eta.AsSpan(0, rows);
        for (var i = 0; i < predictor.Length; i++)
        {
            predictor[i] = block.Predictor[i] + curve.Effect;
        }

        var value = block.Density.AlongLanes(block.Response, block.Weight, 1, predictor, first, second);
        var (one, two) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var i = 0; i < rows; i++)
        {
            one += first[i];
            two += second[i];
        }

        slope = (one * curve.EffectSlope) + curve.LogSlope;
        var ofRows = -two * curve.EffectSlope * curve.EffectSlope;
        var whole = ofRows - (one * curve.EffectCurvature) - curve.LogCurvature;
        curvature = Vector256.ConditionalSelect(
            Vector256.GreaterThan(whole, Vector256.Create(0.05)),
            whole,
            Vector256.Max(ofRows, Vector256<double>.Zero) + Vector256<double>.One);
        return value + curve.Log;
    }
}
