namespace MarginalConditional.Meta.Regression;

/// <summary>A variance of true effects: between studies, or between the effects of one study.</summary>
/// <param name="Name">The grouping: <c>study</c>, <c>study:effect</c>.</param>
/// <param name="Groups">The number of groups.</param>
/// <param name="Variance">The variance between them, in the effects' squared units.</param>
public sealed record HeterogeneityComponent(string Name, int Groups, double Variance);
