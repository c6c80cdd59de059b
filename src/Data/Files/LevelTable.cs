using System.Text;

namespace MarginalConditional.Data.Files;

/// <summary>
/// Numbers the distinct texts of a column as they come: an open-addressing hash of UTF-8 bytes, so that a text seen before costs no string.
/// </summary>
internal sealed class LevelTable
{
    private readonly List<byte[]> levels = [];
    private int[] slots = NewSlots(16);
    private int last = -1;

    /// <summary>The texts' bytes by number.</summary>
    internal IReadOnlyList<byte[]> Bytes => levels;

    /// <summary>The number of a text; a new one gets the next number.</summary>
    internal int NumberOf(ReadOnlySpan<byte> text)
    {
        // Neighbouring rows often share their category.
        if (last >= 0 && text.SequenceEqual(levels[last]))
        {
            return last;
        }

        var slot = Find(text);
        if (slots[slot] < 0)
        {
            slots[slot] = levels.Count;
            levels.Add(text.ToArray());
            last = levels.Count - 1;
            if (2 * levels.Count > slots.Length)
            {
                Grow();
            }

            return last;
        }

        return last = slots[slot];
    }

    /// <summary>The texts by number.</summary>
    internal string[] Texts() => [.. levels.Select(bytes => Encoding.UTF8.GetString(bytes))];

    private static int[] NewSlots(int length)
    {
        var empty = new int[length];
        empty.AsSpan().Fill(-1);
        return empty;
    }

    private int Find(ReadOnlySpan<byte> text)
    {
        // FNV-1a; speed matters more than its weakness, since a column's levels are few and short.
        var hash = 2166136261u;
        foreach (var value in text)
        {
            hash = (hash ^ value) * 16777619u;
        }

        var mask = slots.Length - 1;
        var slot = (int)(hash ^ (hash >> 15)) & mask;
        while (slots[slot] >= 0 && !text.SequenceEqual(levels[slots[slot]]))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        slots = NewSlots(4 * slots.Length);
        for (var i = 0; i < levels.Count; i++)
        {
            slots[Find(levels[i])] = i;
        }
    }
}
