using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>Draws what varies within one cluster beside its intercept. Of one thread: its buffers are used again.</summary>
/// <remarks>
/// The order of draws: the treatment's effect, the trend, the periods in order, the persons in order; those of no spread are not drawn.
/// </remarks>
internal sealed class ClusterVariation(Mechanism mechanism)
{
    private readonly RandomVariation variation = mechanism.Variation;
    private double[] periods = [];
    private double[] persons = [];

    /// <summary>Adds the effects of one cluster to its linear predictors.</summary>
    /// <param name="stream">The replicate's stream.</param>
    /// <param name="intercept">The cluster's intercept, with which the treatment's effect may correlate.</param>
    /// <param name="deviation">The intercept's standard deviation.</param>
    /// <param name="treated">Whether a row is treated.</param>
    /// <param name="predictor">As many rows.</param>
    public void Add(RandomStream stream, double intercept, double deviation, ReadOnlySpan<bool> treated, Span<double> predictor)
    {
        var design = mechanism.Design;
        var size = predictor.Length;
        var rho = deviation > 0 ? variation.TreatmentCorrelation : 0;
        var slope = variation.Treatment == 0
            ? 0
            : variation.Treatment
                * ((deviation > 0 ? rho * intercept / deviation : 0) + (Math.Sqrt(1 - (rho * rho)) * stream.NextNormal()));
        var trend = variation.Trend == 0 ? 0 : variation.Trend * stream.NextNormal();
        DrawPeriods(stream, size);
        DrawPersons(stream, size);
        for (var row = 0; row < size; row++)
        {
            var period = design.Period(row, size);
            predictor[row] += (treated[row] ? slope : 0) + (trend * period)
                + (variation.Period == 0 ? 0 : periods[period])
                + (variation.Person == 0 ? 0 : persons[design.Person(row, size)]);
        }
    }

    private void DrawPeriods(RandomStream stream, int size)
    {
        if (variation.Period == 0)
        {
            return;
        }

        var count = 0;
        for (var row = 0; row < size; row++)
        {
            count = Math.Max(count, mechanism.Design.Period(row, size) + 1);
        }

        Ensure(ref periods, count);
        var rho = variation.PeriodCorrelation;
        var innovation = variation.Period * Math.Sqrt(1 - (rho * rho));
        for (var period = 0; period < count; period++)
        {
            periods[period] = period == 0
                ? variation.Period * stream.NextNormal()
                : (rho * periods[period - 1]) + (innovation * stream.NextNormal());
        }
    }

    private void DrawPersons(RandomStream stream, int size)
    {
        if (variation.Person == 0)
        {
            return;
        }

        var count = 0;
        for (var row = 0; row < size; row++)
        {
            count = Math.Max(count, mechanism.Design.Person(row, size) + 1);
        }

        Ensure(ref persons, count);
        for (var person = 0; person < count; person++)
        {
            persons[person] = variation.Person * stream.NextNormal();
        }
    }

    private static void Ensure(ref double[] buffer, int count)
    {
        if (buffer.Length < count)
        {
            buffer = new double[count];
        }
    }
}
