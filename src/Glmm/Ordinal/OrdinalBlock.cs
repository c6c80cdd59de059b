using MarginalConditional.Glmm.Effects;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>
/// One block of a cumulative model at a parameter vector: its rows' points, the height g(v) = Σ w log p − ½‖v‖² of standardized effects v,
/// its mode and its curvature H there. Scratch of one thread.
/// </summary>
/// <remarks>
/// A row with effects b = Λv has the shift e = sᵀv, s = Λᵀz, and log p of (u − e, l − e). The height is strictly concave for the links
/// there are (Pratt 1981), so that Newton's method with halving finds the mode from anywhere.
/// </remarks>
internal sealed class OrdinalBlock
{
    private readonly OrdinalRows rows;
    private readonly CumulativeLink link;
    private readonly OrdinalPoint point;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly double[] loadings;
    private readonly double[] slope;
    private readonly double[] step;
    private readonly double[] factor;

    /// <summary>Allocates for the largest block.</summary>
    public OrdinalBlock(OrdinalRows rows, CumulativeLink link, OrdinalPoint point)
    {
        this.rows = rows;
        this.link = link;
        this.point = point;
        var (n, q) = (rows.MaximumRows, rows.MaximumEffects);
        (lower, upper) = (new double[n], new double[n]);
        loadings = new double[n * rows.EffectsOfRow];
        (slope, step) = (new double[q], new double[q]);
        factor = new double[q * q];
        Terms = new CategoryTerms[n];
    }

    /// <summary>The number of the block loaded.</summary>
    public int Block { get; private set; }

    /// <summary>Its first row.</summary>
    public int First { get; private set; }

    /// <summary>Its number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Its number of effects.</summary>
    public int Effects { get; private set; }

    /// <summary>The rows' terms where the height was differentiated last.</summary>
    public CategoryTerms[] Terms { get; }

    /// <summary>The lower Cholesky factor of H at the mode, effects×effects, row-major.</summary>
    public ReadOnlySpan<double> Factor => factor.AsSpan(0, Effects * Effects);

    /// <summary>Loads a block; false where thresholds are not in order for one of its rows.</summary>
    /// <param name="block">The block.</param>
    /// <param name="shifts">What is known of zb in each of its rows beside the effects; empty for nothing.</param>
    public bool Load(int block, ReadOnlySpan<double> shifts = default)
    {
        Block = block;
        First = rows.Blocks.RowStart(block);
        Rows = rows.Blocks.RowStart(block + 1) - First;
        Effects = rows.Blocks.EffectStart(block + 1) - rows.Blocks.EffectStart(block);
        for (var r = 0; r < Rows; r++)
        {
            var shift = shifts.IsEmpty ? 0 : shifts[r];
            lower[r] = Point(First + r, rows.Codes[First + r] - 1) - shift;
            upper[r] = Point(First + r, rows.Codes[First + r]) - shift;
            if (!(lower[r] < upper[r]))
            {
                return false;
            }

            LoadEffects(r);
        }

        return true;
    }

    /// <summary>Loads a block, climbs to its mode, and writes H⁻¹ there; returns the mode.</summary>
    /// <param name="block">The block.</param>
    /// <param name="modes">The effects of all blocks; the block's own are where the climb starts and receive its mode.</param>
    /// <param name="covariance">Receives H⁻¹, effects×effects.</param>
    public ReadOnlySpan<double> Posterior(int block, double[] modes, Span<double> covariance)
    {
        Load(block);
        var mode = modes.AsSpan(rows.Blocks.EffectStart(block), Effects);
        Maximize(mode);
        Cholesky.Inverse(Factor, Effects, covariance);
        return mode;
    }

    /// <summary>s = Λᵀz of a row, all levels side by side.</summary>
    public ReadOnlySpan<double> Loadings(int row) => loadings.AsSpan(row * rows.EffectsOfRow, rows.EffectsOfRow);

    /// <summary>sᵀv.</summary>
    public double Shift(int row, ReadOnlySpan<double> effects)
    {
        var loading = Loadings(row);
        var (sum, first) = (0.0, 0);
        for (var l = 0; l < rows.Levels.Count; l++)
        {
            var q = rows.Levels[l].Factor.Dimension;
            sum += Dense.Dot(loading.Slice(first, q), effects.Slice(PlaceOf(row, l), q));
            first += q;
        }

        return sum;
    }

    /// <summary>Adds a multiple of a row's s to a vector of all effects.</summary>
    public void AddLoadings(int row, double multiple, Span<double> target)
    {
        var loading = Loadings(row);
        var first = 0;
        for (var l = 0; l < rows.Levels.Count; l++)
        {
            var q = rows.Levels[l].Factor.Dimension;
            Dense.AddScaled(multiple, loading.Slice(first, q), target.Slice(PlaceOf(row, l), q));
            first += q;
        }
    }

    /// <summary>The place of the first effect of a row's group at a level.</summary>
    public int PlaceOf(int row, int level) => rows.EffectPlaces[((First + row) * rows.Levels.Count) + level];

    /// <summary>The terms of a row whose shift is e.</summary>
    public CategoryTerms TermsAt(int row, double shift) => CategoryTerms.Of(link, lower[row] - shift, upper[row] - shift);

    /// <summary>g(v).</summary>
    public double Height(ReadOnlySpan<double> effects)
    {
        var sum = -0.5 * Dense.Dot(effects, effects);
        for (var r = 0; r < Rows; r++)
        {
            var shift = Shift(r, effects);
            sum += rows.Weights[First + r] * link.LogInterval(lower[r] - shift, upper[r] - shift);
        }

        return sum;
    }

    /// <summary>Moves effects to the mode, leaving terms and curvature of the mode; returns the height there.</summary>
    /// <param name="effects">Where the search starts; receives the mode.</param>
    public double Maximize(Span<double> effects)
    {
        var value = Differentiate(effects);
        if (!double.IsFinite(value))
        {
            effects.Clear();
            value = Differentiate(effects);
        }

        var before = double.PositiveInfinity;
        for (var iteration = 0; iteration < ModeSearch.MaximumSteps; iteration++)
        {
            slope.AsSpan(0, Effects).CopyTo(step);
            Cholesky.Solve(Factor, Effects, step.AsSpan(0, Effects));
            var decrement = Dense.Dot(slope.AsSpan(0, Effects), step.AsSpan(0, Effects));
            var last = ModeSearch.IsLast(decrement);
            if (!Move(effects, value, last))
            {
                return Differentiate(effects);
            }

            var next = Differentiate(effects);
            if (last || ModeSearch.IsRounding(next, value, decrement, before))
            {
                return next;
            }

            (value, before) = (next, decrement);
        }

        return value;
    }

    /// <summary>Goes the step just solved for, halved until the height does not fall; the last step is taken unseen.</summary>
    private bool Move(Span<double> effects, double value, bool last)
    {
        var length = 1.0;
        Dense.AddScaled(1, step.AsSpan(0, Effects), effects);
        while (!last && !ModeSearch.Holds(Height(effects), value))
        {
            length *= 0.5;
            Dense.AddScaled(-length, step.AsSpan(0, Effects), effects);
            if (length < 1e-12)
            {
                Dense.AddScaled(-length, step.AsSpan(0, Effects), effects);
                return false;
            }
        }

        return true;
    }

    /// <summary>Computes terms, slope and the factor of H = I − Σ w ∂²log p/∂e² ssᵀ; returns g.</summary>
    private double Differentiate(ReadOnlySpan<double> effects)
    {
        var q = Effects;
        var curvature = factor.AsSpan(0, q * q);
        curvature.Clear();
        for (var a = 0; a < q; a++)
        {
            slope[a] = -effects[a];
            curvature[a * (q + 1)] = 1;
        }

        var value = -0.5 * Dense.Dot(effects, effects);
        for (var r = 0; r < Rows; r++)
        {
            var weight = rows.Weights[First + r];
            Terms[r] = TermsAt(r, Shift(r, effects));
            value += weight * Terms[r].LogProbability;
            AddLoadings(r, -weight * Terms[r].Shift, slope);
            AddCurvature(r, -weight * Terms[r].ShiftShift, curvature);
        }

        Cholesky.TryFactor(curvature, q, out _);
        return value;
    }

    private void AddCurvature(int row, double weight, Span<double> curvature)
    {
        var loading = Loadings(row);
        var first = 0;
        for (var l = 0; l < rows.Levels.Count; l++)
        {
            var q = rows.Levels[l].Factor.Dimension;
            var place = PlaceOf(row, l);
            for (var a = 0; a < q; a++)
            {
                var line = curvature.Slice((place + a) * Effects, Effects);
                var multiple = weight * loading[first + a];
                var other = 0;
                for (var k = 0; k <= l; k++)
                {
                    var count = rows.Levels[k].Factor.Dimension;
                    Dense.AddScaled(multiple, loading.Slice(other, k == l ? a + 1 : count), line.Slice(PlaceOf(row, k)));
                    other += count;
                }
            }

            first += q;
        }
    }

    /// <summary>The point of a threshold of a row without effects, ∞ or −∞ beyond the ends.</summary>
    private double Point(int row, int threshold)
    {
        var layout = rows.Layout;
        if (threshold < 0 || threshold == layout.Thresholds)
        {
            return threshold < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        var parameters = point.Fixed;
        var (shared, nominal) = (layout.Shared.Length, layout.Nominal.Length);
        var value = parameters[threshold] - rows.Offsets[row]
            - Dense.Dot(rows.Shared.AsSpan(row * shared, shared), parameters.Slice(layout.Thresholds, shared));
        for (var c = 0; c < nominal; c++)
        {
            value -= rows.Nominal[(row * nominal) + c] * parameters[layout.NominalPlace(c, threshold)];
        }

        return value;
    }

    private void LoadEffects(int row)
    {
        var loading = loadings.AsSpan(row * rows.EffectsOfRow, rows.EffectsOfRow);
        var effects = rows.Effects.AsSpan((First + row) * rows.EffectsOfRow, rows.EffectsOfRow);
        var first = 0;
        foreach (var lambda in point.Lambda)
        {
            var q = (int)Math.Sqrt(lambda.Length);
            Dense.MultiplyTransposed(lambda, effects.Slice(first, q), loading.Slice(first, q));
            first += q;
        }
    }
}
