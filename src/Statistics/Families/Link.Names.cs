using System.Diagnostics.CodeAnalysis;

namespace MarginalConditional.Statistics.Families;

public abstract partial class Link
{
    /// <summary>Every link, in the order the program lists them.</summary>
    public static IReadOnlyList<Link> All => field ??= [Logit, Probit, Cloglog, Log, Identity, Inverse, Sqrt];

    /// <summary>The names of all links, for messages and suggestions.</summary>
    public static IReadOnlyList<string> Names => field ??= [.. All.Select(link => link.Name)];

    /// <summary>Finds a link by its name, in lower case as listed in <see cref="Names"/>.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out Link? link)
    {
        link = All.FirstOrDefault(candidate => candidate.Name == name);
        return link is not null;
    }
}
