using System.Numerics.Tensors;
using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>
/// The random effects of a model as independent standard normals, each with its groups and the loading of every row, coarsest first; and
/// the likelihood of 0 and 1 outcomes under one or two of them by sums over grids, at finite parameters and at infinity along a ray.
/// </summary>
/// <remarks>
/// At t(β, Λ) with t → ∞ a row has probability 1 or 0 as its predictor is on its side or not. So given the first effect the probability of
/// a group is that of an interval of the second, Φ(hi) − Φ(lo). At finite parameters sums with steps of 1/(1.5s), s the largest loading,
/// are exact to 1e-7: the mean has its nearest singularity π/s away from the real line (Trefethen and Weideman 2014).
/// </remarks>
internal sealed class StandardizedEffects
{
    private const double Reach = 7;
    private const double LimitStep = 0.01;
    private const double FiniteStep = 0.3;
    private const double StepsPerUnit = 1.5;

    private readonly PreparedModel model;
    private readonly int[][] groups;

    private StandardizedEffects(PreparedModel model, int[][] groups, double[][] loadings)
    {
        this.model = model;
        this.groups = groups;
        Loadings = loadings;
    }

    /// <summary>The number of effects.</summary>
    public int Count => groups.Length;

    /// <summary>For each effect the loading of each row.</summary>
    public double[][] Loadings { get; }

    /// <summary>The effects that are not zero at parameters; null where the groups of a level do not stand together.</summary>
    /// <param name="model">The model.</param>
    /// <param name="scaled">Parameters in scaled units.</param>
    public static StandardizedEffects? Of(PreparedModel model, ReadOnlySpan<double> scaled)
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

        return new StandardizedEffects(model, [.. groups], [.. loadings]);
    }

    /// <summary>The effect alone.</summary>
    public StandardizedEffects Only(int effect) => new(model, [groups[effect]], [Loadings[effect]]);

    /// <summary>The first rows of the groups of an effect, and the number of rows.</summary>
    public int[] Starts(int effect)
    {
        var own = groups[effect];
        return [.. Enumerable.Range(0, own.Length).Where(row => row == 0 || own[row] != own[row - 1]), own.Length];
    }

    /// <summary>What the log-likelihood tends to along the ray; −∞ where some group is impossible.</summary>
    /// <param name="predictor">xᵀβ of each row, in units of the loadings.</param>
    public double Limit(double[] predictor)
    {
        var moved = (double[])predictor.Clone();
        return Sum(Starts(0), (first, end) => Count == 1 ? Interval(first, end, moved, 0) : Within(first, end, predictor, moved));
    }

    /// <summary>The log-likelihood at finite parameters.</summary>
    /// <param name="predictor">The predictor of each row without random effects.</param>
    public double Finite(double[] predictor)
    {
        var moved = Enumerable.Range(0, Count + 1).Select(_ => (double[])predictor.Clone()).ToArray();
        return Sum(Starts(0), (first, end) => Integral(0, first, end, moved));
    }

    /// <summary>The evaluations of a mean that <see cref="Finite"/> needs.</summary>
    public double Work => Loadings.Aggregate((double)model.Frame.Rows, (work, loading) => work * 2 * Reach / Step(loading));

    /// <summary>The interval of the last effect in which a group's rows are on their sides; its ends' rows, −1 where it has none.</summary>
    public (double Low, double High, int LowRow, int HighRow) Bounds(int first, int end, double[] predictor, int effect)
    {
        var (low, high, lowRow, highRow) = (double.NegativeInfinity, double.PositiveInfinity, -1, -1);
        var loading = Loadings[effect];
        for (var row = first; row < end; row++)
        {
            if (model.Frame.WeightTimesTrials(row) == 0)
            {
                continue;
            }

            var sign = model.Frame.Response[row] > 0.5 ? 1 : -1;
            if (loading[row] == 0)
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
        }

        return (low, high, lowRow, highRow);
    }

    /// <summary>Φ(hi) − Φ(lo), on the side where it keeps its digits.</summary>
    public static double Probability(double low, double high) =>
        !(low < high) ? 0
        : low > 0 ? StandardNormal.Cumulative(-low) - StandardNormal.Cumulative(-high)
        : StandardNormal.Cumulative(high) - StandardNormal.Cumulative(low);

    private double Interval(int first, int end, double[] predictor, int effect)
    {
        var (low, high, _, _) = Bounds(first, end, predictor, effect);
        return Probability(low, high);
    }

    /// <summary>The limit of a group of the first effect, by the middles of small steps: it has kinks, and ends.</summary>
    private double Within(int first, int end, double[] predictor, double[] moved)
    {
        var (from, to) = (-Reach, Reach);
        for (var row = first; row < end; row++)
        {
            if (Loadings[1][row] == 0)
            {
                var (low, high, _, _) = Bounds(row, row + 1, predictor, 0);
                (from, to) = (Math.Max(from, low), Math.Min(to, high));
            }
        }

        if (!(from < to))
        {
            return 0;
        }

        var steps = (int)Math.Ceiling((to - from) / LimitStep);
        var (step, sum) = ((to - from) / steps, 0.0);
        for (var k = 0; k < steps; k++)
        {
            var z = from + ((k + 0.5) * step);
            var product = StandardNormal.Density(z);
            for (var row = first; row < end; row++)
            {
                moved[row] = predictor[row] + (Loadings[0][row] * z);
            }

            for (int start = first, next; start < end && product > 0; start = next)
            {
                next = Next(1, start, end);
                product *= Interval(start, next, moved, 1);
            }

            sum += product;
        }

        return sum * step;
    }

    private double Integral(int effect, int first, int end, double[][] moved)
    {
        if (effect == Count)
        {
            return Product(first, end, moved[effect]);
        }

        var loading = Loadings[effect];
        var step = Step(loading);
        var sum = 0.0;
        for (var z = -Reach; z <= Reach; z += step)
        {
            for (var row = first; row < end; row++)
            {
                moved[effect + 1][row] = moved[effect][row] + (loading[row] * z);
            }

            var product = StandardNormal.Density(z);
            for (int start = first, next; start < end && product > 0; start = next)
            {
                next = effect + 1 < Count ? Next(effect + 1, start, end) : end;
                product *= Integral(effect + 1, start, next, moved);
            }

            sum += product;
        }

        return sum * step;
    }

    private double Product(int first, int end, double[] predictor)
    {
        var product = 1.0;
        for (var row = first; row < end && product > 0; row++)
        {
            var mean = model.Options.EffectiveLink.Mean(predictor[row]);
            product *= Math.Pow(model.Frame.Response[row] > 0.5 ? mean : 1 - mean, model.Frame.WeightTimesTrials(row));
        }

        return product;
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

    private static double Step(double[] loading) =>
        Math.Min(FiniteStep, 1 / (StepsPerUnit * Math.Abs(TensorPrimitives.MaxMagnitude<double>(loading))));

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
