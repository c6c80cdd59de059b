using MarginalConditional.Statistics.LinearAlgebra;
using Xunit;

namespace MarginalConditional.Statistics.Tests.LinearAlgebra;

/// <summary>Loops of four elements against one element after the other, at every length around their widths.</summary>
public class SpanMathTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Elements_have_the_bits_of_one_after_the_other(int length)
    {
        var (x, y, w) = (Wave(length, 0.3), Wave(length, 1.1), Wave(length, 2.4));
        const double c = 0.7;

        Same(z => SpanMath.Add(x, y, z), i => x[i] + y[i], length);
        Same(z => SpanMath.Add(x, c, z), i => x[i] + c, length);
        Same(z => SpanMath.Subtract(x, y, z), i => x[i] - y[i], length);
        Same(z => SpanMath.Subtract(x, c, z), i => x[i] - c, length);
        Same(z => SpanMath.Subtract(c, x, z), i => c - x[i], length);
        Same(z => SpanMath.Negate(x, z), i => -x[i], length);
        Same(z => SpanMath.Multiply(x, y, z), i => x[i] * y[i], length);
        Same(z => SpanMath.Multiply(x, c, z), i => x[i] * c, length);
        Same(z => SpanMath.MultiplyAdd(x, y, w, z), i => (x[i] * y[i]) + w[i], length);
        Same(z => SpanMath.MultiplyAdd(x, c, w, z), i => (x[i] * c) + w[i], length);
        Same(z => SpanMath.Divide(x, y, z), i => x[i] / y[i], length);
        Same(z => SpanMath.Divide(x, c, z), i => x[i] / c, length);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sums_and_extremes_are_those_of_one_after_the_other(int length)
    {
        var (x, y) = (Wave(length, 0.3), Wave(length, 1.1));
        double sum = 0, product = 0, squares = 0, largest = double.NegativeInfinity, smallest = double.PositiveInfinity, magnitude = 0;
        for (var i = 0; i < length; i++)
        {
            sum += x[i];
            product += x[i] * y[i];
            squares += x[i] * x[i];
            largest = x[i] > largest ? x[i] : largest;
            smallest = x[i] < smallest ? x[i] : smallest;
            magnitude = Math.Abs(x[i]) > magnitude ? Math.Abs(x[i]) : magnitude;
        }

        Assert.Equal(sum, SpanMath.Sum(x), 1e-14 * (1 + squares));
        Assert.Equal(product, SpanMath.Dot(x, y), 1e-14 * (1 + squares));
        Assert.Equal(squares, SpanMath.SumOfSquares(x), 1e-14 * (1 + squares));
        Assert.Equal(Math.Sqrt(squares), SpanMath.Norm(x), 1e-14 * (1 + squares));
        Assert.Equal(length == 0 ? double.NaN : sum / length, SpanMath.Average(x), 1e-14 * (1 + squares));
        Assert.Equal(largest, SpanMath.Max(x));
        Assert.Equal(smallest, SpanMath.Min(x));
        Assert.Equal(magnitude, SpanMath.MaxMagnitude(x));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void What_is_not_a_number_stays_one(int length)
    {
        for (var place = 0; place < length; place++)
        {
            var x = Wave(length, 0.3);
            x[place] = double.NaN;

            Assert.Equal(double.NaN, SpanMath.Max(x));
            Assert.Equal(double.NaN, SpanMath.Min(x));
            Assert.Equal(double.NaN, SpanMath.MaxMagnitude(x));
            Assert.Equal(double.NaN, SpanMath.Sum(x));
        }
    }

    [Fact]
    public void A_destination_may_be_a_source_and_longer()
    {
        var x = Wave(9, 0.3);
        var expected = Array.ConvertAll(x, value => value * value);

        SpanMath.Multiply(x, x, x);

        Assert.Equal(expected, x);

        var longer = Enumerable.Repeat(5.0, 11).ToArray();
        SpanMath.Negate(x, longer);
        Assert.Equal([.. expected.Select(value => -value), 5, 5], longer);
    }

    [Fact]
    public void Lengths_must_meet()
    {
        Assert.Throws<ArgumentException>(() => SpanMath.Dot(new double[3], new double[4]));
        Assert.Throws<ArgumentException>(() => SpanMath.Add(new double[3], new double[2], new double[3]));
        Assert.Throws<ArgumentException>(() => SpanMath.Multiply(new double[3], new double[3], new double[2]));
        Assert.Throws<ArgumentException>(() => SpanMath.MultiplyAdd(new double[3], 2, new double[2], new double[3]));
        Assert.ThrowsAny<ArgumentException>(() => SpanMath.Divide(new double[3], 2, new double[2]));
    }

    /// <summary>One value of every size and sign, none of them 0.</summary>
    private static double[] Wave(int length, double phase) =>
        [.. Enumerable.Range(0, length).Select(i => Math.Sin(phase + (1.7 * i)) * (1 + (i % 5)))];

    /// <summary>The span written holds the element's own bits, and nothing behind its end is touched.</summary>
    private static void Same(Action<double[]> write, Func<int, double> element, int length)
    {
        var written = Enumerable.Repeat(-77.0, length + 3).ToArray();

        write(written);

        Assert.Equal([.. Enumerable.Range(0, length).Select(element), -77, -77, -77], written);
    }
}
