using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Inference;

/// <summary>
/// Least-squares means: the mean response for each combination of some
/// variables, as if every other factor were balanced and covariates averaged.
/// </summary>
/// <remarks>
/// Other factors get equal weights over their levels, covariates their average over the rows (Searle, Speed and Milliken 1980).
/// </remarks>
public sealed class LeastSquaresMeans
{
    private LeastSquaresMeans(IReadOnlyList<LeastSquaresMean> means, IReadOnlyList<LeastSquaresMean> differences)
    {
        Means = means;
        Differences = differences;
    }

    /// <summary>One mean for each combination.</summary>
    public IReadOnlyList<LeastSquaresMean> Means { get; }

    /// <summary>The differences of the first variable's levels from its first level, at each combination of the others.</summary>
    public IReadOnlyList<LeastSquaresMean> Differences { get; }

    /// <summary>Computes means and differences.</summary>
    /// <param name="inference">What intervals and tests refer to.</param>
    /// <param name="variables">The variables whose combinations are wanted: the compared one first.</param>
    /// <param name="others">Every other predictor of the formula.</param>
    /// <param name="level">The intervals' level.</param>
    public static LeastSquaresMeans Of(
        LmmInference inference,
        IReadOnlyList<string> variables,
        IReadOnlyList<string> others,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(inference);
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(others);
        var recipe = inference.Fit.Frame.Recipe
            ?? throw new ArgumentException("The frame was made from arrays and has no recipe for its design.", nameof(inference));
        var balanced = Grid(recipe, [.. others.Where(recipe.IsFactor)]);
        var grid = Grid(recipe, variables);
        var weights = grid.ConvertAll(setting =>
            recipe.MeanWeights(balanced.ConvertAll(other => (IReadOnlyList<(string, string)>)[.. setting, .. other])));
        var means = new List<LeastSquaresMean>();
        var differences = new List<LeastSquaresMean>();
        for (var k = 0; k < grid.Count; k++)
        {
            var values = grid[k].ConvertAll(pair => pair.Value);
            means.Add(new LeastSquaresMean(values, "", Estimate(string.Join(", ", values), weights[k])));
            var reference = grid.FindIndex(setting => setting.Skip(1).SequenceEqual(grid[k].Skip(1)));
            if (reference != k)
            {
                var difference = weights[k] is { } one && weights[reference] is { } other ? Minus(one, other) : null;
                var label = $"{values[0]} - {grid[reference][0].Value}";
                differences.Add(new LeastSquaresMean(
                    values,
                    grid[reference][0].Value,
                    Estimate(label, difference)));
            }
        }

        return new LeastSquaresMeans(means, differences);

        Coefficient Estimate(string label, double[]? combination) => combination is null
            ? Coefficient.NotEstimable(label)
            : inference.Test(new Contrast(label, combination), level);
    }

    private static List<List<(string Variable, string Value)>> Grid(DesignRecipe recipe, IReadOnlyList<string> variables)
    {
        List<List<(string, string)>> grid = [[]];
        for (var v = variables.Count - 1; v >= 0; v--)
        {
            var levels = recipe.LevelsOf(variables[v]);
            var variable = variables[v];
            grid = v == 0
                ? [.. grid.SelectMany(setting => levels.Select(level => (List<(string, string)>)[(variable, level), .. setting]))]
                : [.. levels.SelectMany(level => grid.Select(setting => (List<(string, string)>)[(variable, level), .. setting]))];
        }

        return grid;
    }

    private static double[] Minus(double[] one, double[] other) => [.. one.Zip(other, (a, b) => a - b)];
}
