using System.Diagnostics.CodeAnalysis;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Statistics.Ordinal;

/// <summary>
/// The distribution function F of a cumulative model, P(Y ≤ k) = F(θ_k − η), with what its likelihood needs and keeps exact in the tails.
/// </summary>
/// <remarks>
/// A positive coefficient raises Y. F is that of a latent variable which the thresholds θ_k cut (McCullagh 1980). The complementary
/// log-log link is not symmetric: with the categories reversed it is the log-log link of another model.
/// </remarks>
public abstract partial class CumulativeLink
{
    private CumulativeLink(string name, Link marginal, bool reflected)
    {
        Name = name;
        Marginal = marginal;
        IsReflected = reflected;
    }

    /// <summary>The link's name as the program spells it: <c>logit</c>, <c>probit</c>, <c>cloglog</c>, <c>loglog</c>.</summary>
    public string Name { get; }

    /// <summary>The binary link whose mean is F(x), or 1 − F(−x) when <see cref="IsReflected"/>: averages over effects use it.</summary>
    public Link Marginal { get; }

    /// <summary>Whether F(x) = 1 − g⁻¹(−x) instead of g⁻¹(x), with g the link <see cref="Marginal"/>.</summary>
    public bool IsReflected { get; }

    /// <summary>Every cumulative link, in the order the program lists them.</summary>
    public static IReadOnlyList<CumulativeLink> All => field ??= [Logit, Probit, Cloglog, Loglog];

    /// <summary>The names of all cumulative links, for messages and suggestions.</summary>
    public static IReadOnlyList<string> Names => field ??= [.. All.Select(link => link.Name)];

    /// <summary>The variance of the latent variable that the thresholds cut: π²/3, 1, π²/6, π²/6.</summary>
    public double LatentVariance => Marginal.LatentVariance ?? double.NaN;

    /// <summary>Finds a link by its name, in lower case as listed in <see cref="Names"/>.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out CumulativeLink? link)
    {
        link = All.FirstOrDefault(candidate => candidate.Name == name);
        return link is not null;
    }

    /// <summary>F(x); x may be infinite.</summary>
    public abstract double Cumulative(double x);

    /// <summary>1 − F(x), exact where F(x) is close to 1; x may be infinite.</summary>
    public abstract double Complement(double x);

    /// <summary>The x with F(x) = <paramref name="probability"/>; −∞ at 0, ∞ at 1.</summary>
    public abstract double Quantile(double probability);

    /// <summary>log f(x) of the density f = F′; −∞ at infinite x.</summary>
    public abstract double LogDensity(double x);

    /// <summary>f(x).</summary>
    public double Density(double x) => Math.Exp(LogDensity(x));

    /// <summary>f′(x)/f(x), for finite x.</summary>
    public abstract double DensitySlope(double x);

    /// <summary>f″(x)/f(x), for finite x.</summary>
    public abstract double DensityCurvature(double x);

    /// <summary>log{F(upper) − F(lower)} without subtracting close numbers; −∞ unless lower &lt; upper.</summary>
    /// <param name="lower">l, may be −∞.</param>
    /// <param name="upper">u, may be ∞.</param>
    public double LogInterval(double lower, double upper) =>
        lower < upper ? LogProbability(lower, upper) : double.IsNaN(lower + upper) ? double.NaN : double.NegativeInfinity;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The same for lower &lt; upper.</summary>
    protected abstract double LogProbability(double lower, double upper);

    /// <summary>log(1 − e⁻ᵗ) for t &gt; 0.</summary>
    private static double LogOneMinusExp(double t) =>
        t > 0.693 ? Functions.Elementary.LogOnePlus(-Math.Exp(-t)) : Math.Log(-Functions.Elementary.ExpMinusOne(-t));
}
