using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>
/// The nodes of a coarser group's effects: where they lie, the sum over them, and the means by its shares. Scratch of one thread.
/// </summary>
/// <remarks>Shares are kept relative to the largest term so far, which the nodes from the middle outwards meet early.</remarks>
internal sealed class OuterNodes
{
    private readonly QuadratureGrid grid;
    private readonly int q;
    private readonly double[] node;
    private readonly double[] effects;
    private readonly double[] slope;
    private readonly double[] meanSlope;
    private readonly double[] moments;
    private readonly double[] shifted;
    private readonly double[] nodeFactors;
    private readonly double[] factors;
    private int rows;
    private int current;
    private double largest;
    private double total;
    private double share;

    /// <summary>Allocates.</summary>
    /// <param name="grid">The nodes.</param>
    /// <param name="rows">The most rows.</param>
    /// <param name="factors">The number of parameters of the finer effects.</param>
    public OuterNodes(QuadratureGrid grid, int rows, int factors)
    {
        this.grid = grid;
        q = grid.Dimension;
        (node, effects, slope, meanSlope) = (new double[q], new double[q], new double[q], new double[q]);
        moments = new double[q * q];
        (Upper, Lower, NodeUpper, NodeLower) = (new double[rows], new double[rows], new double[rows], new double[rows]);
        shifted = new double[rows * q];
        (nodeFactors, this.factors) = (new double[factors], new double[factors]);
    }

    /// <summary>Their number.</summary>
    public int Count => grid.Count;

    /// <summary>v at the node placed last.</summary>
    public ReadOnlySpan<double> Effects => effects;

    /// <summary>∂h at the node, to be filled before <see cref="Add"/>.</summary>
    public Span<double> Slope => slope;

    /// <summary>The derivatives of h by the upper point of each row at the node, to be filled.</summary>
    public double[] NodeUpper { get; }

    /// <summary>The same by the lower points.</summary>
    public double[] NodeLower { get; }

    /// <summary>The same by the parameters of the finer effects.</summary>
    public Span<double> NodeFactors => nodeFactors;

    /// <summary>The means of <see cref="NodeUpper"/>.</summary>
    public double[] Upper { get; }

    /// <summary>The means of <see cref="NodeLower"/>.</summary>
    public double[] Lower { get; }

    /// <summary>The means of <see cref="NodeFactors"/>.</summary>
    public ReadOnlySpan<double> InnerFactors => factors;

    /// <summary>c = Σ ω_k ∂h(v_k).</summary>
    public ReadOnlySpan<double> MeanSlope => meanSlope;

    /// <summary>B = Σ ω_k z_k (L⁻¹∂h(v_k))ᵀ.</summary>
    public ReadOnlySpan<double> Moments => moments;

    /// <summary>The log of the sum.</summary>
    public double Total => largest + Math.Log(total);

    /// <summary>The mean of the sum of both derivatives of a row times v.</summary>
    public ReadOnlySpan<double> Shifted(int row) => shifted.AsSpan(row * q, q);

    /// <summary>Begins a sum.</summary>
    /// <param name="count">The number of rows.</param>
    public void Begin(int count)
    {
        rows = count;
        (largest, total) = (double.NegativeInfinity, 0);
        Each(0);
    }

    /// <summary>Places a node.</summary>
    /// <param name="k">Its number.</param>
    /// <param name="mode">v̂.</param>
    /// <param name="factor">L.</param>
    public void Place(int k, ReadOnlySpan<double> mode, ReadOnlySpan<double> factor)
    {
        current = k;
        for (var d = 0; d < q; d++)
        {
            effects[d] = node[d] = grid.Coordinates(d)[k];
        }

        Cholesky.SolveLowerTransposed(factor, q, effects);
        Dense.AddScaled(1, mode, effects);
    }

    /// <summary>Adds a node's term to the sum; false where it is nothing.</summary>
    /// <param name="height">h.</param>
    public bool Take(double height)
    {
        var term = grid.AdjustedLogWeights[current] + height;
        if (double.IsNegativeInfinity(term))
        {
            return false;
        }

        if (term > largest)
        {
            var scale = Math.Exp(largest - term);
            total *= scale;
            Each(scale);
            largest = term;
        }

        share = Math.Exp(term - largest);
        total += share;
        return true;
    }

    /// <summary>Adds the node's derivatives by its share.</summary>
    /// <param name="factor">L.</param>
    public void Add(ReadOnlySpan<double> factor)
    {
        Dense.AddScaled(share, slope, meanSlope);
        Cholesky.SolveLower(factor, q, slope);
        for (var a = 0; a < q; a++)
        {
            Dense.AddScaled(share * node[a], slope, moments.AsSpan(a * q));
        }

        Dense.AddScaled(share, NodeUpper.AsSpan(0, rows), Upper);
        Dense.AddScaled(share, NodeLower.AsSpan(0, rows), Lower);
        Dense.AddScaled(share, nodeFactors, factors);
        for (var r = 0; r < rows; r++)
        {
            Dense.AddScaled(share * (NodeUpper[r] + NodeLower[r]), effects, shifted.AsSpan(r * q));
        }
    }

    /// <summary>Makes means of the sums.</summary>
    public void Normalize() => Each(1 / total);

    private void Each(double scale)
    {
        Multiply(meanSlope, scale);
        Multiply(moments, scale);
        Multiply(factors, scale);
        Multiply(Upper.AsSpan(0, rows), scale);
        Multiply(Lower.AsSpan(0, rows), scale);
        Multiply(shifted.AsSpan(0, rows * q), scale);
    }

    private static void Multiply(Span<double> values, double scale)
    {
        if (scale == 0)
        {
            values.Clear();
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= scale;
        }
    }
}
