using System.Buffers;

namespace MarginalConditional.Glmm.Model;

/// <summary>
/// Columns that a model is laid out in and that nothing refers to afterwards: small ones are lent, for of small models many follow one
/// another; large ones are its own. What is in them at first is anybody's.
/// </summary>
/// <param name="largest">The numbers of the largest column.</param>
internal sealed class LentColumns(int largest)
{
    private const int MostLent = 1 << 14;
    private const int MostTaken = 8;

    private readonly double[][] taken = new double[MostTaken][];
    private int count;
    private ulong[] hashes = [];
    private int[] places = [];

    /// <summary>Whether the columns go back, so that what is kept of them has to be copied.</summary>
    public bool IsLent { get; } = largest <= MostLent;

    /// <summary>Takes a column.</summary>
    /// <param name="length">The numbers it has room for, at least.</param>
    public double[] Take(int length)
    {
        if (!IsLent)
        {
            return new double[length];
        }

        return taken[count++] = ArrayPool<double>.Shared.Rent(length);
    }

    /// <summary>Takes the hashes of rows; once.</summary>
    /// <param name="length">As many as there is room for, at least.</param>
    public ulong[] TakeHashes(int length) => IsLent ? hashes = ArrayPool<ulong>.Shared.Rent(length) : new ulong[length];

    /// <summary>Takes whole numbers, which are zero; once.</summary>
    /// <param name="length">As many as there are.</param>
    public Span<int> TakePlaces(int length)
    {
        if (!IsLent)
        {
            return new int[length];
        }

        places = ArrayPool<int>.Shared.Rent(length);
        places.AsSpan(0, length).Clear();
        return places.AsSpan(0, length);
    }

    /// <summary>Gives back all that is lent.</summary>
    public void Return()
    {
        ArrayPool<ulong>.Shared.Return(hashes);
        ArrayPool<int>.Shared.Return(places);
        (hashes, places) = ([], []);
        for (; count > 0; count--)
        {
            ArrayPool<double>.Shared.Return(taken[count - 1]);
        }
    }
}
