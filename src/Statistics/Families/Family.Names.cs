using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MarginalConditional.Statistics.Families;

public abstract partial class Family
{
    /// <summary>The names of all families, for messages and suggestions.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["binomial", "gaussian", "poisson", "gamma", "inverse-gaussian", "negative-binomial"];

    /// <summary>
    /// Finds a family by its name, in lower case as listed in <see cref="Names"/>;
    /// the negative binomial states its θ, as in <c>negative-binomial(1.5)</c>.
    /// </summary>
    /// <param name="text">The name.</param>
    /// <param name="family">The family when found.</param>
    /// <param name="problem">When not found: a full sentence that says what is wrong. Else empty.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Family? family, out string problem)
    {
        problem = "";
        family = text switch
        {
            "binomial" => Binomial,
            "gaussian" => Gaussian,
            "poisson" => Poisson,
            "gamma" => Gamma,
            "inverse-gaussian" => InverseGaussian,
            _ => null,
        };
        if (family is not null)
        {
            return true;
        }

        const string NegativeBinomialName = "negative-binomial";
        if (text is null || !text.StartsWith(NegativeBinomialName, StringComparison.Ordinal))
        {
            problem = $"There is no family \"{text}\". The families are: {string.Join(", ", Names)}.";
            return false;
        }

        var argument = text.AsSpan(NegativeBinomialName.Length);
        if (argument is ['(', .. var digits, ')']
            && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var theta)
            && theta > 0 && double.IsFinite(theta))
        {
            family = NegativeBinomial(theta);
            return true;
        }

        problem = "The negative binomial family needs its parameter theta, a positive number: write negative-binomial(1.5).";
        return false;
    }

    /// <inheritdoc cref="TryParse(string?, out Family?, out string)"/>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Family? family) => TryParse(text, out family, out _);
}
