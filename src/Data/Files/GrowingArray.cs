namespace MarginalConditional.Data.Files;

/// <summary>Values appended one by one in blocks, so that growing never copies and the peak stays near the size of the result.</summary>
internal sealed class GrowingArray<T>
{
    private const int BlockLength = 1 << 16;

    private readonly List<ArraySegment<T>> full = [];
    private T[] block = new T[1024];
    private int used;
    private int before;

    /// <summary>The number of values.</summary>
    internal int Count => before + used;

    /// <summary>Appends a value.</summary>
    internal void Add(T value)
    {
        if (used == block.Length)
        {
            NextBlock();
        }

        block[used++] = value;
    }

    /// <summary>Appends the values of another, which is empty afterwards.</summary>
    internal void Append(GrowingArray<T> other)
    {
        Close();
        other.Close();
        full.AddRange(other.full);
        before += other.before;
        other.Clear();
    }

    /// <summary>All values in one array; the blocks are let go.</summary>
    internal T[] ToArray()
    {
        Close();
        var result = GC.AllocateUninitializedArray<T>(before);
        var position = 0;
        for (var i = 0; i < full.Count; i++)
        {
            full[i].CopyTo(result, position);
            position += full[i].Count;
            full[i] = [];
        }

        Clear();
        return result;
    }

    /// <summary>Ends the block; what it holds of more than half again as much memory is copied.</summary>
    private void Close()
    {
        if (used == 0)
        {
            return;
        }

        full.Add(3 * used < 2 * block.Length ? block[..used] : new ArraySegment<T>(block, 0, used));
        before += used;
        (block, used) = ([], 0);
    }

    private void Clear()
    {
        full.Clear();
        before = 0;
        (block, used) = ([], 0);
    }

    private void NextBlock()
    {
        if (block.Length is > 0 and < BlockLength)
        {
            Array.Resize(ref block, Math.Min(BlockLength, 4 * block.Length));
            return;
        }

        Close();
        block = GC.AllocateUninitializedArray<T>(before == 0 ? 1024 : BlockLength);
    }
}
