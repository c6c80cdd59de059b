using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Lmm.Tests;

/// <summary>Designs with crossed groupings of many shapes: slopes, correlated or not, three groupings, one nested inside another.</summary>
internal static class CrossedFrames
{
    public static IEnumerable<string> Shapes =>
        ["intercepts", "slopes", "slopes on both", "uncorrelated", "three", "nested inside", "each row", "two terms", "weighted"];

    /// <summary>Subjects crossed with items within each of several sites, whose rows follow one another.</summary>
    public static ModelFrame WithinSites(ulong seed)
    {
        const int Sites = 7;
        const int Subjects = 4;
        const int Items = 3;
        var numbers = new Numbers(seed);
        var (y, x, arm, subject, item, offsets) =
            (new List<double>(), new List<double>(), new List<double>(), new List<int>(), new List<int>(), new List<int> { 0 });
        for (var site = 0; site < Sites; site++)
        {
            double[] items = [.. Enumerable.Range(0, Items).Select(_ => numbers.Normal())];
            for (var a = 0; a < Subjects; a++)
            {
                var own = numbers.Normal();
                for (var b = 0; b < Items; b++)
                {
                    subject.Add((site * Subjects) + a);
                    item.Add((site * Items) + b);
                    arm.Add(site % 2);
                    x.Add(numbers.Normal());
                    y.Add(1 + x[^1] + (0.5 * arm[^1]) + own + items[b] + numbers.Normal());
                }
            }

            offsets.Add(y.Count);
        }

        var n = y.Count;
        double[] ones = [.. Enumerable.Repeat(1.0, n)];
        return new ModelFrame(
            new DesignMatrix(n, ["(Intercept)", "arm", "x"], [.. ones, .. arm, .. x], ["(Intercept)", "arm", "x"]),
            [.. y],
            new Clusters("site", [.. offsets], LinearFrames.Label))
        {
            RandomTerms =
            [
                new RandomTermDesign("item", [.. item], Sites * Items, LinearFrames.Label, ["(Intercept)"], ones, true),
                new RandomTermDesign("subject", [.. subject], Sites * Subjects, LinearFrames.Label, ["(Intercept)"], ones, true),
            ],
        };
    }

    /// <summary>A frame of a shape, rows in no order.</summary>
    public static ModelFrame Of(string shape, ulong seed)
    {
        var numbers = new Numbers(seed);
        var (subjects, items, raters) = (9 + numbers.Below(4), 5 + numbers.Below(3), 3);
        var drawn = Enumerable.Range(0, 60).Select(_ => numbers.Normal()).ToArray();
        var lines = new List<(double Y, double X, int A, int B, int C)>();
        for (var a = 0; a < subjects; a++)
        {
            for (var b = 0; b < items; b++)
            {
                for (var r = 0; r < 1 + numbers.Below(2); r++)
                {
                    var (x, c) = (numbers.Normal(), numbers.Below(raters));
                    var mean = 2 + x + drawn[a] + (0.6 * drawn[20 + a] * x) + drawn[35 + b] + (0.8 * drawn[50 + c]);
                    var y = mean + numbers.Normal();
                    lines.Add((y, x, a, b, c));
                }
            }
        }

        lines = [.. lines.OrderBy(line => Math.Sin(1000 * line.Y))];
        var n = lines.Count;
        double[] ones = [.. Enumerable.Repeat(1.0, n)];
        double[] xs = [.. lines.Select(line => line.X)];
        RandomTermDesign Make(string name, int[] groups, int count, string[] effects, bool correlated = true) => new(
            name,
            groups,
            count,
            LinearFrames.Label,
            effects,
            [.. effects.SelectMany(effect => effect == "x" ? xs : ones)],
            correlated);
        int[] first = [.. lines.Select(line => line.A)];
        int[] second = [.. lines.Select(line => line.B)];
        string[] one = ["(Intercept)"];
        string[] both = ["(Intercept)", "x"];
        var subject = Make("subject", first, subjects, one);
        var item = Make("item", second, items, one);
        var slope = Make("subject", first, subjects, both);
        var itemSlope = Make("item", second, items, both);
        IReadOnlyList<RandomTermDesign> terms = shape switch
        {
            "slopes" => [slope, item],
            "slopes on both" => [itemSlope, slope],
            "uncorrelated" => [Make("subject", first, subjects, both, false), Make("item", second, items, both, false)],
            "three" => [Make("rater", [.. lines.Select(line => line.C)], raters, one), subject, itemSlope],
            "nested inside" => [Make("pair", [.. first.Select(a => a / 2)], (subjects + 1) / 2, one), subject, item],
            "each row" => [Make("row", [.. Enumerable.Range(0, n)], n, one), subject, item],
            "two terms" => [subject, Make("subject", first, subjects, ["x"]), item],
            _ => [subject, item],
        };
        double[] weights = shape is "weighted" or "each row" ? [.. lines.Select(line => 0.5 + Math.Abs(line.X))] : [];
        return new ModelFrame(
            new DesignMatrix(n, ["(Intercept)", "x"], [.. ones, .. xs], ["(Intercept)", "x"]),
            [.. lines.Select(line => line.Y)],
            new Clusters("row", [.. Enumerable.Range(0, n + 1)], LinearFrames.Label))
        {
            RandomTerms = terms,
            Weights = weights,
            Offset = shape == "weighted" ? [.. xs.Select(x => 0.3 * x)] : [],
        };
    }
}
