using System.Diagnostics.CodeAnalysis;

namespace MarginalConditional.Lmm.Inference;

/// <summary>Whose inverse stands for the covariance of the covariance parameters in Kenward and Roger's method.</summary>
/// <remarks>
/// Kenward and Roger (1997) allow both. They agree when the data are balanced and complete; with visits missed the degrees of freedom may
/// differ by a sixth. Satterthwaite's method always takes the observed information.
/// </remarks>
public abstract class CovarianceInformation
{
    private CovarianceInformation(string name) => Name = name;

    /// <summary>The curvature of the restricted likelihood at the estimate: SAS's and mmrm's.</summary>
    public static CovarianceInformation Observed { get; } = new Curvature();

    /// <summary>Its expectation over responses: pbkrtest's.</summary>
    public static CovarianceInformation Expected { get; } = new Expectation();

    /// <summary>Both.</summary>
    public static IReadOnlyList<CovarianceInformation> All { get; } = [Observed, Expected];

    /// <summary>The name on the command line.</summary>
    public string Name { get; }

    /// <summary>
    /// What the programs known for such a model take: observed with a residual covariance, expected for random effects alone.
    /// </summary>
    public static CovarianceInformation DefaultOf(LmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return fit.Data.Residual is null ? Expected : Observed;
    }

    /// <summary>The choice of a name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out CovarianceInformation? information)
    {
        information = All.FirstOrDefault(candidate => candidate.Name == name);
        return information is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The covariance of a fit's natural covariance parameters, given the inverse of their expected information.</summary>
    internal abstract double[] Weights(LmmFit fit, double[] expected);

    private sealed class Curvature() : CovarianceInformation("observed")
    {
        internal override double[] Weights(LmmFit fit, double[] expected) => NaturalParameters.Covariance(fit);
    }

    private sealed class Expectation() : CovarianceInformation("expected")
    {
        internal override double[] Weights(LmmFit fit, double[] expected) => expected;
    }
}
