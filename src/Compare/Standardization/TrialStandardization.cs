using System.Collections.Immutable;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Standardization;

/// <summary>What is asked of a trial: the arms, the values other columns are set to, and whom the answer is about.</summary>
internal sealed class TrialStandardization
{
    private readonly DesignRecipe recipe;
    private readonly ComparisonOptions options;
    private TrialStandardization(
        DesignRecipe recipe,
        ComparisonOptions options,
        IReadOnlyList<string> levels,
        TrialRows rows,
        bool robust,
        IReadOnlyList<(string Variable, string Value)> by)
    {
        this.recipe = recipe;
        this.options = options;
        Rows = rows;
        Levels = levels;
        Questions = [.. levels.Skip(1).Select(level => new LadderQuestion(level, levels[0], options.At, by))];
        IsRobust = robust;
        Proportions = options.Glmm.Family == Family.Binomial;
        Ratios = [.. MeasuresOf(options).Where(measure => measure.IsLogarithm)];
    }

    /// <summary>The treatment's levels, the reference first.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>The rows as they were observed.</summary>
    public TrialRows Rows { get; }

    /// <summary>Each arm against the reference.</summary>
    public IReadOnlyList<LadderQuestion> Questions { get; }

    /// <summary>Whether the population was seen at the values asked, so that residuals can correct what the model misses.</summary>
    public bool IsRobust { get; }

    /// <summary>Whether outcomes are proportions.</summary>
    public bool Proportions { get; }

    /// <summary>The measures on transformed means, in the order of the averages.</summary>
    public ImmutableArray<EffectMeasure> Ratios { get; }

    /// <summary>All measures that make sense for the outcome.</summary>
    public IEnumerable<EffectMeasure> Measures => [EffectMeasure.Difference, .. Ratios];

    /// <summary>The measures that make sense for the outcome of a comparison: ratios need means that are positive.</summary>
    public static IEnumerable<EffectMeasure> MeasuresOf(ComparisonOptions options)
    {
        var proportions = options.Glmm.Family == Family.Binomial;
        return EffectMeasure.All.Where(measure => !measure.IsLogarithm || proportions
            || (!measure.IsForProportions && options.Glmm.EffectiveLink == Link.Log));
    }

    /// <summary>Why there are no standardized effects although the treatment has levels, a sentence; null where there are.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="levels">The treatment's levels, the reference first.</param>
    public static string? NotEstimable(ModelFrame frame, ComparisonOptions options, IReadOnlyList<string>? levels)
    {
        var missing = levels?.FirstOrDefault(level =>
            frame.Recipe is { } recipe && !recipe.IsEstimable([(options.Treatment, level), .. options.At]));
        return missing is null
            ? null
            : $"Ladder and standardized effects are not estimable: some rows have no mean with {options.Treatment} = {missing}, because no "
                + "row that was seen tells of it. Leave the interaction out of the formula, or join levels.";
    }

    /// <summary>The question of a comparison; null where the treatment has no levels to set or a row has no mean under one.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="levels">The treatment's levels, the reference first.</param>
    /// <param name="everybody">Whether all rows are the population, whoever was seen at the values asked.</param>
    /// <param name="subgroup">Whose rows are the population; null for everybody's.</param>
    public static TrialStandardization? Of(
        ModelFrame frame,
        ComparisonOptions options,
        IReadOnlyList<string>? levels,
        bool everybody = false,
        TrialSubgroup? subgroup = null)
    {
        if (frame.Recipe is not { } recipe || levels is null
            || !levels.All(level => recipe.IsEstimable([(options.Treatment, level), .. options.At])))
        {
            return null;
        }

        var known = recipe.LevelsOf(options.Treatment);
        int[] position = [.. known.Select(level => levels.ToList().IndexOf(level))];
        int[] arms = Array.ConvertAll(recipe.CodesOf(options.Treatment), level => position[level]);
        var seen = Seen(recipe, options, frame);
        var robust = !everybody && options.Exposure != options.Treatment
            && (options.At.Count == 0 || IsSeen(frame, seen, arms, levels.Count, options.Tolerances.SeenShare));
        bool[] population = robust && options.At.Count > 0 ? seen : [];
        if (subgroup is not null)
        {
            population = population.Length == 0 ? subgroup.Rows : [.. population.Zip(subgroup.Rows, (own, other) => own && other)];
            robust &= Enumerable.Range(0, levels.Count).All(arm => arms.Zip(population).Any(row => row.First == arm && row.Second));
        }

        var periods = options.Period is { } column ? TrialPeriods.Of(frame, column, arms, levels) : null;
        var rows = new TrialRows(frame, arms, [.. options.Probabilities], population, periods);
        (string, string)[] by = subgroup is null ? [] : [(subgroup.Variable, subgroup.Value)];
        return new TrialStandardization(recipe, options, levels, rows, robust, by);
    }

    /// <summary>The averages that a working model gives.</summary>
    /// <param name="model">The model.</param>
    /// <param name="errors">The kind of standard error.</param>
    /// <param name="parameterChanges">ψ̂ − ψ₍ᵢ₎, K×m by rows; for plain influences ψ_c.</param>
    public StandardizedAverages Averages(WorkingModel model, StandardizedErrors errors, double[] parameterChanges) =>
        Averages(model, errors, parameterChanges, Ratios);

    /// <summary>The averages, with transformed means of some measures.</summary>
    /// <param name="model">The model.</param>
    /// <param name="errors">The kind of standard error.</param>
    /// <param name="parameterChanges">As above.</param>
    /// <param name="ratios">The measures.</param>
    public StandardizedAverages Averages(
        WorkingModel model, StandardizedErrors errors, double[] parameterChanges, ImmutableArray<EffectMeasure> ratios) =>
        new(new AverageSums(model, Rows, Settings(), ratios), errors, parameterChanges, options.Glmm.Threads);

    /// <summary>Every row set to each arm.</summary>
    public List<ArmSetting> Settings() =>
        [.. Levels.Select((level, arm) => ArmSetting.Of(arm, recipe, [(options.Treatment, level), .. options.At]))];

    /// <summary>The rows whose own values are those asked for.</summary>
    private static bool[] Seen(DesignRecipe recipe, ComparisonOptions options, ModelFrame frame)
    {
        var seen = new bool[frame.Rows];
        Array.Fill(seen, true);
        foreach (var (variable, value) in options.At)
        {
            var wanted = recipe.PositionOf(variable, value);
            var own = recipe.CodesOf(variable);
            for (var i = 0; i < seen.Length; i++)
            {
                seen[i] &= own[i] == wanted;
            }
        }

        return seen;
    }

    /// <summary>Whether most clusters have a row at the values, and every arm some.</summary>
    private static bool IsSeen(ModelFrame frame, bool[] seen, int[] arms, int count, double share)
    {
        var clusters = 0;
        var byArm = new bool[count];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            CancellationScope.Check();
            var any = false;
            for (var i = frame.Clusters.Start(c); i < frame.Clusters.Start(c + 1); i++)
            {
                any |= seen[i];
                byArm[arms[i]] |= seen[i];
            }

            clusters += any ? 1 : 0;
        }

        return clusters >= share * frame.Clusters.Count && byArm.All(any => any);
    }
}
