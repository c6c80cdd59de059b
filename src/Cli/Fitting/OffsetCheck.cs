using System.Globalization;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Fitting;

/// <summary>
/// Offsets stand on the scale of the linear predictor, where the logarithm of the largest number is 710: a time at risk instead of its
/// logarithm, say, leaves nothing to compute with.
/// </summary>
internal static class OffsetCheck
{
    private const double Largest = 1_000;

    /// <summary>Checks every offset of a frame; the message names the first bad line of the file.</summary>
    /// <exception cref="InputException">An offset is larger than predictors of the link can be.</exception>
    public static void Require(ModelFrame frame, Dataset data, Link link)
    {
        if (link != Link.Log && link != Link.Logit && link != Link.Probit && link != Link.Cloglog)
        {
            return;
        }

        var order = frame.RowOrder;
        var bad = -1;
        for (var i = 0; i < frame.Offset.Length; i++)
        {
            if (Math.Abs(frame.Offset[i]) > Largest && (bad < 0 || (order.Length > 0 && order[i] < order[bad])))
            {
                bad = i;
            }
        }

        if (bad >= 0)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"The offset is {frame.Offset[bad]:G6}, but the {link.Name} link has no means beyond {Largest:N0} on either side."))
            {
                File = data.Source,
                Line = order.Length > 0 ? data.LineOf(order[bad]) : null,
                Row = order.Length > 0 ? data.RowOf(order[bad]) : null,
                Hint = "An offset is added to the linear predictor: its logarithm may be meant, as in --offset \"log(time)\".",
            };
        }
    }
}
