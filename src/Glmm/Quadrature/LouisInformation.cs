using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>The observed information in (β, θ) by the formula of Louis (1982), with the nodes held still.</summary>
/// <remarks>
/// Σ p_k(−∂²ℓ_k) − Σ p_k s_ks_kᵀ + s̄s̄ᵀ with s_k the complete-data score at node k, summed tile by tile.
/// docs/derivations/adaptive-quadrature.md, equations 22 to 24.
/// </remarks>
internal sealed class LouisInformation
{
    private readonly LaneBlock block;
    private readonly NodePlacement placement;
    private readonly CovarianceFactor covariance;
    private readonly int p;
    private readonly int q;
    private readonly int order;
    private readonly int capacity;
    private readonly Vector256<double>[] seconds;
    private readonly Vector256<double>[] secondProducts;
    private readonly Vector256<double>[] effectInformation;
    private readonly Vector256<double>[] scores;
    private readonly Vector256<double>[] scoreProducts;
    private readonly Vector256<double>[] nodeScores;
    private readonly Vector256<double>[] product;

    /// <summary>Makes room for the largest cluster and tile.</summary>
    /// <param name="block">The clusters.</param>
    /// <param name="placement">Where their nodes lie.</param>
    /// <param name="covariance">The parametrization of D.</param>
    /// <param name="capacity">The most nodes of a tile.</param>
    public LouisInformation(LaneBlock block, NodePlacement placement, CovarianceFactor covariance, int capacity)
    {
        this.block = block;
        this.placement = placement;
        this.covariance = covariance;
        this.capacity = capacity;
        (p, q) = (block.Columns, block.Dimension);
        order = p + covariance.ParameterCount;
        (seconds, secondProducts) = (new Vector256<double>[block.MaximumRows], new Vector256<double>[block.MaximumRows * q]);
        effectInformation = new Vector256<double>[covariance.ParameterCount * covariance.ParameterCount];
        (scores, scoreProducts) = (new Vector256<double>[order], new Vector256<double>[order * order]);
        (nodeScores, product) = (new Vector256<double>[order * capacity], new Vector256<double>[capacity]);
    }

    /// <summary>Starts with nothing.</summary>
    public void Clear()
    {
        seconds.AsSpan(0, block.Rows).Clear();
        secondProducts.AsSpan(0, block.Rows * q).Clear();
        effectInformation.AsSpan().Clear();
        scores.AsSpan().Clear();
        scoreProducts.AsSpan().Clear();
    }

    /// <summary>Multiplies all sums by a number of each lane.</summary>
    public void Scale(Vector256<double> scale)
    {
        LaneArithmetic.Scale(scale, seconds.AsSpan(0, block.Rows));
        LaneArithmetic.Scale(scale, secondProducts.AsSpan(0, block.Rows * q));
        LaneArithmetic.Scale(scale, effectInformation);
        LaneArithmetic.Scale(scale, scores);
        LaneArithmetic.Scale(scale, scoreProducts);
    }

    /// <summary>Adds a tile whose terms are weighed.</summary>
    public void Add(NodeTile tile)
    {
        for (var i = 0; i < block.Rows; i++)
        {
            var curvatures = tile.Second(i);
            seconds[i] += LaneArithmetic.Dot(tile.Terms, curvatures);
            for (var d = 0; d < q; d++)
            {
                secondProducts[(i * q) + d] += LaneArithmetic.Dot(curvatures, tile.Weighted(d));
            }
        }

        AddEffectInformation(tile);
        AddScores(tile);
    }

    /// <summary>Adds the information, once the sums are means, times a factor to the lower triangle.</summary>
    /// <param name="multiplicity">How many clusters share the pattern of each lane.</param>
    /// <param name="information">m×m by row.</param>
    /// <param name="width">m, p + the entries of θ or more.</param>
    public void AddTo(Vector256<double> multiplicity, Span<Vector256<double>> information, int width)
    {
        for (var i = 0; i < block.Rows; i++)
        {
            AddCoefficients(i, multiplicity, information, width);
            AddCross(i, multiplicity, information, width);
        }

        var t = covariance.ParameterCount;
        for (var e = 0; e < t; e++)
        {
            for (var f = 0; f <= e; f++)
            {
                information[((p + e) * width) + p + f] -= multiplicity * effectInformation[(e * t) + f];
            }
        }

        for (var j = 0; j < order; j++)
        {
            var products = scoreProducts.AsSpan(j * order, j + 1);
            var line = information.Slice(j * width, j + 1);
            for (var l = 0; l < line.Length; l++)
            {
                line[l] -= multiplicity * (products[l] - (scores[j] * scores[l]));
            }
        }
    }

    /// <summary>−Σ p_k ℓ″ xxᵀ of row i.</summary>
    private void AddCoefficients(int i, Vector256<double> multiplicity, Span<Vector256<double>> information, int width)
    {
        var own = -multiplicity * seconds[i];
        var row = block.Design.Slice(i * p, p);
        for (var j = 0; j < row.Length; j++)
        {
            var scaled = own * row[j];
            var line = information.Slice(j * width, j + 1);
            for (var l = 0; l < line.Length; l++)
            {
                line[l] += scaled * row[l];
            }
        }
    }

    /// <summary>−Σ p_k ℓ″ z_a u_b x of row i.</summary>
    private void AddCross(int i, Vector256<double> multiplicity, Span<Vector256<double>> information, int width)
    {
        var row = block.Design.Slice(i * p, p);
        for (var e = 0; e < covariance.ParameterCount; e++)
        {
            // Σ p_k ℓ″ u_b = c_b Σ p_k ℓ″ + Σ_d T_bd Σ p_k ℓ″ z_d.
            var b = covariance.Columns[e];
            var mean = placement.Centre[b] * seconds[i];
            for (var d = b; d < q; d++)
            {
                mean += placement.Transform[(b * q) + d] * secondProducts[(i * q) + d];
            }

            var cross = -multiplicity * block.RandomDesign[(i * q) + covariance.Rows[e]] * mean;
            var line = information.Slice((p + e) * width, p);
            for (var l = 0; l < line.Length; l++)
            {
                line[l] += cross * row[l];
            }
        }
    }

    /// <summary>Σ p_k W_ac u_b u_d with W = Σ ℓ″ zzᵀ, for entries (a, b) and (c, d) of Λ.</summary>
    private void AddEffectInformation(NodeTile tile)
    {
        var curvature = product.AsSpan(0, tile.Count);
        var z = block.RandomDesign;
        var t = covariance.ParameterCount;
        for (var e = 0; e < t; e++)
        {
            for (var f = 0; f <= e; f++)
            {
                var (a, c) = (covariance.Rows[e], covariance.Rows[f]);
                curvature.Clear();
                for (var i = 0; i < block.Rows; i++)
                {
                    LaneArithmetic.AddScaled(z[(i * q) + a] * z[(i * q) + c], tile.Second(i), curvature);
                }

                LaneArithmetic.Multiply(curvature, tile.Effects(covariance.Columns[e]), curvature);
                LaneArithmetic.Multiply(curvature, tile.Effects(covariance.Columns[f]), curvature);
                effectInformation[(e * t) + f] += LaneArithmetic.Dot(tile.Terms, curvature);
            }
        }
    }

    /// <summary>Σ p_k s_k and Σ p_k s_ks_kᵀ.</summary>
    private void AddScores(NodeTile tile)
    {
        FillNodeScores(tile);
        var weighted = product.AsSpan(0, tile.Count);
        for (var j = 0; j < order; j++)
        {
            LaneArithmetic.Multiply(tile.Terms, nodeScores.AsSpan(j * capacity, tile.Count), weighted);
            scores[j] += LaneArithmetic.Sum(weighted);
            for (var l = 0; l <= j; l++)
            {
                scoreProducts[(j * order) + l] += LaneArithmetic.Dot(weighted, nodeScores.AsSpan(l * capacity, tile.Count));
            }
        }
    }

    /// <summary>s_k: Σ x_j ℓ′ and Σ z_a ℓ′ u_b.</summary>
    private void FillNodeScores(NodeTile tile)
    {
        var x = block.Design;
        var z = block.RandomDesign;
        for (var j = 0; j < p; j++)
        {
            var own = nodeScores.AsSpan(j * capacity, tile.Count);
            own.Clear();
            for (var i = 0; i < block.Rows; i++)
            {
                LaneArithmetic.AddScaled(x[(i * p) + j], tile.First(i), own);
            }
        }

        for (var e = 0; e < covariance.ParameterCount; e++)
        {
            var own = nodeScores.AsSpan((p + e) * capacity, tile.Count);
            own.Clear();
            for (var i = 0; i < block.Rows; i++)
            {
                LaneArithmetic.AddScaled(z[(i * q) + covariance.Rows[e]], tile.First(i), own);
            }

            LaneArithmetic.Multiply(own, tile.Effects(covariance.Columns[e]), own);
        }
    }
}
