namespace MarginalConditional.Data.Files;

/// <summary>Values appended one by one in blocks, so that growing never copies and the peak stays near the size of the result.</summary>
/// <remarks>Where the number of values is known beforehand, they are written where they stay, also by several threads at once.</remarks>
internal sealed class GrowingArray<T>
{
    private const int FirstLength = 1 << 10;
    private const int BlockLength = 1 << 16;

    private readonly List<ArraySegment<T>> full = [];
    private T[] block = [];
    private int first;
    private int used;
    private int end;
    private int before;
    private bool isReserved;

    /// <summary>The number of values.</summary>
    internal int Count => before + used - first;

    /// <summary>Makes room for as many values as there will be, before the first; there may be more or fewer.</summary>
    internal void Reserve(int count) => Take(GC.AllocateUninitializedArray<T>(count), 0, count, reserved: true);

    /// <summary>
    /// An array for values that will be appended later, from a place on: where they fit into what was reserved here they are written there
    /// at once, and appending them does not copy. No two parts may have a place in common.
    /// </summary>
    /// <param name="from">The place of the first.</param>
    /// <param name="count">How many there will be; there may be more or fewer.</param>
    internal GrowingArray<T> Part(int from, int count)
    {
        var part = new GrowingArray<T>();
        if (isReserved && before == 0 && from >= used && from + (long)count <= end)
        {
            part.Take(block, from, from + count, reserved: true);
        }

        return part;
    }

    /// <summary>Appends a value.</summary>
    internal void Add(T value)
    {
        if (used == end)
        {
            NextBlock();
        }

        block[used++] = value;
    }

    /// <summary>Room for the next values, one at least, which are written there and then counted by <see cref="Took"/>.</summary>
    internal Span<T> Room()
    {
        if (used == end)
        {
            NextBlock();
        }

        return block.AsSpan(used, end - used);
    }

    /// <summary>Counts the first values of <see cref="Room"/>.</summary>
    internal void Took(int count) => used += count;

    /// <summary>Appends the values of another, which is empty afterwards.</summary>
    internal void Append(GrowingArray<T> other)
    {
        Close();
        other.Close();
        other.full.ForEach(Join);
        before += other.before;
        other.full.Clear();
        other.before = 0;
    }

    /// <summary>All values in one array; the blocks are let go.</summary>
    internal T[] ToArray()
    {
        Close();
        if (full is [{ Array: { } whole } only] && only.Count == whole.Length)
        {
            full.Clear();
            before = 0;
            return whole;
        }

        var result = GC.AllocateUninitializedArray<T>(before);
        var position = 0;
        for (var i = 0; i < full.Count; i++)
        {
            full[i].CopyTo(result, position);
            position += full[i].Count;
            full[i] = [];
        }

        full.Clear();
        before = 0;
        return result;
    }

    private void Take(T[] array, int from, int to, bool reserved) =>
        (block, first, used, end, isReserved) = (array, from, from, to, reserved);

    /// <summary>Ends the block; what it holds of more than half again as much memory of its own is copied.</summary>
    private void Close()
    {
        if (used > first)
        {
            var isLoose = !isReserved && 3L * used < 2L * block.Length;
            Join(isLoose ? block[..used] : new ArraySegment<T>(block, first, used - first));
            before += used - first;
        }

        Take([], 0, 0, reserved: false);
    }

    /// <summary>Adds a block, to the one before it where both are neighbours in one array.</summary>
    private void Join(ArraySegment<T> values)
    {
        if (full is [.., var last] && last.Array == values.Array && last.Offset + last.Count == values.Offset)
        {
            full[^1] = new ArraySegment<T>(last.Array!, last.Offset, last.Count + values.Count);
        }
        else
        {
            full.Add(values);
        }
    }

    private void NextBlock()
    {
        if (used > first && used - first < BlockLength && !isReserved)
        {
            Array.Resize(ref block, Math.Min(BlockLength, 4 * used));
            end = block.Length;
            return;
        }

        Close();
        var length = before == 0 ? FirstLength : BlockLength;
        Take(GC.AllocateUninitializedArray<T>(length), 0, length, reserved: false);
    }
}
