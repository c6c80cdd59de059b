using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.LargeClusters;

/// <summary>How many of the nodes asked for a narrow posterior needs.</summary>
/// <remarks>
/// With δ the posterior standard deviation of a row's η, the logarithm of the integrand over its normal approximation has a cubic term of
/// order δ, a quartic one of order δ² and so on, where the derivatives of ℓ in η are of one order, and k adaptive nodes leave an error of
/// the order of δ^(2⌊(k + 2)/3⌋) (Jin and Andersson 2020; δ² is of the order of 1/n). No fewer than half of the nodes asked for are taken,
/// so that asking for more still shows what more would change.
/// </remarks>
internal sealed class NarrowGrid
{
    /// <summary>An error of the log-likelihood of some thousand rows that is below its rounding.</summary>
    private const double Negligible = 1e-12;

    /// <summary>Nodes a dimension when no row moves with the effects: their means and squares are those of the normal.</summary>
    private const int OfNormal = 2;

    private readonly QuadratureGrid asked;
    private readonly Dictionary<int, QuadratureGrid> grids = [];

    /// <summary>Starts from the nodes asked for.</summary>
    /// <param name="asked">The grid of wide posteriors.</param>
    public NarrowGrid(QuadratureGrid asked) => this.asked = asked;

    /// <summary>The largest number of nodes of any grid here.</summary>
    public int MostNodes => asked.Count;

    /// <summary>The grid for a posterior.</summary>
    /// <param name="width">δ, or more.</param>
    public QuadratureGrid For(double width)
    {
        var count = Needed(asked.NodesPerDimension, width);
        if (count == asked.NodesPerDimension)
        {
            return asked;
        }

        if (!grids.TryGetValue(count, out var grid))
        {
            grids[count] = grid = new QuadratureGrid(asked.Dimension, count);
        }

        return grid;
    }

    /// <summary>The nodes a dimension that are needed of those asked for.</summary>
    /// <param name="nodes">The number asked for.</param>
    /// <param name="width">δ.</param>
    public static int Needed(int nodes, double width)
    {
        if (!(width < 1))
        {
            return nodes;
        }

        if (width == 0)
        {
            return Math.Min(nodes, OfNormal);
        }

        var powers = (int)Math.Ceiling(Math.Log(Negligible) / (2 * Math.Log(width)));
        return Math.Min(nodes, Math.Max((3 * powers) - 2, (nodes + 1) / 2));
    }
}
