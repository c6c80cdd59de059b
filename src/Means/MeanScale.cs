using System.Diagnostics.CodeAnalysis;

namespace MarginalConditional.Means;

/// <summary>On which scale means are shown.</summary>
public sealed class MeanScale
{
    private MeanScale(string name) => Name = name;

    /// <summary>The linear predictor, random effects 0 (<c>link</c>).</summary>
    public static MeanScale Link { get; } = new("link");

    /// <summary>The mean of the response, averaged over random effects (<c>response</c>).</summary>
    public static MeanScale Response { get; } = new("response");

    /// <summary>The response of a cluster whose random effects are 0 (<c>median</c>).</summary>
    public static MeanScale Median { get; } = new("median");

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<MeanScale> All { get; } = [Link, Response, Median];

    /// <summary>The name on the command line.</summary>
    public string Name { get; }

    /// <summary>The scale of a name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out MeanScale? scale)
    {
        scale = All.FirstOrDefault(candidate => candidate.Name == name);
        return scale is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
