using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Persons;

/// <summary>What to compare in a trial randomized by person, and how. Immutable.</summary>
public sealed record PersonOptions
{
    /// <summary>The column whose effect is compared.</summary>
    public required string Treatment { get; init; }

    /// <summary>The family of the outcome.</summary>
    public required Family Family { get; init; }

    /// <summary>Whether a negative binomial family's θ is estimated rather than the one given. Default false.</summary>
    public bool EstimatesTheta { get; init; }

    /// <summary>The link; null (the default) means the family's default link.</summary>
    public Link? Link { get; init; }

    /// <summary>
    /// How standard errors of standardized effects are found; null (the default) means by Ye where strata are given, else by influence.
    /// </summary>
    public StandardizedErrors? Errors { get; init; }

    /// <summary>The level of all intervals, in (0, 1). Default: 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Whether tests and intervals refer to the normal rather than to t with n − p degrees of freedom. Default false.</summary>
    public bool NormalReference { get; init; }

    /// <summary>Covariates set to a value in standardization, beside the treatment. Default none.</summary>
    /// <remarks>Then the last rung is left out: nobody's residual tells how the model errs at values that persons do not have.</remarks>
    public IReadOnlyList<(string Variable, string Value)> At { get; init; } = [];

    /// <summary>
    /// The column of subgroups, which the frame has as a grouping: each gets a ladder of its own, and their effects are compared. Default
    /// null.
    /// </summary>
    public string? By { get; init; }

    /// <summary>The columns whose combinations are the strata; the frame has them as a grouping. Default none.</summary>
    public IReadOnlyList<string> Strata { get; init; } = [];

    /// <summary>How persons were randomized within the strata. Default: simple.</summary>
    public Randomization Randomization { get; init; } = Randomization.Simple;

    /// <summary>Whether the data are checked for what threatens an estimand. Default true.</summary>
    public bool CheckReasons { get; init; } = true;

    /// <summary>From where a difference counts as one.</summary>
    public PersonTolerances Tolerances { get; init; } = new();

    /// <summary>What the user said about the trial; the unit is what one person is called.</summary>
    public TrialDescription Trial { get; init; } = new() { Unit = "participant" };

    /// <summary>The number of threads; 0 (the default) means all processors. The result has the same bits for any number.</summary>
    public int Threads { get; init; }

    /// <summary>The link in use.</summary>
    public Link EffectiveLink => Link ?? Family.DefaultLink;

    /// <summary>The kind of standard errors in use.</summary>
    public StandardizedErrors EffectiveErrors =>
        Errors ?? (Strata.Count > 0 && At.Count == 0 ? StandardizedErrors.Ye : StandardizedErrors.Influence);

    /// <summary>The name of the grouping that a frame needs for the strata (<c>a:b</c>); null without strata.</summary>
    public string? StrataGrouping => Strata.Count == 0 ? null : string.Join(':', Strata);
}
