using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Inference;

/// <summary>R of each pattern at the estimate, with first and second derivatives by the structure's natural parameters.</summary>
/// <remarks>
/// By differences of R itself, whose entries are smooth elementary functions: errors near 1e-9. Structures that are linear in their
/// parameters have no second derivatives.
/// </remarks>
internal sealed class ResidualDerivatives
{
    private const double Step = 1e-4;

    private readonly ResidualModel model;
    private readonly double[][] natural;
    private readonly Pattern[] patterns;

    /// <summary>Evaluates all patterns.</summary>
    public ResidualDerivatives(ResidualModel model, ReadOnlySpan<double> theta, double scale)
    {
        this.model = model;
        natural = new double[model.Layout.Groups][];
        for (var group = 0; group < natural.Length; group++)
        {
            var ratio = model.Ratio(group, theta);
            natural[group] = model.Shape.ToNatural(
                theta.Slice(model.Start(group), model.PerGroup),
                model.Layout.Waves,
                scale * ratio * ratio);
        }

        patterns = [.. model.Layout.Patterns.Select(Evaluate)];
    }

    /// <summary>The number of natural parameters over all groups.</summary>
    public int Parameters => natural.Sum(values => values.Length);

    /// <summary>One unit a pattern, for a model without random effects.</summary>
    public IEnumerable<MarginalUnit> Units()
    {
        var starts = new List<int>[patterns.Length];
        for (var block = 0; block < model.BlockPatterns.Length; block++)
        {
            CancellationScope.Check();
            (starts[model.BlockPatterns[block]] ??= []).Add(model.BlockStarts[block] * model.Width);
        }

        for (var index = 0; index < patterns.Length; index++)
        {
            var wave = model.Layout.Patterns[index];
            var first = wave.Group * natural[0].Length;
            yield return new MarginalUnit(
                wave.Size,
                patterns[index].Covariance,
                [.. Enumerable.Range(first, natural[0].Length)],
                patterns[index].First,
                [.. patterns[index].Second.Select(entry => (first + entry.A, first + entry.B, entry.Matrix))],
                wave.Subjects,
                model.Rows,
                starts[index]);
        }
    }

    /// <summary>Places the blocks of rows first to last on the diagonal of a cluster's matrices.</summary>
    public void AddBlocks(
        int first,
        int last,
        int offset,
        double[] covariance,
        List<int> active,
        List<double[]> derivatives,
        List<(int First, int Second, double[] Matrix)> second)
    {
        var n = last - first;
        var byParameter = new Dictionary<int, double[]>();
        var byPair = new Dictionary<(int, int), double[]>();
        for (var block = Array.BinarySearch(model.BlockStarts, first); model.BlockStarts[block] < last; block++)
        {
            var at = model.BlockStarts[block] - first;
            var index = model.BlockPatterns[block];
            var size = model.Layout.Patterns[index].Size;
            var start = offset + (model.Layout.Patterns[index].Group * natural[0].Length);
            Place(patterns[index].Covariance, size, covariance, n, at);
            for (var k = 0; k < natural[0].Length; k++)
            {
                Place(patterns[index].First[k], size, Of(byParameter, start + k, n), n, at);
            }

            foreach (var (a, b, matrix) in patterns[index].Second)
            {
                Place(matrix, size, Of(byPair, (start + a, start + b), n), n, at);
            }
        }

        foreach (var (parameter, matrix) in byParameter.OrderBy(entry => entry.Key))
        {
            active.Add(parameter);
            derivatives.Add(matrix);
        }

        second.AddRange(byPair.Select(entry => (entry.Key.Item1, entry.Key.Item2, entry.Value)));
    }

    private static double[] Of<TKey>(Dictionary<TKey, double[]> matrices, TKey key, int n)
        where TKey : notnull
    {
        if (!matrices.TryGetValue(key, out var matrix))
        {
            matrix = new double[n * n];
            matrices.Add(key, matrix);
        }

        return matrix;
    }

    private static void Place(double[] block, int size, double[] target, int n, int at)
    {
        for (var i = 0; i < size; i++)
        {
            Dense.AddScaled(1, block.AsSpan(i * size, size), target.AsSpan(((at + i) * n) + at, size));
        }
    }

    private Pattern Evaluate(WavePattern wave)
    {
        var values = (double[])natural[wave.Group].Clone();
        var count = values.Length;
        var first = new double[count][];
        var second = new List<(int, int, double[])>();
        for (var a = 0; a < count; a++)
        {
            var h = StepOf(values, a);
            first[a] = Combine(Shifted(wave, values, a, h, a, 0), 1 / (2 * h), Shifted(wave, values, a, -h, a, 0), -1 / (2 * h));
            for (var b = 0; b <= a && !model.Shape.IsLinear; b++)
            {
                var g = StepOf(values, b);
                var up = Combine(Shifted(wave, values, a, h, b, g), 1, Shifted(wave, values, a, h, b, -g), -1);
                var down = Combine(Shifted(wave, values, a, -h, b, g), 1, Shifted(wave, values, a, -h, b, -g), -1);
                second.Add((a, b, Combine(up, 1 / (4 * h * g), down, -1 / (4 * h * g))));
            }
        }

        return new Pattern(Covariance(wave, values), first, second);
    }

    private static double StepOf(double[] values, int parameter) =>
        Step * Math.Max(Math.Abs(values[parameter]), 0.1 * Math.Min(1, Math.Abs(values[0])));

    private double[] Shifted(WavePattern wave, double[] values, int a, double h, int b, double g)
    {
        var copy = (double[])values.Clone();
        copy[a] += h;
        copy[b] += g;
        return Covariance(wave, copy);
    }

    private double[] Covariance(WavePattern wave, double[] values)
    {
        var n = wave.Size;
        var result = new double[n * n];
        if (model.Shape.UsesTimes)
        {
            model.Shape.Fill(values, model.TimesOf(wave), result);
            return result;
        }

        var m = model.Layout.Waves;
        var full = new double[m * m];
        model.Shape.Fill(values, model.Layout.Times, full);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                result[(i * n) + j] = full[(wave.Ranks[i] * m) + wave.Ranks[j]];
            }
        }

        return result;
    }

    private static double[] Combine(double[] a, double x, double[] b, double y) => [.. a.Zip(b, (left, right) => (x * left) + (y * right))];

    private sealed record Pattern(double[] Covariance, double[][] First, IReadOnlyList<(int A, int B, double[] Matrix)> Second);
}
