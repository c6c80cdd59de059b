using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>
/// The log-likelihood of one block and its exact gradient: by adaptive Gauss–Hermite quadrature about the mode, or with one node by
/// Laplace's approximation. Scratch of one thread.
/// </summary>
/// <remarks>
/// With nodes v_k = v̂ + L⁻ᵀz_k, LLᵀ = H, ℓ = log Σ w_k exp{g(v_k) + ½‖z_k‖²} − log|L|. The gradient follows the nodes: with ω_k the terms'
/// shares, a_k = L⁻¹∂g(v_k), c = Σ ω_k ∂g(v_k) and B = Σ ω_k z_k a_kᵀ, whose lower triangle with half the diagonal is P(B),
/// dℓ = Σ ω_k ∂_ψ g(v_k) + cᵀdv̂ + ⟨G, dH⟩, G = −½H⁻¹ − L⁻ᵀ sym P(B) L⁻¹, and dv̂ = H⁻¹ d(∂g). Smith (1995) has the differential of a
/// Cholesky factor. Laplace's approximation is the same with one node, z = 0.
/// </remarks>
internal sealed class OrdinalIntegrator
{
    private readonly OrdinalRows rows;
    private readonly OrdinalBlock block;
    private readonly QuadratureGrid? grid;
    private readonly OrdinalNodes nodes;
    private readonly OrdinalSlopes slopes;
    private readonly double[] adjoint;
    private readonly double[] inverse;
    private readonly double[] moved;
    private readonly double[] image;
    private double[] mode = [];

    /// <summary>Allocates for the largest block.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="link">F.</param>
    /// <param name="point">The parameters in force.</param>
    /// <param name="grid">The nodes, of the dimension of every block; null for Laplace's approximation.</param>
    public OrdinalIntegrator(OrdinalRows rows, CumulativeLink link, OrdinalPoint point, QuadratureGrid? grid)
    {
        this.rows = rows;
        this.grid = grid;
        block = new OrdinalBlock(rows, link, point);
        slopes = new OrdinalSlopes(rows, block);
        nodes = new OrdinalNodes(rows, block, slopes, grid);
        var q = rows.MaximumEffects;
        adjoint = new double[q * q];
        inverse = new double[q * q];
        moved = new double[q];
        image = new double[q];
    }

    /// <summary>ℓ of a block; −∞ where the thresholds of a row are out of order.</summary>
    /// <param name="number">The block.</param>
    /// <param name="modes">The effects of all blocks, where the search starts; receives the block's mode.</param>
    /// <param name="needsGradient">Whether <see cref="AddGradient"/> follows.</param>
    public double Integrate(int number, double[] modes, bool needsGradient)
    {
        if (!block.Load(number))
        {
            return double.NegativeInfinity;
        }

        mode = modes;
        var effects = Mode;
        var height = block.Maximize(effects);
        slopes.Begin();
        return grid is null
            ? height - (0.5 * Cholesky.LogDeterminant(block.Factor, block.Effects))
            : nodes.Integrate(effects, needsGradient);
    }

    /// <summary>Adds the gradient of the block integrated last.</summary>
    /// <param name="gradient">m numbers.</param>
    public void AddGradient(Span<double> gradient)
    {
        var q = block.Effects;
        FormAdjoint(q);
        var direction = moved.AsSpan(0, q);
        direction.Clear();
        if (grid is not null)
        {
            nodes.MeanSlope.CopyTo(direction);
        }

        for (var r = 0; r < block.Rows; r++)
        {
            var third = block.Terms[r].ShiftShiftUpper + block.Terms[r].ShiftShiftLower;
            block.AddLoadings(r, rows.Weights[block.First + r] * slopes.Curve(r, adjoint) * third, direction);
        }

        Cholesky.Solve(block.Factor, q, direction);
        var effects = Mode;
        for (var r = 0; r < block.Rows; r++)
        {
            AddRow(r, effects, direction);
        }

        slopes.AddTo(gradient);
    }

    /// <summary>The mode of a block and the diagonal of H⁻¹ there, in the units of the random effects b = Λv, level by level.</summary>
    /// <param name="number">The block.</param>
    /// <param name="modes">The effects of all blocks.</param>
    /// <param name="covariance">Receives H⁻¹, effects×effects.</param>
    /// <returns>The mode of the standardized effects.</returns>
    public ReadOnlySpan<double> Posterior(int number, double[] modes, Span<double> covariance)
    {
        block.Load(number);
        mode = modes;
        block.Maximize(Mode);
        Cholesky.Inverse(block.Factor, block.Effects, covariance);
        return Mode;
    }

    private Span<double> Mode => mode.AsSpan(rows.Blocks.EffectStart(block.Block), block.Effects);

    /// <summary>G, the derivative of ℓ with respect to H at fixed mode.</summary>
    private void FormAdjoint(int q)
    {
        Cholesky.Inverse(block.Factor, q, adjoint);
        for (var i = 0; i < q * q; i++)
        {
            adjoint[i] *= -0.5;
        }

        if (grid is null)
        {
            return;
        }

        // L⁻ᵀ S L⁻¹ with S the symmetric part of P(B): half of the smaller index pair's lower entry, on the diagonal too.
        Cholesky.InvertFactor(block.Factor, q, inverse);
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b < q; b++)
            {
                var share = -0.5 * nodes.Moment(Math.Max(a, b), Math.Min(a, b));
                for (var i = 0; i <= a; i++)
                {
                    Dense.AddScaled(share * inverse[(a * q) + i], inverse.AsSpan(b * q, b + 1), adjoint.AsSpan(i * q));
                }
            }
        }
    }

    /// <summary>Adds what a row's terms at the mode contribute: by the mode's movement along a direction, and by the curvature.</summary>
    private void AddRow(int row, ReadOnlySpan<double> effects, ReadOnlySpan<double> direction)
    {
        var terms = block.Terms[row];
        var weight = rows.Weights[block.First + row];
        var along = block.Shift(row, direction);
        var curve = slopes.Curve(row, adjoint);
        if (grid is null)
        {
            slopes.AddEnds(row, weight * terms.Upper, weight * terms.Lower);
            slopes.AddOuter(row, -weight * terms.Shift, effects);
        }

        slopes.AddEnds(
            row,
            -weight * ((along * terms.ShiftUpper) + (curve * terms.ShiftShiftUpper)),
            -weight * ((along * terms.ShiftLower) + (curve * terms.ShiftShiftLower)));
        slopes.AddOuter(
            row,
            weight * ((along * terms.ShiftShift) + (curve * (terms.ShiftShiftUpper + terms.ShiftShiftLower))),
            effects);
        slopes.AddOuter(row, -weight * terms.Shift, direction);
        slopes.Image(row, adjoint, image);
        slopes.AddOuter(row, -2 * weight * terms.ShiftShift, image);
    }
}
