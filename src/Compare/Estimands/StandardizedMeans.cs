using MarginalConditional.Compare.Influence;

namespace MarginalConditional.Compare.Estimands;

/// <summary>Standardized means: what the outcome's mean would be if every row of the data had a given treatment. Immutable.</summary>
/// <remarks>
/// The model's means corrected by the arms' mean residuals (Li and others 2025), or the model's own where nobody was seen at the values
/// asked (Tsiatis 2006). The rows are a sample too.
/// </remarks>
public sealed class StandardizedMeans
{
    private readonly double[] means;

    internal StandardizedMeans(
        string treatment,
        IReadOnlyList<string> levels,
        ClusterWeighting weighting,
        double[] means,
        ClusterInfluence influence)
    {
        Treatment = treatment;
        Levels = [.. levels];
        Weighting = weighting;
        this.means = means;
        Influence = influence;
    }

    /// <summary>The variable that is set.</summary>
    public string Treatment { get; }

    /// <summary>Its values, the reference first.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>Whom the means average over.</summary>
    public ClusterWeighting Weighting { get; }

    /// <summary>θ_a for each level, response scale.</summary>
    public ReadOnlySpan<double> Means => means;

    /// <summary>φ_c of the means, K×levels.</summary>
    public ClusterInfluence Influence { get; }
}
