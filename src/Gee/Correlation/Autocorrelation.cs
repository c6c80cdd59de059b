using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace MarginalConditional.Gee.Correlation;

/// <summary>Sums of products of a series with itself, by lag.</summary>
internal static class Autocorrelation
{
    /// <summary>Products beyond this many cost more than a Fourier transform.</summary>
    private const long WorthTransform = 1L << 22;

    /// <summary>Adds Σ_j x_j x_{j−l} to entry l − 1 of the sums, for lags l = 1, 2, … up to the length of the sums.</summary>
    public static void Add(ReadOnlySpan<double> series, Span<double> sums)
    {
        var lags = Math.Min(sums.Length, series.Length - 1);
        if ((long)series.Length * lags > WorthTransform)
        {
            AddByTransform(series, sums[..lags]);
            return;
        }

        for (var lag = 1; lag <= lags; lag++)
        {
            var sum = 0.0;
            for (var j = lag; j < series.Length; j++)
            {
                sum += series[j] * series[j - lag];
            }

            sums[lag - 1] += sum;
        }
    }

    /// <summary>The inverse transform of the squared spectrum; zeros as long as the series keep its ends apart.</summary>
    private static void AddByTransform(ReadOnlySpan<double> series, Span<double> sums)
    {
        var spectrum = new Complex[BitOperations.RoundUpToPowerOf2((uint)(2 * series.Length))];
        for (var j = 0; j < series.Length; j++)
        {
            spectrum[j] = series[j];
        }

        Fourier.Forward(spectrum, FourierOptions.NoScaling);
        for (var j = 0; j < spectrum.Length; j++)
        {
            spectrum[j] = (spectrum[j].Real * spectrum[j].Real) + (spectrum[j].Imaginary * spectrum[j].Imaginary);
        }

        Fourier.Inverse(spectrum, FourierOptions.NoScaling);
        for (var lag = 1; lag <= sums.Length; lag++)
        {
            sums[lag - 1] += spectrum[lag].Real / spectrum.Length;
        }
    }
}
