namespace MarginalConditional.Compare.Dials;

/// <summary>What those given the arm are taken to do after dropout. A closed choice.</summary>
/// <remarks>The strategies by reference of Carpenter, Roger and Kenward (2013), as mean linear predictors instead of imputations.</remarks>
internal sealed class DropoutStrategy
{
    private DropoutStrategy(string name) => Name = name;

    /// <summary>They go on in their arm: missing at random, moved by δ.</summary>
    public static DropoutStrategy OwnArm { get; } = new("own arm");

    /// <summary>After dropout the predictor is the control's; the random effect is what the own arm's outcomes tell.</summary>
    public static DropoutStrategy JumpToReference { get; } = new("jump to reference");

    /// <summary>After dropout the predictor changes from visit to visit as the control's does.</summary>
    public static DropoutStrategy CopyIncrements { get; } = new("copy increments");

    /// <summary>The predictor is the control's, and the random effect what the outcomes seen tell if it always was.</summary>
    public static DropoutStrategy CopyReference { get; } = new("copy reference");

    /// <summary>Those that look at the control, in the order they are shown.</summary>
    public static IReadOnlyList<DropoutStrategy> ByReference { get; } = [JumpToReference, CopyIncrements, CopyReference];

    /// <summary>The name in tables.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
