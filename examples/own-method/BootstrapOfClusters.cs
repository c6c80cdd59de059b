using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Statistics.Random;

namespace OwnMethod;

/// <summary>
/// The difference of the arms' means in a parallel trial by cluster; its standard error is that of trials drawn anew from whole clusters.
/// </summary>
public sealed class BootstrapOfClusters : IEstimator
{
    private const int Draws = 200;

    /// <inheritdoc/>
    public string Name => "bootstrap-of-clusters";

    /// <inheritdoc/>
    public IEstimand Target => StudyTarget.RiskDifference;

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var (frame, clusters) = (replicate.Frame, replicate.Frame.Clusters);
        var treatment = frame.Design.Column(replicate.Model.EffectColumn);
        List<(double Sum, int Rows)>[] arms = [[], []];
        for (var c = 0; c < clusters.Count; c++)
        {
            var sum = 0.0;
            foreach (var outcome in frame.Response.Slice(clusters.Start(c), clusters.Size(c)))
            {
                sum += outcome;
            }

            arms[(int)treatment[clusters.Start(c)]].Add((sum, clusters.Size(c)));
        }

        // The replicate's own stream: the same numbers in every run, whatever other methods the study has.
        var (total, squares) = (0.0, 0.0);
        for (var draw = 0; draw < Draws; draw++)
        {
            var difference = DrawnMean(arms[1], replicate.Stream) - DrawnMean(arms[0], replicate.Stream);
            total += difference;
            squares += difference * difference;
        }

        var variance = (squares - (total * total / Draws)) / (Draws - 1);
        return EffectEstimate.Of(
            Mean(arms[1]) - Mean(arms[0]), Math.Sqrt(variance), degreesOfFreedom: clusters.Count - 2, converged: true, warned: false);
    }

    private static double Mean(List<(double Sum, int Rows)> arm) => arm.Sum(cluster => cluster.Sum) / arm.Sum(cluster => cluster.Rows);

    private static double DrawnMean(List<(double Sum, int Rows)> arm, RandomStream stream)
    {
        var (sum, rows) = (0.0, 0);
        for (var c = 0; c < arm.Count; c++)
        {
            var drawn = arm[(int)(stream.NextUniform() * arm.Count)];
            sum += drawn.Sum;
            rows += drawn.Rows;
        }

        return sum / rows;
    }
}
