using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Options;

/// <summary>The names of <c>--family</c> that are no family of the exponential kind but a mixture over one.</summary>
internal static class MixtureFamily
{
    /// <summary>The distributions of proportions.</summary>
    public static IReadOnlyList<string> Beta { get; } = [GlmmOptions.BetaBinomialName];

    /// <summary>What a name stands for; null for other names.</summary>
    public static ChosenFamily? Find(string text) => text switch
    {
        GlmmOptions.BetaBinomialName or "betabinomial" => new ChosenFamily(Family.Binomial, IsBeta: true),
        _ => null,
    };

    /// <summary>Why a command does not take it, with the cure.</summary>
    public static string Refusal(string text) =>
        $"--family {text} is a distribution beside random effects, which glmm, marginalize and compare fit.\nTake binomial here: gee's "
            + "standard errors allow for outcomes that vary more.";
}
