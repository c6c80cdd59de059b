using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Dropout;

/// <summary>Turns an outcome frame into the data of the model of staying: was the next wave seen, given this one?</summary>
public static class StayingData
{
    /// <summary>
    /// The name of the column added: 1 where the cluster's next wave was seen,
    /// 0 where it was the last one seen, missing where no wave could follow.
    /// </summary>
    public const string Column = "stays";

    /// <summary>The data set with the column <see cref="Column"/> added; rows that the frame left out are missing there.</summary>
    /// <param name="data">The data set the frame was built from.</param>
    /// <param name="outcome">The frame of the outcome, with waves.</param>
    /// <exception cref="InputException">A cluster skips a wave and comes back, nobody leaves, or the column's name is taken.</exception>
    public static Dataset AddTo(Dataset data, ModelFrame outcome)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(outcome);
        if (data.Find(Column) is not null)
        {
            throw new InputException($"The column \"{Column}\" exists already, and the model of staying needs that name.")
            {
                File = data.Source,
                Hint = "Rename the column.",
            };
        }

        var last = 0;
        foreach (var wave in outcome.Waves)
        {
            last = Math.Max(last, wave);
        }

        var stays = new double[data.Rows];
        Array.Fill(stays, double.NaN);
        for (var i = 0; i < outcome.Clusters.Count; i++)
        {
            CancellationScope.Check();
            var end = outcome.Clusters.Start(i) + outcome.Clusters.Size(i);
            for (var row = outcome.Clusters.Start(i); row < end; row++)
            {
                var expected = row == outcome.Clusters.Start(i) ? 0 : outcome.Waves[row - 1] + 1;
                if (outcome.Waves[row] != expected)
                {
                    throw new InputException(
                        $"Cluster {outcome.Clusters.Label(i)} misses a wave and is seen later; weights for dropout need clusters that are "
                            + $"seen from the first wave until they leave.")
                    {
                        File = data.Source,
                        Hint = "Leave out what follows the first missing wave, or fit without --staying.",
                    };
                }

                if (outcome.Waves[row] < last)
                {
                    stays[outcome.RowOrder[row]] = row + 1 < end ? 1 : 0;
                }
            }
        }

        if (Array.IndexOf(stays, 0.0) < 0)
        {
            throw new InputException("No cluster leaves before the last wave, so there is no dropout to weight for.")
            {
                File = data.Source,
                Hint = "Fit without --staying.",
            };
        }

        return data.With(new NumericColumn(Column, stays));
    }
}
