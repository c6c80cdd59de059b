using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MarginalConditional.Statistics.LinearAlgebra;

public static partial class SpanMath
{
    /// <summary>Σ xᵢ; 0 of nothing.</summary>
    public static double Sum(ReadOnlySpan<double> x)
    {
        ref var a = ref MemoryMarshal.GetReference(x);
        Vector256<double> first = default, second = default, third = default, fourth = default;
        var i = 0;
        for (; i <= x.Length - (4 * Width); i += 4 * Width)
        {
            first += Vector256.LoadUnsafe(ref a, (nuint)i);
            second += Vector256.LoadUnsafe(ref a, (nuint)(i + Width));
            third += Vector256.LoadUnsafe(ref a, (nuint)(i + (2 * Width)));
            fourth += Vector256.LoadUnsafe(ref a, (nuint)(i + (3 * Width)));
        }

        var sum = Vector256.Sum(first + second + (third + fourth));
        for (; i < x.Length; i++)
        {
            sum += x[i];
        }

        return sum;
    }

    /// <summary>Σ xᵢyᵢ; 0 of nothing.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Check(x, y);
        ref var a = ref MemoryMarshal.GetReference(x);
        ref var b = ref MemoryMarshal.GetReference(y);
        Vector256<double> first = default, second = default, third = default, fourth = default;
        var i = 0;
        for (; i <= x.Length - (4 * Width); i += 4 * Width)
        {
            var (j, k, l, m) = ((nuint)i, (nuint)(i + Width), (nuint)(i + (2 * Width)), (nuint)(i + (3 * Width)));
            first += Vector256.LoadUnsafe(ref a, j) * Vector256.LoadUnsafe(ref b, j);
            second += Vector256.LoadUnsafe(ref a, k) * Vector256.LoadUnsafe(ref b, k);
            third += Vector256.LoadUnsafe(ref a, l) * Vector256.LoadUnsafe(ref b, l);
            fourth += Vector256.LoadUnsafe(ref a, m) * Vector256.LoadUnsafe(ref b, m);
        }

        var sum = Vector256.Sum(first + second + (third + fourth));
        for (; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>Σ xᵢ²; 0 of nothing.</summary>
    public static double SumOfSquares(ReadOnlySpan<double> x) => Dot(x, x);

    /// <summary>√Σ xᵢ²; 0 of nothing.</summary>
    public static double Norm(ReadOnlySpan<double> x) => Math.Sqrt(Dot(x, x));

    /// <summary>Σ xᵢ / n; NaN of nothing.</summary>
    public static double Average(ReadOnlySpan<double> x) => Sum(x) / x.Length;

    /// <summary>The largest element; NaN where one is, −∞ of nothing.</summary>
    public static double Max(ReadOnlySpan<double> x)
    {
        var four = Vector256.Create(double.NegativeInfinity);
        var i = 0;
        for (; i <= x.Length - Width; i += Width)
        {
            four = Vector256.Max(four, Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)i));
        }

        var largest = Math.Max(Math.Max(four[0], four[1]), Math.Max(four[2], four[3]));
        for (; i < x.Length; i++)
        {
            largest = Math.Max(largest, x[i]);
        }

        return largest;
    }

    /// <summary>The smallest element; NaN where one is, +∞ of nothing.</summary>
    public static double Min(ReadOnlySpan<double> x)
    {
        var four = Vector256.Create(double.PositiveInfinity);
        var i = 0;
        for (; i <= x.Length - Width; i += Width)
        {
            four = Vector256.Min(four, Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)i));
        }

        var smallest = Math.Min(Math.Min(four[0], four[1]), Math.Min(four[2], four[3]));
        for (; i < x.Length; i++)
        {
            smallest = Math.Min(smallest, x[i]);
        }

        return smallest;
    }

    /// <summary>The largest |xᵢ|; NaN where an element is, 0 of nothing.</summary>
    public static double MaxMagnitude(ReadOnlySpan<double> x)
    {
        var largest = 0.0;
        foreach (var value in x)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
