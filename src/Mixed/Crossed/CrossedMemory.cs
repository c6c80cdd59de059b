using System.Globalization;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Mixed.Crossed;

/// <summary>What crossed effects take of memory, and the sentence that refuses what this machine does not have.</summary>
public static class CrossedMemory
{
    /// <summary>Refuses effects whose dense matrices do not fit.</summary>
    /// <param name="own">The terms of the first grouping.</param>
    /// <param name="rest">All others.</param>
    /// <param name="tail">Further dense columns.</param>
    /// <param name="copies">The number of dense matrices.</param>
    /// <exception cref="InputException">They need more memory than there is.</exception>
    public static void Check(IReadOnlyList<RandomTermDesign> own, IReadOnlyList<RandomTermDesign> rest, int tail, int copies)
    {
        ArgumentNullException.ThrowIfNull(rest);
        var bytes = CrossedLayout.Bytes(own, rest, tail, copies);
        var order = rest.Sum(term => (double)term.Dimension * term.GroupCount) + tail;
        var available = (double)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes <= available && order * order <= Array.MaxLength)
        {
            return;
        }

        var effects = rest.Sum(term => (long)term.Dimension * term.GroupCount).ToString(CultureInfo.InvariantCulture);
        throw new InputException($"The groupings {Names([.. own, .. rest])} are crossed: beside {own[0].Group} they have "
            + $"{effects} effects, which meet in dense matrices of {Size(bytes)}; there are {Size(available)} of memory.")
        {
            Hint = "Write nested groupings as (1 | a/b), or enter a grouping with few levels as a fixed effect.",
        };
    }

    /// <summary>The names of the groupings, joined by "and".</summary>
    /// <param name="terms">The random terms.</param>
    public static string Names(IEnumerable<RandomTermDesign> terms) =>
        string.Join(" and ", terms.Select(term => term.Group).Distinct(StringComparer.Ordinal));

    /// <summary>A number of bytes for people, such as 1.2 GB.</summary>
    /// <param name="bytes">The number.</param>
    public static string Size(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB");
}
