using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Commands;

/// <summary>A seed that every language takes: a whole number from 0 to 2³¹ − 1.</summary>
internal static class ChildSeed
{
    /// <summary>The seed that a stream gives next.</summary>
    public static int Of(RandomStream stream) => (int)(stream.NextBits() >> 33);
}
