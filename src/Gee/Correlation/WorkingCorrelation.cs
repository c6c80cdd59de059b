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

    /// <summary>The name as the program spells it, such as <c>exchangeable</c>.</summary>
    public string Name { get; }

    /// <summary>Whether the waves of the rows matter, so that without a wave column the order of rows within clusters does.</summary>
    public bool DependsOnWaves { get; }

    /// <summary>Makes the kernel that estimates α and applies R^−½ for the rows given.</summary>
    internal abstract CorrelationKernel CreateKernel(CorrelationInput input);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
