using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Profiling;

/// <summary>Posterior ranks of units whose effects are independent normals: how far a league table can be trusted.</summary>
/// <remarks>
/// Laird and Louis (1989); Goldstein and Spiegelhalter (1996). Every draw has
/// its own stream, so the result does not depend on anything but the seed.
/// </remarks>
internal static class UnitRanks
{
    private const int LargestCount = 10_000_000;
    private const int FewestDraws = 100;

    /// <summary>The number of draws made for a number of units.</summary>
    public static int DrawsFor(int units, int wanted) => Math.Max(FewestDraws, Math.Min(wanted, LargestCount / Math.Max(1, units)));

    /// <summary>Mean rank and rank interval of each unit, 1 the lowest effect.</summary>
    /// <param name="effects">The modes.</param>
    /// <param name="errors">Their conditional standard errors; where all are 0 and all effects equal, nothing can be ranked.</param>
    /// <param name="draws">The number of joint draws.</param>
    /// <param name="options">Seed and level.</param>
    public static (double[] Mean, Interval[] Intervals) Of(double[] effects, double[] errors, int draws, ProfileOptions options)
    {
        var units = effects.Length;
        if (errors.All(error => error == 0) && effects.All(effect => effect == effects[0]))
        {
            return ([.. effects.Select(_ => (units + 1) / 2.0)], [.. effects.Select(_ => new Interval(1, units))]);
        }

        var ranks = Draw(effects, errors, draws, options.Seed);
        var means = new double[units];
        var intervals = new Interval[units];
        var tail = (1 - options.Level) / 2;
        for (var unit = 0; unit < units; unit++)
        {
            CancellationScope.Check();
            var own = ranks.AsSpan(unit * draws, draws);
            own.Sort();
            double sum = 0;
            foreach (var rank in own)
            {
                sum += rank;
            }

            means[unit] = sum / draws;
            intervals[unit] = new Interval(own[(int)(tail * (draws - 1))], own[(int)Math.Ceiling((1 - tail) * (draws - 1))]);
        }

        return (means, intervals);
    }

    private static int[] Draw(double[] effects, double[] errors, int draws, ulong seed)
    {
        var units = effects.Length;
        var ranks = new int[units * draws];
        var stream = new RandomStream(seed, 0, 0);
        var values = new double[units];
        var order = new int[units];
        using var work = LongWork.Begin("draws of the ranks", draws);
        for (var draw = 0; draw < draws; draw++)
        {
            CancellationScope.Check();
            work.Step();
            stream.Reset(seed, 0, (ulong)draw);
            for (var unit = 0; unit < units; unit++)
            {
                values[unit] = effects[unit] + (errors[unit] * stream.NextNormal());
                order[unit] = unit;
            }

            Array.Sort(values, order);
            for (var place = 0; place < units; place++)
            {
                ranks[(order[place] * draws) + draw] = place + 1;
            }
        }

        return ranks;
    }
}
