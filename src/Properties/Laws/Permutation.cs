using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Properties.Laws;

/// <summary>Orders of rows that a number names.</summary>
internal static class Permutation
{
    private const ulong Room = 0x7065726D75746573;

    /// <summary>A permutation of 0 … n − 1: for 0 all backwards, for others shuffled (Fisher and Yates).</summary>
    public static int[] Of(int n, int key)
    {
        int[] order = [.. Enumerable.Range(0, n)];
        if (key == 0)
        {
            Array.Reverse(order);
            return order;
        }

        var stream = new RandomStream((ulong)key, Room, 0);
        for (var i = n - 1; i > 0; i--)
        {
            var other = (int)(stream.NextUniform() * (i + 1));
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }
}
