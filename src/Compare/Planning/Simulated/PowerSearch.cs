namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>Finds the least of some whole numbers at which an increasing power, known by simulation, reaches the one wanted.</summary>
/// <remarks>
/// A number reaches it when its interval lies above, or, where trials do not suffice to decide, when its estimate does. What is decided at
/// two numbers holds for all beyond them, as the power increases: between the two lies the answer with the confidence of the intervals.
/// </remarks>
/// <param name="powerAt">The power at a number; asked once for each.</param>
/// <param name="wanted">The power wanted.</param>
/// <param name="least">The least number, 1 or more.</param>
/// <param name="most">The largest.</param>
internal sealed class PowerSearch(Func<int, SimulatedPower> powerAt, double wanted, int least, int most)
{
    /// <summary>The most numbers that are ever asked about: intervals share their α over so many.</summary>
    public const int MostAsked = 80;

    private readonly SortedDictionary<int, SimulatedPower> known = [];

    /// <summary>What is known of the numbers asked about.</summary>
    public IReadOnlyDictionary<int, SimulatedPower> Known => known;

    /// <summary>The answer, and where it lies for certain.</summary>
    /// <param name="start">Where to begin.</param>
    /// <returns>No answer when the largest number does not reach the power; no end when none is decided to.</returns>
    public (int? Needed, int AtLeast, int? AtMost) Find(int start)
    {
        var (low, high) = Bracket(Math.Clamp(start, least, most));
        while (high is { } reaching && reaching - low > 1)
        {
            var middle = low + ((reaching - low) / 2);
            (low, high) = Reaches(middle) ? (low, middle) : (middle, high);
        }

        return high is { } needed
            ? (needed, LowerEnd(needed), UpperEnd(needed))
            : (null, Decided(-1).DefaultIfEmpty(least - 1).Max() + 1, null);
    }

    /// <summary>The largest number known not to reach the power, and the least known to; null for none.</summary>
    private (int Low, int? High) Bracket(int start)
    {
        if (Reaches(start))
        {
            var high = start;
            while (high > least)
            {
                var next = Math.Max(least, high / 2);
                if (!Reaches(next))
                {
                    return (next, high);
                }

                high = next;
            }

            return (least - 1, high);
        }

        for (var low = start; low < most;)
        {
            var next = (int)Math.Min(most, 2L * low);
            if (Reaches(next))
            {
                return (low, next);
            }

            low = next;
        }

        return (most, null);
    }

    /// <summary>One more than a number decided to lie below, close to the answer.</summary>
    private int LowerEnd(int needed)
    {
        var (decided, open) = (Decided(-1).DefaultIfEmpty(least - 1).Max(), needed);
        while (open - decided > Math.Max(1, needed / 20))
        {
            var middle = decided + ((open - decided) / 2);
            (decided, open) = At(middle).Side < 0 ? (middle, open) : (decided, middle);
        }

        return decided + 1;
    }

    /// <summary>A number decided to lie above, close to the answer; null when there is none up to twice the answer.</summary>
    private int? UpperEnd(int needed)
    {
        var (open, reach) = (needed, (int)Math.Min(most, 2L * needed));
        var decided = Decided(1).DefaultIfEmpty(reach).Min();
        if (At(decided).Side <= 0)
        {
            return null;
        }

        while (decided - open > Math.Max(1, needed / 20))
        {
            var middle = open + ((decided - open) / 2);
            (open, decided) = At(middle).Side > 0 ? (open, middle) : (middle, decided);
        }

        return At(open).Side > 0 ? open : decided;
    }

    private IEnumerable<int> Decided(int side) => known.Where(pair => pair.Value.Side == side).Select(pair => pair.Key);

    private bool Reaches(int number) => At(number) is var power && (power.Side > 0 || (power.Side == 0 && power.Estimate >= wanted));

    private SimulatedPower At(int number)
    {
        if (!known.TryGetValue(number, out var power))
        {
            power = powerAt(number);
            known.Add(number, power);
        }

        return power;
    }
}
