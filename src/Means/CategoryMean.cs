using System.Diagnostics.CodeAnalysis;

namespace MarginalConditional.Means;

/// <summary>What means of an ordered outcome are, on the response.</summary>
public sealed class CategoryMean
{
    private CategoryMean(string name) => Name = name;

    /// <summary>The probability of each category (<c>categories</c>).</summary>
    public static CategoryMean Categories { get; } = new("categories");

    /// <summary>The probability of at most each category but the last, P(Y ≤ k) (<c>cumulative</c>).</summary>
    public static CategoryMean Cumulative { get; } = new("cumulative");

    /// <summary>The mean score, Σ s_k P(Y = k) (<c>score</c>).</summary>
    public static CategoryMean Score { get; } = new("score");

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<CategoryMean> All { get; } = [Categories, Cumulative, Score];

    /// <summary>The name on the command line.</summary>
    public string Name { get; }

    /// <summary>The one of a name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out CategoryMean? mean)
    {
        mean = All.FirstOrDefault(candidate => candidate.Name == name);
        return mean is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
