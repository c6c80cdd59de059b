using System.Diagnostics.CodeAnalysis;
using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Inference;

/// <summary>
/// What the test of a term says about the model's coefficients: the three types of SAS, as lmerTest has them for mixed models.
/// </summary>
/// <remarks>
/// They differ for terms that interactions contain, and for data that are not
/// balanced. Goodnight (1980); Kuznetsova, Brockhoff and Christensen (2017).
/// </remarks>
public abstract partial class TermHypothesis
{
    private TermHypothesis(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>In the order of the formula: a term after those before it, as if later ones were not there (<c>1</c>).</summary>
    public static TermHypothesis Sequential { get; } = new AfterThoseBefore();

    /// <summary>A term after all that do not contain it, as if those that do were not there (<c>2</c>).</summary>
    public static TermHypothesis Hierarchical { get; } = new AfterOthers();

    /// <summary>A term averaged over the levels of the other factors with equal weights, covariates at zero (<c>3</c>).</summary>
    public static TermHypothesis Balanced { get; } = new AtEqualWeights();

    /// <summary>The three.</summary>
    public static IReadOnlyList<TermHypothesis> All { get; } = [Sequential, Hierarchical, Balanced];

    /// <summary>The name on the command line.</summary>
    public string Name { get; }

    /// <summary>A few words for people.</summary>
    public string Description { get; }

    /// <summary>The hypothesis of a name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out TermHypothesis? hypothesis)
    {
        hypothesis = All.FirstOrDefault(candidate => candidate.Name == name);
        return hypothesis is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The combinations of coefficients that are zero under the hypothesis.</summary>
    /// <param name="design">The design.</param>
    /// <param name="term">One of its terms.</param>
    internal abstract IReadOnlyList<Contrast> Contrasts(DesignMatrix design, string term);

    private static List<int> ColumnsOf(DesignMatrix design, Func<string, bool> isWanted) =>
        [.. Enumerable.Range(0, design.Columns).Where(j => isWanted(design.Terms[j]))];
}
