namespace MarginalConditional.Glmm.Effects;

/// <summary>The scratch of the threads of a likelihood: made when all that there is is in use, kept between evaluations.</summary>
/// <param name="create">Makes the scratch of one more thread.</param>
internal sealed class ScratchPool<T>(Func<T> create)
    where T : class
{
    private readonly Stack<T> idle = new();

    /// <summary>Takes one that no thread uses.</summary>
    public T Rent()
    {
        lock (idle)
        {
            if (idle.TryPop(out var scratch))
            {
                return scratch;
            }
        }

        return create();
    }

    /// <summary>Gives it back.</summary>
    public void Return(T scratch)
    {
        lock (idle)
        {
            idle.Push(scratch);
        }
    }
}
