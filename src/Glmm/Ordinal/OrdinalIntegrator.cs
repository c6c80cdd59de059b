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
internal sealed class OrdinalIntegrator : BlockIntegrator
{
    private readonly OrdinalRows rows;
    private readonly OrdinalBlock block;
    private readonly QuadratureGrid? grid;
    private readonly OrdinalNodes nodes;
    private readonly OrdinalSlopes slopes;
    private readonly ModeGradient gradient;
    private readonly double[] adjoint;
    private readonly double[] inverse;
    private readonly double[] moved;
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
        gradient = new ModeGradient(rows, block, slopes);
        var q = rows.MaximumEffects;
        adjoint = new double[q * q];
        inverse = new double[q * q];
        moved = new double[q];
    }

    /// <inheritdoc/>
    public override OrdinalSlopes Slopes => slopes;

    /// <inheritdoc/>
    public override double Integrate(int number, double[] modes, bool needsGradient, ReadOnlySpan<double> shifts = default)
    {
        if (!block.Load(number, shifts))
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

    /// <inheritdoc/>
    public override void AddFactors(Span<double> target) => slopes.AddFactors(target);

    /// <inheritdoc/>
    public override void Complete()
    {
        var q = block.Effects;
        ModeGradient.FormAdjoint(block.Factor, q, grid is null ? [] : nodes.Moments, adjoint, inverse);
        var direction = moved.AsSpan(0, q);
        direction.Clear();
        if (grid is not null)
        {
            nodes.MeanSlope.CopyTo(direction);
        }

        gradient.Add(Mode, adjoint, direction, withHeight: grid is null);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Posterior(int number, double[] modes, Span<double> covariance) =>
        block.Posterior(number, modes, covariance);

    private Span<double> Mode => mode.AsSpan(rows.Blocks.EffectStart(block.Block), block.Effects);
}
