using System.Globalization;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>An ordered outcome given the linear predictor η: P(Y ≤ k) = F(θ_k − η), so that a higher η raises it. Immutable.</summary>
public sealed class OrdinalOutcome
{
    private readonly double[] thresholds;

    /// <summary>Cuts a latent variable into categories.</summary>
    /// <param name="link">F.</param>
    /// <param name="thresholds">θ, one fewer than there are categories: finite, ascending, link scale.</param>
    public OrdinalOutcome(CumulativeLink link, ReadOnlySpan<double> thresholds)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentOutOfRangeException.ThrowIfZero(thresholds.Length);
        for (var k = 0; k < thresholds.Length; k++)
        {
            if (!double.IsFinite(thresholds[k]) || (k > 0 && thresholds[k] <= thresholds[k - 1]))
            {
                throw new ArgumentException("Thresholds are finite and ascend.", nameof(thresholds));
            }
        }

        Link = link;
        this.thresholds = thresholds.ToArray();
        Categories = [.. Enumerable.Range(1, thresholds.Length + 1).Select(k => k.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>F.</summary>
    public CumulativeLink Link { get; }

    /// <summary>θ, ascending, link scale.</summary>
    public ReadOnlySpan<double> Thresholds => thresholds;

    /// <summary>The categories' names, lowest first: 1, 2, ….</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>P(Y &gt; k) at a linear predictor.</summary>
    /// <param name="threshold">k, from 0: the threshold above the category of that place.</param>
    /// <param name="predictor">η.</param>
    public double Above(int threshold, double predictor) => Link.Complement(thresholds[threshold] - predictor);

    /// <summary>The place of the category, from 0, in which a uniform number falls: the lowest k with u &lt; P(Y ≤ k).</summary>
    /// <param name="uniform">u, in (0, 1).</param>
    /// <param name="predictor">η.</param>
    internal int Place(double uniform, double predictor)
    {
        var k = 0;
        while (k < thresholds.Length && uniform >= Link.Cumulative(thresholds[k] - predictor))
        {
            k++;
        }

        return k;
    }

    /// <summary>The probabilities of the categories at a linear predictor, exact in both tails.</summary>
    internal double[] Probabilities(double predictor) =>
    [
        .. Enumerable.Range(0, thresholds.Length + 1).Select(k => Math.Exp(Link.LogInterval(
            k == 0 ? double.NegativeInfinity : thresholds[k - 1] - predictor,
            k == thresholds.Length ? double.PositiveInfinity : thresholds[k] - predictor))),
    ];
}
