using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Compare.Choices;

/// <summary>The answers to five questions about a trial that is planned. Immutable; <see cref="ChoiceReader"/> checks them.</summary>
public sealed record EstimandChoice
{
    /// <summary>What the trial is called, in its study file.</summary>
    public string Name { get; init; } = "trial";

    /// <summary>Question 1: who is treated.</summary>
    public required TreatedUnit Treated { get; init; }

    /// <summary>The periods of a trial over time, 2 or more: 2 are a crossover, more a stepped wedge; 1 in others.</summary>
    public required int Periods { get; init; }

    /// <summary>How often individuals are seen; 1, the default, in other trials.</summary>
    public int Visits { get; init; } = 1;

    /// <summary>Whether every row is a person by itself, so that nothing is in clusters.</summary>
    public bool IsByPerson => Treated == TreatedUnit.Individuals && Visits == 1;

    /// <summary>Whether all rows of a cluster have one treatment: of a group of persons, or of a person seen several times.</summary>
    internal bool TreatsWholeClusters => Treated == TreatedUnit.Clusters || (Treated == TreatedUnit.Individuals && Visits > 1);

    /// <summary>The rung of the ladder; that of trials by person begins with what is conditional on covariates.</summary>
    public int Rung => IsByPerson && Whose == EffectPerspective.Patient ? 1 : Whose.Rung;

    /// <summary>Question 2: the outcome.</summary>
    public required TrialOutcome Outcome { get; init; }

    /// <summary>Question 2: the scale of the effect.</summary>
    public required EffectMeasure Measure { get; init; }

    /// <summary>Question 3: whose effect.</summary>
    public required EffectPerspective Whose { get; init; }

    /// <summary>Question 4: what is done about intercurrent events.</summary>
    public required EventStrategy Events { get; init; }

    /// <summary>Question 4: the share of outcomes expected to be missing, from 0 to below 1.</summary>
    public required double Missing { get; init; }

    /// <summary>Question 5: the number of clusters, or of individuals; 4 or more.</summary>
    public required int Clusters { get; init; }

    /// <summary>Question 5: participants a cluster on average, over all periods; visits of an individual.</summary>
    public required double Size { get; init; }

    /// <summary>Question 5: the coefficient of variation of the sizes; 0 for clusters of one size.</summary>
    public required double Variation { get; init; }

    /// <summary>Question 5: the risk or mean of the population under control, in the first period of a trial over time.</summary>
    public required double Control { get; init; }

    /// <summary>Question 5: the effect on the scale of <see cref="Measure"/>, a ratio as it is read and not its logarithm.</summary>
    public required double Effect { get; init; }

    /// <summary>Question 5: the correlation of two outcomes of a cluster under control, or of a person seen several times.</summary>
    public required double Icc { get; init; }

    /// <summary>Question 5: the standard deviation of a continuous outcome under control; 1 for other outcomes.</summary>
    public required double Deviation { get; init; }

    /// <summary>
    /// Question 5: by how much a covariate that is known before treatment moves the outcome, on the link scale for a standard deviation of
    /// it; the analysis adjusts for it. 0, the default, for none.
    /// </summary>
    public double Covariate { get; init; }

    /// <summary>Whether the analysis adjusts for a covariate.</summary>
    public bool IsAdjusted => Covariate > 0;

    /// <summary>The words for clusters and population.</summary>
    public TrialDescription Trial { get; init; } = new();

    /// <summary>The treatments in words, such as <c>reminders against usual care</c>; null when not said.</summary>
    public string? Comparison { get; init; }

    /// <summary>What the data will be called.</summary>
    public TrialColumns Columns { get; init; } = new();
}
