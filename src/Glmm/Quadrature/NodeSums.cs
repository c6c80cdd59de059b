using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Effects;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>What is summed over the nodes of each lane: the terms, and weighted by them z, zzᵀ, the rows' ℓ′ and ℓ′z.</summary>
/// <remarks>
/// While tiles are added, everything is scaled by the largest term so far; <see cref="Scale"/> by one over the total leaves means.
/// </remarks>
internal sealed class NodeSums
{
    private readonly LaneBlock block;
    private readonly int q;
    private readonly Vector256<double>[] coordinates;
    private readonly Vector256<double>[] products;
    private readonly Vector256<double>[] slopeProducts;
    private readonly Vector256<double>[] firsts;
    private readonly Vector256<double>[] inflations;
    private Vector256<double> total;
    private Vector256<double> dispersion;

    /// <summary>Makes room for the largest cluster.</summary>
    /// <param name="block">The clusters.</param>
    public NodeSums(LaneBlock block)
    {
        this.block = block;
        q = block.Dimension;
        (coordinates, firsts) = (new Vector256<double>[q], new Vector256<double>[block.MaximumRows]);
        inflations = new Vector256<double>[block.Density.IsInflated ? block.MaximumRows : 0];
        (products, slopeProducts) = (new Vector256<double>[q * q], new Vector256<double>[q * q]);
    }

    /// <summary>Σ of the terms.</summary>
    public Vector256<double> Total => total;

    /// <summary>z, q vectors.</summary>
    public ReadOnlySpan<Vector256<double>> Coordinates => coordinates;

    /// <summary>zzᵀ, q×q by row.</summary>
    public ReadOnlySpan<Vector256<double>> Products => products;

    /// <summary>Gzᵀ with G_a = Σ z_ia ℓ′_i over the rows, q×q by row.</summary>
    public ReadOnlySpan<Vector256<double>> SlopeProducts => slopeProducts;

    /// <summary>ℓ′ of each row.</summary>
    public ReadOnlySpan<Vector256<double>> Firsts => firsts.AsSpan(0, block.Rows);

    /// <summary>∂ℓ/∂ζ of each row; empty without excess zeros.</summary>
    public ReadOnlySpan<Vector256<double>> Inflations => inflations.AsSpan(0, inflations.Length == 0 ? 0 : block.Rows);

    /// <summary>∂ℓ/∂log φ of all rows.</summary>
    public Vector256<double> Dispersion => dispersion;

    /// <summary>Starts with nothing.</summary>
    public void Clear()
    {
        (total, dispersion) = (Vector256<double>.Zero, Vector256<double>.Zero);
        coordinates.AsSpan().Clear();
        products.AsSpan().Clear();
        slopeProducts.AsSpan().Clear();
        firsts.AsSpan(0, block.Rows).Clear();
        inflations.AsSpan().Clear();
    }

    /// <summary>Multiplies all sums by a number of each lane.</summary>
    public void Scale(Vector256<double> scale)
    {
        total *= scale;
        dispersion *= scale;
        LaneArithmetic.Scale(scale, coordinates);
        LaneArithmetic.Scale(scale, products);
        LaneArithmetic.Scale(scale, slopeProducts);
        LaneArithmetic.Scale(scale, firsts.AsSpan(0, block.Rows));
        LaneArithmetic.Scale(scale, inflations.AsSpan(0, Inflations.Length));
    }

    /// <summary>Adds a tile whose terms are weighed.</summary>
    public void Add(NodeTile tile, EvaluationNeeds needs)
    {
        total += LaneArithmetic.Sum(tile.Terms);
        for (var d = 0; d < q; d++)
        {
            var weighted = tile.Weighted(d);
            coordinates[d] += LaneArithmetic.Sum(weighted);
            for (var c = 0; c < q; c++)
            {
                products[(d * q) + c] += LaneArithmetic.Dot(weighted, tile.Coordinates(c));
            }
        }

        if (needs == EvaluationNeeds.Value)
        {
            return;
        }

        AddSlopes(tile);
        for (var i = 0; i < Inflations.Length; i++)
        {
            inflations[i] += LaneArithmetic.Dot(tile.Terms, tile.Inflation(i));
        }

        if (block.Density.HasFreeDispersion)
        {
            dispersion += LaneArithmetic.Dot(tile.Terms, tile.DispersionSlopes);
        }
    }

    /// <summary>The means and standard deviations of b = Λu over the nodes, once the sums are means.</summary>
    /// <param name="placement">Where the nodes lie.</param>
    /// <param name="means">Receives q vectors.</param>
    /// <param name="deviations">Receives q vectors.</param>
    public void PosteriorMoments(NodePlacement placement, Span<Vector256<double>> means, Span<Vector256<double>> deviations)
    {
        for (var a = 0; a < q; a++)
        {
            // b_a = Σ_b λ_ab c_b + Σ_d r_d z_d with r = (ΛT)_a.
            var mean = Vector256<double>.Zero;
            var variance = Vector256<double>.Zero;
            for (var b = a; b < q; b++)
            {
                mean += block.Lambda[(a * q) + b] * placement.Centre[b];
            }

            for (var d = 0; d < q; d++)
            {
                var line = LineOfRoot(placement, a, d);
                mean += line * coordinates[d];
                for (var c = 0; c < q; c++)
                {
                    variance += line * LineOfRoot(placement, a, c) * (products[(d * q) + c] - (coordinates[d] * coordinates[c]));
                }
            }

            means[a] = mean;
            deviations[a] = Vector256.Sqrt(Vector256.Max(variance, Vector256<double>.Zero));
        }
    }

    /// <summary>(ΛT)_ad.</summary>
    private Vector256<double> LineOfRoot(NodePlacement placement, int a, int d)
    {
        var sum = Vector256<double>.Zero;
        for (var b = a; b <= d; b++)
        {
            sum += block.Lambda[(a * q) + b] * placement.Transform[(b * q) + d];
        }

        return sum;
    }

    private void AddSlopes(NodeTile tile)
    {
        var z = block.RandomDesign;
        var terms = tile.Terms;
        var sums = firsts.AsSpan(0, block.Rows);
        for (var i = 0; i < sums.Length; i++)
        {
            var slopes = tile.First(i);
            sums[i] += LaneArithmetic.Dot(terms, slopes);
            for (var d = 0; d < q; d++)
            {
                var product = LaneArithmetic.Dot(slopes, tile.Weighted(d));
                for (var a = 0; a < q; a++)
                {
                    slopeProducts[(a * q) + d] += z[(i * q) + a] * product;
                }
            }
        }
    }
}
