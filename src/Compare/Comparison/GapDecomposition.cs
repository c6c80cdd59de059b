using MarginalConditional.Compare.Influence;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison;

/// <summary>
/// Why the conditional and the marginal coefficient of one effect differ: gap =
/// non-collapsibility + rest, each with a standard error that knows both fits share the data.
/// </summary>
/// <remarks>
/// Non-collapsibility is conditional − marginalized conditional, exact given the fitted model; the rest is marginalized − GEE and is 0 in
/// large samples when the mixed model holds and its marginal curve is straight on the link scale.
/// </remarks>
public sealed record GapDecomposition
{
    /// <summary>Conditional − GEE, link scale.</summary>
    public required Coefficient Total { get; init; }

    /// <summary>Conditional − marginalized.</summary>
    public required Coefficient NonCollapsibility { get; init; }

    /// <summary>Marginalized − GEE.</summary>
    public required Coefficient Rest { get; init; }

    /// <summary>Splits the gap of one coefficient.</summary>
    /// <param name="conditional">The mixed model's coefficient with its influence (one estimate).</param>
    /// <param name="marginalized">The marginalized coefficient.</param>
    /// <param name="marginal">GEE's coefficient.</param>
    /// <param name="degreesOfFreedom">Of the tests; null means normal.</param>
    /// <param name="level">Of the intervals.</param>
    public static GapDecomposition Of(
        (double Estimate, ClusterInfluence Influence) conditional,
        (double Estimate, ClusterInfluence Influence) marginalized,
        (double Estimate, ClusterInfluence Influence) marginal,
        double? degreesOfFreedom = null,
        double level = 0.95)
    {
        var joint = ClusterInfluence.Join(conditional.Influence, marginalized.Influence, marginal.Influence);
        double[] differences =
        [
            1, 0, -1,
            1, -1, 0,
            0, 1, -1,
        ];
        var influence = joint.Transform(differences, 3);
        return new GapDecomposition
        {
            Total = Part("gap", conditional.Estimate - marginal.Estimate, 0),
            NonCollapsibility = Part("non-collapsibility", conditional.Estimate - marginalized.Estimate, 1),
            Rest = Part("everything else", marginalized.Estimate - marginal.Estimate, 2),
        };

        Coefficient Part(string name, double estimate, int index) =>
            Coefficient.Wald(name, estimate, influence.StandardError(index), degreesOfFreedom, level);
    }
}
