namespace MarginalConditional.Data.Files;

/// <summary>Values appended one by one in blocks, so that growing never copies and the peak stays near the size of the result.</summary>
/// <remarks>Where the number of values is known beforehand, they are written where they stay.</remarks>
internal sealed class GrowingArray<T>
{
    private const int FirstLength = 1 << 10;
    private const int BlockLength = 1 << 16;

    private readonly List<ArraySegment<T>> full = [];
    private T[] block = [];
    private int used;
    private int before;
    private bool isReserved;

    /// <summary>The number of values.</summary>
    internal int Count => before + used;

    /// <summary>Makes room for as many values as there will be, before the first; there may be more or fewer.</summary>
    internal void Reserve(int count) => (block, isReserved) = (GC.AllocateUninitializedArray<T>(count), true);

    /// <summary>Appends a value.</summary>
    internal void Add(T value)
    {
        if (used == block.Length)
        {
            NextBlock();
        }

        block[used++] = value;
    }

    /// <summary>Room for the next values, one at least, which are written there and then counted by <see cref="Took"/>.</summary>
    internal Span<T> Room()
    {
        if (used == block.Length)
        {
            NextBlock();
        }

        return block.AsSpan(used);
    }

    /// <summary>Counts the first values of <see cref="Room"/>.</summary>
    internal void Took(int count) => used += count;

    /// <summary>Appends the values of another, which is empty afterwards.</summary>
    internal void Append(GrowingArray<T> other)
    {
        Close();
        other.Close();
        full.AddRange(other.full);
        before += other.before;
        other.full.Clear();
        other.before = 0;
    }

    /// <summary>All values in one array; the blocks are let go.</summary>
    internal T[] ToArray()
    {
        if (isReserved && full.Count == 0 && used == block.Length)
        {
            var whole = block;
            (block, used, isReserved) = ([], 0, false);
            return whole;
        }

        Close();
        var result = GC.AllocateUninitializedArray<T>(before);
        var position = 0;
        for (var i = 0; i < full.Count; i++)
        {
            full[i].CopyTo(result, position);
            position += full[i].Count;
            full[i] = [];
        }

        full.Clear();
        (before, isReserved) = (0, false);
        return result;
    }

    /// <summary>Ends the block; what it holds of more than half again as much memory is copied.</summary>
    private void Close()
    {
        if (used > 0)
        {
            full.Add(3 * used < 2 * block.Length ? block[..used] : new ArraySegment<T>(block, 0, used));
            before += used;
            (block, used) = ([], 0);
        }
    }

    private void NextBlock()
    {
        if (used > 0 && used < BlockLength && !isReserved)
        {
            Array.Resize(ref block, Math.Min(BlockLength, 4 * used));
            return;
        }

        Close();
        block = GC.AllocateUninitializedArray<T>(before == 0 ? FirstLength : BlockLength);
    }
}
