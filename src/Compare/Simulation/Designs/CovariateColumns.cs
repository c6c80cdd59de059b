using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>Draws the covariates of one trial. Of one trial: its columns go into the frame.</summary>
internal sealed class CovariateColumns
{
    private readonly Mechanism mechanism;
    private readonly double[][] values;
    private readonly double[] clusterValues;

    /// <summary>Room for the covariates of a trial.</summary>
    /// <param name="mechanism">The mechanism.</param>
    /// <param name="rows">n.</param>
    public CovariateColumns(Mechanism mechanism, int rows)
    {
        this.mechanism = mechanism;
        values = [.. mechanism.Covariates.Select(_ => new double[rows])];
        clusterValues = new double[mechanism.Covariates.Count];
    }

    /// <summary>Draws the values that one cluster has, in the order of the covariates.</summary>
    public void DrawCluster(RandomStream stream)
    {
        for (var k = 0; k < clusterValues.Length; k++)
        {
            if (mechanism.Covariates[k].Level == CovariateLevel.Cluster)
            {
                clusterValues[k] = mechanism.Covariates[k].Law.Draw(stream);
            }
        }
    }

    /// <summary>
    /// Draws the values of one row, unless its person had a row before, and returns what they add to the linear predictor.
    /// </summary>
    /// <param name="stream">The replicate's stream.</param>
    /// <param name="start">The cluster's first row.</param>
    /// <param name="row">The row within the cluster.</param>
    /// <param name="size">The cluster's size.</param>
    /// <param name="treated">Whether the row is treated.</param>
    public double DrawRow(RandomStream stream, int start, int row, int size, bool treated)
    {
        var sum = 0.0;
        var known = FirstRow(row, size);
        for (var k = 0; k < values.Length; k++)
        {
            var covariate = mechanism.Covariates[k];
            values[k][start + row] = covariate.Level == CovariateLevel.Cluster ? clusterValues[k]
                : known < row ? values[k][start + known]
                : covariate.Law.Draw(stream);
            sum += covariate.SlopeOf(treated) * values[k][start + row];
        }

        return sum;
    }

    /// <summary>The frame with these outcomes and covariates.</summary>
    public ModelFrame Frame(ModelFrame layout, double[] response) => new(layout.Design, response, layout.Clusters)
    {
        Waves = layout.Waves,
        Categories = layout.Categories,
        AuxiliaryColumns = [.. mechanism.Covariates.Select((covariate, k) => new NumericColumn(covariate.Name, values[k]))],
    };

    /// <summary>The first row of a row's person: its own when persons have one row each.</summary>
    private int FirstRow(int row, int size)
    {
        var person = mechanism.Design.Person(row, size);
        for (var earlier = 0; earlier < row && person != row; earlier++)
        {
            if (mechanism.Design.Person(earlier, size) == person)
            {
                return earlier;
            }
        }

        return row;
    }
}
