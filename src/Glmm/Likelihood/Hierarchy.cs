using MarginalConditional.Glmm.RandomEffects;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>Nested groupings, coarsest first: where each group's rows start, and which groups of the next level it holds.</summary>
internal sealed class Hierarchy
{
    private Hierarchy(IReadOnlyList<RandomLevel> levels, double[][] designs)
    {
        Levels = levels;
        Designs = designs;
    }

    /// <summary>The levels, coarsest first.</summary>
    public IReadOnlyList<RandomLevel> Levels { get; }

    /// <summary>Z of each level, scaled, by row.</summary>
    public IReadOnlyList<double[]> Designs { get; }

    /// <summary>Reads the hierarchy of a model's levels.</summary>
    /// <exception cref="ArgumentException">The groupings are not nested in each other.</exception>
    public static Hierarchy Of(IReadOnlyList<RandomLevel> levels)
    {
        for (var l = 1; l < levels.Count; l++)
        {
            var coarse = levels[l - 1];
            var fine = levels[l];
            for (var i = 1; i < fine.Groups.Length; i++)
            {
                if (fine.Groups[i] == fine.Groups[i - 1] && coarse.Groups[i] != coarse.Groups[i - 1])
                {
                    throw new ArgumentException(
                        $"The groupings {coarse.Terms[0].Group} and {fine.Terms[0].Group} are not nested in each other; crossed random effects are not available.",
                        nameof(levels));
                }
            }
        }

        return new Hierarchy(levels, [.. levels.Select(level => level.RowMajorDesign())]);
    }

    /// <summary>The first group of a finer level that lies in a group of the coarsest; with group + 1, one past the last.</summary>
    public int FirstGroup(int level, int coarsest)
    {
        var offsets = Levels[0].ClusterOffsets;
        return coarsest == Levels[0].GroupCount ? Levels[level].GroupCount : Levels[level].Groups[offsets[coarsest]];
    }
}
