using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>The modes û of the clusters of a block, with the curvature there: H = I − Σ ℓ″vvᵀ = LLᵀ.</summary>
/// <remarks>Newton's method on h(u) = Σ ℓ_i(a_i + v_iᵀu) − ½‖u‖² in all lanes; one that has arrived waits for the others.</remarks>
internal sealed class LaneModes
{
    /// <summary>A step halved so often is as short as rounding.</summary>
    private const int MaximumHalvings = 40;

    private readonly LaneBlock block;
    private readonly ConditionalDensity density;
    private readonly int q;
    private readonly Vector256<double>[] mode;
    private readonly Vector256<double>[] slope;
    private readonly Vector256<double>[] step;
    private readonly Vector256<double>[] curvature;
    private readonly Vector256<double>[] factor;
    private readonly Vector256<double>[] root;
    private readonly Vector256<double>[] eta;
    private readonly Vector256<double>[] first;
    private readonly Vector256<double>[] second;
    private readonly Vector256<double>[] third;

    /// <summary>Makes room for the largest cluster.</summary>
    /// <param name="block">The clusters.</param>
    public LaneModes(LaneBlock block)
    {
        this.block = block;
        density = block.Density;
        q = block.Dimension;
        var rows = block.MaximumRows;
        (mode, slope, step) = (new Vector256<double>[q], new Vector256<double>[q], new Vector256<double>[q]);
        (curvature, factor, root) = (new Vector256<double>[q * q], new Vector256<double>[q * q], new Vector256<double>[q * q]);
        (eta, first) = (new Vector256<double>[rows], new Vector256<double>[rows]);
        (second, third) = (new Vector256<double>[rows], new Vector256<double>[rows]);
    }

    /// <summary>û, q vectors.</summary>
    public ReadOnlySpan<Vector256<double>> Mode => mode;

    /// <summary>L, q×q by row; its lower triangle counts.</summary>
    public ReadOnlySpan<Vector256<double>> Factor => factor;

    /// <summary>L⁻ᵀ, upper triangular, q×q by row.</summary>
    public ReadOnlySpan<Vector256<double>> Root => root;

    /// <summary>η of each row at the modes.</summary>
    public ReadOnlySpan<Vector256<double>> Predictor => eta.AsSpan(0, block.Rows);

    /// <summary>ℓ′ of each row at the modes, with its weight; so the others.</summary>
    public ReadOnlySpan<Vector256<double>> First => first.AsSpan(0, block.Rows);

    /// <summary>ℓ″.</summary>
    public ReadOnlySpan<Vector256<double>> Second => second.AsSpan(0, block.Rows);

    /// <summary>ℓ‴.</summary>
    public ReadOnlySpan<Vector256<double>> Third => third.AsSpan(0, block.Rows);

    /// <summary>Finds the modes, with the factor of the curvature and the rows' derivatives there.</summary>
    /// <param name="warm">q vectors: where the modes were last; receives the modes.</param>
    public void Find(Span<Vector256<double>> warm)
    {
        warm.CopyTo(mode);
        Climb();
        block.FillPredictor(mode, eta);
        density.AlongLanes(block.Response, block.Weight, block.Dispersion, Predictor, first, second, third);
        FillCurvature();
        LaneCholesky.Factor(curvature, q, factor);
        LaneCholesky.Root(factor, q, root);
        mode.CopyTo(warm);
    }

    /// <summary>Steps until every lane has taken its last, or turns nothing but rounding over.</summary>
    private void Climb()
    {
        var value = Height();
        var before = Vector256.Create(double.PositiveInfinity);
        var resting = Vector256<double>.Zero;
        for (var iteration = 0; iteration < ModeSearch.MaximumSteps; iteration++)
        {
            FillCurvature();
            LaneCholesky.Factor(curvature, q, factor);
            slope.CopyTo(step, 0);
            LaneCholesky.Solve(factor, q, step);
            var decrement = Vector256<double>.Zero;
            for (var b = 0; b < q; b++)
            {
                decrement += slope[b] * step[b];
            }

            Rest(resting);
            var last = ModeSearch.AreLast(decrement) | resting;
            if (Vector256.AllWhereAllBitsSet(last))
            {
                Move();
                return;
            }

            var next = MoveUp(value, last);
            resting |= ModeSearch.AreRounding(next, value, decrement, before);
            (value, before) = (next, decrement);
        }
    }

    /// <summary>Moves the modes by the steps, halved in the lanes where h fell; last, tiny steps are not checked.</summary>
    private Vector256<double> MoveUp(Vector256<double> value, Vector256<double> last)
    {
        for (var halving = 0; ; halving++)
        {
            Move();
            var next = Height();
            var kept = last | ModeSearch.Hold(next, value);
            if (Vector256.AllWhereAllBitsSet(kept) || halving == MaximumHalvings)
            {
                return next;
            }

            for (var b = 0; b < q; b++)
            {
                mode[b] = Vector256.ConditionalSelect(kept, mode[b], mode[b] - step[b]);
                step[b] = Vector256.ConditionalSelect(kept, Vector256<double>.Zero, 0.5 * step[b]);
            }
        }
    }

    /// <summary>Takes the steps from lanes that have come to rest.</summary>
    private void Rest(Vector256<double> resting)
    {
        for (var b = 0; b < q; b++)
        {
            step[b] = Vector256.AndNot(step[b], resting);
        }
    }

    private void Move()
    {
        for (var b = 0; b < q; b++)
        {
            mode[b] += step[b];
        }
    }

    /// <summary>h at the modes, leaving ℓ′ and ℓ″ of the rows and ∂h/∂u.</summary>
    private Vector256<double> Height()
    {
        block.FillPredictor(mode, eta);
        var value = density.AlongLanes(block.Response, block.Weight, block.Dispersion, Predictor, first, second);
        var slopes = First;
        var v = block.Loadings;
        for (var b = 0; b < q; b++)
        {
            var sum = -mode[b];
            for (var i = 0; i < slopes.Length; i++)
            {
                sum += slopes[i] * v[(i * q) + b];
            }

            slope[b] = sum;
            value -= 0.5 * mode[b] * mode[b];
        }

        return value;
    }

    /// <summary>H, the lower triangle.</summary>
    private void FillCurvature()
    {
        var curvatures = Second;
        var v = block.Loadings;
        for (var b = 0; b < q; b++)
        {
            for (var c = 0; c <= b; c++)
            {
                var sum = b == c ? Vector256<double>.One : Vector256<double>.Zero;
                for (var i = 0; i < curvatures.Length; i++)
                {
                    sum -= curvatures[i] * v[(i * q) + b] * v[(i * q) + c];
                }

                curvature[(b * q) + c] = sum;
            }
        }
    }
}
