using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Compare.Standardization;

/// <summary>The rows of a trial as they were observed: which arm each was given, what came of it, how often it counts. Immutable.</summary>
internal sealed class TrialRows
{
    private readonly int[] arms;
    private readonly double[] counts;
    private readonly double[] totals;
    private readonly double[] probabilities;
    private readonly ModelFrame frame;

    /// <summary>Copies what is needed.</summary>
    /// <param name="frame">The rows; weights and trials say how often each counts.</param>
    /// <param name="arms">The arm of each row, counted from 0.</param>
    /// <param name="probabilities">The known probability of each arm; empty when the observed shares stand for them (Hájek).</param>
    /// <param name="population">Which rows belong to the population; empty for all.</param>
    /// <param name="periods">The periods within which arms are compared; null when there are none. Rows of others do not count.</param>
    public TrialRows(
        ModelFrame frame, int[] arms, double[] probabilities, ReadOnlySpan<bool> population, TrialPeriods? periods = null)
    {
        this.frame = frame;
        Periods = periods;
        this.arms = [.. arms];
        this.probabilities = [.. probabilities];
        counts = new double[frame.Rows];
        totals = new double[frame.Clusters.Count];
        for (var c = 0; c < totals.Length; c++)
        {
            for (var i = frame.Clusters.Start(c); i < frame.Clusters.Start(c + 1); i++)
            {
                counts[i] = (population.IsEmpty || population[i]) && Period(i) >= 0 ? frame.WeightTimesTrials(i) : 0;
                totals[c] += counts[i];
            }
        }
    }

    /// <summary>The partition of the rows.</summary>
    public Clusters Clusters => frame.Clusters;

    /// <summary>The periods within which arms are compared; null when there are none.</summary>
    public TrialPeriods? Periods { get; }

    /// <summary>The observed outcomes, n values.</summary>
    public ReadOnlySpan<double> Outcomes => frame.Response;

    /// <summary>How often each row counts, n values; 0 outside the population.</summary>
    public ReadOnlySpan<double> Counts => counts;

    /// <summary>n_c, how many rows of each cluster count.</summary>
    public ReadOnlySpan<double> Totals => totals;

    /// <summary>Whether the probabilities of the arms are given rather than estimated by their shares.</summary>
    public bool HasKnownProbabilities => probabilities.Length > 0;

    /// <summary>The number of clusters with a row in the population.</summary>
    public int ClustersSeen => totals.Count(total => total > 0);

    /// <summary>The period of a row among those compared: 0 without periods, −1 where it has none.</summary>
    public int Period(int row) => Periods?.Of(row) ?? 0;

    /// <summary>1/π of an arm for the rows that were given it, else 0; 1 where shares stand for the probabilities.</summary>
    public double InverseProbability(int row, int arm) =>
        arms[row] != arm ? 0 : probabilities.Length == 0 ? 1 : 1 / probabilities[arm];
}
