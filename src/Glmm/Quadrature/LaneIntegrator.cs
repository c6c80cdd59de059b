using System.Numerics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>Integrates several clusters at once, one in each lane of a vector: rows, modes, nodes. The scratch of one thread; the derivatives are in the other parts.</summary>
/// <remarks>
/// Works with standardized effects u ~ N(0, I), b = Λu, η_i = a_i + v_iᵀu with v_i = Λᵀz_i, and
/// h(u) = Σ ℓ_i(η_i) − ½‖u‖². With the mode û, −h″(û) = H = LLᵀ and T = L⁻ᵀ the nodes are u_k = û + Tz_k and
/// ℓ = −log|L| + log Σ w_k exp(h(u_k) + ½‖z_k‖²) (Pinheiro and Bates 1995, equation 11). Unit normals make σ = 0 an ordinary point.
/// Of the nodes only a tile is kept: sums over the nodes so far are scaled by the largest term so far.
/// The lanes may also hold one cluster at several values of the effects of a coarser level.
/// </remarks>
internal sealed partial class LaneIntegrator
{
    private readonly CovarianceFactor covariance;
    private readonly ConditionalDensity density;
    private readonly ParameterPoint point;
    private readonly double[] lambda;
    private readonly QuadratureGrid grid;
    private readonly bool adaptive;
    private readonly int p;
    private readonly int q;

    private readonly Vector<double>[] linear;
    private readonly Vector<double>[] response;
    private readonly Vector<double>[] weight;
    private readonly Vector<double>[] z;
    private readonly Vector<double>[] v;
    private readonly Vector<double>[] eta;
    private readonly Vector<double>[] first;
    private readonly Vector<double>[] second;
    private readonly Vector<double>[] third;

    private readonly Vector<double>[] mode;
    private readonly Vector<double>[] posteriorMode;
    private readonly Vector<double>[] posteriorRoot;

    private int rows;
    private Memory<Vector<double>> design;

    /// <summary>Allocates the scratch for the largest cluster.</summary>
    /// <param name="columns">p.</param>
    /// <param name="covariance">The parametrization of D.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="point">The parameters of the evaluation.</param>
    /// <param name="level">The level whose effects are integrated.</param>
    /// <param name="grid">The nodes.</param>
    /// <param name="adaptive">Whether the nodes are centred and scaled at the modes.</param>
    /// <param name="maximumRows">The rows of the largest cluster.</param>
    public LaneIntegrator(int columns, CovarianceFactor covariance, ConditionalDensity density, ParameterPoint point, int level, QuadratureGrid grid, bool adaptive, int maximumRows)
    {
        this.covariance = covariance;
        this.density = density;
        this.point = point;
        this.grid = grid;
        this.adaptive = adaptive;
        lambda = point.Lambda(level);
        p = columns;
        q = covariance.Dimension;
        (linear, response, weight, eta) = (Rows(1), Rows(1), Rows(1), Rows(1));
        (first, second, third) = (Rows(1), Rows(1), Rows(1));
        (z, v, along) = (Rows(q), Rows(q), Rows(q));
        (mode, posteriorMode, trial, slope, nodeMeans) = (Effects(1), Effects(1), Effects(1), Effects(1), Effects(1));
        (curvature, factor, posteriorRoot, transform, nodeProducts, slopeProducts) = (Effects(q), Effects(q), Effects(q), Effects(q), Effects(q), Effects(q));
        meanFirst = Rows(1);
        var largestTile = LargestTile(1, grid.Count);
        var largestTiles = Math.Max(TileVectors, SmallestTile * maximumRows);
        (terms, nodeEta, nodeDispersion) = (new Vector<double>[largestTile], new Vector<double>[largestTile], new Vector<double>[largestTile]);
        (weightedNodes, nodeEffects) = (new Vector<double>[largestTile * q], new Vector<double>[largestTile * q]);
        (nodeFirst, nodeSecond) = (new Vector<double>[largestTiles], new Vector<double>[largestTiles]);
        (rowTrace, rowScore) = (Rows(1), Rows(1));
        (moments, adjoint, meanSlopes) = (Effects(1), Effects(1), Effects(1));
        (slopeMoments, half, movement) = (Effects(q), Effects(q), Effects(q));
        dispersionRows = Rows(3);
        var order = p + covariance.ParameterCount;
        (meanSecond, meanSecondAlong) = (Rows(1), Rows(q));
        effectInformation = new Vector<double>[covariance.ParameterCount * covariance.ParameterCount];
        nodeScores = new Vector<double>[order * largestTile];
        meanScores = new Vector<double>[order];
        scoreProducts = new Vector<double>[order * order];

        Vector<double>[] Rows(int columnsOfRow) => new Vector<double>[maximumRows * columnsOfRow];
        Vector<double>[] Effects(int columnsOfEffect) => new Vector<double>[q * columnsOfEffect];
    }

    /// <summary>The modes û, one effect a vector.</summary>
    public ReadOnlySpan<Vector<double>> PosteriorMode => posteriorMode;

    /// <summary>The upper triangular T with TTᵀ = H⁻¹, q×q by row.</summary>
    public ReadOnlySpan<Vector<double>> PosteriorRoot => posteriorRoot;

    /// <summary>The linear predictor of each row without the effects that are integrated.</summary>
    public Span<Vector<double>> Linear => linear.AsSpan(0, rows);

    /// <summary>Takes the clusters of a block.</summary>
    public void Load(ClusterLanes lanes, int block)
    {
        var start = lanes.RowOffsets[block];
        rows = lanes.RowOffsets[block + 1] - start;
        lanes.Response.AsSpan(start, rows).CopyTo(response);
        lanes.Weight.AsSpan(start, rows).CopyTo(weight);
        lanes.RandomDesign.AsSpan(start * q, rows * q).CopyTo(z);
        design = lanes.Design.AsMemory(start * p, rows * p);
        var x = design.Span;
        var beta = point.Coefficients;
        for (var i = 0; i < rows; i++)
        {
            var sum = lanes.Offset[start + i];
            var row = x.Slice(i * p, p);
            for (var j = 0; j < row.Length; j++)
            {
                sum += row[j] * beta[j];
            }

            linear[i] = sum;
        }

        Directions();
    }

    /// <summary>Takes one pattern into every lane; the caller sets <see cref="Linear"/>.</summary>
    public void Load(ClusterData data, int pattern)
    {
        var start = data.PatternOffsets[pattern];
        rows = data.PatternOffsets[pattern + 1] - start;
        for (var i = 0; i < rows; i++)
        {
            response[i] = new Vector<double>(data.Response[start + i]);
            weight[i] = new Vector<double>(data.Weight[start + i]);
            for (var b = 0; b < q; b++)
            {
                z[(i * q) + b] = new Vector<double>(data.RandomDesign[((start + i) * q) + b]);
            }
        }

        Directions();
    }

    /// <summary>The log-likelihoods of the clusters loaded, but for what depends on the dispersion alone.</summary>
    /// <param name="warm">q vectors: where the modes were last; receives the modes.</param>
    /// <param name="needs">What is to be computed besides.</param>
    public Vector<double> Integrate(Span<Vector<double>> warm, EvaluationNeeds needs)
    {
        Maximize(warm);
        var logDeterminant = PlaceNodes();
        return SumNodes(needs) - logDeterminant;
    }

    /// <summary>Finds the modes only, with <see cref="PosteriorRoot"/>.</summary>
    /// <param name="warm">q vectors: where the modes were last; receives the modes.</param>
    public void Maximize(Span<Vector<double>> warm)
    {
        warm.CopyTo(mode);
        FindMode();
        mode.CopyTo(warm);
        mode.CopyTo(posteriorMode, 0);
        LaneCholesky.Root(factor, q, posteriorRoot);
    }

    // v = Λᵀz.
    private void Directions()
    {
        for (var i = 0; i < rows; i++)
        {
            for (var b = 0; b < q; b++)
            {
                var sum = Vector<double>.Zero;
                for (var a = 0; a <= b; a++)
                {
                    sum += z[(i * q) + a] * lambda[(a * q) + b];
                }

                v[(i * q) + b] = sum;
            }
        }
    }
}
