namespace MarginalConditional.Compare.Simulation.Marginal;

/// <summary>How correlated outcomes are made when means and correlations are given and no random effect.</summary>
public abstract class MarginalMethod
{
    private MarginalMethod(string name) => Name = name;

    /// <summary>Binary outcomes: normal variables cut at quantiles of the means, whose correlations give those of the outcomes.</summary>
    /// <remarks>Emrich and Piedmonte (1991).</remarks>
    public static MarginalMethod EmrichPiedmonte { get; } = new LatentMethod("emrich-piedmonte");

    /// <summary>Outcomes of any margin: quantiles of correlated normal variables, whose correlations give those of the outcomes.</summary>
    /// <remarks>Cario and Nelson (1997). For binary outcomes it is the method of Emrich and Piedmonte.</remarks>
    public static MarginalMethod GaussianCopula { get; } = new LatentMethod("gaussian-copula");

    /// <summary>Binary outcomes one after another: the mean of each, given those before, is linear in them.</summary>
    /// <remarks>Qaqish (2003), the conditional linear family.</remarks>
    public static MarginalMethod Qaqish { get; } = new ConditionalLinearMethod();

    /// <summary>All methods.</summary>
    public static IReadOnlyList<MarginalMethod> All => [EmrichPiedmonte, GaussianCopula, Qaqish];

    /// <summary>As a study file writes it.</summary>
    public string Name { get; }

    /// <summary>Whether it makes binary outcomes only.</summary>
    public bool IsBinary => this != GaussianCopula;

    /// <summary>Prepares the law of one kind of cluster; what is wrong is a full sentence.</summary>
    internal MarginalLaw? Prepare(
        CorrelationStructure structure, IReadOnlyList<OutcomeMargin> margins, ReadOnlySpan<int> periods, out string? problem)
    {
        problem = structure.SizeProblem(margins.Count) ?? MarginalRefusal.OfPairs(structure, margins, periods);
        return problem is null ? PrepareRows(structure, margins, periods, out problem) : null;
    }

    /// <summary>The same for rows any two of which may be correlated so.</summary>
    private protected abstract MarginalLaw? PrepareRows(
        CorrelationStructure structure, IReadOnlyList<OutcomeMargin> margins, ReadOnlySpan<int> periods, out string? problem);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private sealed class LatentMethod(string name) : MarginalMethod(name)
    {
        private protected override MarginalLaw? PrepareRows(
            CorrelationStructure structure, IReadOnlyList<OutcomeMargin> margins, ReadOnlySpan<int> periods, out string? problem) =>
            LatentLaw.Prepare(structure, margins, periods, out problem);
    }

    private sealed class ConditionalLinearMethod() : MarginalMethod("qaqish")
    {
        private protected override MarginalLaw? PrepareRows(
            CorrelationStructure structure, IReadOnlyList<OutcomeMargin> margins, ReadOnlySpan<int> periods, out string? problem) =>
            ConditionalLinearLaw.Prepare(structure, margins, periods, out problem);
    }
}
