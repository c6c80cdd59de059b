using System.Numerics;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>Where the nodes of each lane lie: u_k = c + Tz_k, around the modes (c = û, T = L⁻ᵀ) or fixed (c = 0, T = I).</summary>
internal sealed class NodePlacement
{
    private readonly LaneBlock block;
    private readonly LaneModes modes;
    private readonly int q;
    private readonly Vector<double>[] zero;
    private readonly Vector<double>[] identity;
    private readonly Vector<double>[] along;

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
        zero = new Vector<double>[q];
        identity = new Vector<double>[q * q];
        for (var b = 0; b < q; b++)
        {
            identity[(b * q) + b] = Vector<double>.One;
        }

        along = new Vector<double>[block.MaximumRows * q];
    }

    /// <summary>Whether the nodes are centred and scaled at the modes.</summary>
    public bool Adaptive { get; }

    /// <summary>c, q vectors.</summary>
    public ReadOnlySpan<Vector<double>> Centre => Adaptive ? modes.Mode : zero;

    /// <summary>T, upper triangular, q×q by row.</summary>
    public ReadOnlySpan<Vector<double>> Transform => Adaptive ? modes.Root : identity;

    /// <summary>η of each row at c.</summary>
    public ReadOnlySpan<Vector<double>> Predictor => Adaptive ? modes.Predictor : block.Linear;

    /// <summary>Tᵀv: how far each row's predictor moves along each coordinate of the nodes, rows×q.</summary>
    public ReadOnlySpan<Vector<double>> Along => along.AsSpan(0, block.Rows * q);

    /// <summary>Places the nodes for the modes found last.</summary>
    /// <returns>−log|T|.</returns>
    public Vector<double> Place()
    {
        var transform = Transform;
        var v = block.Loadings;
        for (var i = 0; i < block.Rows; i++)
        {
            for (var d = 0; d < q; d++)
            {
                var sum = Vector<double>.Zero;
                for (var b = 0; b <= d; b++)
                {
                    sum += transform[(b * q) + d] * v[(i * q) + b];
                }

                along[(i * q) + d] = sum;
            }
        }

        var logDeterminant = Vector<double>.Zero;
        for (var b = 0; Adaptive && b < q; b++)
        {
            logDeterminant += Vector.Log(modes.Factor[(b * q) + b]);
        }

        return logDeterminant;
    }
}
