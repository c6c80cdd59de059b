using System.Diagnostics.CodeAnalysis;

namespace MarginalConditional.Lmm.Residual;

/// <summary>The covariance of the residuals of one subject over waves: R = σ²C, C positive definite with C₁₁ = 1.</summary>
/// <remarks>
/// Waves are ranks; only the continuous-time structure uses their numeric values. See Pinheiro &amp; Bates (2000), chapter 5.
/// </remarks>
public abstract partial class ResidualStructure
{
    private ResidualStructure(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>Independent residuals of one variance (<c>identity</c>).</summary>
    public static ResidualStructure Identity { get; } = new Shaped(
        "identity",
        "independent, one variance",
        _ => new IndependentShape(),
        heterogeneous: false);

    /// <summary>Independent residuals with a variance for each wave (<c>diag</c>).</summary>
    public static ResidualStructure Diagonal { get; } = new Shaped(
        "diag",
        "independent, a variance for each wave",
        _ => new IndependentShape(),
        heterogeneous: true);

    /// <summary>Compound symmetry (<c>cs</c>); the correlation may be negative.</summary>
    public static ResidualStructure CompoundSymmetry { get; } = new Shaped(
        "cs",
        "compound symmetry",
        _ => new CompoundSymmetryShape(),
        heterogeneous: false);

    /// <summary>Compound symmetry with a variance for each wave (<c>csh</c>).</summary>
    public static ResidualStructure HeterogeneousCompoundSymmetry { get; } = new Shaped(
        "csh",
        "compound symmetry, a variance for each wave",
        _ => new CompoundSymmetryShape(),
        heterogeneous: true);

    /// <summary>First-order autoregression over the ranks of the waves (<c>ar1</c>).</summary>
    public static ResidualStructure FirstOrderAutoregression { get; } = new Shaped(
        "ar1",
        "first-order autoregression",
        _ => new FirstOrderShape(),
        heterogeneous: false);

    /// <summary>First-order autoregression with a variance for each wave (<c>ar1h</c>).</summary>
    public static ResidualStructure HeterogeneousFirstOrderAutoregression { get; } = new Shaped(
        "ar1h",
        "first-order autoregression, a variance for each wave",
        _ => new FirstOrderShape(),
        heterogeneous: true);

    /// <summary>Continuous-time first-order autoregression over the numeric values of the waves (<c>car1</c>).</summary>
    public static ResidualStructure ContinuousTimeAutoregression { get; } = new Shaped(
        "car1",
        "continuous-time autoregression",
        unit => new ContinuousTimeShape(unit),
        heterogeneous: false);

    /// <summary>A correlation for each lag (<c>toep</c>).</summary>
    public static ResidualStructure Toeplitz { get; } = new Shaped(
        "toep",
        "a correlation for each lag",
        _ => new ToeplitzShape(),
        heterogeneous: false);

    /// <summary>A correlation for each lag and a variance for each wave (<c>toeph</c>).</summary>
    public static ResidualStructure HeterogeneousToeplitz { get; } = new Shaped(
        "toeph",
        "a correlation for each lag, a variance for each wave",
        _ => new ToeplitzShape(),
        heterogeneous: true);

    /// <summary>First-order ante-dependence (<c>ante</c>): a variance for each wave, a correlation for each adjacent pair.</summary>
    public static ResidualStructure Antedependence { get; } = new Shaped(
        "ante",
        "first-order ante-dependence",
        _ => new AntedependenceShape(),
        heterogeneous: true);

    /// <summary>Unstructured (<c>un</c>): m(m + 1)/2 parameters.</summary>
    public static ResidualStructure Unstructured { get; } = new General();

    /// <summary>Every structure, from few parameters to many.</summary>
    public static IReadOnlyList<ResidualStructure> All { get; } =
    [
        Identity, CompoundSymmetry, FirstOrderAutoregression, ContinuousTimeAutoregression, Toeplitz, Diagonal,
        HeterogeneousCompoundSymmetry, HeterogeneousFirstOrderAutoregression, Antedependence, HeterogeneousToeplitz, Unstructured,
    ];

    private static readonly Dictionary<string, ResidualStructure> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["independence"] = Identity,
        ["vc"] = Identity,
        ["simple"] = Identity,
        ["id"] = Identity,
        ["un(1)"] = Diagonal,
        ["diagonal"] = Diagonal,
        ["varident"] = Diagonal,
        ["exchangeable"] = CompoundSymmetry,
        ["compsymm"] = CompoundSymmetry,
        ["corcompsymm"] = CompoundSymmetry,
        ["ar(1)"] = FirstOrderAutoregression,
        ["corar1"] = FirstOrderAutoregression,
        ["arh(1)"] = HeterogeneousFirstOrderAutoregression,
        ["arh1"] = HeterogeneousFirstOrderAutoregression,
        ["sp(pow)"] = ContinuousTimeAutoregression,
        ["sp_exp"] = ContinuousTimeAutoregression,
        ["sp(exp)"] = ContinuousTimeAutoregression,
        ["corcar1"] = ContinuousTimeAutoregression,
        ["toeplitz"] = Toeplitz,
        ["ante(1)"] = Antedependence,
        ["ante1"] = Antedependence,
        ["adh"] = Antedependence,
        ["us"] = Unstructured,
        ["unstructured"] = Unstructured,
        ["corsymm"] = Unstructured,
    };

    /// <summary>The name on the command line.</summary>
    public string Name { get; }

    /// <summary>A few words for people.</summary>
    public string Description { get; }

    /// <summary>The structure of a name or one of the names that SAS, nlme and mmrm use.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out ResidualStructure? structure)
    {
        structure = All.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase));
        return structure is not null || ByName.TryGetValue(name, out structure);
    }

    /// <summary>Whether covariances depend on the numeric values of the waves.</summary>
    internal abstract bool UsesTimes { get; }

    /// <summary>Binds the structure to a scale of time.</summary>
    /// <param name="unit">A typical gap between waves.</param>
    internal abstract ResidualShape Bind(double unit);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
