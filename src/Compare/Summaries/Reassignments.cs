using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Summaries;

/// <summary>
/// The assignments of clusters to two arms that the randomization could have made: each stratum keeps how many it treats.
/// </summary>
/// <remarks>
/// All of them when they are few, in the order of their combinations, the last stratum fastest; else drawn, the number r from the stream
/// (seed, "reassignment", r), so that a draw does not depend on those before it. Of one thread.
/// </remarks>
internal sealed class Reassignments
{
    /// <summary>The stream's scenario: the letters of "reassign".</summary>
    private const ulong Scenario = 0x7265617373_69676EUL;

    private readonly int[][] members;
    private readonly int[] treatedCounts;
    private readonly int[] sizes;
    private readonly RandomStream stream = new(0, 0, 0);
    private readonly ulong seed;
    private readonly int clusters;

    /// <summary>Counts what is possible.</summary>
    /// <param name="treated">The assignment that was made, a value for each cluster.</param>
    /// <param name="strata">The stratum of each cluster.</param>
    /// <param name="enumerated">Up to how many are tried one by one.</param>
    /// <param name="draws">How many are drawn of more.</param>
    /// <param name="seed">Names the draws.</param>
    public Reassignments(ReadOnlySpan<bool> treated, ReadOnlySpan<int> strata, int enumerated, int draws, ulong seed)
    {
        this.seed = seed;
        clusters = treated.Length;
        int[] numbers = strata.ContainsAnyExcept(strata[0]) ? [.. strata.ToArray().Distinct().Order()] : [strata[0]];
        members = new int[numbers.Length][];
        treatedCounts = new int[numbers.Length];
        for (var s = 0; s < numbers.Length; s++)
        {
            members[s] = new int[strata.Count(numbers[s])];
            for (int c = 0, next = 0; c < clusters; c++)
            {
                if (strata[c] == numbers[s])
                {
                    members[s][next++] = c;
                    treatedCounts[s] += treated[c] ? 1 : 0;
                }
            }
        }

        sizes = new int[members.Length];
        var possible = 1.0;
        for (var s = 0; s < members.Length; s++)
        {
            var combinations = Combinations(members[s].Length, treatedCounts[s]);
            possible *= combinations;
            sizes[s] = combinations <= enumerated ? (int)combinations : 0;
        }

        IsExact = possible <= enumerated;
        Count = IsExact ? (int)possible : draws;
    }

    /// <summary>Whether all possible assignments are tried.</summary>
    public bool IsExact { get; }

    /// <summary>How many are tried.</summary>
    public int Count { get; }

    /// <summary>Writes one of them.</summary>
    /// <param name="index">From 0 to below <see cref="Count"/>.</param>
    /// <param name="treated">Receives whether each cluster is treated.</param>
    /// <param name="scratch">As many places as there are clusters.</param>
    public void Write(int index, Span<bool> treated, Span<int> scratch)
    {
        treated.Clear();
        if (IsExact)
        {
            for (var s = members.Length - 1; s >= 0; s--)
            {
                (index, var rank) = Math.DivRem(index, sizes[s]);
                WriteCombination(members[s], treatedCounts[s], rank, treated);
            }

            return;
        }

        stream.Reset(seed, Scenario, (ulong)index);
        for (var s = 0; s < members.Length; s++)
        {
            Draw(stream, members[s], treatedCounts[s], treated, scratch);
        }
    }

    /// <summary>n over k as a double, exact as long as it is below 2⁵³.</summary>
    internal static double Combinations(int n, int k)
    {
        var count = 1.0;
        for (var i = 1; i <= Math.Min(k, n - k) && double.IsFinite(count); i++)
        {
            count = Math.Round(count * (n - Math.Min(k, n - k) + i) / i);
        }

        return count;
    }

    /// <summary>The combination of a rank in lexicographic order.</summary>
    private static void WriteCombination(int[] places, int chosen, int rank, Span<bool> treated)
    {
        for (var i = 0; chosen > 0; i++)
        {
            var with = Combinations(places.Length - i - 1, chosen - 1);
            if (rank < with)
            {
                treated[places[i]] = true;
                chosen--;
            }
            else
            {
                rank -= (int)with;
            }
        }
    }

    /// <summary>As many of the places as are treated, each choice alike: the first steps of a shuffle (Fisher and Yates).</summary>
    private static void Draw(RandomStream stream, int[] places, int chosen, Span<bool> treated, Span<int> scratch)
    {
        // The rarer arm is drawn.
        var rare = Math.Min(chosen, places.Length - chosen);
        var value = rare == chosen;
        places.CopyTo(scratch);
        foreach (var place in places)
        {
            treated[place] = !value;
        }

        for (var i = 0; i < rare; i++)
        {
            var j = i + (int)Math.BigMul(stream.NextBits(), (ulong)(places.Length - i), out _);
            treated[scratch[j]] = value;
            scratch[j] = scratch[i];
        }
    }
}
