using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Fitting;

/// <summary>Looks for a direction along which the likelihood grows without bound (Albert and Anderson 1984).</summary>
/// <remarks>
/// Under separation the scoring steps do not shrink but settle on such a direction δ. When steps stay long, δ is put to the test itself:
/// separation is certain when xᵀδ ≥ 0 for every event, ≤ 0 for every non-event, and not 0 for all; complete when it is 0 for none.
/// </remarks>
internal sealed class SeparationCheck(GeeData data, GeeTolerances tolerances)
{
    /// <summary>The spread of a column is that of some rows.</summary>
    private const int RowsLookedAt = 4096;

    /// <summary>A variance below this share of the squared mean is rounding.</summary>
    private const double Constant = 1e-12;

    private double[] deviations = [];
    private int longSteps;

    /// <summary>Whether the step just solved for is too long, in units of the linear predictor, for an iteration that ends.</summary>
    public bool IsSuspected(ReadOnlySpan<double> step) => CanSeparate() && ReachOf(step) > tolerances.LongStep;

    /// <summary>
    /// Whether the step just solved for is a direction of separation; if so, ends the iteration with a message that names the term.
    /// </summary>
    public bool IsFound(ReadOnlySpan<double> step, int singular, IterationState state)
    {
        if (!CanSeparate())
        {
            return false;
        }

        var direction = new double[data.Coefficients];
        if (singular >= 0)
        {
            state.Beta.CopyTo(direction, 0);
        }
        else
        {
            longSteps = ReachOf(step) > tolerances.LongStep ? longSteps + 1 : 0;
            if (longSteps < tolerances.LongSteps)
            {
                return false;
            }

            step.CopyTo(direction);
        }

        var (separated, complete) = Test(direction);
        if (!separated)
        {
            return false;
        }

        var term = data.Frame.Design.Names[Culprit(direction)];
        state.Stop(
            ConvergenceStatus.Separation,
            $"The outcome is {(complete ? "completely" : "quasi-completely")} separated along \"{term}\": its coefficient grows without "
                + $"bound, and fitted means reach the edge of their range.");
        return true;
    }

    private bool CanSeparate() =>
        data.Link != Link.Identity && (data.Family == Family.Binomial || (data.Family.HasUnitDispersion && data.Link == Link.Log));

    /// <summary>The largest change of the linear predictor that the step makes by any one column.</summary>
    private double ReachOf(ReadOnlySpan<double> step)
    {
        var reach = 0.0;
        for (var j = 0; j < step.Length; j++)
        {
            reach = Math.Max(reach, Math.Abs(step[j]) * Deviation(j));
        }

        return reach;
    }

    /// <summary>The standard deviation of a column (its size, for a constant one), from some thousand rows spread over the data.</summary>
    private double Deviation(int column)
    {
        if (deviations.Length == 0)
        {
            deviations = new double[data.Coefficients];
            for (var j = 0; j < deviations.Length; j++)
            {
                deviations[j] = Deviation(data.Frame.Design.Column(j), Math.Max(1, data.Rows / RowsLookedAt));
            }
        }

        return deviations[column];
    }

    private static double Deviation(ReadOnlySpan<double> values, int stride)
    {
        double sum = 0, squares = 0, count = 0;
        for (var row = 0; row < values.Length; row += stride, count++)
        {
            sum += values[row];
            squares += values[row] * values[row];
        }

        var mean = sum / count;
        var variance = (squares / count) - (mean * mean);
        return variance > Constant * mean * mean ? Math.Sqrt(variance) : Math.Abs(mean);
    }

    private (bool Separated, bool Complete) Test(double[] direction)
    {
        var change = new double[data.Rows];
        var largest = 0.0;
        LinearPredictor.Of(data.Frame.Design, [], direction, change);
        for (var row = 0; row < change.Length; row++)
        {
            change[row] = IsIgnored(row) ? 0 : change[row];
            largest = Math.Max(largest, Math.Abs(change[row]));
        }

        var complete = true;
        var binomial = data.Family == Family.Binomial;
        for (var row = 0; row < change.Length; row++)
        {
            if (IsIgnored(row))
            {
                continue;
            }

            var y = data.Frame.Response[row];
            var negligible = Math.Abs(change[row]) <= tolerances.Border * largest;
            complete &= !negligible;
            var allowed = negligible || (y == 0 ? change[row] < 0 : binomial && y == 1 && change[row] > 0);
            if (!allowed)
            {
                return (false, false);
            }
        }

        return (largest > 0, complete);
    }

    private bool IsIgnored(int row) => data.Weights.Length > 0 && data.Weights[row] == 0;

    /// <summary>The column that contributes most to the direction; the intercept only when it is alone.</summary>
    private int Culprit(double[] direction)
    {
        var culprit = 0;
        var most = -1.0;
        for (var j = 0; j < direction.Length; j++)
        {
            var constant = data.Frame.Design.Column(j).IndexOfAnyExcept(data.Frame.Design.Column(j)[0]) < 0;
            var size = Math.Abs(direction[j]) * Deviation(j) * (constant ? 1e-6 : 1);
            if (size > most)
            {
                (culprit, most) = (j, size);
            }
        }

        return culprit;
    }
}
