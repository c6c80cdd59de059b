namespace MarginalConditional.Compare.Choices;

/// <summary>How intercurrent events are handled: the five strategies of ICH E9(R1) (2019). A closed list.</summary>
public sealed class EventStrategy
{
    private EventStrategy(string name, string words, string data)
    {
        Name = name;
        Words = words;
        Data = data;
    }

    /// <summary>Outcomes count whatever happens after randomization.</summary>
    public static EventStrategy TreatmentPolicy { get; } = new(
        "treatment-policy",
        "treatment policy: outcomes count whatever happens after randomization",
        "All observed outcomes are analysed in the arm that was assigned, whatever happened after.");

    /// <summary>The event is part of the outcome.</summary>
    public static EventStrategy Composite { get; } = new(
        "composite",
        "composite: an intercurrent event is part of the outcome",
        "An intercurrent event sets the outcome to the value laid down in the protocol before the analysis.");

    /// <summary>As if the event had not happened.</summary>
    public static EventStrategy Hypothetical { get; } = new(
        "hypothetical",
        "hypothetical: outcomes as if intercurrent events had not happened",
        "Outcomes after an intercurrent event are set to missing before the analysis, and then handled as missing data.");

    /// <summary>Outcomes up to the event.</summary>
    public static EventStrategy WhileOnTreatment { get; } = new(
        "while-on-treatment",
        "while on treatment: outcomes up to the intercurrent event",
        "The last outcome before an intercurrent event is the one that is analysed.");

    /// <summary>Those without the event under either treatment.</summary>
    public static EventStrategy PrincipalStratum { get; } = new(
        "principal-stratum",
        "principal stratum: those who would have no intercurrent event under either treatment",
        "The stratum is not observed; the analysis below is of all participants and stands for it only under assumptions that the "
            + "protocol has to add.");

    /// <summary>All of them, in the order they are offered.</summary>
    public static IReadOnlyList<EventStrategy> All { get; } =
        [TreatmentPolicy, Composite, Hypothetical, WhileOnTreatment, PrincipalStratum];

    /// <summary>As a file of answers writes it.</summary>
    public string Name { get; }

    /// <summary>What it means: the attribute of the estimand.</summary>
    public string Words { get; }

    /// <summary>What it does to the data, a full sentence.</summary>
    public string Data { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
