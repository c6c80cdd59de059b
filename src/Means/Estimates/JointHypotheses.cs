using MarginalConditional.Data.Coding;
using MarginalConditional.Means.Grids;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Means.Estimates;

/// <summary>For each term the hypothesis that it makes no difference to the means: type III, whatever the coding.</summary>
/// <remarks>
/// Differences of the levels of each of the term's factors, multiplied with each other and averaged over the others with equal weights; of
/// a covariate its slope, of several the mixed slope. Of a factor within which another of the term is nested every level counts. What is
/// not estimable is left out of the rank: only combinations of the differences that are orthogonal to the design's null space are tested.
/// </remarks>
internal sealed class JointHypotheses
{
    private const double RankTolerance = 1e-8;

    private readonly FittedModel model;
    private readonly MeansRequest request;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> nests;

    public JointHypotheses(FittedModel model, MeansRequest request)
    {
        this.model = model;
        this.request = request;
        nests = FactorNests.Of(
            model.Recipe, [.. model.Recipe.GridVariables.Where(name => model.Recipe.AxisOf(name).IsFactor)]);
    }

    /// <summary>The tests, in the order of the formula.</summary>
    public IReadOnlyList<JointHypothesis> Tests() =>
    [
        .. model.Recipe.TermVariables
            .DistinctBy(term => string.Join(":", term.Variables.Order(StringComparer.Ordinal)), StringComparer.Ordinal)
            .Select(term => Test(term.Variables)),
    ];

    private JointHypothesis Test(IReadOnlyList<string> variables)
    {
        var name = string.Join(":", variables);
        var rows = Differences(variables);
        var estimable = Independent(Estimable(rows));
        var rank = Independent(rows).Count;
        if (estimable.Count == 0)
        {
            return new JointHypothesis(new JointMeanTest(name, new WaldTest(double.NaN, 0, null, double.NaN), rank), [], []);
        }

        Contrast[] contrasts = [.. estimable.Select(row => new Contrast(name, model.Recipe.Kept(row)))];
        return JointHypothesis.Of(
            new JointMeanTest(name, model.Test(contrasts), rank - estimable.Count), contrasts, model.Coefficients, model.Covariance);
    }

    /// <summary>The rows of the hypothesis in all columns.</summary>
    private List<double[]> Differences(IReadOnlyList<string> variables)
    {
        string[] factors = [.. variables.Where(name => model.Recipe.AxisOf(name).IsFactor)];
        string[] covariates = [.. variables.Except(factors, StringComparer.Ordinal)];
        var at = request.At.Where(pair => !model.Recipe.AxisOf(pair.Variable).IsFactor && pair.Values.Count == 1).ToArray();
        var grid = new MeanGrid(model, new MeansRequest { Variables = factors, At = at, Weighting = MeanWeighting.Equal });
        var means = covariates.Length == 0
            ? grid.Rows.Select(row => row.Weights.Count == 0 ? new double[grid.Grid.Columns] : grid.Full(row)).ToArray()
            : MixedSlopes(factors, covariates, at);
        return [.. Products(grid, factors).Select(weights => Combination(means, weights))];
    }

    /// <summary>The slope in all covariates at once: exact in the first, by central differences in the others.</summary>
    private double[][] MixedSlopes(string[] factors, string[] covariates, (string Variable, IReadOnlyList<string> Values)[] at)
    {
        const double Step = 1e-3;
        if (covariates.Length == 1)
        {
            var grid = new MeanGrid(model, new MeansRequest { Variables = factors, At = at });
            return
            [
                .. grid.Rows.Select(row =>
                    row.Weights.Count == 0 ? new double[grid.Grid.Columns] : grid.FullSlope(row, covariates[0])),
            ];
        }

        var moved = covariates[^1];
        var axis = at.Any(pair => pair.Variable == moved)
            ? model.Recipe.AxisAt(moved, at.First(pair => pair.Variable == moved).Values)
            : model.Recipe.AxisOf(moved);
        var step = Step * model.Recipe.RangeOf(moved);
        var (above, below) = (At(step), At(-step));
        return [.. above.Zip(below, (one, other) => one.Zip(other, (a, b) => (a - b) / (2 * step)).ToArray())];

        double[][] At(double shift) => MixedSlopes(
            factors,
            covariates[..^1],
            [
                .. at.Where(pair => pair.Variable != moved),
                (moved, [(axis.Numbers[0] + shift).ToString("R", System.Globalization.CultureInfo.InvariantCulture)]),
            ]);
    }

    /// <summary>Products over the factors of differences from the first level, or of every level where a factor is nested in it.</summary>
    private List<double[]> Products(MeanGrid grid, string[] factors)
    {
        List<double[]> products = [[1]];
        for (var v = 0; v < factors.Length; v++)
        {
            var levels = grid.Grid.Axes[v].Labels.Count;
            var outer = factors[v];
            var holds = factors.Any(other => nests.TryGetValue(other, out var around) && around.Contains(outer, StringComparer.Ordinal));
            var own = new List<double[]>();
            for (var level = holds ? 0 : 1; level < levels; level++)
            {
                var weights = new double[levels];
                weights[level] = 1;
                weights[0] -= holds ? 0 : 1;
                own.Add(weights);
            }

            products = [.. from mine in own from inner in products
                           select mine.SelectMany(weight => inner.Select(value => weight * value)).ToArray()];
        }

        return products;
    }

    private static double[] Combination(double[][] means, double[] weights)
    {
        var sum = new double[means[0].Length];
        for (var i = 0; i < weights.Length; i++)
        {
            Dense.AddScaled(weights[i], means[i], sum);
        }

        return sum;
    }

    /// <summary>The combinations of rows that are estimable: those without a part in the null space.</summary>
    private List<double[]> Estimable(List<double[]> rows)
    {
        var directions = model.Recipe.NullSpace();
        if (directions.Count == 0 || rows.Count == 0)
        {
            return rows;
        }

        // Eigenvectors of (HN)(HN)ᵀ with the value 0 combine rows of H that N does not see.
        var (q, r) = (rows.Count, directions.Count);
        var seen = new double[q * r];
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < r; j++)
            {
                seen[(i * r) + j] = Dense.Dot(rows[i], directions[j]) / Math.Sqrt(Dense.Dot(directions[j], directions[j]));
            }
        }

        var (square, values, vectors) = (new double[q * q], new double[q], new double[q * q]);
        Dense.MultiplyTranspose(seen, seen, q, r, q, square);
        var size = rows.Max(row => Dense.Dot(row, row));
        SymmetricEigen.Decompose(square, q, values, vectors);
        return
        [
            .. Enumerable.Range(0, q)
                .Where(k => values[k] <= RankTolerance * RankTolerance * Math.Max(1, size))
                .Select(k => Combination([.. rows], vectors.AsSpan(k * q, q).ToArray()))
                .Where(row => model.Recipe.MissingColumn(row) is null),
        ];
    }

    /// <summary>As many of the rows as are linearly independent, the longest remainder first.</summary>
    private static List<double[]> Independent(List<double[]> rows)
    {
        List<double[]> remainders = [.. rows.Select(row => (double[])row.Clone())];
        var lengths = rows.ConvertAll(row => Dense.Dot(row, row));
        var chosen = new List<int>();
        while (chosen.Count < rows.Count)
        {
            var best = Enumerable.Range(0, rows.Count)
                .Where(i => !chosen.Contains(i) && lengths[i] > 0)
                .OrderByDescending(i => Dense.Dot(remainders[i], remainders[i]) / lengths[i])
                .DefaultIfEmpty(-1)
                .First();
            if (best < 0 || Dense.Dot(remainders[best], remainders[best]) <= RankTolerance * lengths[best])
            {
                break;
            }

            chosen.Add(best);
            var direction = remainders[best];
            var square = Dense.Dot(direction, direction);
            for (var i = 0; i < rows.Count; i++)
            {
                if (!chosen.Contains(i))
                {
                    Dense.AddScaled(-Dense.Dot(direction, remainders[i]) / square, direction, remainders[i]);
                }
            }
        }

        return [.. chosen.Order().Select(i => rows[i])];
    }
}
