using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>Sums and products along spans of vectors, a number for each lane at every place.</summary>
internal static class LaneArithmetic
{
    /// <summary>Σ a_k.</summary>
    public static Vector256<double> Sum(ReadOnlySpan<Vector256<double>> a)
    {
        var sum = Vector256<double>.Zero;
        foreach (var value in a)
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>Σ a_k b_k, b the same in every lane.</summary>
    public static Vector256<double> Dot(ReadOnlySpan<Vector256<double>> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        var sum = Vector256<double>.Zero;
        for (var k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }

    /// <summary>Σ a_k b_k.</summary>
    /// <remarks>Two sums at a time: one would wait for its own last addition.</remarks>
    public static Vector256<double> Dot(ReadOnlySpan<Vector256<double>> a, ReadOnlySpan<Vector256<double>> b)
    {
        b = b[..a.Length];
        var even = Vector256<double>.Zero;
        var odd = Vector256<double>.Zero;
        var k = 0;
        for (; k + 1 < a.Length; k += 2)
        {
            even += a[k] * b[k];
            odd += a[k + 1] * b[k + 1];
        }

        return k < a.Length ? even + odd + (a[k] * b[k]) : even + odd;
    }

    /// <summary>Writes a_k b_k, b the same in every lane.</summary>
    public static void Multiply(ReadOnlySpan<Vector256<double>> a, ReadOnlySpan<double> b, Span<Vector256<double>> product)
    {
        a = a[..product.Length];
        b = b[..product.Length];
        for (var k = 0; k < product.Length; k++)
        {
            product[k] = a[k] * b[k];
        }
    }

    /// <summary>Writes a_k b_k; the product may stand where a factor stood.</summary>
    public static void Multiply(ReadOnlySpan<Vector256<double>> a, ReadOnlySpan<Vector256<double>> b, Span<Vector256<double>> product)
    {
        a = a[..product.Length];
        b = b[..product.Length];
        for (var k = 0; k < product.Length; k++)
        {
            product[k] = a[k] * b[k];
        }
    }

    /// <summary>Adds c·a_k, a the same in every lane.</summary>
    public static void AddScaled(Vector256<double> c, ReadOnlySpan<double> a, Span<Vector256<double>> sum)
    {
        a = a[..sum.Length];
        for (var k = 0; k < sum.Length; k++)
        {
            sum[k] += c * a[k];
        }
    }

    /// <summary>Adds c·a_k.</summary>
    public static void AddScaled(Vector256<double> c, ReadOnlySpan<Vector256<double>> a, Span<Vector256<double>> sum)
    {
        a = a[..sum.Length];
        for (var k = 0; k < sum.Length; k++)
        {
            sum[k] += c * a[k];
        }
    }

    /// <summary>Multiplies every value by c.</summary>
    public static void Scale(Vector256<double> c, Span<Vector256<double>> values)
    {
        for (var k = 0; k < values.Length; k++)
        {
            values[k] *= c;
        }
    }
}
