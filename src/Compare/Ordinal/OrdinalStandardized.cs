using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>
/// What ordered outcomes come to if everybody were given each arm, for one weighting, by the model or whatever it is. Immutable.
/// </summary>
/// <param name="Weighting">Whom it averages over.</param>
/// <param name="IsRobust">Whether the mean residuals of those given an arm correct what the model misses.</param>
/// <param name="Arms">The arms, the reference first.</param>
/// <param name="Contrasts">Each arm against the reference.</param>
public sealed record OrdinalStandardized(
    ClusterWeighting Weighting,
    bool IsRobust,
    IReadOnlyList<OrdinalStandardized.ArmOutcome> Arms,
    IReadOnlyList<OrdinalStandardized.Contrast> Contrasts)
{
    /// <summary>One arm.</summary>
    /// <param name="Level">The treatment's level.</param>
    /// <param name="Probabilities">P(Y = k), lowest category first; intervals on the logit scale.</param>
    /// <param name="Score">The mean score.</param>
    public sealed record ArmOutcome(string Level, IReadOnlyList<OrdinalQuantity> Probabilities, OrdinalQuantity Score);

    /// <summary>One arm against the reference.</summary>
    /// <param name="Question">Which arms.</param>
    /// <param name="Probabilities">Differences of P(Y = k).</param>
    /// <param name="Cumulative">Differences of P(Y ≤ k), one fewer.</param>
    /// <param name="Score">The difference of mean scores.</param>
    /// <param name="Win">
    /// The win probability, P(Y₁ &gt; Y₀) + ½P(Y₁ = Y₀) of two people of different clusters; its test is that of ½, its interval on the
    /// logit scale.
    /// </param>
    /// <param name="LogWinOdds">log{W/(1 − W)}.</param>
    public sealed record Contrast(
        LadderQuestion Question,
        IReadOnlyList<OrdinalQuantity> Probabilities,
        IReadOnlyList<OrdinalQuantity> Cumulative,
        OrdinalQuantity Score,
        OrdinalQuantity Win,
        OrdinalQuantity LogWinOdds);
}
