using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Densities;

/// <summary>
/// The conditional log-density of a family and link, with the derivatives in
/// η that quadrature needs. One virtual call serves a whole row or cluster.
/// </summary>
internal abstract class ConditionalDensity
{
    /// <summary>Whether the family has a dispersion to be estimated with the other parameters.</summary>
    public required bool HasFreeDispersion { get; init; }

    /// <summary>Whether rows that differ only in the response may be added up: ℓ is linear in the response.</summary>
    public required bool IsLinearInResponse { get; init; }

    /// <summary>Whether the response of a row is an <see cref="EventCode"/>, whose trials are no weight.</summary>
    public bool CountsTrials { get; private init; }

    /// <summary>Whether zeros may be excess ones: the response of a zero is minus the odds of that.</summary>
    public bool IsInflated { get; private init; }

    /// <summary>The density of a family and link.</summary>
    /// <exception cref="ArgumentException">The combination has no mixed model here.</exception>
    public static ConditionalDensity For(
        Family family, Link link, bool freeDispersion, OutcomeMixture mixture = OutcomeMixture.None) =>
        Find(family, link, freeDispersion, mixture) ?? throw new ArgumentException(Problem(family, link, mixture), nameof(link));

    /// <summary>Why a family and link have no mixed model here, a sentence; null if they have one.</summary>
    public static string? Problem(Family family, Link link, OutcomeMixture mixture = OutcomeMixture.None) =>
        Find(family, link, false, mixture) is not null ? null
        : mixture == OutcomeMixture.Zeros
            ? $"Excess zeros of the family {family.Name} with the link {link.Name} are not available; choose poisson or negative-binomial "
                + "with log, sqrt or identity."
        : mixture == OutcomeMixture.Beta
            ? $"The beta-binomial family with the link {link.Name} is not available; choose logit, probit or cloglog."
        : $"A mixed model of the family {family.Name} with the link {link.Name} is not available; choose binomial with logit, probit or "
            + $"cloglog, "
            + "poisson or negative-binomial with log, sqrt or identity, gamma or inverse-gaussian with log, inverse or identity, or "
            + "gaussian with identity or log.";

    private static ConditionalDensity? Find(Family family, Link link, bool free, OutcomeMixture mixture) => mixture switch
    {
        OutcomeMixture.Beta => family == Family.Binomial ? FindBeta(link, free) : null,
        OutcomeMixture.Zeros => FindInflated(family, link, free),
        _ => Find(family, link, free),
    };

    private static ConditionalDensity? FindBeta(Link link, bool free) =>
        link == Link.Logit ? Coded<BetaBinomialKernel<LogitProbability>>(free)
        : link == Link.Probit ? Coded<BetaBinomialKernel<ProbitProbability>>(free)
        : link == Link.Cloglog ? Coded<BetaBinomialKernel<CloglogProbability>>(free)
        : null;

    private static ConditionalDensity? FindInflated(Family family, Link link, bool free) => (family, link) switch
    {
        _ when family == Family.Poisson && link == Link.Log => Inflated<PoissonKernel>(false),
        _ when family == Family.Poisson && link == Link.Sqrt => Inflated<LinkedKernel<PoissonMean, SquareRootInverse>>(false),
        _ when family == Family.Poisson && link == Link.Identity => Inflated<LinkedKernel<PoissonMean, IdentityInverse>>(false),
        (Family.NegativeBinomialFamily, _) when link == Link.Log => Inflated<NegativeBinomialKernel>(free),
        (Family.NegativeBinomialFamily, _) when link == Link.Sqrt => Inflated<LinkedKernel<NegativeBinomialMean, SquareRootInverse>>(free),
        (Family.NegativeBinomialFamily, _) when link == Link.Identity =>
            Inflated<LinkedKernel<NegativeBinomialMean, IdentityInverse>>(free),
        _ => null,
    };

    private static ConditionalDensity? Find(Family family, Link link, bool freeDispersion) => (family, link) switch
    {
        _ when family == Family.Binomial && link == Link.Logit => Linear<LogitKernel>(),
        _ when family == Family.Binomial && link == Link.Probit => Linear<ProbitKernel>(),
        _ when family == Family.Binomial && link == Link.Cloglog => Linear<CloglogKernel>(),
        _ when family == Family.Poisson && link == Link.Log => Linear<PoissonKernel>(),
        _ when family == Family.Gamma && link == Link.Log => Dispersed<GammaKernel>(freeDispersion),
        _ when family == Family.Gaussian && link == Link.Identity => Dispersed<GaussianKernel>(freeDispersion),
        (Family.NegativeBinomialFamily, _) when link == Link.Log => Dispersed<NegativeBinomialKernel>(freeDispersion),
        _ when family == Family.Gaussian && link == Link.Log => Dispersed<LinkedKernel<GaussianMean, LogInverse>>(freeDispersion),
        _ when family == Family.Poisson && link == Link.Sqrt => Linear<LinkedKernel<PoissonMean, SquareRootInverse>>(),
        _ when family == Family.Poisson && link == Link.Identity => Linear<LinkedKernel<PoissonMean, IdentityInverse>>(),
        _ when family == Family.Gamma && link == Link.Inverse => Dispersed<LinkedKernel<GammaMean, ReciprocalInverse>>(freeDispersion),
        _ when family == Family.Gamma && link == Link.Identity => Dispersed<LinkedKernel<GammaMean, IdentityInverse>>(freeDispersion),
        _ when family == Family.InverseGaussian && link == Link.Log =>
            Dispersed<LinkedKernel<InverseGaussianMean, LogInverse>>(freeDispersion),
        _ when family == Family.InverseGaussian && link == Link.Inverse =>
            Dispersed<LinkedKernel<InverseGaussianMean, ReciprocalInverse>>(freeDispersion),
        _ when family == Family.InverseGaussian && link == Link.Identity =>
            Dispersed<LinkedKernel<InverseGaussianMean, IdentityInverse>>(freeDispersion),
        (Family.NegativeBinomialFamily, _) when link == Link.Sqrt =>
            Dispersed<LinkedKernel<NegativeBinomialMean, SquareRootInverse>>(freeDispersion),
        (Family.NegativeBinomialFamily, _) when link == Link.Identity =>
            Dispersed<LinkedKernel<NegativeBinomialMean, IdentityInverse>>(freeDispersion),
        _ => null,
    };

    /// <summary>
    /// Down the rows of several clusters, one in each lane: returns Σ weight·ℓ of each and writes the weighted first two derivatives.
    /// </summary>
    public abstract Vector256<double> AlongLanes(
        ReadOnlySpan<Vector256<double>> response,
        ReadOnlySpan<Vector256<double>> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second);

    /// <summary>As above, and writes the weighted third derivative.</summary>
    public abstract Vector256<double> AlongLanes(
        ReadOnlySpan<Vector256<double>> response,
        ReadOnlySpan<Vector256<double>> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second,
        Span<Vector256<double>> third);

    /// <summary>
    /// Along the nodes of one row of several clusters, one in each lane: adds weight·ℓ to <paramref name="log"/> and writes weight·∂ℓ/∂η.
    /// </summary>
    public abstract void AlongNodes(
        Vector256<double> response,
        Vector256<double> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> log,
        Span<Vector256<double>> first);

    /// <summary>As above, and writes weight·∂²ℓ/∂η².</summary>
    public abstract void AlongNodes(
        Vector256<double> response,
        Vector256<double> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> log,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second);

    /// <summary>Along the nodes of one row of several clusters, one in each lane: adds weight·∂ℓ/∂log φ.</summary>
    public abstract void DispersionAlongNodes(
        Vector256<double> response,
        Vector256<double> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> sum);

    /// <summary>Along the nodes of one row of several clusters: writes weight·∂ℓ/∂ζ, ζ the log odds of an excess zero.</summary>
    public abstract void InflationAlongNodes(
        Vector256<double> response,
        Vector256<double> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> slopes);

    /// <summary>Along the rows of a cluster: writes the weighted derivatives of ℓ, ∂ℓ/∂η, ∂²ℓ/∂η² in ζ.</summary>
    public abstract void InflationAlongRows(
        ReadOnlySpan<Vector256<double>> response,
        ReadOnlySpan<Vector256<double>> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> log,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second);

    /// <summary>Along the rows of a cluster: returns Σ weight·ℓ and writes the weighted first two derivatives.</summary>
    public abstract double AlongRows(
        ReadOnlySpan<Vector256<double>> response,
        ReadOnlySpan<Vector256<double>> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second);

    /// <summary>Along the rows of a cluster: returns Σ weight·ℓ and writes the weighted first three derivatives.</summary>
    public abstract double AlongRows(
        ReadOnlySpan<Vector256<double>> response,
        ReadOnlySpan<Vector256<double>> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second,
        Span<Vector256<double>> third);

    /// <summary>Along the rows of a cluster: writes the weighted derivatives of ℓ, ∂ℓ/∂η, ∂²ℓ/∂η² in log φ.</summary>
    public abstract void DispersionAlongRows(
        ReadOnlySpan<Vector256<double>> response,
        ReadOnlySpan<Vector256<double>> weight,
        double dispersion,
        ReadOnlySpan<Vector256<double>> eta,
        Span<Vector256<double>> log,
        Span<Vector256<double>> first,
        Span<Vector256<double>> second);

    /// <summary>What depends on the response and φ alone, a unit of weight, and its derivative in log φ.</summary>
    public abstract double Constant(double response, double dispersion, out double derivative);

    private static KernelDensity<TKernel> Linear<TKernel>()
        where TKernel : struct, IDensityKernel => OfOutcomes<TKernel>.Density;

    private static KernelDensity<TKernel> Dispersed<TKernel>(bool free)
        where TKernel : struct, IDensityKernel => new() { HasFreeDispersion = free, IsLinearInResponse = false };

    private static KernelDensity<TKernel> Coded<TKernel>(bool free)
        where TKernel : struct, IDensityKernel =>
        new() { HasFreeDispersion = free, IsLinearInResponse = false, CountsTrials = true };

    private static KernelDensity<ZeroInflatedKernel<TKernel>> Inflated<TKernel>(bool free)
        where TKernel : struct, IDensityKernel =>
        new() { HasFreeDispersion = free, IsLinearInResponse = false, IsInflated = true };

    /// <summary>
    /// Densities that have no dispersion and add up: one object each, by which what is lent from fit to fit is known again.
    /// </summary>
    private static class OfOutcomes<TKernel>
        where TKernel : struct, IDensityKernel
    {
        public static KernelDensity<TKernel> Density { get; } = new() { HasFreeDispersion = false, IsLinearInResponse = true };
    }
}
