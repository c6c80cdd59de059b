using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Planning;

/// <summary>The columns of a stepped wedge's analysis: those of the periods, then the treatment.</summary>
public static class WedgeColumns
{
    /// <summary>The number of columns.</summary>
    public static int Count(WedgeDesign design, PeriodEffects effects)
    {
        ArgumentNullException.ThrowIfNull(design);
        return 1 + (effects switch
        {
            PeriodEffects.Categorical => design.Periods,
            PeriodEffects.Linear => 2,
            _ => 1,
        });
    }

    /// <summary>The row of a sequence in a period.</summary>
    /// <param name="design">The sequences.</param>
    /// <param name="effects">What is assumed of periods.</param>
    /// <param name="sequence">From 0.</param>
    /// <param name="period">From 0.</param>
    /// <param name="row">Receives the values.</param>
    public static void Row(WedgeDesign design, PeriodEffects effects, int sequence, int period, Span<double> row)
    {
        ArgumentNullException.ThrowIfNull(design);
        row.Clear();
        row[effects == PeriodEffects.Categorical ? period : 0] = 1;
        if (effects == PeriodEffects.Linear)
        {
            row[1] = period - ((design.Periods - 1) / 2.0);
        }

        row[^1] = design.IsTreated(sequence, period) ? 1 : 0;
    }

    /// <summary>The variance of the last parameter from the information of all.</summary>
    /// <exception cref="ArgumentException">The information is singular.</exception>
    public static double VarianceOfLast(double[] information, int columns)
    {
        ArgumentNullException.ThrowIfNull(information);
        var inverse = new double[columns * columns];
        return Cholesky.TryInvert(information, columns, new double[columns * columns], inverse)
            ? inverse[^1]
            : throw new ArgumentException("The trial does not tell the treatment from the periods.", nameof(information));
    }
}
