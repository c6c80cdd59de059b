using MarginalConditional.Compare.Averaging;
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
        double level = 0.95) => Of(conditional, marginalized, marginal, degreesOfFreedom, level, null);

    /// <summary>Splits the gap of one coefficient.</summary>
    /// <param name="conditional">The mixed model's coefficient with its influence (one estimate).</param>
    /// <param name="marginalized">The marginalized coefficient.</param>
    /// <param name="marginal">GEE's coefficient.</param>
    /// <param name="degreesOfFreedom">Of the tests; null means normal.</param>
    /// <param name="level">Of the intervals.</param>
    /// <param name="spread">The variance of the random effects, by which averaging has its limits; null for symmetric ones.</param>
    internal static GapDecomposition Of(
        (double Estimate, ClusterInfluence Influence) conditional,
        (double Estimate, ClusterInfluence Influence) marginalized,
        (double Estimate, ClusterInfluence Influence) marginal,
        double? degreesOfFreedom,
        double level,
        SpreadEstimate? spread)
    {
        var joint = ClusterInfluence.Join(conditional.Influence, marginalized.Influence, marginal.Influence);
        double[] differences =
        [
            1, 0, -1,
            1, -1, 0,
            0, 1, -1,
        ];
        var influence = joint.Transform(differences, 3);
        var averaged = conditional.Estimate - marginalized.Estimate;
        (double Value, ClusterInfluence) rest = (marginalized.Estimate - marginal.Estimate, influence.At(2));
        return new GapDecomposition
        {
            Total = Averaged("gap", 0, rest),
            NonCollapsibility = Averaged("non-collapsibility", 1, null),
            Rest = Part("everything else", rest.Value, 2),
        };

        Coefficient Averaged(string name, int index, (double, ClusterInfluence)? remainder) => spread is { Variance: > 0 }
            ? SpreadInterval.Of(name, (averaged, influence.At(1)), spread, degreesOfFreedom, level, remainder)
            : Part(name, index == 0 ? conditional.Estimate - marginal.Estimate : averaged, index);

        Coefficient Part(string name, double estimate, int index) =>
            Coefficient.Wald(name, estimate, influence.StandardError(index), degreesOfFreedom, level);
    }
}
