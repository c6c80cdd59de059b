using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>Integrates several clusters at once, one in each lane of a vector: rows, modes, nodes, sums. One thread's scratch.</summary>
/// <remarks>
/// Works with standardized effects u ~ N(0, I), b = Λu, η_i = a_i + v_iᵀu with v_i = Λᵀz_i, and
/// h(u) = Σ ℓ_i(η_i) − ½‖u‖². With the mode û, −h″(û) = H = LLᵀ and T = L⁻ᵀ the nodes are u_k = û + Tz_k and
/// ℓ = −log|L| + log Σ w_k exp(h(u_k) + ½‖z_k‖²) (Pinheiro and Bates 1995, equation 11). Unit normals make σ = 0 an ordinary point.
/// Of the nodes only a tile is kept: sums over the nodes so far are scaled by the largest term so far.
/// The lanes may also hold one cluster at several values of the effects of a coarser level.
/// </remarks>
internal sealed class LaneIntegrator
{
    private readonly LaneBlock block;
    private readonly LaneModes modes;
    private readonly NodePlacement placement;
    private readonly NodeTile tile;
    private readonly NodeSums sums;
    private readonly NodeGradient gradient;
    private readonly LouisInformation louis;

    /// <summary>Allocates the scratch for the largest cluster.</summary>
    /// <param name="columns">p.</param>
    /// <param name="covariance">The parametrization of D.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="point">The parameters of the evaluation.</param>
    /// <param name="level">The level whose effects are integrated.</param>
    /// <param name="grid">The nodes.</param>
    /// <param name="adaptive">Whether the nodes are centred and scaled at the modes.</param>
    /// <param name="maximumRows">The rows of the largest cluster.</param>
    public LaneIntegrator(
        int columns,
        CovarianceFactor covariance,
        ConditionalDensity density,
        ParameterPoint point,
        int level,
        QuadratureGrid grid,
        bool adaptive,
        int maximumRows)
    {
        block = new LaneBlock(columns, covariance.Dimension, density, point, level, maximumRows);
        modes = new LaneModes(block);
        placement = new NodePlacement(block, modes, adaptive);
        tile = new NodeTile(block, placement, grid);
        sums = new NodeSums(block);
        gradient = new NodeGradient(block, modes, placement, sums, covariance);
        louis = new LouisInformation(block, placement, covariance, tile.Capacity);
    }

    /// <summary>The modes û, one effect a vector.</summary>
    public ReadOnlySpan<Vector256<double>> PosteriorMode => modes.Mode;

    /// <summary>The upper triangular T with TTᵀ = H⁻¹, q×q by row.</summary>
    public ReadOnlySpan<Vector256<double>> PosteriorRoot => modes.Root;

    /// <summary>The linear predictor of each row without the effects that are integrated.</summary>
    public Span<Vector256<double>> Linear => block.Linear;

    /// <summary>The derivatives of the log-likelihoods differentiated last in the linear predictor of each row.</summary>
    public ReadOnlySpan<Vector256<double>> RowScores => gradient.RowScores;

    /// <summary>Likewise in the log odds of each row's excess zeros; empty where there are none.</summary>
    public ReadOnlySpan<Vector256<double>> InflationScores => gradient.InflationScores;

    /// <summary>Takes the clusters of a block.</summary>
    public void Load(ClusterLanes lanes, int index) => block.Load(lanes, index);

    /// <summary>Takes one pattern into every lane; the caller sets <see cref="Linear"/>.</summary>
    public void Load(ClusterData data, int pattern) => block.Load(data, pattern);

    /// <summary>The log-likelihoods of the clusters loaded, but for what depends on the dispersion alone.</summary>
    /// <param name="warm">q vectors: where the modes were last; receives the modes.</param>
    /// <param name="needs">What is to be computed besides.</param>
    public Vector256<double> Integrate(Span<Vector256<double>> warm, EvaluationNeeds needs)
    {
        Maximize(warm);
        var logDeterminant = placement.Place();
        return SumNodes(needs) - logDeterminant;
    }

    /// <summary>Finds the modes only, with <see cref="PosteriorRoot"/>.</summary>
    /// <param name="warm">q vectors: where the modes were last; receives the modes.</param>
    public void Maximize(Span<Vector256<double>> warm) => modes.Find(warm);

    /// <summary>What of the log-likelihoods of the clusters loaded depends on the dispersion alone, with its derivative in log φ.</summary>
    public Vector256<double> Constants(out Vector256<double> derivative) => block.Constants(out derivative);

    /// <summary>Differentiates the log-likelihoods integrated last in the linear predictor of each row, in θ and in log φ.</summary>
    /// <param name="theta">Receives the derivatives in θ.</param>
    /// <param name="dispersion">Receives the derivative in log φ, but for what depends on the dispersion alone; 0 when it is fixed.</param>
    /// <remarks>Nodes move with the parameters: see docs/derivations/adaptive-quadrature.md.</remarks>
    public void Differentiate(Span<Vector256<double>> theta, out Vector256<double> dispersion) =>
        gradient.Differentiate(theta, out dispersion);

    /// <summary>Adds Σ x · score of the rows of the block loaded last, times a factor, to the derivatives in β.</summary>
    public void AddCoefficientSlopes(Vector256<double> multiplicity, Span<Vector256<double>> slopes) =>
        gradient.AddCoefficientSlopes(multiplicity, slopes);

    /// <summary>Adds Σ w · score of the log odds of excess zeros of the block loaded last, times a factor, to those in γ.</summary>
    public void AddInflationSlopes(Vector256<double> multiplicity, Span<Vector256<double>> slopes) =>
        gradient.AddInflationSlopes(multiplicity, slopes);

    /// <summary>The information of the block integrated last in (β, θ), added with a factor to the lower triangle.</summary>
    /// <param name="multiplicity">How many clusters share the pattern of each lane.</param>
    /// <param name="information">m×m by row.</param>
    /// <param name="order">m.</param>
    public void AddInformation(Vector256<double> multiplicity, Span<Vector256<double>> information, int order) =>
        louis.AddTo(multiplicity, information, order);

    /// <summary>The posterior means and standard deviations of b = Λu in the clusters integrated last.</summary>
    /// <param name="means">Receives q vectors.</param>
    /// <param name="deviations">Receives q vectors.</param>
    public void PosteriorMoments(Span<Vector256<double>> means, Span<Vector256<double>> deviations) =>
        sums.PosteriorMoments(placement, means, deviations);

    /// <summary>The log of the weighted sum over nodes; leaves the means over them.</summary>
    private Vector256<double> SumNodes(EvaluationNeeds needs)
    {
        Clear(needs);
        var top = Vector256.Create(double.NegativeInfinity);
        for (tile.Rewind(); tile.Next(needs);)
        {
            var raised = tile.Highest(top);
            if (!tile.IsFirst && !Vector256.EqualsAll(raised, top))
            {
                Scale(LaneExponential.Exp(top - raised), needs);
            }

            top = raised;
            tile.Weigh(top);
            sums.Add(tile, needs);
            if (needs >= EvaluationNeeds.Information)
            {
                louis.Add(tile);
            }
        }

        var sum = sums.Total;
        Scale(Vector256<double>.One / sum, needs);
        return top + Vector256.Log(sum);
    }

    private void Clear(EvaluationNeeds needs)
    {
        sums.Clear();
        if (needs >= EvaluationNeeds.Information)
        {
            louis.Clear();
        }
    }

    private void Scale(Vector256<double> scale, EvaluationNeeds needs)
    {
        sums.Scale(scale);
        if (needs >= EvaluationNeeds.Information)
        {
            louis.Scale(scale);
        }
    }
}
