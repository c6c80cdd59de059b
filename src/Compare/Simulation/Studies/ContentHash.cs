using System.Text;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>FNV-1a of text (Fowler, Noll and Vo): names random streams by what they are for.</summary>
internal static class ContentHash
{
    private const ulong Start = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    /// <summary>The hash of lines "name=value" in ordinal order of the names.</summary>
    public static ulong Of(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var hash = Start;
        foreach (var (name, value) in settings.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash = Continue(hash, $"{name}={value}\n");
        }

        return hash;
    }

    /// <summary>The hash of what was hashed before with further text behind it.</summary>
    public static ulong Continue(ulong hash, string text)
    {
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ octet) * Prime;
        }

        return hash;
    }
}
