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

    private readonly List<double[]> taken = new(8);

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

        taken.Add(ArrayPool<double>.Shared.Rent(length));
        return taken[^1];
    }

    /// <summary>Gives back all that is lent.</summary>
    public void Return()
    {
        taken.ForEach(column => ArrayPool<double>.Shared.Return(column));
        taken.Clear();
    }
}
