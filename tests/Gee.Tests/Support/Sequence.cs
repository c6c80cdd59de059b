namespace MarginalConditional.Gee.Tests.Support;

/// <summary>A fixed pseudo-random sequence (SplitMix64), so that a test's data depend on its seed alone.</summary>
internal sealed class Sequence(int seed)
{
    private ulong state = (ulong)seed * 0x9E3779B97F4A7C15UL;

    public double Uniform()
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());
}
