using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>
/// The random effects of a model as independent standard normals, each with its groups and the loading of every row, coarsest first; and
/// the likelihood under them by sums over grids, at finite parameters and at infinity.
/// </summary>
/// <remarks>
/// At t(β, Λ) with t → ∞ a row on a side has probability 1 or 0 as its predictor is there or not. So given the others the probability of
/// a group is that of an interval of the last effect, Φ(hi) − Φ(lo). When an effect alone grows, its sign has to suit all rows that it
/// moves: half of the likelihood of the others remains. At finite parameters sums with steps of 1/(1.5s), s the largest loading, are exact
/// to 1e-7: the mean has its nearest singularity π/s away from the real line (Trefethen and Weideman 2014). Steps of 2/s, which three
/// effects and more have, leave e^(−π²), 5e-5.
/// </remarks>
internal sealed partial class StandardizedEffects
{
    private const double Reach = 7;
    private const double FiniteStep = 0.3;
    private const double StepsPerUnit = 1.5;
    private const double WideFiniteStep = 0.7;
    private const double WideStepsPerUnit = 0.5;
    private const int FewEffects = 2;
    private const double Negligible = 1e-12;

    private readonly SidedRows rows;
    private readonly int[][] groups;
    private readonly double[]?[] grids;

    private StandardizedEffects(SidedRows rows, int[][] groups, double[][] loadings)
    {
        this.rows = rows;
        this.groups = groups;
        Loadings = loadings;
        grids = new double[groups.Length][];
    }

    /// <summary>The number of effects.</summary>
    public int Count => groups.Length;

    /// <summary>For each effect the loading of each row.</summary>
    public double[][] Loadings { get; }

    /// <summary>The effects that are not zero at parameters; null where the groups of a level do not stand together.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="scaled">Parameters in scaled units.</param>
    public static StandardizedEffects? Of(PreparedModel model, SidedRows rows, ReadOnlySpan<double> scaled)
    {
        var (groups, loadings) = (new List<int[]>(), new List<double[]>());
        var at = model.Scaling.Columns;
        foreach (var level in model.Levels)
        {
            var q = level.Factor.Dimension;
            var lambda = new double[q * q];
            level.Factor.Fill(scaled.Slice(at, level.Factor.ParameterCount), lambda);
            at += level.Factor.ParameterCount;
            var (own, design) = (level.Groups.ToArray(), level.RowMajorDesign());
            for (var row = 1; row < own.Length; row++)
            {
                if (own[row] < own[row - 1])
                {
                    return null;
                }
            }

            for (var c = 0; c < q; c++)
            {
                var loading = new double[own.Length];
                for (var row = 0; row < loading.Length; row++)
                {
                    for (var a = 0; a < q; a++)
                    {
                        loading[row] += design[(row * q) + a] * lambda[(a * q) + c];
                    }
                }

                if (loading.AsSpan().ContainsAnyExcept(0))
                {
                    groups.Add(own);
                    loadings.Add(loading);
                }
            }
        }

        return new StandardizedEffects(rows, [.. groups], [.. loadings]);
    }

    /// <summary>The effect alone.</summary>
    public StandardizedEffects Only(int effect) => new(rows, [groups[effect]], [Loadings[effect]]);

    /// <summary>The effects with loadings t times as large.</summary>
    public StandardizedEffects Times(double t) =>
        new(rows, groups, [.. Loadings.Select(loading => loading.Select(value => t * value).ToArray())]);

    /// <summary>The first rows of the groups of an effect, and the number of rows.</summary>
    public int[] Starts(int effect)
    {
        var own = groups[effect];
        return [.. Enumerable.Range(0, own.Length).Where(row => row == 0 || own[row] != own[row - 1]), own.Length];
    }

    /// <summary>What the log-likelihood tends to as one effect grows and all else stays; −∞ where a group has rows that differ.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="predictor">The predictor of each row without random effects.</param>
    /// <param name="mostWork">Evaluations beyond which it is not known: −∞, the lower bound that needs none.</param>
    public double Growing(int effect, double[] predictor, double mostWork = double.PositiveInfinity)
    {
        var (loading, starts) = (Loadings[effect], Starts(effect));
        var halves = 0;
        for (var g = 0; g + 1 < starts.Length; g++)
        {
            var direction = 0;
            for (var row = starts[g]; row < starts[g + 1]; row++)
            {
                if (loading[row] == 0 || !rows.Counts(row))
                {
                    continue;
                }

                var own = rows.Sign(row) * Math.Sign(loading[row]);
                if (own == 0 || own == -direction)
                {
                    return double.NegativeInfinity;
                }

                direction = own;
            }

            halves += Math.Abs(direction);
        }

        var left = rows.Without(row => loading[row] != 0);
        var others = Enumerable.Range(0, Count)
            .Where(other => other != effect && Enumerable.Range(0, left.Count).Any(row => left.Counts(row) && Loadings[other][row] != 0))
            .ToArray();
        var rest = new StandardizedEffects(
            left,
            [.. others.Select(other => groups[other])],
            [.. others.Select(other => Loadings[other])]);
        return rest.Count > 0 && rest.FiniteWork(1) > mostWork
            ? double.NegativeInfinity
            : rest.Finite(predictor) - (halves * Math.Log(2));
    }

    /// <summary>The log-likelihood at finite parameters, but for what depends on the outcomes alone.</summary>
    /// <param name="predictor">The predictor of each row without random effects.</param>
    public double Finite(double[] predictor)
    {
        var moved = Copies(predictor, Count + 1);
        return Count == 0
            ? Enumerable.Range(0, predictor.Length).Sum(row => rows.LogLikelihood(row, predictor[row]))
            : Sum(Starts(0), (first, end) => Integral(0, first, end, moved, 0));
    }

    /// <summary>The evaluations of a mean that <see cref="Finite"/> needs when loadings are multiplied by t.</summary>
    public double FiniteWork(double t) => Loadings.Aggregate((double)rows.Count, (work, loading) => work * 2 * Reach / Step(loading, t));

    /// <summary>
    /// The interval of the last effect in which a group's rows are on their sides, and its ends' rows, −1 where it has none; as far as it
    /// was looked for where it is empty.
    /// </summary>
    public (double Low, double High, int LowRow, int HighRow) Bounds(int first, int end, double[] predictor, int effect)
    {
        var (low, high, lowRow, highRow) = (double.NegativeInfinity, double.PositiveInfinity, -1, -1);
        var loading = Loadings[effect];
        for (var row = first; row < end; row++)
        {
            if (!rows.Counts(row))
            {
                continue;
            }

            var sign = rows.Sign(row);
            if (sign == 0 || loading[row] == 0)
            {
                if (sign * predictor[row] <= 0)
                {
                    return (0, 0, row, row);
                }

                continue;
            }

            var bound = -predictor[row] / loading[row];
            if (sign * loading[row] > 0)
            {
                (low, lowRow) = bound > low ? (bound, row) : (low, lowRow);
            }
            else
            {
                (high, highRow) = bound < high ? (bound, row) : (high, highRow);
            }

            if (!(low < high))
            {
                break;
            }
        }

        return (low, high, lowRow, highRow);
    }

    /// <summary>Φ(hi) − Φ(lo), on the side where it keeps its digits.</summary>
    public static double Probability(double low, double high) =>
        !(low < high) ? 0
        : low > 0 ? StandardNormal.Cumulative(-low) - StandardNormal.Cumulative(-high)
        : StandardNormal.Cumulative(high) - StandardNormal.Cumulative(low);

    private void Move(int effect, int first, int end, double z, double[][] moved)
    {
        var (from, to, loading) = (moved[effect], moved[effect + 1], Loadings[effect]);
        for (var row = first; row < end; row++)
        {
            to[row] = from[row] + (loading[row] * z);
        }
    }

    /// <summary>The integral over an effect and those after it, from the middle outwards.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="first">The first row of its group.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="moved">The predictors of the rows given the effects before it.</param>
    /// <param name="least">What does not matter: factors are at most 1, so that a product below its share of this stays there.</param>
    private double Integral(int effect, int first, int end, double[][] moved, double least)
    {
        if (effect == Count)
        {
            return rows.Likelihood(first, end, moved[effect], least);
        }

        var step = Step(Loadings[effect]);
        var densities = grids[effect] ??= [.. Enumerable.Range(0, (int)(Reach / step) + 1).Select(k => StandardNormal.Density(k * step))];
        var sum = 0.0;
        for (var k = 1; k < 2 * densities.Length; k++)
        {
            var place = k / 2;
            Move(effect, first, end, k % 2 == 0 ? place * step : -place * step, moved);
            var product = densities[place];
            var share = Math.Max(least / (2 * Reach), Negligible * sum);
            for (int start = first, next; start < end && product > share; start = next)
            {
                next = effect + 1 < Count ? Next(effect + 1, start, end) : end;
                product *= Integral(effect + 1, start, next, moved, share / product);
            }

            sum += product;
        }

        return sum * step;
    }

    private int Next(int effect, int start, int end)
    {
        var next = start + 1;
        while (next < end && groups[effect][next] == groups[effect][start])
        {
            next++;
        }

        return next;
    }

    private double Step(double[] loading, double t = 1) => Math.Min(
        Count > FewEffects ? WideFiniteStep : FiniteStep,
        1 / ((Count > FewEffects ? WideStepsPerUnit : StepsPerUnit) * t * SpanMath.MaxMagnitude(loading)));

    private static double[][] Copies(double[] predictor, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (double[])predictor.Clone())];

    private static double Sum(int[] starts, Func<int, int, double> probability)
    {
        var sum = 0.0;
        for (var g = 0; g + 1 < starts.Length && sum > double.NegativeInfinity; g++)
        {
            sum += Math.Log(probability(starts[g], starts[g + 1]));
        }

        return sum;
    }
}
