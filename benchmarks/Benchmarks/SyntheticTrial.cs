using System.Globalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Benchmarks;

/// <summary>A binary longitudinal trial as benchmarks/peers/make_data.R draws it: subject effects of standard deviation 1.5.</summary>
internal static class SyntheticTrial
{
    /// <summary>Draws a frame by a size such as <c>300x7</c>: subjects and visits.</summary>
    public static ModelFrame Create(string size)
    {
        var parts = size.Split('x');
        return Create(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Draws a frame of K subjects with m visits each.</summary>
    public static ModelFrame Create(int subjects, int visits)
    {
        var random = new RandomStream(1, 1, 1);
        var n = subjects * visits;
        string[] names = [DesignMatrix.InterceptName, "trt", "time", "x1", "x2", "trt:time"];
        var values = new double[n * names.Length];
        var response = new double[n];
        var waves = new int[n];
        for (var row = 0; row < n; row += visits)
        {
            var (arm, x2, effect) = (random.NextBernoulli(0.5), random.NextNormal(), 1.5 * random.NextNormal());
            for (var visit = 0; visit < visits; visit++)
            {
                var (at, time, x1) = (row + visit, (double)visit / visits, random.NextNormal());
                double[] x = [1, arm, time, x1, x2, arm * time];
                for (var j = 0; j < x.Length; j++)
                {
                    values[(j * n) + at] = x[j];
                }

                var eta = -0.5 + (0.4 * arm) - (0.3 * time) + (0.5 * arm * time) + (0.3 * x1) - (0.2 * x2) + effect;
                response[at] = random.NextBernoulli(1 / (1 + Math.Exp(-eta)));
                waves[at] = visit;
            }
        }

        int[] offsets = [.. Enumerable.Range(0, subjects + 1).Select(i => i * visits)];
        return new ModelFrame(new DesignMatrix(n, names, values, names), response, new Clusters("id", offsets, i => $"{i + 1}"))
        {
            Waves = waves,
        };
    }
}
