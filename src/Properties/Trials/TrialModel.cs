using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Trials;

/// <summary>What an estimator fits: an outcome on a treatment and covariates, without interactions. Immutable.</summary>
public sealed record TrialModel
{
    /// <summary>The column of the clusters.</summary>
    public const string ClusterName = "cluster";

    /// <summary>The column of the waves.</summary>
    public const string WaveName = "wave";

    /// <summary>The column of how often a row counts, in trials that have one.</summary>
    public const string CountName = "count";

    /// <summary>The outcome's distribution: binomial, Poisson, Gaussian or gamma. Default: binomial.</summary>
    public Family Family
    {
        get;
        init => field = value == Family.Binomial || value == Family.Poisson || value == Family.Gaussian || value == Family.Gamma
            ? value
            : throw new InputException($"Trials are drawn of binomial, Poisson, Gaussian and gamma outcomes, not of {value.Name} ones.");
    }
    = Family.Binomial;

    /// <summary>The link; null means the family's usual one, which is the logarithm for gamma.</summary>
    public Link? Link { get; init; }

    /// <summary>The link in force.</summary>
    public Link EffectiveLink => Link ?? Family.DefaultLink;

    /// <summary>The column of the outcome.</summary>
    public string Outcome { get; init; } = "y";

    /// <summary>The column of the treatment, 0 or 1, whose coefficient is estimated.</summary>
    public string Effect { get; init; } = "treatment";

    /// <summary>The covariates in the model.</summary>
    public IReadOnlyList<CovariateOfTrial> Covariates { get; init; } = [];

    /// <summary>In R's notation.</summary>
    public string Formula => $"{Outcome} ~ {string.Join(" + ", [Effect, .. Covariates.Select(covariate => covariate.Name)])}";

    /// <summary>Whether outcomes are 0 or 1.</summary>
    internal bool IsBinary => Family == Family.Binomial;

    /// <summary>Whether a mean and its complement are alike: g(1 − μ) = −g(μ).</summary>
    internal bool IsSymmetric => IsBinary && EffectiveLink.Name is "logit" or "probit";

    /// <summary>Reads a model such as <c>y ~ treatment + age</c>: a sum of columns, the treatment first.</summary>
    /// <param name="formula">In R's notation.</param>
    /// <param name="family">The outcome's distribution.</param>
    /// <param name="link">The link; null for the family's own.</param>
    /// <param name="ofClusters">The covariates that are of clusters; the others are of rows.</param>
    /// <exception cref="InputException">The formula is no sum of columns.</exception>
    public static TrialModel Parse(string formula, Family family, Link? link, IReadOnlyCollection<string> ofClusters)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(ofClusters);
        var parsed = FormulaParser.Parse(formula);
        string[] names = [.. parsed.Terms.Select(term => term.Label)];
        string[] columns = [parsed.Response.Text, .. names];
        if (names.Length == 0 || !parsed.HasIntercept || parsed.RandomTerms.Count > 0 || !columns.All(IsName))
        {
            throw new InputException($"\"{Suggestion.Short(formula)}\" is not a sum of columns with an intercept.")
            {
                Hint = "Laws are about models such as y ~ treatment + age: the treatment first, then covariates, without interactions.",
            };
        }

        if (columns.FirstOrDefault(name => name is ClusterName or WaveName or CountName) is { } taken)
        {
            throw new InputException($"The column \"{taken}\" of generated trials has a meaning of its own: a formula cannot have it.");
        }

        if (ofClusters.FirstOrDefault(name => !names.Skip(1).Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            throw new InputException(
                $"\"{Suggestion.Short(unknown)}\" is no covariate of {formula}.{Suggestion.Sentence(unknown, [.. names.Skip(1)])}");
        }

        if (link is not null && !family.Allows(link, out var reason))
        {
            throw new InputException(reason);
        }

        return new TrialModel
        {
            Family = family,
            Link = link,
            Outcome = columns[0],
            Effect = names[0],
            Covariates = [.. names.Skip(1).Select(name => new CovariateOfTrial(name, ofClusters.Contains(name, StringComparer.Ordinal)))],
        };
    }

    private static bool IsName(string text) =>
        text.Length > 0 && text.All(character => char.IsLetterOrDigit(character) || character is '_' or '.');
}
