using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Crossed;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Tests.Quadrature;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Crossed;

/// <summary>Generated rows with groupings that cross, in several shapes.</summary>
internal static class CrossedShapes
{
    public static IReadOnlyList<string> All =>
        ["two", "slopes", "uncorrelated", "three", "nested inside", "each row", "two terms", "slopes on the finest"];

    /// <summary>A frame of a shape.</summary>
    public static ModelFrame Of(string shape, int seed, Family family)
    {
        var nested = shape is "nested inside" or "each row";
        var effects = shape is "slopes" or "uncorrelated" ? 2 : 1;
        var frame = SyntheticFrames.Make(
            seed,
            family,
            nested ? [4, 2] : [7],
            size: 6,
            effects: effects,
            correlated: shape != "uncorrelated");
        var n = frame.Rows;
        IReadOnlyList<RandomTermDesign> more = shape switch
        {
            "three" => [Term("b", Groups(n, seed, 3), 3, frame, 1), Term("c", Groups(n, seed + 5, 5), 5, frame, 1)],
            "two terms" => [Term("b", Groups(n, seed, 4), 4, frame, 1), Term("b", Groups(n, seed, 4), 4, frame, 2, onlySlope: true)],
            "slopes on the finest" => [Term("b", Groups(n, seed, 9), 9, frame, 2)],
            "each row" => [Term("b", Groups(n, seed, 3), 3, frame, 1), Term("row", [.. Enumerable.Range(0, n)], n, frame, 1)],
            _ => [Term("b", Groups(n, seed, 3), 3, frame, 1)],
        };
        return frame.WithTerms(frame.Design, [.. frame.RandomTerms, .. more]);
    }

    /// <summary>The likelihood of crossed effects for any model, nested ones too.</summary>
    public static (CrossedDesign Design, CrossedLikelihood Likelihood) Open(PreparedModel model)
    {
        var design = CrossedDesign.Create(model.Frame, model.Scaling, model.Levels, model.Density, model.Options.Family);
        var clusters = CrossedClusters.Of(
            model.Frame,
            design.Layout.RowOrder,
            model.Levels.SelectMany(level => level.Terms));
        var count = clusters.Length == 0 ? 0 : model.Frame.Clusters.Count;
        return (design, new CrossedLikelihood(design, model.Density, model.FixedDispersion, clusters, count, 1));
    }

    /// <summary>Whether two lists of numbers agree.</summary>
    public static void Close(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            LaneCrew.Close(expected[i], actual[i], tolerance);
        }
    }

    private static int[] Groups(int n, int seed, int count) =>
        [.. Enumerable.Range(0, n).Select(i => i < count ? i : (int)(count * (0.5 + (0.499 * Math.Sin((13.7 * i) + seed)))))];

    private static RandomTermDesign Term(string name, int[] groups, int count, ModelFrame frame, int q, bool onlySlope = false)
    {
        int[] columns = onlySlope ? [1] : [.. Enumerable.Range(0, q)];
        return new RandomTermDesign(
            name,
            groups,
            count,
            g => $"{g}",
            [.. columns.Select(j => frame.Design.Names[j])],
            [.. columns.SelectMany(j => frame.Design.Column(j).ToArray())],
            correlated: true);
    }
}
