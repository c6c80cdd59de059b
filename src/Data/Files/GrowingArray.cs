namespace MarginalConditional.Data.Files;

/// <summary>Values appended one by one in blocks, so that growing never copies and the peak stays near the size of the result.</summary>
internal sealed class GrowingArray<T>
{
    private const int BlockLength = 1 << 16;

    private readonly List<T[]> full = [];
    private T[] block = new T[1024];
    private int used;

    /// <summary>The number of values.</summary>
    internal int Count => (full.Count * BlockLength) + used;

    /// <summary>Appends a value.</summary>
    internal void Add(T value)
    {
        if (used == block.Length)
        {
            NextBlock();
        }

        block[used++] = value;
    }

    /// <summary>All values in one array; the blocks are let go.</summary>
    internal T[] ToArray()
    {
        var result = new T[Count];
        var position = 0;
        for (var i = 0; i < full.Count; i++)
        {
            full[i].CopyTo(result, position);
            position += BlockLength;
            full[i] = [];
        }

        block.AsSpan(0, used).CopyTo(result.AsSpan(position));
        full.Clear();
        (block, used) = ([], 0);
        return result;
    }

    private void NextBlock()
    {
        if (block.Length < BlockLength)
        {
            Array.Resize(ref block, Math.Min(BlockLength, Math.Max(1024, 8 * block.Length)));
            return;
        }

        full.Add(block);
        block = new T[BlockLength];
        used = 0;
    }
}
