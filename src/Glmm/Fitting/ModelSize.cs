using System.Globalization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>How large a model may be: no more parameters than rows, no more points of quadrature than end in reasonable time.</summary>
internal static class ModelSize
{
    /// <summary>The most points a cluster: their coordinates take 8 bytes a dimension, and each is visited in every pass.</summary>
    private const double MostPoints = 1e5;

    /// <summary>The most densities a pass, some minutes of one processor; a fit makes ten to a hundred passes.</summary>
    private const double MostDensities = 2e10;

    /// <summary>Why the model is too large, with what to do; null if it is not.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="levels">Its random effects.</param>
    /// <param name="nodes">Nodes a dimension.</param>
    /// <param name="freeDispersion">Whether the family has a dispersion to estimate.</param>
    public static string? Problem(ModelFrame frame, IReadOnlyList<RandomLevel> levels, int nodes, bool freeDispersion) =>
        ProblemOfParameters(frame, levels, freeDispersion) ?? ProblemOfPoints(frame.Rows, levels, nodes);

    /// <summary>Why there are too many points, with what to do; null if there are not.</summary>
    /// <param name="rows">n.</param>
    /// <param name="levels">The random effects.</param>
    /// <param name="nodes">Nodes a dimension.</param>
    /// <param name="isNested">Whether more than two levels are integrated one within the other.</param>
    public static string? ProblemOfPoints(int rows, IReadOnlyList<RandomLevel> levels, int nodes, bool isNested = false)
    {
        double Points(int count) => isNested ? NestedPoints(levels, count) : ModelSize.Points(levels, count);
        var points = Points(nodes);
        if (points <= MostPoints && points * rows <= MostDensities)
        {
            return null;
        }

        var few = nodes;
        while (few > 1 && (Points(few) > MostPoints || Points(few) * rows > MostDensities))
        {
            few--;
        }

        var dimension = levels.Sum(level => level.Factor.Dimension);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{nodes} nodes in each of {dimension} dimensions, the random effects of {Names(levels)}, are {Shown(points)} points at "
                + $"each of {rows:N0} rows: at most {MostPoints:N0} points, and {MostDensities:N0} densities in all, end in reasonable "
                + $"time and memory. Give {(few > 1 ? $"--nodes {few} or fewer, or " : string.Empty)}--nodes 1, the Laplace approximation, "
                + $"or leave random effects out.");
    }

    /// <summary>Whether so many nodes may be taken without being asked for.</summary>
    /// <param name="levels">The random effects.</param>
    /// <param name="nodes">Nodes a dimension.</param>
    /// <param name="isNested">Whether more than two levels are integrated one within the other.</param>
    public static bool IsModest(IReadOnlyList<RandomLevel> levels, int nodes, bool isNested = false) =>
        (isNested ? NestedPoints(levels, nodes) : Points(levels, nodes)) <= MostPoints;

    /// <summary>The points of levels of which each is integrated within the one before.</summary>
    public static double NestedPoints(IReadOnlyList<RandomLevel> levels, int nodes) =>
        Math.Pow(nodes, levels.Sum(level => level.Factor.Dimension));

    private static string? ProblemOfParameters(ModelFrame frame, IReadOnlyList<RandomLevel> levels, bool freeDispersion)
    {
        var variances = levels.Sum(level => level.Factor.ParameterCount);
        var parameters = frame.Design.Columns + variances + (freeDispersion ? 1 : 0);
        return parameters <= frame.Rows ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"There are {frame.Rows:N0} complete rows for {parameters:N0} parameters: {frame.Design.Columns:N0} coefficients, "
                + $"{variances:N0} variances and correlations of the random effects of "
                + $"{Names(levels)}{(freeDispersion ? ", a dispersion" : string.Empty)}. Leave terms out; "
                + $"(x || g) leaves out correlations.");
    }

    // Nested effects are integrated one within the other; of more than two levels there is the Laplace approximation only.
    private static double Points(IReadOnlyList<RandomLevel> levels, int nodes) =>
        levels.Count > 2 ? 1 : NestedPoints(levels, nodes);

    private static string Names(IReadOnlyList<RandomLevel> levels) => string.Join(" and ", levels.Select(level => level.Terms[0].Group));

    private static string Shown(double points) => points.ToString(points < 1e15 ? "N0" : "0.#e0", CultureInfo.InvariantCulture);
}
