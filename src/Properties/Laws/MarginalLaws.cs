using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Generators;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Laws;

/// <summary>Laws between a cluster's effect and the population's, in a model with one normal intercept a cluster.</summary>
internal static class MarginalLaws
{
    private const string Needs =
        "estimators of a random intercept, without covariates or interactions, that give both effects (IMarginalizingEstimator)";

    /// <summary>The population's effect is the smaller one.</summary>
    public static TrialLaw Between { get; } = Make(
        "marginal-between",
        "The marginal effect lies between 0 and the conditional one: 0 ≤ θ_M/θ_C ≤ 1.",
        "logit and probit links",
        "Neuhaus, Kalbfleisch and Hauck 1991: d logit E p/da = E p(1 − p)/{E p (1 − E p)} ≤ 1",
        link => link == Link.Logit || link == Link.Probit,
        (_, fit, tolerances) => fit.Marginal.Effect * Math.Sign(fit.Conditional.Effect) >= -tolerances.Marginal
            && Math.Abs(fit.Marginal.Effect) <= Math.Abs(fit.Conditional.Effect) + tolerances.Marginal
            ? null
            : FormattableString.Invariant($"between 0 and {fit.Conditional.Effect:G9}"));

    /// <summary>The two effects are one.</summary>
    public static TrialLaw Collapsible { get; } = Make(
        "collapsible",
        "The marginal effect is the conditional one: E(a + θt + σZ) = a + θt, and log E exp(a + θt + σZ) = a + θt + σ²/2.",
        "identity and log links",
        "Greenland, Robins and Pearl 1999",
        link => link == Link.Identity || link == Link.Log,
        (_, fit, tolerances) => Math.Abs(fit.Marginal.Effect - fit.Conditional.Effect)
            <= tolerances.Marginal * Math.Max(1, Math.Abs(fit.Conditional.Effect))
            ? null
            : FormattableString.Invariant($"{fit.Conditional.Effect:G9}"));

    /// <summary>The two effects differ by exactly the integral.</summary>
    public static TrialLaw NonCollapsible { get; } = Make(
        "non-collapsible",
        "θ_M = g(E g⁻¹(a + θ_C + σZ)) − g(E g⁻¹(a + σZ)) with Z standard normal.",
        "logit and probit links",
        "Zeger, Liang and Albert 1988; the integral by Simpson's rule",
        link => link == Link.Logit || link == Link.Probit,
        (link, fit, tolerances) =>
        {
            var (intercept, effect) = fit.Conditional;
            var expected = link.Predictor(DirectIntegral.Mean(link, intercept + effect, fit.Deviation))
                - link.Predictor(DirectIntegral.Mean(link, intercept, fit.Deviation));
            return Math.Abs(fit.Marginal.Effect - expected) <= tolerances.Marginal * Math.Max(1, Math.Abs(expected))
                ? null
                : FormattableString.Invariant($"{expected:G9}, from {intercept:G9}, {effect:G9} and σ = {fit.Deviation:G9}");
        });

    private static TrialLaw Make(
        string name,
        string statement,
        string links,
        string source,
        Func<Link, bool> isOf,
        Func<Link, MarginalizedFit, LawTolerances, string?> expected) => new(
        name,
        statement,
        $"{Needs}; {links}",
        source,
        estimator => estimator is not IMarginalizingEstimator ? "it does not give both effects (IMarginalizingEstimator)"
            : estimator.Model.Covariates.Count > 0 ? "its model has a covariate"
            : !isOf(estimator.Model.EffectiveLink) ? $"the law is about {links}"
            : null,
        _ => new TrialShape(),
        (estimator, one, tolerances) =>
        {
            var fit = ((IMarginalizingEstimator)estimator).Marginalize(one.Trial);
            if (fit is null || Math.Abs(fit.Conditional.Effect) > tolerances.LargestEffect || fit.Deviation > tolerances.LargestEffect)
            {
                return LawOutcome.Unanswered("no usable estimate");
            }

            return expected(estimator.Model.EffectiveLink, fit, tolerances) is { } words
                ? LawOutcome.Broken($"marginal effect {words}", FormattableString.Invariant($"{fit.Marginal.Effect:G9}"))
                : LawOutcome.Holds;
        });
}
