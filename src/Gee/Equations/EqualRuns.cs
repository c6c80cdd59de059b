using System.Runtime.Intrinsics;

namespace MarginalConditional.Gee.Equations;

/// <summary>Stretches of equal numbers: what is a function of them need be worked out once a stretch.</summary>
internal static class EqualRuns
{
    /// <summary>The most stretches that are looked for.</summary>
    public const int Most = 128;

    /// <summary>A stretch shorter than this, on average, is not worth being looked for.</summary>
    private const int ShortestMean = 4;

    /// <summary>Finds the stretches.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="starts">Receives where each begins, <see cref="Most"/> places.</param>
    /// <returns>How many there are; 0 where they are too many to be of use.</returns>
    public static int Find(ReadOnlySpan<double> values, Span<int> starts)
    {
        var most = Math.Min(values.Length / ShortestMean, Most);
        if (most == 0)
        {
            return 0;
        }

        starts[0] = 0;
        var (count, at) = (1, 1);
        while (at < values.Length)
        {
            if (at + Vector256<double>.Count <= values.Length
                && Vector256.EqualsAll(Vector256.Create(values[at..]), Vector256.Create(values[(at - 1)..])))
            {
                at += Vector256<double>.Count;
                continue;
            }

            var end = Math.Min(values.Length, at + Vector256<double>.Count);
            for (; at < end; at++)
            {
                if (values[at] == values[at - 1])
                {
                    continue;
                }

                if (count == most)
                {
                    return 0;
                }

                starts[count++] = at;
            }
        }

        return count;
    }
}
