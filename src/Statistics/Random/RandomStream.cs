using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.Random;

/// <summary>The random numbers of one replicate of one scenario: a stream of its own, named by (seed, scenario, replicate).</summary>
/// <remarks>
/// <para>
/// The seed and the scenario's hash are mixed into the 64-bit key of <see cref="Philox"/>; the replicate and a 64-bit block number
/// form the counter. Streams of different replicates never overlap (2⁶⁴ replicates of 2⁶⁴ blocks), and a replicate's numbers depend on
/// nothing but its name: not on the number of threads, the order of work, or the size of the run.
/// </para>
/// <para>Every draw of a uniform takes one block's half, so a stream read in the same order gives the same numbers on every machine.</para>
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Statistics.Random;
///
/// var stream = new RandomStream(seed: 20261127, scenario: 1, replicate: 1);
/// Console.WriteLine($"{stream.NextUniform()} {stream.NextNormal()} {stream.NextGamma(2)}");
/// </code>
/// </example>
public sealed class RandomStream
{
    private const double Unit = 1.0 / (1UL << 53);

    private (uint K0, uint K1) key;
    private ulong replicate;
    private ulong block;
    private ulong spare;
    private bool hasSpare;

    /// <summary>Opens a stream at its beginning.</summary>
    /// <param name="seed">The study's seed.</param>
    /// <param name="scenario">The scenario's content hash.</param>
    /// <param name="replicate">The replicate's number, from 0.</param>
    public RandomStream(ulong seed, ulong scenario, ulong replicate) => Reset(seed, scenario, replicate);

    /// <summary>Points the same object to another stream's beginning; nothing is allocated.</summary>
    public void Reset(ulong seed, ulong scenario, ulong newReplicate)
    {
        // The key is a bijection of the scenario for a fixed seed and the other way round, so that neither alone decides it.
        var mixed = Mix(Mix(seed) ^ scenario);
        key = ((uint)mixed, (uint)(mixed >> 32));
        replicate = newReplicate;
        block = 0;
        hasSpare = false;
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spare;
        }

        var (x0, x1, x2, x3) = Philox.Block(((uint)block, (uint)(block >> 32), (uint)replicate, (uint)(replicate >> 32)), key);
        block++;
        spare = x2 | ((ulong)x3 << 32);
        hasSpare = true;
        return x0 | ((ulong)x1 << 32);
    }

    /// <summary>A number strictly between 0 and 1, of 53 bits: (k + ½)/2⁵³ rounded, never 0 and never 1.</summary>
    public double NextUniform()
    {
        var k = NextBits() >> 11;
        var value = (k + 0.5) * Unit;

        // The largest k + ½ rounds up to 2⁵³.
        return value < 1 ? value : 1 - (Unit / 2);
    }

    /// <summary>A standard normal number by the inverse cumulative probability: one uniform a draw.</summary>
    public double NextNormal() => StandardNormal.Quantile(NextUniform());

    /// <summary>1 with the given probability, else 0: one uniform a draw.</summary>
    public double NextBernoulli(double probability) => NextUniform() < probability ? 1 : 0;

    // The finaliser of SplitMix64 (Steele, Lea and Flood 2014), a bijection of 64 bits.
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
