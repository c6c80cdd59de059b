using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Intercept;

/// <summary>Integrates several clusters at once over an intercept of any law, one cluster in each lane. One thread's scratch.</summary>
/// <remarks>
/// The integral over t with b = b(t) is Gauss–Hermite about the mode of the integrand in t, ℓ = log w + log Σ w_k exp(h(t_k) + ½z_k²) with
/// t_k = t̂ + wz_k (Pinheiro and Bates 1995, equation 11); over a discrete law it is a sum. Scores and information hold the nodes still
/// (Louis 1982). Only a tile of nodes is kept: sums so far are scaled by the largest term so far.
/// </remarks>
internal sealed class InterceptIntegrator
{
    private readonly InterceptModes modes;
    private readonly InterceptNodes nodes;
    private readonly InterceptSums sums;

    /// <summary>Allocates the scratch for the largest cluster.</summary>
    /// <param name="block">Receives the clusters.</param>
    /// <param name="count">The number of nodes.</param>
    public InterceptIntegrator(InterceptBlock block, int count)
    {
        Block = block;
        modes = new InterceptModes(block);
        nodes = new InterceptNodes(block, count);
        sums = new InterceptSums(block, nodes.Capacity);
    }

    /// <summary>The clusters.</summary>
    public InterceptBlock Block { get; }

    /// <summary>The log-likelihoods of the clusters loaded; leaves what scores and information need.</summary>
    /// <param name="warm">Where the modes were last; receives the modes.</param>
    public Vector256<double> Integrate(ref Vector256<double> warm)
    {
        var (centre, width) = (Vector256<double>.Zero, Vector256<double>.One);
        if (Block.Law.Atoms.IsEmpty)
        {
            modes.Find(ref warm);
            (centre, width) = (modes.Mode, modes.Width);
        }

        sums.Clear();
        var top = Vector256.Create(double.NegativeInfinity);
        for (nodes.Rewind(); nodes.Next(centre, width);)
        {
            var raised = nodes.Highest(top);
            if (!nodes.IsFirst && !Vector256.EqualsAll(raised, top))
            {
                sums.Scale(LaneExponential.Exp(top - raised));
            }

            top = raised;
            nodes.Weigh(top);
            sums.Add(nodes);
        }

        var total = sums.Total;
        sums.Scale(Vector256<double>.One / total);
        return top + Vector256.Log(total * width);
    }

    /// <summary>Writes the scores of the clusters integrated last: p of β, then that of σ.</summary>
    public void Scores(Span<Vector256<double>> gradient) => sums.Scores(gradient);

    /// <summary>Writes the lower triangle of their information, (p + 1)×(p + 1).</summary>
    public void Information(Span<Vector256<double>> information) => sums.Information(information);
}
