namespace MarginalConditional.Data.Coding;

/// <summary>The values that one variable takes on a reference grid.</summary>
public sealed record GridAxis
{
    /// <summary>A column of the data among the predictors.</summary>
    public required string Variable { get; init; }

    /// <summary>The values as people read them: levels of a factor, or numbers.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The numbers behind the labels of a covariate; empty for a factor.</summary>
    public IReadOnlyList<double> Numbers { get; init; } = [];

    /// <summary>Whether the variable is a category.</summary>
    public bool IsFactor => Numbers.Count == 0;

    /// <summary>Whether a covariate stands at its mean over the rows, because nobody said where.</summary>
    public bool IsAtMean { get; init; }
}
