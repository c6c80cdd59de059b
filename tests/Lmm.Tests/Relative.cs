namespace MarginalConditional.Lmm.Tests;

/// <summary>Comparison of numbers that may be large: the tolerance is relative beyond one.</summary>
internal static class Relative
{
    public static void Equal(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{actual:R} is not {expected:R}.");

    /// <summary>The same for the entries of matrices in rows.</summary>
    public static void Equal(IReadOnlyList<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Length);
        for (var i = 0; i < expected.Count; i++)
        {
            Equal(expected[i], actual[i], tolerance);
        }
    }
}
