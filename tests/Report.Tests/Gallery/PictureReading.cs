using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Gallery;

/// <summary>What a picture holds, for tests that hold it to numbers of their own.</summary>
internal static class PictureReading
{
    /// <summary>z of an interval of 95 percent.</summary>
    public const double Z = 1.959963984540054;

    /// <summary>The marks of a kind, in order.</summary>
    public static T[] Marks<T>(this Picture picture)
        where T : PictureMark => [.. picture.Marks.OfType<T>()];

    /// <summary>The numbers of a row of the table beside a picture; not a number where a cell has none.</summary>
    public static double[] Row(this Picture picture, int row) =>
        [.. picture.Numbers.Rows[row].Select(cell => cell.Number ?? double.NaN)];

    /// <summary>Requires numbers to agree one by one.</summary>
    public static void Near(IEnumerable<double> expected, IEnumerable<double> found, double tolerance = 1e-12)
    {
        double[] numbers = [.. found];
        Assert.Equal(expected.Count(), numbers.Length);
        Assert.All(expected.Zip(numbers), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    /// <summary>Requires that all that has a value stands inside of the axes that a picture sets.</summary>
    public static void RequireInside(this Picture picture)
    {
        foreach (var point in picture.Marks<PictureMark.Dots>().SelectMany(dots => dots.Points))
        {
            Assert.InRange(point.Across, picture.Across.Minimum ?? double.MinValue, picture.Across.Maximum ?? double.MaxValue);
            Assert.InRange(point.Up, picture.Up.Minimum ?? double.MinValue, picture.Up.Maximum ?? double.MaxValue);
        }
    }
}
