namespace MarginalConditional.Lmm.Tests;

/// <summary>A stream of pseudo-random numbers for test data (SplitMix64), the same on every machine.</summary>
internal sealed class Numbers(ulong seed)
{
    private ulong state = (seed * 0x9E3779B97F4A7C15UL) + 1;

    public double Uniform()
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    public int Below(int limit) => (int)(Uniform() * limit);
}
