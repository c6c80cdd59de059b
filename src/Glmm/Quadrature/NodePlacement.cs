using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>Where the nodes of each lane lie: u_k = c + Tz_k, around the modes (c = û, T = L⁻ᵀ) or fixed (c = 0, T = I).</summary>
internal sealed class NodePlacement
{
    private readonly LaneBlock block;
    private readonly LaneModes modes;
    private readonly int q;
    private readonly Vector256<double>[] zero;
    private readonly Vector256<double>[] identity;
    private readonly Vector256<double>[] along;

    /// <summary>Makes room for the largest cluster.</summary>
    /// <param name="block">The clusters.</param>
    /// <param name="modes">Their modes.</param>
    /// <param name="adaptive">Whether the nodes are centred and scaled at the modes.</param>
    public NodePlacement(LaneBlock block, LaneModes modes, bool adaptive)
    {
        this.block = block;
        this.modes = modes;
        Adaptive = adaptive;
        q = block.Dimension;
        zero = new Vector256<double>[q];
        identity = new Vector256<double>[q * q];
        for (var b = 0; b < q; b++)
        {
            identity[(b * q) + b] = Vector256<double>.One;
        }

        along = new Vector256<double>[block.MaximumRows * q];
    }

    /// <summary>Whether the nodes are centred and scaled at the modes.</summary>
    public bool Adaptive { get; }

    /// <summary>c, q vectors.</summary>
    public ReadOnlySpan<Vector256<double>> Centre => Adaptive ? modes.Mode : zero;

    /// <summary>T, upper triangular, q×q by row.</summary>
    public ReadOnlySpan<Vector256<double>> Transform => Adaptive ? modes.Root : identity;

    /// <summary>η of each row at c.</summary>
    public ReadOnlySpan<Vector256<double>> Predictor => Adaptive ? modes.Predictor : block.Linear;

    /// <summary>Tᵀv: how far each row's predictor moves along each coordinate of the nodes, rows×q.</summary>
    public ReadOnlySpan<Vector256<double>> Along => along.AsSpan(0, block.Rows * q);

    /// <summary>Places the nodes for the modes found last.</summary>
    /// <returns>−log|T|.</returns>
    public Vector256<double> Place()
    {
        var transform = Transform;
        var v = block.Loadings;
        for (var i = 0; i < block.Rows; i++)
        {
            for (var d = 0; d < q; d++)
            {
                var sum = Vector256<double>.Zero;
                for (var b = 0; b <= d; b++)
                {
                    sum += transform[(b * q) + d] * v[(i * q) + b];
                }

                along[(i * q) + d] = sum;
            }
        }

        var logDeterminant = Vector256<double>.Zero;
        for (var b = 0; Adaptive && b < q; b++)
        {
            logDeterminant += Vector256.Log(modes.Factor[(b * q) + b]);
        }

        return logDeterminant;
    }
}
