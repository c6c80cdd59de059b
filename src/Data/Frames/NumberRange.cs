using System.Globalization;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Data.Frames;

/// <summary>Refuses numbers whose squares and products cannot be told from infinity or from zero.</summary>
internal static class NumberRange
{
    /// <summary>The largest value of a covariate; columns are scaled before they meet.</summary>
    internal const double OfCovariates = 1e120;

    /// <summary>The largest outcome, weight or offset: fourth powers of them are numbers.</summary>
    internal const double OfOutcomes = 1e60;

    /// <summary>Refuses a column with a larger magnitude, or whose largest is smaller than the inverse.</summary>
    /// <param name="values">The column.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="limit">The largest magnitude.</param>
    /// <param name="source">The file.</param>
    /// <exception cref="InputException">The numbers are too large or too small.</exception>
    internal static void Require(ReadOnlySpan<double> values, string name, double limit, string source)
    {
        var largest = values.IsEmpty ? 0 : SpanMath.MaxMagnitude(values);
        if (largest > limit || (largest > 0 && largest < 1 / limit))
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"The values of \"{name}\", {largest:G3} at most, are too {(largest > 1 ? "large" : "small")} to compute with."))
            {
                File = source,
                Hint = string.Create(
                    CultureInfo.InvariantCulture,
                    $"Give the column in another unit, for example divided by a power of ten: sizes from {1 / limit:G3} to {limit:G3} "
                        + $"are read."),
            };
        }
    }
}
