namespace MarginalConditional.Gee;

/// <summary>What is done about the bias that estimating equations have with few clusters or rare events.</summary>
/// <remarks>
/// For binary outcomes the bias is away from zero and of the order 1/K. Both ways keep the working correlation and the standard errors of
/// the other fits, which are evaluated at the new coefficients.
/// </remarks>
public sealed class BiasReduction
{
    private BiasReduction(string name) => Name = name;

    /// <summary>The estimating equations as they are (Liang and Zeger 1986). Named <c>none</c>.</summary>
    public static BiasReduction None { get; } = new("none");

    /// <summary>
    /// The equations penalized as Firth's are (Mondol and Rahman 2019): U + ½ tr(M⁻¹ ∂M/∂β) = 0. Finite under separation. Named
    /// <c>firth</c>.
    /// </summary>
    public static BiasReduction Firth { get; } = new("firth");

    /// <summary>
    /// The solution less an estimate of its bias of first order (Paul and Zhang 2014; Lunardon and Scharfstein 2017). Named
    /// <c>corrected</c>.
    /// </summary>
    public static BiasReduction Corrected { get; } = new("corrected");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BiasReduction> All { get; } = [None, Firth, Corrected];

    /// <summary>The name as the program spells it.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
