using MarginalConditional.Data.Frames;

namespace MarginalConditional.Mixed.Crossed;

/// <summary>
/// Where crossed random effects stand in the system that is solved for them: the grouping with most effects apart, group by group, and
/// all others together behind it. Immutable.
/// </summary>
/// <remarks>
/// The groups of the first grouping share no row, so each is eliminated by a small block of its own, coupled only to the columns of the
/// others that its rows meet (Duff and Reid 1983; for mixed models Bates et al. 2015). What is left is dense.
/// </remarks>
public sealed class CrossedLayout
{
    private readonly int[] rowOrder;
    private readonly int[] offsets;
    private readonly int[] restStarts;
    private readonly int[] localStarts;
    private readonly int[] listStarts;
    private readonly int[] columns;
    private readonly int[] rowPlaces;

    /// <summary>Arranges terms.</summary>
    /// <param name="own">The terms of the first grouping.</param>
    /// <param name="rest">All others.</param>
    public CrossedLayout(IReadOnlyList<RandomTermDesign> own, IReadOnlyList<RandomTermDesign> rest)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(rest);
        (Own, Rest) = ([.. own], [.. rest]);
        OwnDimension = own.Sum(term => term.Dimension);
        restStarts = new int[rest.Count + 1];
        localStarts = new int[rest.Count + 1];
        for (var t = 0; t < rest.Count; t++)
        {
            restStarts[t + 1] = checked(restStarts[t] + (rest[t].Dimension * rest[t].GroupCount));
            localStarts[t + 1] = localStarts[t] + rest[t].Dimension;
        }

        (rowOrder, offsets) = Sort(own[0].Groups, own[0].GroupCount);
        listStarts = new int[offsets.Length];
        rowPlaces = new int[rowOrder.Length * rest.Count];
        columns = FindColumns();
    }

    /// <summary>The terms of the grouping that is eliminated first; their effects stand side by side.</summary>
    public IReadOnlyList<RandomTermDesign> Own { get; }

    /// <summary>The terms of all other groupings.</summary>
    public IReadOnlyList<RandomTermDesign> Rest { get; }

    /// <summary>q, the effects of a group of the first grouping.</summary>
    public int OwnDimension { get; }

    /// <summary>The number of groups of the first grouping.</summary>
    public int Groups => offsets.Length - 1;

    /// <summary>m, the effects of all groups of the other groupings.</summary>
    public int RestDimension => restStarts[^1];

    /// <summary>The effects of the other groupings that one row meets.</summary>
    public int RestPerRow => localStarts[^1];

    /// <summary>n.</summary>
    public int Rows => rowOrder.Length;

    /// <summary>The frame's row of each row here: sorted by the groups of the first grouping, ties in the frame's order.</summary>
    public ReadOnlySpan<int> RowOrder => rowOrder;

    /// <summary>Where the rows of each group of the first grouping start; one more for the end.</summary>
    public ReadOnlySpan<int> Offsets => offsets;

    /// <summary>Where the effects of a term stand among the m, group after group.</summary>
    public int RestStart(int term) => restStarts[term];

    /// <summary>Where the effects of a term stand among those that one row meets.</summary>
    public int LocalStart(int term) => localStarts[term];

    /// <summary>The number of columns of the others that all groups before one meet, summed.</summary>
    public int ListStart(int group) => listStarts[group];

    /// <summary>The columns of the others that a group of the first grouping meets, ascending.</summary>
    public ReadOnlySpan<int> Columns(int group) => columns.AsSpan(listStarts[group]..listStarts[group + 1]);

    /// <summary>Where in <see cref="Columns"/> of its group the effects of each term of the others stand, for one row here.</summary>
    public ReadOnlySpan<int> Places(int row) => rowPlaces.AsSpan(row * Rest.Count, Rest.Count);

    /// <summary>Sets the terms on the grouping with most effects apart from the others.</summary>
    /// <param name="terms">The random terms.</param>
    public static (IReadOnlyList<RandomTermDesign> Own, IReadOnlyList<RandomTermDesign> Others) Split(IReadOnlyList<RandomTermDesign> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        RandomTermDesign[] own = [];
        var most = 0L;
        foreach (var term in terms)
        {
            RandomTermDesign[] same = [.. terms.Where(other => IsSamePartition(term, other))];
            var effects = (long)term.GroupCount * same.Sum(other => other.Dimension);
            (own, most) = effects > most ? (same, effects) : (own, most);
        }

        return (own, [.. terms.Except(own)]);
    }

    /// <summary>Whether two terms group the rows alike, however their groups are numbered.</summary>
    private static bool IsSamePartition(RandomTermDesign one, RandomTermDesign other)
    {
        if (one.GroupCount != other.GroupCount)
        {
            return false;
        }

        var partner = new int[one.GroupCount];
        for (var i = 0; i < one.Groups.Length; i++)
        {
            ref var known = ref partner[one.Groups[i]];
            known = known == 0 ? other.Groups[i] + 1 : known;
            if (known != other.Groups[i] + 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The bytes that a system of this layout holds, its dense matrices taken so many times.</summary>
    /// <param name="own">The terms of the first grouping.</param>
    /// <param name="rest">All others.</param>
    /// <param name="tail">Further dense columns.</param>
    /// <param name="copies">The number of dense matrices.</param>
    public static double Bytes(
        IReadOnlyList<RandomTermDesign> own,
        IReadOnlyList<RandomTermDesign> rest,
        int tail,
        int copies)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(rest);
        var dense = rest.Sum(term => (double)term.Dimension * term.GroupCount) + tail;
        var q = own.Sum(term => term.Dimension);
        var perRow = rest.Sum(term => term.Dimension);

        // A group meets no more columns than its rows do, and no more than there are.
        var coupled = Math.Min((double)own[0].Groups.Length * perRow, own[0].GroupCount * dense) + ((double)own[0].GroupCount * tail);
        return 8 * ((copies * dense * dense) + (2 * q * coupled));
    }

    private static (int[] Order, int[] Offsets) Sort(ReadOnlySpan<int> groups, int count)
    {
        var offsets = new int[count + 1];
        foreach (var group in groups)
        {
            offsets[group + 1]++;
        }

        for (var g = 0; g < count; g++)
        {
            offsets[g + 1] += offsets[g];
        }

        var next = offsets.AsSpan(0, count).ToArray();
        var order = new int[groups.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            order[next[groups[i]]++] = i;
        }

        return (order, offsets);
    }

    private int[] FindColumns()
    {
        var all = new List<int>();
        var seen = new int[RestDimension];
        Array.Fill(seen, -1);
        var met = new List<int>();
        for (var g = 0; g < Groups; g++)
        {
            met.Clear();
            for (var i = offsets[g]; i < offsets[g + 1]; i++)
            {
                for (var t = 0; t < Rest.Count; t++)
                {
                    var start = restStarts[t] + (Rest[t].Groups[rowOrder[i]] * Rest[t].Dimension);
                    if (seen[start] >= 0)
                    {
                        continue;
                    }

                    for (var j = 0; j < Rest[t].Dimension; j++)
                    {
                        seen[start + j] = 0;
                        met.Add(start + j);
                    }
                }
            }

            met.Sort();
            for (var k = 0; k < met.Count; k++)
            {
                seen[met[k]] = k;
            }

            FillPlaces(g, seen);
            foreach (var column in met)
            {
                seen[column] = -1;
            }

            all.AddRange(met);
            listStarts[g + 1] = all.Count;
        }

        return [.. all];
    }

    private void FillPlaces(int group, int[] places)
    {
        for (var i = offsets[group]; i < offsets[group + 1]; i++)
        {
            for (var t = 0; t < Rest.Count; t++)
            {
                rowPlaces[(i * Rest.Count) + t] = places[restStarts[t] + (Rest[t].Groups[rowOrder[i]] * Rest[t].Dimension)];
            }
        }
    }
}
