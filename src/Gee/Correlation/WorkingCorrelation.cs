using MarginalConditional.Gee.Stacking;

namespace MarginalConditional.Gee.Correlation;

/// <summary>The assumed structure of the correlation within a cluster, R(α). A closed choice: each case is a nested sealed class.</summary>
/// <remarks>
/// R is indexed by waves, never by row positions: a cluster seen at waves 1 and 4 only has correlation α³ under AR(1).
/// With prior weights the working covariance is V = φ A^½ W^−½ R(α) W^−½ A^½, so R⁻¹ enters as W^½ R⁻¹ W^½.
/// </remarks>
public abstract partial class WorkingCorrelation
{
    private WorkingCorrelation(string name, bool dependsOnWaves)
    {
        Name = name;
        DependsOnWaves = dependsOnWaves;
    }

    /// <summary>No correlation: R = I. The estimating equations are those of the generalized linear model.</summary>
    public static WorkingCorrelation Independence { get; } = new IndependenceCorrelation();

    /// <summary>One correlation for all pairs of a cluster.</summary>
    public static WorkingCorrelation Exchangeable { get; } = new ExchangeableCorrelation();

    /// <summary>First-order autoregression: α to the power of the number of waves between two rows.</summary>
    public static WorkingCorrelation Ar1 { get; } = new Ar1Correlation();

    /// <summary>One correlation for each pair of waves.</summary>
    public static WorkingCorrelation Unstructured { get; } = new UnstructuredCorrelation();

    /// <summary>One correlation for each distance in waves, for all distances.</summary>
    public static WorkingCorrelation Toeplitz { get; } = new ToeplitzCorrelation();

    /// <summary>
    /// Continuous-time decay: α to the power of the time between two rows, by the numeric values of the wave column; 0 ≤ α &lt; 1.
    /// </summary>
    public static WorkingCorrelation Decay { get; } = new DecayCorrelation();

    /// <summary>One correlation for each distance of up to m waves; 0 beyond.</summary>
    /// <param name="m">The longest distance with correlation, at least 1.</param>
    public static WorkingCorrelation MDependent(int m) => new MDependentCorrelation(m);

    /// <summary>A known correlation matrix, by wave.</summary>
    /// <param name="matrix">R for all waves in order, T×T, symmetric with unit diagonal; copied.</param>
    public static WorkingCorrelation Fixed(ReadOnlySpan<double> matrix) => new FixedCorrelation(matrix);

    /// <summary>Two levels: α₁ for pairs of one subcluster, α₂ for pairs of one cluster in different subclusters.</summary>
    /// <param name="subcluster">The auxiliary column of the frame that names the subclusters.</param>
    public static WorkingCorrelation Nested(string subcluster) => new NestedCorrelation(subcluster);

    /// <summary>
    /// Block exchangeable, for closed-cohort stepped wedges: α₁ for two individuals in one period (wave), α₂ for two individuals in
    /// different periods, α₃ for one individual in different periods.
    /// </summary>
    /// <remarks>Without individuals seen twice it is the nested structure with the period as the subcluster.</remarks>
    /// <param name="individual">The auxiliary column of the frame that names the individuals.</param>
    public static WorkingCorrelation BlockExchangeable(string individual) => new BlockExchangeableCorrelation(individual);

    /// <summary>For ordered outcomes: one local odds ratio for all neighbouring categories and pairs of waves.</summary>
    public static WorkingCorrelation LocalOddsUniform { get; } =
        new LocalOddsCorrelation("lor-uniform", new LocalOddsForm(IsByPair: false, HasScores: false));

    /// <summary>For ordered outcomes: one local odds ratio for each pair of waves.</summary>
    public static WorkingCorrelation LocalOddsByPair { get; } =
        new LocalOddsCorrelation("lor-category-exch", new LocalOddsForm(IsByPair: true, HasScores: false));

    /// <summary>For ordered outcomes: local odds ratios by scores of the categories, the same for all pairs of waves.</summary>
    public static WorkingCorrelation LocalOddsByScore { get; } =
        new LocalOddsCorrelation("lor-time-exch", new LocalOddsForm(IsByPair: false, HasScores: true));

    /// <summary>For ordered outcomes: local odds ratios by scores of the categories, which differ between pairs of waves.</summary>
    public static WorkingCorrelation LocalOddsByPairAndScore { get; } =
        new LocalOddsCorrelation("lor-rc", new LocalOddsForm(IsByPair: true, HasScores: true));

    /// <summary>The auxiliary column that the structure reads from the frame; null for none.</summary>
    public virtual string? AuxiliaryColumn => null;

    /// <summary>Whether it is in the nature of the structure that rows of a cluster share a wave.</summary>
    public virtual bool AllowsRepeatedWaves => false;

    /// <summary>The name as the program spells it, such as <c>exchangeable</c>.</summary>
    public string Name { get; }

    /// <summary>Whether the waves of the rows matter, so that without a wave column the order of rows within clusters does.</summary>
    public bool DependsOnWaves { get; }

    /// <summary>Whether it is for ordered outcomes only.</summary>
    public bool IsForOrderedOutcomes => LocalOdds is not null;

    /// <summary>What the local odds ratios depend on; null for a structure of correlations.</summary>
    internal virtual LocalOddsForm? LocalOdds => null;

    /// <summary>Makes the kernel that estimates α and applies R^−½ for the rows given.</summary>
    internal abstract CorrelationKernel CreateKernel(CorrelationInput input);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
