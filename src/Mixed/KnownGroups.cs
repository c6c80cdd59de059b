using MarginalConditional.Data;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Mixed;

/// <summary>The groups of a frame's random terms, for rows that belong to some of them. Immutable.</summary>
public sealed class KnownGroups
{
    private readonly IReadOnlyList<RandomTermDesign> terms;
    private readonly int[][] firstRows;

    /// <summary>Finds the first row of every group.</summary>
    /// <param name="terms">The frame's random terms.</param>
    public KnownGroups(IReadOnlyList<RandomTermDesign> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        this.terms = terms;
        firstRows = new int[terms.Count][];
        for (var t = 0; t < terms.Count; t++)
        {
            firstRows[t] = new int[terms[t].GroupCount];
            for (var i = terms[t].Groups.Length - 1; i >= 0; i--)
            {
                firstRows[t][terms[t].Groups[i]] = i;
            }
        }
    }

    /// <summary>The place of a term among the frame's.</summary>
    /// <param name="term">One of the frame's terms.</param>
    public int IndexOf(RandomTermDesign term)
    {
        for (var t = 0; t < terms.Count; t++)
        {
            if (ReferenceEquals(terms[t], term))
            {
                return t;
            }
        }

        throw new ArgumentException("The random term is not one of the frame's.", nameof(term));
    }

    /// <summary>The first row of the frame that a group holds.</summary>
    /// <param name="term">The place of its term.</param>
    /// <param name="group">The group.</param>
    public int FirstRow(int term, int group) => firstRows[term][group];

    /// <summary>Refuses a row whose group lies in another coarser group than it did in the data fitted.</summary>
    /// <param name="row">The row, which belongs to a known group of the finer term.</param>
    /// <param name="finer">The place of the finer term.</param>
    /// <param name="coarser">The place of the coarser term, in whose groups those of the finer one lie.</param>
    /// <exception cref="InputException">It does.</exception>
    public void RequireWithin(NewRow row, int finer, int coarser)
    {
        ArgumentNullException.ThrowIfNull(row);
        var home = terms[coarser].Groups[firstRows[finer][row.Groups[finer]]];
        if (row.Groups[coarser] == home)
        {
            return;
        }

        var found = row.Labels[coarser] is { } label ? $"{terms[coarser].Group} {label}" : $"no {terms[coarser].Group}";
        throw new InputException(FormattableString.Invariant(
            $"Row {row.Row + 1} of the new rows has {terms[finer].Group} {row.Labels[finer]} in {found}, and in the data fitted it ")
            + $"lies in {terms[coarser].Group} {terms[coarser].Label(home)}.")
        {
            Hint = "Correct the group, or give it a name that was not fitted.",
        };
    }
}
