using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Fuzzing;

/// <summary>
/// The choices that make one input: a stream keyed by the target's name and the input's number, so that every input comes back.
/// </summary>
internal sealed class Draws
{
    private readonly RandomStream stream;
    private readonly byte[] bytes = [];
    private int place;

    public Draws(string target, ulong input) => stream = new RandomStream(HashOf(target), 0, input);

    /// <summary>The choices that bytes make, two of them each; afterwards those of a stream keyed by the bytes.</summary>
    public Draws(byte[] bytes)
    {
        this.bytes = bytes;
        stream = new RandomStream(HashOf(string.Concat(bytes.Select(value => (char)value))), 0, 0);
    }

    /// <summary>A whole number from 0 up to, without, the end.</summary>
    public int Below(int end) => (int)(Uniform() * end);

    /// <summary>A whole number from the first up to, without, the end.</summary>
    public int Between(int first, int end) => first + Below(end - first);

    /// <summary>A number between 0 and 1.</summary>
    public double Uniform()
    {
        if (place + 1 >= bytes.Length)
        {
            return stream.NextUniform();
        }

        place += 2;
        return ((bytes[place - 2] * 256) + bytes[place - 1] + 0.5) / 65536;
    }

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    /// <summary>One of several.</summary>
    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>One of several, with what each makes made only when chosen.</summary>
    public T Make<T>(params ReadOnlySpan<Func<T>> choices) => Pick(choices)();

    /// <summary>FNV-1a, 64 bits: the same on every machine and in every run.</summary>
    private static ulong HashOf(string text) =>
        text.Aggregate(0xCBF29CE484222325, (hash, character) => (hash ^ character) * 0x100000001B3);
}
