using MarginalConditional.Compare.Simulation.Designs;

namespace MarginalConditional.Compare.Simulation.Truths;

/// <summary>The kinds of rows of a mechanism's trials, by enumeration of arms, sizes and places.</summary>
internal static class PlaceList
{
    /// <summary>The most rows that are enumerated before equal ones are put together.</summary>
    private const long Most = 2_000_000;

    /// <summary>The kinds; null where the probabilities of the sizes are needed and are not known, or too many.</summary>
    public static Place[]? Of(Mechanism mechanism)
    {
        var design = mechanism.Design;
        var shares = new int[design.Sequences];
        for (var c = 0; c < mechanism.Clusters; c++)
        {
            shares[design.Sequence(c)]++;
        }

        var bySize = !mechanism.SizeDependence.IsNone;
        if (design.IsSaturated && !bySize)
        {
            return [.. WithoutSizes(design, shares)];
        }

        var probabilities = mechanism.Size.Probabilities();
        return probabilities.Count == 0 ? null : Enumerate(design, shares, probabilities, bySize);
    }

    /// <summary>Where place and size do not matter one row stands for all of a cluster.</summary>
    private static IEnumerable<Place> WithoutSizes(ITrialDesign design, int[] shares) =>
        Enumerable.Range(0, shares.Length).Where(sequence => shares[sequence] > 0).Select(sequence =>
            new Place(sequence, 0, 1, shares[sequence] / (double)shares.Sum(), shares[sequence] / (double)shares.Sum()));

    private static Place[]? Enumerate(ITrialDesign design, int[] shares, IReadOnlyList<double> probabilities, bool bySize)
    {
        var kinds = new Dictionary<(int Sequence, double Treatment, int Place, int Size), Place>();
        var (rows, clusters) = (0.0, 0.0);
        long count = 0;
        for (var size = 1; size <= probabilities.Count; size++)
        {
            var probability = probabilities[size - 1];
            if (probability == 0)
            {
                continue;
            }

            count += (long)size * shares.Length;
            if (count > Most)
            {
                return null;
            }

            for (var sequence = 0; sequence < shares.Length; sequence++)
            {
                var share = shares[sequence] * probability;
                clusters += share;
                rows += share * size;
                for (var row = 0; row < size && share > 0; row++)
                {
                    var place = design.IsSaturated ? 0 : design is TrialDesign ? design.Period(row, size) : row;
                    var key = (sequence, design.Treatment(sequence, row, size), place, bySize || design is not TrialDesign ? size : 0);
                    var kind = kinds.GetValueOrDefault(key, new Place(sequence, row, size, 0, 0));
                    kinds[key] = kind with { Participants = kind.Participants + share, Clusters = kind.Clusters + (share / size) };
                }
            }
        }

        return [.. kinds.Values.Select(kind => kind with { Participants = kind.Participants / rows, Clusters = kind.Clusters / clusters })];
    }
}
