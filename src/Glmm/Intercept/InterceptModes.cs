using System.Numerics;
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
    private readonly Vector<double>[] eta;
    private readonly Vector<double>[] first;
    private readonly Vector<double>[] second;
    private Vector<double> mode;
    private Vector<double> slope;
    private Vector<double> curvature;

    /// <summary>Makes room for the largest cluster.</summary>
    /// <param name="block">The clusters.</param>
    public InterceptModes(InterceptBlock block)
    {
        this.block = block;
        var rows = block.MaximumRows;
        (eta, first, second) = (new Vector<double>[rows], new Vector<double>[rows], new Vector<double>[rows]);
    }

    /// <summary>The modes.</summary>
    public Vector<double> Mode => mode;

    /// <summary>1/√−h″ at the modes.</summary>
    public Vector<double> Width => Vector<double>.One / Vector.SquareRoot(curvature);

    /// <summary>Finds the modes.</summary>
    /// <param name="warm">Where they were last; receives the modes.</param>
    public void Find(ref Vector<double> warm)
    {
        mode = warm;
        var value = Height();
        for (var iteration = 0; iteration < ModeSearch.MaximumSteps; iteration++)
        {
            var step = Vector.Min(Vector.Max(slope / curvature, new Vector<double>(-LongestStep)), new Vector<double>(LongestStep));
            var last = ModeSearch.AreLast(slope * step);
            if (Vector.EqualsAll(last, Vector<long>.AllBitsSet))
            {
                mode += step;
                Height();
                break;
            }

            value = MoveUp(value, step, last);
        }

        warm = mode;
    }

    private Vector<double> MoveUp(Vector<double> value, Vector<double> step, Vector<long> last)
    {
        for (var halving = 0; ; halving++)
        {
            mode += step;
            var next = Height();
            var kept = Vector.AsVectorDouble(last | ModeSearch.Hold(next, value));
            if (Vector.EqualsAll(Vector.AsVectorInt64(kept), Vector<long>.AllBitsSet) || halving == MaximumHalvings)
            {
                return next;
            }

            mode = Vector.ConditionalSelect(kept, mode, mode - step);
            step = Vector.ConditionalSelect(kept, Vector<double>.Zero, 0.5 * step);
        }
    }

    /// <summary>h at the modes, leaving h′ and a positive −h″.</summary>
    private Vector<double> Height()
    {
        block.Law.Trace(block.Constants, mode, out var curve);
        var rows = block.Rows;
        var predictor = eta.AsSpan(0, rows);
        for (var i = 0; i < predictor.Length; i++)
        {
            predictor[i] = block.Predictor[i] + curve.Effect;
        }

        var value = block.Density.AlongLanes(block.Response, block.Weight, 1, predictor, first, second);
        var (one, two) = (Vector<double>.Zero, Vector<double>.Zero);
        for (var i = 0; i < rows; i++)
        {
            one += first[i];
            two += second[i];
        }

        slope = (one * curve.EffectSlope) + curve.LogSlope;
        var ofRows = -two * curve.EffectSlope * curve.EffectSlope;
        var whole = ofRows - (one * curve.EffectCurvature) - curve.LogCurvature;
        curvature = Vector.ConditionalSelect(
            Vector.GreaterThan(whole, new Vector<double>(0.05)),
            whole,
            Vector.Max(ofRows, Vector<double>.Zero) + Vector<double>.One);
        return value + curve.Log;
    }
}
