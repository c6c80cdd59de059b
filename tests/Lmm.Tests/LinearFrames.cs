using System.Globalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Lmm.Tests;

/// <summary>Frames made from arrays: longitudinal data with gaps, and nested groups.</summary>
internal static class LinearFrames
{
    /// <summary>Subjects with an intercept and a slope over up to m waves, some of them missed.</summary>
    public static ModelFrame Longitudinal(
        ulong seed,
        int subjects,
        int waves,
        bool slope,
        bool correlated = true,
        double missing = 0.2,
        double between = 1,
        bool random = true)
    {
        var numbers = new Numbers(seed);
        var (offsets, ranks, y, arm, time, groups) = (new List<int>
        {
            0
        }, new List<int>(), new List<double>(), new List<double>(), new List<double>(), new List<int>());
        for (var i = 0; i < subjects; i++)
        {
            var b0 = between * numbers.Normal();
            var b1 = 0.3 * between * numbers.Normal();
            var previous = numbers.Normal();
            for (var t = 0; t < waves; t++)
            {
                previous = (0.5 * previous) + numbers.Normal();
                if (t > 0 && numbers.Uniform() < missing)
                {
                    continue;
                }

                ranks.Add(t);
                arm.Add(i % 2);
                time.Add(t);
                groups.Add(i);
                y.Add(100 + (2 * (i % 2)) + (0.5 * t) + b0 + (slope ? b1 * t : 0) + previous);
            }

            offsets.Add(y.Count);
        }

        var n = y.Count;
        double[] x = [.. Enumerable.Repeat(1.0, n), .. arm, .. time];
        var design = new DesignMatrix(n, ["(Intercept)", "arm", "time"], x, ["(Intercept)", "arm", "time"]);
        double[] z = slope ? [.. Enumerable.Repeat(1.0, n), .. time] : [.. Enumerable.Repeat(1.0, n)];
        var term = new RandomTermDesign(
            "id",
            [.. groups],
            subjects,
            Label,
            slope ? ["(Intercept)", "time"] : ["(Intercept)"],
            z,
            correlated);
        return new ModelFrame(design, [.. y], new Clusters("id", [.. offsets], Label))
        {
            Waves = [.. ranks],
            WaveValues = [.. time],
            WaveLabels = [.. Enumerable.Range(0, waves).Select(Label)],
            RandomTerms = random ? [term] : [],
        };
    }

    /// <summary>A longitudinal frame with other values of its waves.</summary>
    public static ModelFrame With(ModelFrame frame, double[] waveValues) => new(frame.Design, frame.Response.ToArray(), frame.Clusters)
    {
        Waves = frame.Waves,
        WaveValues = waveValues,
        WaveLabels = frame.WaveLabels,
        RandomTerms = frame.RandomTerms,
    };

    /// <summary>Some rows of a frame without random effects, equally many of each cluster.</summary>
    public static ModelFrame Only(ModelFrame frame, int[] rows, int perCluster)
    {
        double[] x = [.. Enumerable.Range(0, frame.Design.Columns).SelectMany(j => rows.Select(i => frame.Design.Column(j)[i]))];
        var design = new DesignMatrix(rows.Length, frame.Design.Names, x, frame.Design.Terms);
        int[] offsets = [.. Enumerable.Range(0, (rows.Length / perCluster) + 1).Select(c => c * perCluster)];
        return new ModelFrame(design, [.. rows.Select(i => frame.Response[i])], new Clusters("id", offsets, Label))
        {
            Waves = [.. rows.Select(i => frame.Waves[i])],
            WaveValues = [.. rows.Select(i => frame.WaveValues[i])],
            WaveLabels = frame.WaveLabels,
        };
    }

    /// <summary>Three nested levels, with a slope on the middle one; rows in the order of the levels or scattered.</summary>
    public static ModelFrame Nested(ulong seed, int top, int middle, int bottom, int rows, bool scatter = false)
    {
        var numbers = new Numbers(seed);
        var lines = new List<(double Y, double X, int A, int B, int C)>();
        for (var a = 0; a < top; a++)
        {
            var ba = numbers.Normal();
            for (var b = 0; b < middle; b++)
            {
                var (bb, slope) = (numbers.Normal(), 0.5 * numbers.Normal());
                for (var c = 0; c < bottom; c++)
                {
                    var bc = 0.7 * numbers.Normal();
                    for (var r = 0; r < 1 + (rows * (1 + ((a + b + c) % 2)) / 2); r++)
                    {
                        var x = numbers.Normal();
                        lines.Add((5 + (2 * x) + ba + bb + (slope * x) + bc
                            + numbers.Normal(), x, a, (a * middle) + b, (((a * middle) + b) * bottom) + c));
                    }
                }
            }
        }

        if (scatter)
        {
            lines = [.. lines.OrderBy(line => Math.Sin(1000 * line.Y))];
        }

        var n = lines.Count;
        double[] ones = [.. Enumerable.Repeat(1.0, n)];
        double[] xs = [.. lines.Select(line => line.X)];
        var design = new DesignMatrix(n, ["(Intercept)", "x"], [.. ones, .. xs], ["(Intercept)", "x"]);
        RandomTermDesign Term(string name, Func<(double Y, double X, int A, int B, int C), int> group, int count, bool withSlope) =>
            new(
                name,
                [.. lines.Select(group)],
                count,
                Label,
                withSlope ? ["(Intercept)", "x"] : ["(Intercept)"],
                withSlope ? [.. ones, .. xs] : ones,
                true);
        return new ModelFrame(design, [.. lines.Select(line => line.Y)], new Clusters("row", [.. Enumerable.Range(0, n + 1)], Label))
        {
            RandomTerms = [
                Term("a", line => line.A, top, false),
                Term("b", line => line.B, top * middle, true),
                Term("c", line => line.C, top * middle * bottom, false),
            ],
        };
    }

    /// <summary>Subjects with intercept and slope, crossed with items: each answers most items.</summary>
    public static ModelFrame Crossed(ulong seed, int subjects, int items)
    {
        var numbers = new Numbers(seed);
        double[] item = [.. Enumerable.Range(0, items).Select(_ => numbers.Normal())];
        var lines = new List<(double Y, double X, int A, int B)>();
        for (var a = 0; a < subjects; a++)
        {
            var (ba, slope) = (numbers.Normal(), 0.5 * numbers.Normal());
            for (var b = 0; b < items; b++)
            {
                var x = numbers.Normal();
                var y = 5 + x + ba + (slope * x) + item[b] + numbers.Normal();
                if (numbers.Uniform() < 0.8)
                {
                    lines.Add((y, x, a, b));
                }
            }
        }

        lines = [.. lines.OrderBy(line => line.B).ThenBy(line => line.A)];
        var n = lines.Count;
        double[] ones = [.. Enumerable.Repeat(1.0, n)];
        double[] xs = [.. lines.Select(line => line.X)];
        return new ModelFrame(
            new DesignMatrix(n, ["(Intercept)", "x"], [.. ones, .. xs], ["(Intercept)", "x"]),
            [.. lines.Select(line => line.Y)],
            new Clusters("row", [.. Enumerable.Range(0, n + 1)], Label))
        {
            RandomTerms =
            [
                new RandomTermDesign(
                    "subject",
                    [.. lines.Select(line => line.A)],
                    subjects,
                    Label,
                    ["(Intercept)", "x"],
                    [.. ones, .. xs],
                    true),
                new RandomTermDesign("item", [.. lines.Select(line => line.B)], items, Label, ["(Intercept)"], ones, true),
            ],
        };
    }

    public static string Label(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
