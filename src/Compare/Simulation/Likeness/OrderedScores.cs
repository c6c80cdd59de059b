using System.Globalization;
using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Data;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>
/// The correlations of normal scores behind ordered outcomes: all pairs of rows with one working correlation share one of the scores,
/// under which the residuals of these pairs have the working correlation in the mean.
/// </summary>
/// <remarks>
/// The mean over the pairs is what the estimate of a working correlation tends to. Pair by pair it cannot be had: residuals of two rows
/// with far different probabilities correlate little under any scores.
/// </remarks>
internal sealed class OrderedScores
{
    /// <summary>Of more pairs every second, third and so on is taken for the mean.</summary>
    private const int MostPairs = 20_000;

    /// <summary>Steps of the angle, of which the sine is the scores' correlation, in which a crossing is looked for from 0 on.</summary>
    private const int Steps = 24;

    /// <summary>Halvings of a step: to 1e-13.</summary>
    private const int Halvings = 40;

    private readonly Clusters clusters;
    private readonly FittedCorrelation correlation;
    private readonly ResidualWeights[] residuals;
    private readonly Dictionary<double, double> scores = [];

    /// <summary>Solves for the correlations.</summary>
    /// <param name="clusters">The clusters of the rows.</param>
    /// <param name="correlation">Their working correlation.</param>
    /// <param name="residuals">Those of every row, one object for equal probabilities.</param>
    /// <exception cref="InputException">No scores give a working correlation.</exception>
    public OrderedScores(Clusters clusters, FittedCorrelation correlation, ResidualWeights[] residuals)
    {
        (this.clusters, this.correlation, this.residuals) = (clusters, correlation, residuals);
        foreach (var (value, pairs) in Pairs())
        {
            scores.Add(value, Solve(value, pairs));
        }
    }

    /// <summary>The law of a cluster's outcomes.</summary>
    /// <exception cref="InputException">No scores have the correlations together.</exception>
    public MarginalLaw LawOf(int cluster)
    {
        var (start, size, structure) = (clusters.Start(cluster), clusters.Size(cluster), correlation.Of(cluster));
        OutcomeMargin[] margins = [.. residuals.AsSpan(start, size).ToArray().Select(row => row.Margin)];
        LatentLaw? law;
        if (structure.IsExchangeable || size == 1)
        {
            law = LatentLaw.OfScores(margins, size == 1 ? 0 : ScoresOf(structure.Between(1, 0, 0, 0)));
        }
        else
        {
            var matrix = new double[size * size];
            for (var i = 0; i < size; i++)
            {
                matrix[(i * size) + i] = 1;
                for (var j = 0; j < i; j++)
                {
                    matrix[(i * size) + j] = ScoresOf(structure.Between(i, j, 0, 0));
                    matrix[(j * size) + i] = matrix[(i * size) + j];
                }
            }

            law = LatentLaw.OfScores(margins, matrix);
        }

        return law ?? throw new InputException($"No trial is like the cluster {clusters.Label(cluster)}: no normal scores have the "
            + "correlations that its residuals need.")
        {
            Hint = "Choose another effect, or keep a fit with another working correlation.",
        };
    }

    private double ScoresOf(double value) => value == 0 ? 0 : scores[value];

    /// <summary>The pairs of rows with each working correlation other than 0, alike ones counted.</summary>
    private Dictionary<double, Dictionary<(ResidualWeights First, ResidualWeights Second), int>> Pairs()
    {
        var all = new Dictionary<double, Dictionary<(ResidualWeights First, ResidualWeights Second), int>>();
        var count = Enumerable.Range(0, clusters.Count).Sum(c => (long)clusters.Size(c) * (clusters.Size(c) - 1) / 2);
        var (stride, at) = ((count / MostPairs) + 1, 0L);
        for (var c = 0; c < clusters.Count; c++)
        {
            var (start, structure) = (clusters.Start(c), correlation.Of(c));
            for (var i = 0; i < clusters.Size(c); i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var value = structure.Between(i, j, 0, 0);
                    var isNew = !all.TryGetValue(value, out var pairs);
                    if (value != 0 && (isNew || at++ % stride == 0))
                    {
                        pairs ??= all[value] = [];
                        var pair = (residuals[start + j], residuals[start + i]);
                        pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
                    }
                }
            }
        }

        return all;
    }

    /// <summary>The scores' correlation nearest to 0 under which the residuals have a correlation in the mean.</summary>
    private static double Solve(double value, Dictionary<(ResidualWeights First, ResidualWeights Second), int> pairs)
    {
        var (end, farthest) = (Math.CopySign(Math.PI / 2, value), 0.0);
        for (var step = 1; step <= Steps; step++)
        {
            var (low, high) = (end * (step - 1) / Steps, end * step / Steps);
            var reached = Mean(pairs, high);
            farthest = Math.Abs(reached) > Math.Abs(farthest) ? reached : farthest;
            if (Math.Abs(reached) < Math.Abs(value))
            {
                continue;
            }

            for (var halving = 0; halving < Halvings; halving++)
            {
                var middle = (low + high) / 2;
                (low, high) = Math.Abs(Mean(pairs, middle)) < Math.Abs(value) ? (middle, high) : (low, middle);
            }

            return Math.Sin((low + high) / 2);
        }

        throw new InputException(string.Create(
            CultureInfo.InvariantCulture,
            $"No normal scores give ordered outcomes like these residuals that correlate by {value:0.####} in the mean: ")
            + string.Create(CultureInfo.InvariantCulture, $"{farthest:0.####} is the most they give."))
        {
            Hint = "Choose another effect, or keep a fit with another working correlation.",
        };
    }

    private static double Mean(Dictionary<(ResidualWeights First, ResidualWeights Second), int> pairs, double angle)
    {
        var (sum, total, r) = (0.0, 0.0, Math.Sin(angle));
        foreach (var ((first, second), count) in pairs)
        {
            sum += count * first.Correlation(second, r);
            total += count;
        }

        return sum / total;
    }
}
