using System.Runtime.Intrinsics;

namespace MarginalConditional.Statistics.Families;

/// <summary>Runs an elementwise function over spans, a whole vector at a time.</summary>
/// <remarks>
/// The tail goes through the same vector instructions as the rest (padded), so an element's bits depend neither on its position
/// nor on the length of the span.
/// </remarks>
internal static class SpanKernel
{
    /// <summary>Applies a function with one result. The spans may be the same.</summary>
    public static void Apply<TFunction>(ReadOnlySpan<double> source, Span<double> destination)
        where TFunction : struct, IVectorFunction
    {
        CheckLengths(source, destination);
        destination = destination[..source.Length];
        var width = Vector256<double>.Count;
        var i = 0;
        for (; i <= source.Length - width; i += width)
        {
            TFunction.Invoke(Vector256.Create(source.Slice(i, width))).CopyTo(destination.Slice(i, width));
        }

        if (i < source.Length)
        {
            Span<double> padded = stackalloc double[width];
            padded.Clear();
            source[i..].CopyTo(padded);
            TFunction.Invoke(Vector256.Create(padded)).CopyTo(padded);
            padded[..(source.Length - i)].CopyTo(destination[i..]);
        }
    }

    /// <summary>Applies a function with two results. The first destination may be the source; the second may not.</summary>
    public static void Apply2<TFunction>(ReadOnlySpan<double> source, Span<double> first, Span<double> second)
        where TFunction : struct, IVectorFunction2
    {
        CheckLengths(source, first);
        CheckLengths(source, second);
        first = first[..source.Length];
        second = second[..source.Length];
        var width = Vector256<double>.Count;
        var i = 0;
        for (; i <= source.Length - width; i += width)
        {
            var (a, b) = TFunction.Invoke(Vector256.Create(source.Slice(i, width)));
            a.CopyTo(first.Slice(i, width));
            b.CopyTo(second.Slice(i, width));
        }

        if (i < source.Length)
        {
            Span<double> padded = stackalloc double[width];
            padded.Clear();
            source[i..].CopyTo(padded);
            var (a, b) = TFunction.Invoke(Vector256.Create(padded));
            var rest = source.Length - i;
            a.CopyTo(padded);
            padded[..rest].CopyTo(first[i..]);
            b.CopyTo(padded);
            padded[..rest].CopyTo(second[i..]);
        }
    }

    /// <summary>Throws unless the destination holds at least as many elements as the source.</summary>
    public static void CheckLengths(ReadOnlySpan<double> source, ReadOnlySpan<double> destination)
    {
        if (destination.Length < source.Length)
        {
            throw new ArgumentException("The destination is shorter than the source.", nameof(destination));
        }
    }
}
