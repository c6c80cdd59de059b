using MarginalConditional.Data.Formulas;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Cli.Options;

/// <summary>Everything that fits have in common, as the user asked for it.</summary>
internal sealed record FitArguments
{
    /// <summary>The data file and how to read it.</summary>
    public required DataArguments Data { get; init; }

    /// <summary>Formula, weights, offset, trials, references, factors; the command adds cluster and wave.</summary>
    public required FrameRequest Request { get; init; }

    /// <summary>The family. For a negative binomial whose theta is to be estimated, the one with theta 1.</summary>
    public required Family Family { get; init; }

    /// <summary>Whether the family is a negative binomial given without its theta, which then has to be estimated.</summary>
    public bool EstimatesTheta { get; init; }

    /// <summary>
    /// The link of a cumulative model when the outcome is one of ordered categories, else null. Then the family is the binomial one, that
    /// of each threshold by itself, and <see cref="Link"/> is the link of its means.
    /// </summary>
    public CumulativeLink? Ordinal { get; init; }

    /// <summary>Whether the mixed model is a beta-binomial one, of the binomial family.</summary>
    public bool IsBetaBinomial { get; init; }

    /// <summary>Whether counts have excess zeros.</summary>
    public bool IsZeroInflated { get; init; }

    /// <summary>The distribution as the user asked for it.</summary>
    public string DistributionName => IsBetaBinomial ? GlmmOptions.BetaBinomialName
        : IsZeroInflated ? GlmmOptions.ZeroInflated + Family.Name
        : Family.ToString();

    /// <summary>The link asked for, or the family's default.</summary>
    public required Link Link { get; init; }

    /// <summary>Contrasts of coefficients, as typed.</summary>
    public IReadOnlyList<string> Contrasts { get; init; } = [];
}
