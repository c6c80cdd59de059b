using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Data.Frames;

/// <summary>Recognizes a time at risk that stands where its logarithm belongs.</summary>
/// <remarks>
/// Under a log link an offset o multiplies the mean by exp(o). Where all values are 0 or more, the two readings of a column are two models
/// with one free constant, and the data say which is right: the Poisson log-likelihood Σ y o − Y log Σ exp(o), with the constant profiled
/// out, against the same with log(o) in the place of o.
/// </remarks>
internal static class OffsetScale
{
    /// <summary>How much the log-likelihood has to rise before the logarithm is suggested.</summary>
    private const double Rise = 3;

    /// <summary>A note for each offset that fits far better as its logarithm.</summary>
    internal static IEnumerable<string> Notes(FrameTable table, FrameRequest request, double[] response)
    {
        if (!request.HasLogLink)
        {
            yield break;
        }

        var named = request.OffsetExpression is { } own ? [own] : Array.Empty<Expression>();
        foreach (var variable in request.Formula.Offsets.Concat(named).OfType<Expression.Variable>())
        {
            if (IsMeantAsLogarithm(table.Numbers(variable.Name), response))
            {
                var option = named.Contains(variable) ? $"--offset \"log({variable})\"" : $"offset(log({variable}))";
                yield return $"The offset {variable} is added to the logarithm of the mean as it is; it looks like a time or a size "
                    + $"at risk, and its logarithm fits far better: write {option}.";
            }
        }
    }

    internal static bool IsMeantAsLogarithm(ReadOnlySpan<double> offset, ReadOnlySpan<double> response)
    {
        if (SpanMath.Min(offset) < 0 || SpanMath.Min(response) < 0)
        {
            return false;
        }

        var largest = SpanMath.Max(offset);
        double total = 0, events = 0, exponentials = 0, asTyped = 0, asLogarithm = 0;
        for (var i = 0; i < offset.Length; i++)
        {
            // No time at risk, no events to compare: the row would decide by its error.
            if (offset[i] == 0)
            {
                continue;
            }

            total += offset[i];
            events += response[i];
            exponentials += Math.Exp(offset[i] - largest);
            asTyped += response[i] * offset[i];
            asLogarithm += response[i] > 0 ? response[i] * Math.Log(offset[i]) : 0;
        }

        return asLogarithm - (events * Math.Log(total)) > asTyped - (events * (largest + Math.Log(exponentials))) + Rise;
    }
}
