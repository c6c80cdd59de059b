namespace MarginalConditional.Compare.Estimands;

/// <summary>
/// An estimand in the five attributes of ICH E9(R1), with what it conditions on and averages over, what it assumes about missing data, its
/// estimator, and the software that computes it.
/// </summary>
public sealed record EstimandStatement
{
    /// <summary>Which estimand it is.</summary>
    public required Estimand Estimand { get; init; }

    /// <summary>
    /// The rung of the ladder, 0 to 4; null where the treatment has no arms to set, so that there is no ladder.
    /// </summary>
    public required int? Rung { get; init; }

    /// <summary>Which answer it is: <c>averaged over clusters, conditional on covariates</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The treatments compared.</summary>
    public required string Treatment { get; init; }

    /// <summary>Whom the answer is about.</summary>
    public required string Population { get; init; }

    /// <summary>The outcome variable.</summary>
    public required string Variable { get; init; }

    /// <summary>How intercurrent events are handled.</summary>
    public required string IntercurrentEvents { get; init; }

    /// <summary>The population-level summary.</summary>
    public required string Summary { get; init; }

    /// <summary>What the effect is conditional on.</summary>
    public required string ConditionalOn { get; init; }

    /// <summary>Whom it averages over, and who counts once: participants or clusters.</summary>
    public required string AveragedOver { get; init; }

    /// <summary>Under which missing data the estimator is valid.</summary>
    public required string MissingData { get; init; }

    /// <summary>The estimator.</summary>
    public required string Estimator { get; init; }

    /// <summary>Program and version, method with its nodes, kind of standard error, reference with its degrees of freedom.</summary>
    public required string Software { get; init; }

    /// <summary>The attributes with their names, in the order they are shown.</summary>
    public IReadOnlyList<(string Name, string Text)> Attributes =>
    [
        ("Treatment", Treatment),
        ("Population", Population),
        ("Variable", Variable),
        ("Intercurrent events", IntercurrentEvents),
        ("Summary", Summary),
        ("Conditional on", ConditionalOn),
        ("Averaged over", AveragedOver),
        ("Missing data", MissingData),
        ("Estimator", Estimator),
        ("Software", Software),
    ];
}
