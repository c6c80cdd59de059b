using System.Globalization;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>One of several nearly equal, contiguous parts of the replicates of every scenario.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Count">1 or more.</param>
public sealed record Shard(int Index, int Count)
{
    /// <summary>All replicates.</summary>
    public static Shard Whole { get; } = new(0, 1);

    /// <summary>Reads <c>2/8</c>, the second of eight parts; counted from 0 it is <c>1/8</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="zeroBased">Whether parts are counted from 0.</param>
    /// <param name="shard">The part.</param>
    public static bool TryParse(string? text, bool zeroBased, out Shard shard)
    {
        shard = Whole;
        var parts = (text ?? "").Split('/');
        if (parts.Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        shard = new Shard(zeroBased ? index : index - 1, count);
        return count >= 1 && shard.Index >= 0 && shard.Index < count;
    }

    /// <summary>The first replicate, from 0, and one past the last, of a study with the given number of replicates.</summary>
    public (int First, int End) Range(int replicates) =>
        ((int)((long)replicates * Index / Count), (int)((long)replicates * (Index + 1) / Count));

    /// <summary>As it is typed, counted from 1.</summary>
    public override string ToString() => FormattableString.Invariant($"{Index + 1}/{Count}");
}
