using MarginalConditional.Data.Frames;

namespace MarginalConditional.Compare.Estimands;

/// <summary>
/// What only the user knows about a trial and an estimand has to say (ICH E9(R1) 2019). Everything has a cautious default.
/// </summary>
public sealed record TrialDescription
{
    private static readonly string[] Persons =
        ["patient", "person", "subject", "participant", "individual", "child", "woman", "man", "mother", "infant", "animal", "pig"];

    private readonly string? units;

    /// <summary>What a cluster is called in sentences: <c>patient</c>, <c>hospital</c>. Default: <c>cluster</c>.</summary>
    public string Unit { get; init; } = "cluster";

    /// <summary>Whether a cluster is a person, whose rows are visits, rather than a group of persons: known by the word for it.</summary>
    public bool UnitIsPerson => Persons.Contains(Unit, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether rows are visits of the clusters rather than persons in them: they have waves, or a cluster is a person.</summary>
    /// <param name="frame">The rows.</param>
    public bool HasVisits(ModelFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return frame.WaveLabels.Count > 0 || UnitIsPerson;
    }

    /// <summary>Several of them: <c>patients</c>, <c>children</c>. Default: <see cref="Unit"/> with an s.</summary>
    public string Units
    {
        get => units ?? (Unit + "s");
        init => units = value;
    }

    /// <summary>The population the data stand for; null when not given.</summary>
    public string? Population { get; init; }

    /// <summary>How intercurrent events are handled; null when not given.</summary>
    public string? IntercurrentEvents { get; init; }
}
