namespace MarginalConditional.Compare.Summaries;

/// <summary>
/// Where the average over clusters is taken: of the means before they are compared, or of each cluster's own comparison. A closed list.
/// </summary>
/// <remarks>Kahan and others (2024). Differences are the same either way; ratios are not.</remarks>
public sealed class SummaryEstimand
{
    private SummaryEstimand(string name, string description) => (Name, Description) = (name, description);

    /// <summary>The measure of the two means over all: f(E[ȳ(1)], E[ȳ(0)]).</summary>
    public static SummaryEstimand Marginal { get; } = new("marginal", "the measure of the average means");

    /// <summary>The average of the clusters' own measures: E[f(ȳ(1), ȳ(0))]; ratios average as logarithms.</summary>
    public static SummaryEstimand ClusterSpecific { get; } = new("cluster-specific", "the average of the clusters' own measures");

    /// <summary>The name in JSON.</summary>
    public string Name { get; }

    /// <summary>What it is, in words.</summary>
    public string Description { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
