using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Compare.Summaries;

/// <summary>Which cluster was given which arm, in which stratum. Immutable.</summary>
internal sealed class TrialArms
{
    private readonly int[] arms;
    private readonly int[] strata;

    /// <summary>Wraps the arrays (not copied).</summary>
    /// <param name="levels">The arms, the reference first.</param>
    /// <param name="arms">K positions among <paramref name="levels"/>.</param>
    /// <param name="strata">K strata, numbered from 0; all 0 without any.</param>
    public TrialArms(IReadOnlyList<string> levels, int[] arms, int[] strata)
    {
        Levels = levels;
        this.arms = arms;
        this.strata = strata;
    }

    /// <summary>The arms, the reference first.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>The arm of each cluster, K.</summary>
    public ReadOnlySpan<int> Arms => arms;

    /// <summary>The stratum of each cluster, K.</summary>
    public ReadOnlySpan<int> Strata => strata;

    /// <summary>Reads the arms of a frame's clusters; null with a reason where the clusters are not what was randomized.</summary>
    /// <param name="frame">Built from a data set.</param>
    /// <param name="treatment">The column of the arms.</param>
    /// <param name="strataNames">Groupings of the frame that are constant in clusters.</param>
    /// <param name="reason">One sentence, or null.</param>
    /// <exception cref="InputException">A stratum varies within a cluster.</exception>
    public static TrialArms? Read(ModelFrame frame, string treatment, IReadOnlyList<string> strataNames, out string? reason)
    {
        reason = null;
        if (frame.Recipe is not { } recipe)
        {
            return null;
        }

        var levels = recipe.LevelsOf(treatment);
        if (levels.Count < 2 || (!recipe.IsFactor(treatment) && levels.Count > 2))
        {
            reason = FormattableString.Invariant(
                $"{treatment} is a number with {levels.Count} values, so the clusters have no arms whose means could be compared.");
            return null;
        }

        if (Constant(frame, recipe.CodesOf(treatment), out var varying) is not { } arms)
        {
            reason = $"{treatment} varies within {frame.Clusters.Name} {frame.Clusters.Label(varying)}, so the clusters are not what "
                + $"was randomized, and their own means are not compared.";
            return null;
        }

        return new TrialArms(levels, arms, StrataOf(frame, strataNames));
    }

    private static int[] StrataOf(ModelFrame frame, IReadOnlyList<string> names)
    {
        var strata = new int[frame.Clusters.Count];
        foreach (var name in names)
        {
            var codes = ((FactorColumn)frame.Auxiliary(name)).Codes.ToArray();
            var own = Constant(frame, codes, out var varying) ?? throw new InputException(
                $"--strata: {name} varies within {frame.Clusters.Name} {frame.Clusters.Label(varying)}.")
            {
                Hint = "Clusters are randomized within strata, so a column of strata has to be constant in each cluster.",
            };
            var numbers = new Dictionary<(int, int), int>();
            for (var c = 0; c < strata.Length; c++)
            {
                var key = (strata[c], own[c]);
                strata[c] = numbers.TryGetValue(key, out var number) ? number : numbers[key] = numbers.Count;
            }
        }

        return strata;
    }

    /// <summary>The value of each cluster, K; null when one has several.</summary>
    private static int[]? Constant(ModelFrame frame, int[] codes, out int varying)
    {
        var clusters = frame.Clusters;
        var own = new int[clusters.Count];
        for (varying = 0; varying < own.Length; varying++)
        {
            own[varying] = codes[clusters.Start(varying)];
            if (codes.AsSpan(clusters.Start(varying), clusters.Size(varying)).ContainsAnyExcept(own[varying]))
            {
                return null;
            }
        }

        return own;
    }
}
