namespace MarginalConditional.Glmm.Model;

/// <summary>Hashes of rows: the same on every machine and in every run, unlike HashCode.</summary>
internal static class RowHashes
{
    /// <summary>What a hash begins with.</summary>
    public const ulong Seed = 14695981039346656037UL;

    /// <summary>Takes one more value into a hash: multiply and fold.</summary>
    public static ulong Mix(ulong hash, ulong value)
    {
        var high = Math.BigMul(hash ^ value, 0x9E3779B97F4A7C15UL, out var low);
        return high ^ low;
    }

    /// <summary>Takes more numbers into a hash, by their bits.</summary>
    public static ulong Mix(ulong hash, ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            hash = Mix(hash, BitConverter.DoubleToUInt64Bits(value));
        }

        return hash;
    }

    /// <summary>The hash of a cluster: of its rows' hashes, responses and weights.</summary>
    /// <param name="rows">The hash of each row.</param>
    /// <param name="response">As many.</param>
    /// <param name="weight">As many.</param>
    public static ulong OfCluster(ReadOnlySpan<ulong> rows, ReadOnlySpan<double> response, ReadOnlySpan<double> weight)
    {
        var hash = Seed;
        for (var i = 0; i < rows.Length; i++)
        {
            hash = Mix(Mix(Mix(hash, rows[i]), BitConverter.DoubleToUInt64Bits(response[i])), BitConverter.DoubleToUInt64Bits(weight[i]));
        }

        return hash;
    }
}
