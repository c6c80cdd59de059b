namespace MarginalConditional.Means;

/// <summary>Which pairs of means are compared.</summary>
public sealed class PairChoice
{
    private PairChoice(string name, string reference = "")
    {
        Name = name;
        Reference = reference;
    }

    /// <summary>Every mean less every later one.</summary>
    public static PairChoice All { get; } = new("all");

    /// <summary>Every mean less every earlier one.</summary>
    public static PairChoice Reverse { get; } = new("reverse");

    /// <summary>Differences of differences: one pair of every variable at once.</summary>
    public static PairChoice Interaction { get; } = new("interaction");

    /// <summary>The name on the command line; <c>vs</c> for a reference.</summary>
    public string Name { get; }

    /// <summary>The mean that all others are compared with; else empty.</summary>
    public string Reference { get; }

    /// <summary>Every mean less one.</summary>
    /// <param name="reference">Its name.</param>
    public static PairChoice Versus(string reference) => new("vs", reference);

    /// <inheritdoc/>
    public override string ToString() => Reference.Length == 0 ? Name : $"{Name} {Reference}";
}
