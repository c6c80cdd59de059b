using System.Globalization;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Longitudinal;

/// <summary>Which rows were seen at each exposure, and what they are set to. Immutable.</summary>
internal sealed class ExposureRows
{
    private readonly ModelFrame frame;
    private readonly DesignRecipe recipe;
    private readonly string column;
    private readonly int[] codes;
    private readonly int[] positions;
    private readonly (string Variable, string Value)[][] settings;

    private ExposureRows(ModelFrame frame, DesignRecipe recipe, string column, string? treatment)
    {
        this.frame = frame;
        this.recipe = recipe;
        this.column = column;
        var levels = recipe.LevelsOf(column);
        codes = recipe.CodesOf(column);
        var none = NoExposure(levels);
        int[] others = [.. Enumerable.Range(0, levels.Count).Where(level => level != none && codes.Contains(level))];
        if (others.Length == 0)
        {
            throw new InputException($"--exposure {column} has only one value: there is no exposure to compare.")
            {
                Hint = "Name the column that counts periods since a cluster began treatment, 0 before.",
            };
        }

        None = levels[none];
        Exposures = [.. others.Select(level => levels[level])];
        positions = [none, .. others];
        settings = [.. positions.Select(level => Setting(level, levels[level], treatment))];
    }

    /// <summary>The level that means no exposure.</summary>
    public string None { get; }

    /// <summary>The other levels, in order.</summary>
    public IReadOnlyList<string> Exposures { get; }

    /// <summary>Reads the exposures of a frame.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="column">The column of exposures, a predictor.</param>
    /// <param name="treatment">The column of arms; where it is a predictor too, it is set along.</param>
    /// <exception cref="InputException">The column is no predictor, or rows of one exposure have two arms.</exception>
    public static ExposureRows Of(ModelFrame frame, string column, string treatment)
    {
        var recipe = frame.Recipe ?? throw new ArgumentException("The frame was made from arrays: nothing can be set.", nameof(frame));
        return new ExposureRows(frame, recipe, column, treatment == column ? null : treatment);
    }

    /// <summary>How many clusters have a row at an exposure.</summary>
    public int ClustersAt(int exposure)
    {
        var count = 0;
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            CancellationScope.Check();
            count += codes.AsSpan(frame.Clusters.Start(c), frame.Clusters.Size(c)).Contains(positions[exposure + 1]) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The rows at an exposure as a population.</summary>
    public TrialRows Trial(int exposure) =>
        new(frame, new int[frame.Rows], [], Array.ConvertAll(codes, code => code == positions[exposure + 1]));

    /// <summary>Every row set to no exposure, and to one.</summary>
    public List<ArmSetting> Settings(int exposure) =>
        [ArmSetting.Of(0, recipe, settings[0]), ArmSetting.Of(1, recipe, settings[exposure + 1])];

    /// <summary>Which rows were seen at an exposure.</summary>
    public IReadOnlyList<bool> SeenAt(int exposure) => Array.ConvertAll(codes, code => code == positions[exposure + 1]);

    /// <summary>What no exposure, and one, set rows to.</summary>
    public IReadOnlyList<IReadOnlyList<(string Variable, string Value)>> Values(int exposure) => [settings[0], settings[exposure + 1]];

    /// <summary>A sentence for each exposure that one cluster alone was seen at.</summary>
    public IEnumerable<string> LoneClusters() => Exposures.Where((_, e) => ClustersAt(e) == 1)
        .Select(exposure => $"Only one cluster was seen at {column} = {exposure}: nothing tells its effect there from chance, so that "
            + "neither it nor the average over exposures has a leave-one-out standard error.");

    /// <summary>The level 0 where there is one, else the first.</summary>
    private static int NoExposure(IReadOnlyList<string> levels)
    {
        for (var level = 0; level < levels.Count; level++)
        {
            if (double.TryParse(levels[level], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == 0)
            {
                return level;
            }
        }

        return 0;
    }

    private (string Variable, string Value)[] Setting(int level, string exposure, string? treatment)
    {
        if (treatment is null)
        {
            return [(column, exposure)];
        }

        var arms = recipe.CodesOf(treatment).Where((_, row) => codes[row] == level).Distinct().ToList();
        var names = recipe.LevelsOf(treatment);
        return arms.Count == 1
            ? [(column, exposure), (treatment, names[arms[0]])]
            : throw new InputException($"Rows with {column} = {exposure} have {treatment} = {names[arms[0]]} and {names[arms[1]]}: an "
                + "exposure belongs to one arm.")
            {
                Hint = $"Correct {column}, or leave {treatment} out of the formula: {column} says when it began.",
            };
    }
}
