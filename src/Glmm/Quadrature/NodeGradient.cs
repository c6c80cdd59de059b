using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>The exact gradient of the log of the sum over nodes, with the movement of the nodes.</summary>
/// <remarks>
/// Fisher's identity is the gradient with the nodes held still; adaptive nodes follow û and H, whose derivatives go through one adjoint
/// solve for all parameters. Numbers in parentheses are equations of docs/derivations/adaptive-quadrature.md.
/// </remarks>
internal sealed partial class NodeGradient
{
    private readonly LaneBlock block;
    private readonly LaneModes modes;
    private readonly NodePlacement placement;
    private readonly NodeSums means;
    private readonly CovarianceFactor covariance;
    private readonly int q;
    private readonly Vector256<double>[] meanSlopes;
    private readonly Vector256<double>[] moments;
    private readonly Vector256<double>[] slopeMoments;
    private readonly Vector256<double>[] half;
    private readonly Vector256<double>[] movement;
    private readonly Vector256<double>[] adjoint;
    private readonly Vector256<double>[] rowTrace;
    private readonly Vector256<double>[] rowScore;
    private readonly Vector256<double>[] dispersionRows;

    /// <summary>Makes room for the largest cluster.</summary>
    /// <param name="block">The clusters.</param>
    /// <param name="modes">Their modes.</param>
    /// <param name="placement">Where their nodes lie.</param>
    /// <param name="means">The means over the nodes.</param>
    /// <param name="covariance">The parametrization of D.</param>
    public NodeGradient(LaneBlock block, LaneModes modes, NodePlacement placement, NodeSums means, CovarianceFactor covariance)
    {
        this.block = block;
        this.modes = modes;
        this.placement = placement;
        this.means = means;
        this.covariance = covariance;
        q = block.Dimension;
        (meanSlopes, moments, adjoint) = (new Vector256<double>[q], new Vector256<double>[q], new Vector256<double>[q]);
        (slopeMoments, half, movement) = (new Vector256<double>[q * q], new Vector256<double>[q * q], new Vector256<double>[q * q]);
        var rows = block.MaximumRows;
        inflationRows = new Vector256<double>[block.Density.IsInflated ? rows : 0];
        (rowTrace, rowScore, dispersionRows) = (new Vector256<double>[rows], new Vector256<double>[rows], new Vector256<double>[3 * rows]);
    }

    /// <summary>The derivatives of the log-likelihoods in the linear predictor of each row.</summary>
    public ReadOnlySpan<Vector256<double>> RowScores => rowScore.AsSpan(0, block.Rows);

    /// <summary>Differentiates in each row's linear predictor (18), in θ (19) and in log φ (20), from the means over the nodes.</summary>
    /// <param name="theta">Receives the derivatives in θ.</param>
    /// <param name="dispersion">Receives the derivative in log φ, but for what depends on the dispersion alone; 0 when it is fixed.</param>
    public void Differentiate(Span<Vector256<double>> theta, out Vector256<double> dispersion)
    {
        FillMeanSlopes();
        means.Firsts.CopyTo(rowScore);
        if (placement.Adaptive)
        {
            FillMoments();
            NodeMovement.FillHalf(slopeMoments, placement.Transform, q, half);
            NodeMovement.FillMovement(half, placement.Transform, q, movement);
            FillRowTraces();
            for (var i = 0; i < block.Rows; i++)
            {
                rowScore[i] += rowTrace[i];
            }
        }

        for (var e = 0; e < theta.Length; e++)
        {
            var (a, b) = (covariance.Rows[e], covariance.Columns[e]);
            theta[e] = FisherSlope(a, b);
            if (placement.Adaptive)
            {
                theta[e] = AddMovementSlope(theta[e], a, b);
            }
        }

        if (block.Density.IsInflated)
        {
            FillInflation();
        }

        dispersion = block.Density.HasFreeDispersion ? DispersionSlope() : Vector256<double>.Zero;
    }

    /// <summary>Adds Σ x · score of the rows, times a factor, to the derivatives in β.</summary>
    /// <param name="multiplicity">How many clusters share the pattern of each lane.</param>
    /// <param name="gradient">p vectors or more.</param>
    public void AddCoefficientSlopes(Vector256<double> multiplicity, Span<Vector256<double>> gradient)
    {
        var x = block.Design;
        var p = block.Columns;
        for (var i = 0; i < block.Rows; i++)
        {
            var scaled = multiplicity * rowScore[i];
            var row = x.Slice(i * p, p);
            for (var j = 0; j < row.Length; j++)
            {
                gradient[j] += scaled * row[j];
            }
        }
    }

    /// <summary>Σ p_k G_a.</summary>
    private void FillMeanSlopes()
    {
        var z = block.RandomDesign;
        var firsts = means.Firsts;
        for (var a = 0; a < q; a++)
        {
            var sum = Vector256<double>.Zero;
            for (var i = 0; i < firsts.Length; i++)
            {
                sum += z[(i * q) + a] * firsts[i];
            }

            meanSlopes[a] = sum;
        }
    }

    /// <summary>A = Σ p_k h′(u_k) and M = Σ p_k z_k h′(u_k)ᵀ, from u = û + Tz and h′_b = Σ_a λ_ab G_a − u_b (21).</summary>
    private void FillMoments()
    {
        var transform = placement.Transform;
        var mode = modes.Mode;
        var lambda = block.Lambda;
        var coordinates = means.Coordinates;
        var products = means.Products;
        var slopeProducts = means.SlopeProducts;
        for (var b = 0; b < q; b++)
        {
            var mean = -mode[b];
            for (var d = b; d < q; d++)
            {
                mean -= transform[(b * q) + d] * coordinates[d];
            }

            for (var a = 0; a <= b; a++)
            {
                mean += lambda[(a * q) + b] * meanSlopes[a];
            }

            moments[b] = mean;
            for (var c = 0; c < q; c++)
            {
                var product = -mode[b] * coordinates[c];
                for (var d = b; d < q; d++)
                {
                    product -= transform[(b * q) + d] * products[(d * q) + c];
                }

                for (var a = 0; a <= b; a++)
                {
                    product += lambda[(a * q) + b] * slopeProducts[(a * q) + c];
                }

                slopeMoments[(c * q) + b] = product;
            }
        }
    }

    /// <summary>The adjoint solution e = H⁻¹(A + Σ ℓ‴ vᵀVv·v) (13, 15), and each row's ℓ‴ vᵀVv + ℓ″ vᵀe (16).</summary>
    private void FillRowTraces()
    {
        var v = block.Loadings;
        var second = modes.Second;
        var third = modes.Third;
        moments.CopyTo(adjoint, 0);
        for (var i = 0; i < third.Length; i++)
        {
            var row = v.Slice(i * q, q);
            var amount = third[i] * MovementSquare(row);
            rowTrace[i] = amount;
            for (var b = 0; b < row.Length; b++)
            {
                adjoint[b] += amount * row[b];
            }
        }

        LaneCholesky.Solve(modes.Factor, q, adjoint);
        for (var i = 0; i < second.Length; i++)
        {
            rowTrace[i] += second[i] * AdjointTimesRow(v.Slice(i * q, q));
        }
    }

    /// <summary>The derivative in λ_ab with the nodes held still: Σ p_k G_a u_b.</summary>
    private Vector256<double> FisherSlope(int a, int b)
    {
        var transform = placement.Transform;
        var products = means.SlopeProducts;
        var sum = placement.Centre[b] * meanSlopes[a];
        for (var d = b; d < q; d++)
        {
            sum += transform[(b * q) + d] * products[(a * q) + d];
        }

        return sum;
    }

    /// <summary>What the movement of the nodes adds to it.</summary>
    private Vector256<double> AddMovementSlope(Vector256<double> sum, int a, int b)
    {
        var z = block.RandomDesign;
        var v = block.Loadings;
        var first = modes.First;
        var second = modes.Second;
        var mode = modes.Mode[b];
        var own = adjoint[b];
        for (var i = 0; i < first.Length; i++)
        {
            var moved = MovementTimesRow(b, v.Slice(i * q, q));
            sum += z[(i * q) + a] * ((rowTrace[i] * mode) + (first[i] * own) + (2 * second[i] * moved));
        }

        return sum;
    }

    private Vector256<double> DispersionSlope()
    {
        if (!placement.Adaptive)
        {
            return means.Dispersion;
        }

        var sum = means.Dispersion;
        var rows = block.Rows;
        var slopes = dispersionRows.AsSpan(rows, rows);
        var bends = dispersionRows.AsSpan(2 * rows, rows);
        block.Density.DispersionAlongRows(
            block.Response, block.Weight, block.Dispersion, modes.Predictor, dispersionRows.AsSpan(0, rows), slopes, bends);
        for (var i = 0; i < rows; i++)
        {
            var row = block.Loadings.Slice(i * q, q);
            sum += (bends[i] * MovementSquare(row)) + (slopes[i] * AdjointTimesRow(row));
        }

        return sum;
    }

    /// <summary>(Vv)_b.</summary>
    private Vector256<double> MovementTimesRow(int b, ReadOnlySpan<Vector256<double>> v)
    {
        var line = movement.AsSpan(b * q, v.Length);
        var sum = Vector256<double>.Zero;
        for (var c = 0; c < v.Length; c++)
        {
            sum += line[c] * v[c];
        }

        return sum;
    }

    /// <summary>vᵀVv.</summary>
    private Vector256<double> MovementSquare(ReadOnlySpan<Vector256<double>> v)
    {
        var sum = Vector256<double>.Zero;
        for (var b = 0; b < v.Length; b++)
        {
            sum += v[b] * MovementTimesRow(b, v);
        }

        return sum;
    }

    /// <summary>vᵀe.</summary>
    private Vector256<double> AdjointTimesRow(ReadOnlySpan<Vector256<double>> v)
    {
        var e = adjoint.AsSpan(0, v.Length);
        var sum = Vector256<double>.Zero;
        for (var b = 0; b < v.Length; b++)
        {
            sum += e[b] * v[b];
        }

        return sum;
    }
}
