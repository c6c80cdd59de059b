using MarginalConditional.Data;

namespace MarginalConditional.Cli.Options;

/// <summary>Words by which other programs call what has another name here: answered with ours.</summary>
internal static class OtherPrograms
{
    /// <summary>The approximation that is quadrature with one node.</summary>
    private const string Laplace = "laplace";

    /// <summary>Their words by ours; one of theirs may stand at several of ours, of which an option knows one.</summary>
    private static readonly (string Ours, string[] Theirs)[] Words =
    [
        ("gaussian", ["normal", "linear"]),
        ("binomial", ["logistic", "binary", "bernoulli", "logit"]),
        ("poisson", ["count"]),
        ("negative-binomial", ["nb", "nbinomial", "negbin", "nbreg"]),
        ("inverse-gaussian", ["igaussian", "ig"]),
        ("ordinal", ["cumulative", "ordered", "ologit", "polr"]),
        ("logit", ["logistic"]),
        ("cloglog", ["cll"]),
        ("inverse", ["reciprocal", "power(-1)"]),
        ("exchangeable", ["cs", "exc", "compound-symmetry"]),
        ("unstructured", ["un"]),
        ("ar1", ["ar", "ar(1)", "auto-regressive"]),
        ("independence", ["ind", "vc", "simple"]),
        ("toeplitz", ["toep"]),
        ("m-dependent", ["mdep", "stationary"]),
        ("robust", ["sandwich", "empirical", "hc0", "huber", "vce(robust)"]),
        ("model", ["naive", "mbased"]),
        ("mancl-derouen", ["md", "mbr"]),
        ("kauermann-carroll", ["kc", "root"]),
        ("fay-graubard", ["fg"]),
        ("kenward-roger", ["kr", "kr2"]),
        ("satterthwaite", ["sat", "satterth"]),
        ("quadrature", ["laplace", "agq", "aghq", "quad", "mvaghermite", "ghermite"]),
        ("between-within", ["bw", "betwithin"]),
    ];

    /// <summary><c> Did you mean "…"?</c> with a leading blank: ours for one of theirs, else the one spelled most alike.</summary>
    /// <param name="word">What was given.</param>
    /// <param name="words">The words that are known.</param>
    public static string Sentence(string word, IReadOnlyCollection<string> words) =>
        Array.Find(Words, one => words.Contains(one.Ours, StringComparer.Ordinal)
            && one.Theirs.Contains(word, StringComparer.OrdinalIgnoreCase)).Ours is { } ours
            ? $" Did you mean \"{ours}\"?" + (Laplace.Equals(word, StringComparison.OrdinalIgnoreCase) ? " Say --nodes 1 with it." : "")
            : Suggestion.Sentence(word, words);
}
