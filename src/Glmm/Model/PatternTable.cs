namespace MarginalConditional.Glmm.Model;

/// <summary>The patterns of clusters by their hashes, in room that others lend; of equal hashes the last pattern is known.</summary>
internal ref struct PatternTable
{
    private readonly Span<int> slots;
    private readonly Span<ulong> hashes;
    private int slot;

    /// <summary>An empty table.</summary>
    /// <param name="slots">As many as <see cref="SlotsFor"/> says, all zero.</param>
    /// <param name="hashes">One place a pattern.</param>
    public PatternTable(Span<int> slots, Span<ulong> hashes)
    {
        this.slots = slots;
        this.hashes = hashes;
    }

    /// <summary>A power of two that leaves at least every other slot empty.</summary>
    public static int SlotsFor(int patterns)
    {
        var slots = 2;
        while (slots < 2 * patterns)
        {
            slots *= 2;
        }

        return slots;
    }

    /// <summary>The pattern of a hash.</summary>
    /// <param name="hash">The hash.</param>
    /// <param name="next">The pattern that the hash would be given.</param>
    /// <param name="exists">Whether there is one; else <paramref name="next"/> is returned.</param>
    public int Find(ulong hash, int next, out bool exists)
    {
        slot = (int)(hash & (ulong)(slots.Length - 1));
        while (slots[slot] > 0 && hashes[slots[slot] - 1] != hash)
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        exists = slots[slot] > 0;
        hashes[next] = hash;
        return exists ? slots[slot] - 1 : next;
    }

    /// <summary>Makes another pattern that of the hash asked for last.</summary>
    public readonly void Replace(int pattern) => slots[slot] = pattern + 1;
}
