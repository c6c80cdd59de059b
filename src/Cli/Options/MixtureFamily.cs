using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Options;

/// <summary>The names of <c>--family</c> that are no family of the exponential kind but a mixture over one.</summary>
internal static class MixtureFamily
{
    private const string ShortBeta = "betabinomial";
    private const string Poisson = GlmmOptions.ZeroInflated + "poisson";
    private const string NegativeBinomial = GlmmOptions.ZeroInflated + "negative-binomial";

    /// <summary>The distributions of proportions.</summary>
    public static IReadOnlyList<string> Beta { get; } = [GlmmOptions.BetaBinomialName];

    /// <summary>Those and the distributions of counts with excess zeros.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Beta, Poisson, NegativeBinomial];

    /// <summary>The name as it is listed, of one that may be spelled otherwise.</summary>
    public static string NameOf(string text) => text == ShortBeta ? GlmmOptions.BetaBinomialName : text;

    /// <summary>What a name stands for; null for other names.</summary>
    public static ChosenFamily? Find(string text) => text switch
    {
        GlmmOptions.BetaBinomialName or ShortBeta => new ChosenFamily(Family.Binomial, IsBeta: true),
        Poisson => new ChosenFamily(Family.Poisson, IsInflated: true),
        NegativeBinomial => new ChosenFamily(Family.NegativeBinomial(1), EstimatesTheta: true, IsInflated: true),
        _ => null,
    };

    /// <summary>Why a command does not take it, with the cure.</summary>
    public static string Refusal(string text) => Find(text) is { IsInflated: true }
        ? $"--family {text} has excess zeros beside random effects, which glmm, marginalize and compare fit.\nTake poisson or "
            + "negative-binomial here."
        : $"--family {text} is a distribution beside random effects, which glmm, marginalize and compare fit.\nTake binomial here: gee's "
            + "standard errors allow for outcomes that vary more.";
}
