using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Residuals;

/// <summary>Data sets of the same rows, the observed one first: each outcome ranked in its row, summed up data set by data set.</summary>
internal sealed class OutcomeRanks
{
    private readonly double[][] outcomes;
    private readonly int sets;
    private readonly (double Value, double Tie, int Set)[] order;
    private readonly int[] ranks;
    private readonly double[] squares;
    private int rows;

    /// <summary>Starts with no row.</summary>
    /// <param name="outcomes">Data set by data set, n values each.</param>
    public OutcomeRanks(double[][] outcomes)
    {
        this.outcomes = outcomes;
        sets = outcomes.Length;
        order = new (double, double, int)[sets];
        ranks = new int[sets * sets];
        squares = new double[sets];
        Outliers = new double[sets];
        Zeros = new double[sets];
        Scaled = new double[outcomes[0].Length];
        Array.Fill(Scaled, double.NaN);
    }

    /// <summary>The residuals of the first data set: the middle of its rank's interval of (0, 1).</summary>
    public double[] Scaled { get; }

    /// <summary>For each data set how many outcomes lie outside of all others.</summary>
    public double[] Outliers { get; }

    /// <summary>For each data set how many outcomes are 0.</summary>
    public double[] Zeros { get; }

    /// <summary>Ranks the outcomes of a row, equal ones in a random order; a row with an outcome that is no number is left out.</summary>
    public void Add(int row, RandomStream stream)
    {
        var (sum, finite) = (0.0, true);
        for (var set = 0; set < sets; set++)
        {
            var value = outcomes[set][row];
            order[set] = (value, stream.NextUniform(), set);
            finite &= double.IsFinite(value);
            sum += value;
        }

        if (!finite)
        {
            return;
        }

        rows++;
        Array.Sort(order);
        var mean = sum / sets;
        var variance = 0.0;
        foreach (var (value, _, _) in order)
        {
            variance += (value - mean) * (value - mean) / sets;
        }

        for (var rank = 0; rank < sets; rank++)
        {
            var (value, _, set) = order[rank];
            ranks[(set * sets) + rank]++;
            squares[set] += variance > 0 ? (value - mean) * (value - mean) / variance : 0;
            Zeros[set] += value == 0 ? 1 : 0;
            if (set == 0)
            {
                Scaled[row] = (rank + 0.5) / sets;
            }
        }

        Outliers[order[0].Set] += order[0].Value < order[1].Value ? 1 : 0;
        Outliers[order[^1].Set] += order[^1].Value > order[^2].Value ? 1 : 0;
    }

    /// <summary>For each data set the largest distance of the ranks' distribution from the uniform one.</summary>
    public double[] Distances()
    {
        var distances = new double[sets];
        for (var set = 0; set < sets; set++)
        {
            var below = 0;
            for (var rank = 0; rank < sets; rank++)
            {
                below += ranks[(set * sets) + rank];
                distances[set] = Math.Max(distances[set], Math.Abs(((double)below / Math.Max(1, rows)) - ((rank + 1.0) / sets)));
            }
        }

        return distances;
    }

    /// <summary>For each data set the mean of squares about the row's mean over the row's variance.</summary>
    public double[] MeanSquares() => [.. squares.Select(square => square / Math.Max(1, rows))];
}
