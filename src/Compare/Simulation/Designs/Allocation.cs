namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>
/// In what proportion units are allotted to the arms of a trial: <c>2:1</c>. They are taken in turn, block by block. Immutable.
/// </summary>
public sealed class Allocation
{
    private readonly int[] pattern;

    private Allocation(int[] weights)
    {
        if (weights.Length < 1 || Array.Exists(weights, weight => weight < 1))
        {
            throw new ArgumentException("An allocation has a share of 1 or more for every arm.", nameof(weights));
        }

        Count = weights.Length;
        Name = string.Join(':', weights.Select(weight => FormattableString.Invariant($"{weight}")));
        pattern = [.. weights.SelectMany((weight, part) => Enumerable.Repeat(part, weight))];
    }

    /// <summary>As a study file writes it.</summary>
    public string Name { get; }

    /// <summary>The number of arms.</summary>
    public int Count { get; }

    /// <summary>The number of units after which the pattern begins again.</summary>
    public int Block => pattern.Length;

    /// <summary>The same share for every arm.</summary>
    public static Allocation Equal(int arms) => new([.. Enumerable.Repeat(1, arms)]);

    /// <summary>Shares of 1 or more.</summary>
    public static Allocation Of(params int[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new Allocation(weights);
    }

    /// <summary>The arm, from 0, of a unit.</summary>
    /// <param name="unit">The unit's number, from 0.</param>
    public int Arm(int unit) => pattern[unit % pattern.Length];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
